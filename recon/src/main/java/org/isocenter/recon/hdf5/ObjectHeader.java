package org.isocenter.recon.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The messages that describe a group or a data set (section IV.A). */
final class ObjectHeader {
    static final int DATASPACE = 0x01;
    static final int LINK_INFO = 0x02;
    static final int DATATYPE = 0x03;
    static final int LINK = 0x06;
    static final int LAYOUT = 0x08;
    static final int FILTERS = 0x0b;
    static final int SYMBOL_TABLE = 0x11;

    private static final int CONTINUATION = 0x10;
    private static final int SHARED_FLAG = 2;
    private static final int MOST_BLOCKS = 500;

    private record Message(int type, int flags, ByteBuffer body) {}

    private final FileBytes file;
    private final String what;
    private final List<Message> messages = new ArrayList<>();
    private final Set<Long> visited = new HashSet<>();

    /** @param what it describes, for messages */
    ObjectHeader(FileBytes file, long address, String what) throws IOException {
        this.file = file;
        this.what = what;
        ByteBuffer start = file.read(address, 16, what);
        visited.add(address);
        if (start.get(0) == 1) {
            first(file.read(address + 16, start.getInt(8) & 0xffffffffL, what));
        } else if (start.getInt(0) == 0x5244484f && start.get(4) == 2) { // "OHDR"
            second(address, start.get(5));
        } else {
            throw Hdf5Exception.damaged(what);
        }
    }

    /** The body of the first message of this type, or null. */
    ByteBuffer find(int type) throws Hdf5Exception {
        List<ByteBuffer> all = all(type);
        return all.isEmpty() ? null : all.get(0);
    }

    ByteBuffer need(int type, String meaning) throws Hdf5Exception {
        ByteBuffer body = find(type);
        if (body == null) {
            throw new Hdf5Exception(what + " has no " + meaning);
        }
        return body;
    }

    List<ByteBuffer> all(int type) throws Hdf5Exception {
        List<ByteBuffer> found = new ArrayList<>();
        for (Message message : messages) {
            if (message.type == type) {
                if ((message.flags & SHARED_FLAG) != 0) {
                    throw new Hdf5Exception(what + " uses a type that is stored apart (committed), which is not read");
                }
                found.add(message.body.duplicate().order(ByteOrder.LITTLE_ENDIAN));
            }
        }
        return found;
    }

    private void first(ByteBuffer block) throws IOException {
        int at = 0;
        while (block.capacity() - at >= 8) {
            int type = block.getShort(at) & 0xffff;
            int length = block.getShort(at + 2) & 0xffff;
            int flags = block.get(at + 4);
            add(type, flags, block, at + 8, length);
            if (type == CONTINUATION) {
                first(continuation(block, at + 8, length));
            }
            at += 8 + length;
        }
    }

    private void second(long address, int flags) throws IOException {
        int at = 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
        int sizeBytes = 1 << (flags & 3);
        ByteBuffer sizeField = file.read(address + at, sizeBytes, what);
        long size = 0;
        for (int i = sizeBytes - 1; i >= 0; i--) {
            size = size << 8 | sizeField.get(i) & 0xff;
        }
        second(file.read(address + at + sizeBytes, size, what), (flags & 4) != 0);
    }

    private void second(ByteBuffer block, boolean ordered) throws IOException {
        int head = ordered ? 6 : 4;
        int at = 0;
        while (block.capacity() - at >= head) {
            int type = block.get(at) & 0xff;
            int length = block.getShort(at + 1) & 0xffff;
            int flags = block.get(at + 3);
            add(type, flags, block, at + head, length);
            if (type == CONTINUATION) {
                ByteBuffer more = continuation(block, at + head, length);
                if (more.capacity() < 8 || more.getInt(0) != 0x4b48434f) { // "OCHK"
                    throw Hdf5Exception.damaged(what);
                }
                second(more.slice(4, more.capacity() - 8).order(ByteOrder.LITTLE_ENDIAN), ordered);
            }
            at += head + length;
        }
    }

    private void add(int type, int flags, ByteBuffer block, int at, int length) throws Hdf5Exception {
        if (length > block.capacity() - at) {
            throw Hdf5Exception.damaged(what);
        }
        messages.add(new Message(type, flags, block.slice(at, length)));
    }

    private ByteBuffer continuation(ByteBuffer block, int at, int length) throws IOException {
        if (length < 16 || visited.size() > MOST_BLOCKS) {
            throw Hdf5Exception.damaged(what);
        }
        long address = block.getLong(at);
        if (!visited.add(address)) {
            throw new Hdf5Exception(what + " is described by a circle of blocks: the file is damaged");
        }
        return file.read(address, block.getLong(at + 8), what);
    }
}
