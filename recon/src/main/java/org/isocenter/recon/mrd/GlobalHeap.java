package org.isocenter.recon.mrd;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The global heap of an HDF5 file, where values of variable length lie (HDF5 File Format Specification 3.0, section III.E).
 * Read here and not by the library, because the library ends the whole process on a damaged heap. Every number in the file is
 * checked before it is used.
 */
final class GlobalHeap {
    /** A reference on disk: u32 number of elements, u64 address of the collection, u32 index of the object. */
    static final int REFERENCE_BYTES = 16;

    private static final int SIGNATURE = 0x4c4f4347; // "GCOL", read little endian
    private static final int HEADER_BYTES = 16;
    private static final int OBJECT_HEADER_BYTES = 16;
    private static final int MOST_KEPT = 16;

    private final FileChannel channel;
    private final String file;
    private final Map<Long, Map<Integer, ByteBuffer>> collections = new LinkedHashMap<>(MOST_KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Map<Integer, ByteBuffer>> eldest) {
            return size() > MOST_KEPT;
        }
    };

    GlobalHeap(FileChannel channel, String file) {
        this.channel = channel;
        this.file = file;
    }

    /**
     * The value that the reference at {@code at} points to, little endian.
     *
     * @param elementBytes size of one element
     * @param what the value is, for the message: "readout 12"
     */
    ByteBuffer value(ByteBuffer references, int at, int elementBytes, String what) throws IOException {
        long elements = references.getInt(at) & 0xffffffffL;
        long address = references.getLong(at + 4);
        int index = references.getInt(at + 12);
        if (elements == 0) {
            return ByteBuffer.allocate(0);
        }
        Map<Integer, ByteBuffer> collection = collections.get(address);
        if (collection == null) {
            collection = collection(address, what);
            collections.put(address, collection);
        }
        ByteBuffer object = collection.get(index);
        if (object == null || object.remaining() < elements * elementBytes) {
            throw damaged(what, "its " + elements + " values are not where the file says");
        }
        return object.slice(0, (int) elements * elementBytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private Map<Integer, ByteBuffer> collection(long address, String what) throws IOException {
        ByteBuffer header = bytes(address, HEADER_BYTES, what);
        long size = header.getLong(8);
        if (header.getInt(0) != SIGNATURE || size < HEADER_BYTES || size > channel.size() - address) {
            throw damaged(what, "byte " + address + " holds no collection of values");
        }
        if (size > Integer.MAX_VALUE) {
            throw damaged(what, "a collection of " + size + " bytes is more than can be read");
        }
        ByteBuffer all = bytes(address, (int) size, what);
        Map<Integer, ByteBuffer> objects = new HashMap<>();
        int at = HEADER_BYTES;
        while (all.capacity() - at >= OBJECT_HEADER_BYTES) {
            int index = all.getShort(at) & 0xffff;
            long length = all.getLong(at + 8);
            if (index == 0) {
                break; // The rest is free.
            }
            if (length < 0 || length > all.capacity() - at - OBJECT_HEADER_BYTES) {
                throw damaged(what, "value " + index + " reaches beyond its collection");
            }
            objects.put(index, all.slice(at + OBJECT_HEADER_BYTES, (int) length));
            // Values begin at multiples of eight bytes.
            at = (int) Math.min(all.capacity(), at + OBJECT_HEADER_BYTES + (length + 7) / 8 * 8);
        }
        return objects;
    }

    private ByteBuffer bytes(long address, int count, String what) throws IOException {
        if (address < 0 || address > channel.size() - count) {
            throw damaged(what, "its values are beyond the end of the file");
        }
        return read(channel, address, count);
    }

    /** Reads these bytes, little endian. */
    static ByteBuffer read(FileChannel channel, long address, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, address + bytes.position()) < 0) {
                throw new EOFException("the file has become shorter while it was read");
            }
        }
        return bytes.flip();
    }

    private MrdFormatException damaged(String what, String problem) {
        return new MrdFormatException(file, what, problem + ": the file is damaged");
    }
}
