package org.isocenter.recon.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The indices of chunks since HDF5 1.10 (section VII): a single chunk, chunks one after the other, a fixed array, an
 * extensible array. A B-tree of the second version, for more than one growing axis, is not read.
 */
final class NewChunkIndex {
    private static final int SINGLE = 1;
    private static final int IMPLICIT = 2;
    private static final int FIXED_ARRAY = 3;
    private static final int EXTENSIBLE_ARRAY = 4;
    private static final int SINGLE_FILTERED = 2;

    private final FileBytes file;
    private final String what;
    private final int count;
    private final int chunkBytes;
    private final boolean filtered;
    private final long[] addresses;
    private final int[] storedBytes;
    private final int[] skippedFilters;

    NewChunkIndex(FileBytes file, String what, int count, int chunkBytes, boolean filtered) {
        this.file = file;
        this.what = what;
        this.count = count;
        this.chunkBytes = chunkBytes;
        this.filtered = filtered;
        this.addresses = new long[count];
        this.storedBytes = new int[count];
        this.skippedFilters = new int[count];
        Arrays.fill(addresses, FileBytes.NOWHERE);
        Arrays.fill(storedBytes, chunkBytes);
    }

    /** @param index the layout message from its chunk indexing type on */
    Chunks read(ByteBuffer index, int layoutFlags) throws IOException {
        switch (index.get(0)) {
            case SINGLE -> {
                boolean shrunk = (layoutFlags & SINGLE_FILTERED) != 0;
                if (count == 1) {
                    addresses[0] = index.getLong(shrunk ? 13 : 1);
                    storedBytes[0] = shrunk ? size(index.getLong(1)) : chunkBytes;
                    skippedFilters[0] = shrunk ? index.getInt(9) : 0;
                }
            }
            case IMPLICIT -> {
                long start = index.getLong(1);
                for (int i = 0; start != FileBytes.NOWHERE && i < count; i++) {
                    addresses[i] = start + (long) i * chunkBytes;
                }
            }
            case FIXED_ARRAY -> fixedArray(index.getLong(2));
            case EXTENSIBLE_ARRAY -> extensibleArray(index.getLong(6));
            default ->
                throw new Hdf5Exception(
                        what + " has an index of chunks that is not read: rewrite the file with h5repack -l CHUNK");
        }
        return Chunks.ofList(addresses, storedBytes, skippedFilters, what);
    }

    private String name() {
        return "the index of " + what;
    }

    private int size(long bytes) throws Hdf5Exception {
        if (bytes < 0 || bytes > file.size() || bytes > Integer.MAX_VALUE) {
            throw Hdf5Exception.damaged(name());
        }
        return (int) bytes;
    }

    private void fixedArray(long address) throws IOException {
        if (address == FileBytes.NOWHERE) {
            return;
        }
        ByteBuffer header = file.block(address, 28, "FAHD", name());
        int entryBytes = entryBytes(header.get(6));
        int pageBits = header.get(7);
        long entries = header.getLong(8);
        long block = header.getLong(16);
        if (entries < count || pageBits < 1 || pageBits > 30) {
            throw Hdf5Exception.damaged(name());
        }
        if (block == FileBytes.NOWHERE) {
            return;
        }
        file.block(block, 14, "FADB", name());
        elements(block + 14, entries, 1L << pageBits, entryBytes, 0);
    }

    /**
     * Takes the elements of a data block: one after the other, or in pages behind a bitmap of those that were written.
     *
     * @return how many elements the block has
     */
    private long elements(long at, long entries, long pageEntries, int entryBytes, long first) throws IOException {
        if (entries <= pageEntries) {
            take(at, entries, entryBytes, first);
            return entries;
        }
        long pages = (entries + pageEntries - 1) / pageEntries;
        ByteBuffer written = file.read(at, (pages + 7) / 8, name());
        long page = at + (pages + 7) / 8 + 4;
        for (long p = 0; p < pages; p++) {
            long inPage = Math.min(pageEntries, entries - p * pageEntries);
            if ((written.get((int) (p / 8)) >> (7 - p % 8) & 1) != 0) {
                take(page, inPage, entryBytes, first + p * pageEntries);
            }
            page += pageEntries * entryBytes + 4;
        }
        return entries;
    }

    private void take(long at, long entries, int entryBytes, long first) throws IOException {
        int wanted = (int) Math.max(0, Math.min(entries, count - first));
        ByteBuffer in = file.read(at, (long) wanted * entryBytes, name());
        for (int i = 0; i < wanted; i++) {
            entry(in, i * entryBytes, entryBytes, (int) first + i);
        }
    }

    private void entry(ByteBuffer in, int at, int entryBytes, int number) throws Hdf5Exception {
        addresses[number] = in.getLong(at);
        if (filtered && addresses[number] != FileBytes.NOWHERE) {
            long size = 0;
            for (int i = entryBytes - 5; i >= 8; i--) {
                size = size << 8 | in.get(at + i) & 0xff;
            }
            storedBytes[number] = size(size);
            skippedFilters[number] = in.getInt(at + entryBytes - 4);
        }
    }

    private int entryBytes(int bytes) throws Hdf5Exception {
        if (filtered ? bytes < 13 || bytes > 20 : bytes != 8) {
            throw Hdf5Exception.damaged(name());
        }
        return bytes;
    }

    /** An index block, then data blocks whose size doubles now and then, those from some point on behind super blocks. */
    private void extensibleArray(long address) throws IOException {
        if (address == FileBytes.NOWHERE) {
            return;
        }
        ByteBuffer header = file.block(address, 72, "EAHD", name());
        int entryBytes = entryBytes(header.get(6));
        int maximumBits = header.get(7);
        int inIndex = header.get(8) & 0xff;
        int smallest = header.get(9) & 0xff;
        int pointers = header.get(10) & 0xff;
        int pageBits = header.get(11);
        long block = header.getLong(60);
        if (smallest < 1 || pointers < 2 || maximumBits < 1 || maximumBits > 64 || pageBits < 1 || pageBits > 30) {
            throw Hdf5Exception.damaged(name());
        }
        if (block == FileBytes.NOWHERE) {
            return;
        }
        file.block(block, 14, "EAIB", name());
        take(block + 14, inIndex, entryBytes, 0);
        long next = inIndex;
        long pointerAt = block + 14 + (long) inIndex * entryBytes;
        int offsetBytes = (maximumBits + 7) / 8;
        int direct = 2 * (pointers - 1);
        int blocksSeen = 0;
        for (int level = 0; next < count; level++) {
            int blocks = 1 << (level / 2);
            long entries = (long) smallest << ((level + 1) / 2);
            boolean isDirect = blocksSeen + blocks <= direct;
            long list = pointerAt;
            if (!isDirect) {
                long superBlock = file.read(pointerAt, 8, name()).getLong(0);
                pointerAt += 8;
                if (superBlock == FileBytes.NOWHERE) {
                    next += blocks * entries;
                    continue;
                }
                file.block(superBlock, 14, "EASB", name());
                long pages = entries <= 1L << pageBits ? 0 : (entries >> pageBits);
                list = superBlock + 14 + offsetBytes + blocks * ((pages + 7) / 8);
            }
            for (int i = 0; i < blocks && next < count; i++, next += entries) {
                long data = file.read(list + 8L * i, 8, name()).getLong(0);
                if (data != FileBytes.NOWHERE) {
                    file.block(data, 14, "EADB", name());
                    pages(data + 14 + offsetBytes, entries, 1L << pageBits, entryBytes, next);
                }
            }
            if (isDirect) {
                pointerAt += 8L * blocks;
                blocksSeen += blocks;
            }
        }
    }

    /** Of a data block of an extensible array: in pages, each with a checksum, once it has more than one page. */
    private void pages(long at, long entries, long pageEntries, int entryBytes, long first) throws IOException {
        if (entries <= pageEntries) {
            take(at, entries, entryBytes, first);
            return;
        }
        long page = at + 4;
        for (long p = 0; p * pageEntries < entries && first + p * pageEntries < count; p++) {
            take(page, pageEntries, entryBytes, first + p * pageEntries);
            page += pageEntries * entryBytes + 4;
        }
    }
}
