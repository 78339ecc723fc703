package org.isocenter.recon.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Where the chunks of a data set lie, by their running number (the last axis fastest). */
final class Chunks {
    /** More are taken for damage: they would be an index of gigabytes. */
    private static final int MOST = 1 << 26;

    private static final int HIGHEST_TREE = 64;
    private static final int NODE_HEADER_BYTES = 24;

    private final long[] shape;
    private final int[] chunk;
    private final String what;
    private long[] numbers = new long[16];
    private long[] addresses = new long[16];
    private int[] storedBytes = new int[16];
    private int[] skippedFilters = new int[16];
    private int count;

    private Chunks(long[] shape, int[] chunk, String what) {
        this.shape = shape;
        this.chunk = chunk;
        this.what = what;
    }

    /**
     * From a B-tree of the first version (section III.A.1).
     *
     * @param address of its root, or {@link FileBytes#NOWHERE} when there are no chunks yet
     * @param chunk its extent along each axis
     */
    static Chunks ofTree(FileBytes file, long address, long[] shape, int[] chunk, String what) throws IOException {
        Chunks chunks = new Chunks(shape, chunk, what);
        if (address != FileBytes.NOWHERE) {
            chunks.tree(file, address, HIGHEST_TREE, new HashSet<>());
        }
        return chunks;
    }

    /** From chunks in order without gaps, as far as {@code addresses} go. */
    static Chunks ofList(long[] addresses, int[] storedBytes, int[] skippedFilters, String what) throws Hdf5Exception {
        Chunks chunks = new Chunks(new long[0], new int[0], what);
        for (int i = 0; i < addresses.length; i++) {
            if (addresses[i] != FileBytes.NOWHERE) {
                chunks.add(i, addresses[i], storedBytes[i], skippedFilters[i]);
            }
        }
        return chunks;
    }

    /** The place of the chunk of this number, or -1 where it was never written. */
    int find(long number) {
        return Arrays.binarySearch(numbers, 0, count, number);
    }

    long address(int place) {
        return addresses[place];
    }

    int storedBytes(int place) {
        return storedBytes[place];
    }

    /** Bit n: filter n was not applied to it. */
    int skippedFilters(int place) {
        return skippedFilters[place];
    }

    /** @param height that the tree stays below, so that no damage makes it endless */
    private void tree(FileBytes file, long address, int height, Set<Long> visited) throws IOException {
        String index = "the index of " + what;
        ByteBuffer header = file.block(address, NODE_HEADER_BYTES, "TREE", index);
        int level = header.get(5) & 0xff;
        if (header.get(4) != 1 || level >= height || !visited.add(address)) {
            throw Hdf5Exception.damaged(index);
        }
        int entries = header.getShort(6) & 0xffff;
        int keyBytes = 8 + 8 * (shape.length + 1);
        int step = keyBytes + 8;
        ByteBuffer node = file.read(address + NODE_HEADER_BYTES, (long) entries * step, index);
        for (int i = 0; i < entries; i++) {
            int at = i * step;
            if (level > 0) {
                tree(file, node.getLong(at + keyBytes), level, visited);
            } else {
                add(number(node, at + 8), node.getLong(at + keyBytes), node.getInt(at), node.getInt(at + 4));
            }
        }
    }

    private long number(ByteBuffer node, int at) throws Hdf5Exception {
        long number = 0;
        for (int d = 0; d < shape.length; d++) {
            long offset = node.getLong(at + 8 * d);
            if (offset < 0 || offset >= shape[d] || offset % chunk[d] != 0) {
                throw Hdf5Exception.damaged("the index of " + what);
            }
            number = number * ((shape[d] + chunk[d] - 1) / chunk[d]) + offset / chunk[d];
        }
        return number;
    }

    private void add(long number, long address, int bytes, int skipped) throws Hdf5Exception {
        // In order, as every index is: so no chunk comes twice, however damaged the index.
        if (count > 0 && number <= numbers[count - 1] || count == MOST || bytes < 0) {
            throw Hdf5Exception.damaged("the index of " + what);
        }
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * count);
            addresses = Arrays.copyOf(addresses, 2 * count);
            storedBytes = Arrays.copyOf(storedBytes, 2 * count);
            skippedFilters = Arrays.copyOf(skippedFilters, 2 * count);
        }
        numbers[count] = number;
        addresses[count] = address;
        storedBytes[count] = bytes;
        skippedFilters[count] = skipped;
        count++;
    }
}
