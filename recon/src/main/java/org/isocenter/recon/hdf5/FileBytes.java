package org.isocenter.recon.hdf5;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** The bytes of an open file. Addresses count from its superblock. */
final class FileBytes {
    /** How an address is written that leads nowhere. */
    static final long NOWHERE = -1;

    private final FileChannel channel;
    private final long base;
    private final long size;

    FileBytes(FileChannel channel, long base) throws IOException {
        this.channel = channel;
        this.base = base;
        this.size = channel.size() - base;
    }

    /** Bytes from the superblock to the end of the file. */
    long size() {
        return size;
    }

    /** Of an address, in bytes from the file's beginning. */
    long position(long address) {
        return base + address;
    }

    /**
     * Reads these bytes, little endian.
     *
     * @param what is read, for the message
     */
    ByteBuffer read(long address, long count, String what) throws IOException {
        if (address < 0 || count < 0 || count > Integer.MAX_VALUE - 8 || address > size - count) {
            throw new Hdf5Exception(what + " lies beyond the end of the file: it is cut short or damaged");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, base + address + bytes.position()) < 0) {
                throw new EOFException("the file has become shorter while it was read");
            }
        }
        return bytes.flip();
    }

    /** As {@link #read}, for what begins with four letters. */
    ByteBuffer block(long address, long count, String signature, String what) throws IOException {
        ByteBuffer bytes = read(address, count, what);
        for (int i = 0; i < 4; i++) {
            if (bytes.get(i) != signature.charAt(i)) {
                throw Hdf5Exception.damaged(what);
            }
        }
        return bytes;
    }
}
