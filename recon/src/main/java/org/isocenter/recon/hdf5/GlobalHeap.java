package org.isocenter.recon.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The global heap of a file, where values of variable length lie (section III.E). */
public final class GlobalHeap {
    /** A reference on disk: u32 number of elements, u64 address of the collection, u32 index of the object. */
    public static final int REFERENCE_BYTES = 16;

    private static final int HEADER_BYTES = 16;
    private static final int OBJECT_HEADER_BYTES = 16;
    private static final int MOST_KEPT = 16;
    /** Collections larger than this are not kept: their values are large too, and reading them again is rare. */
    private static final int LARGEST_KEPT = 1 << 20;

    private final FileBytes file;
    private final Map<Long, Map<Integer, ByteBuffer>> collections = new LinkedHashMap<>(MOST_KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Map<Integer, ByteBuffer>> eldest) {
            return size() > MOST_KEPT;
        }
    };

    GlobalHeap(FileBytes file) {
        this.file = file;
    }

    /**
     * Where in the file {@link #value} is that was read last, in bytes from the file's beginning.
     *
     * @param references as it was given there
     * @param value what it gave; with elements
     */
    public long position(ByteBuffer references, int at, ByteBuffer value) {
        return file.position(references.getLong(at + 4) + value.arrayOffset());
    }

    /**
     * The value that the reference at {@code at} points to, little endian, of as many elements as the reference says.
     *
     * @param references little endian
     * @param elementBytes size of one element
     * @param what the value is, for the message: "readout 12"
     */
    public ByteBuffer value(ByteBuffer references, int at, int elementBytes, String what) throws IOException {
        long elements = references.getInt(at) & 0xffffffffL;
        long address = references.getLong(at + 4);
        int index = references.getInt(at + 12);
        if (elements == 0) {
            return ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);
        }
        Map<Integer, ByteBuffer> collection = collections.get(address);
        if (collection == null) {
            collection = collection(address, what);
        }
        ByteBuffer object = collection.get(index);
        if (object == null || object.remaining() < elements * elementBytes) {
            throw damaged(what, "its " + elements + " values are not where the file says");
        }
        return object.slice(0, (int) elements * elementBytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private Map<Integer, ByteBuffer> collection(long address, String what) throws IOException {
        ByteBuffer header = file.block(address, HEADER_BYTES, "GCOL", "the values of " + what);
        ByteBuffer all = file.read(address, header.getLong(8), "the values of " + what);
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
        if (all.capacity() <= LARGEST_KEPT) {
            collections.put(address, objects);
        }
        return objects;
    }

    private static Hdf5Exception damaged(String what, String problem) {
        return new Hdf5Exception(what + ": " + problem + ": the file is damaged");
    }
}
