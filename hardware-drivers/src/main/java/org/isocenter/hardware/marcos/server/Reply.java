package org.isocenter.hardware.marcos.server;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;

/** The answer to one request: what the commands gave, and what there is to say about them. */
final class Reply {
    private static final int BUFFER_BYTES = 1 << 16;

    private final MessagePacker packer;
    private final List<String> errors = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> infos = new ArrayList<>();

    private Reply(MessagePacker packer) {
        this.packer = packer;
    }

    static Reply to(OutputStream out) {
        MessagePack.PackerConfig config = new MessagePack.PackerConfig().withBufferSize(BUFFER_BYTES);
        return new Reply(config.newPacker(out));
    }

    /** Where the result of a command is written. */
    MessagePacker results() {
        return packer;
    }

    void error(String text) {
        errors.add(text);
    }

    void warning(String text) {
        warnings.add(text);
    }

    void info(String text) {
        infos.add(text);
    }

    /** The last part of the packet. */
    void finish() throws IOException {
        int kinds = (errors.isEmpty() ? 0 : 1) + (warnings.isEmpty() ? 0 : 1) + (infos.isEmpty() ? 0 : 1);
        packer.packMapHeader(kinds);
        texts("errors", errors);
        texts("warnings", warnings);
        texts("infos", infos);
        packer.flush();
    }

    private void texts(String kind, List<String> texts) throws IOException {
        if (texts.isEmpty()) {
            return;
        }
        packer.packString(kind);
        packer.packArrayHeader(texts.size());
        for (String text : texts) {
            packer.packString(text);
        }
    }
}
