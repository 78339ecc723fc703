package org.isocenter.hardware.instrument;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.function.Consumer;
import org.isocenter.hardware.transport.Transport;

/** One of MaRGE's Arduinos that take a fixed number of characters and answer a line. */
final class EmulatedMargeBoard extends EmulatedInstrument {
    private final int length;
    volatile String setting = "";
    volatile Consumer<String> onSetting = now -> {};

    EmulatedMargeBoard(Transport link, int length) {
        super(link);
        this.length = length;
    }

    @Override
    String request(byte[] bytes) {
        return bytes.length == length ? new String(bytes, ISO_8859_1) : null;
    }

    @Override
    String answer(String request) {
        setting = request;
        onSetting.accept(request);
        return "Ready!\n";
    }
}
