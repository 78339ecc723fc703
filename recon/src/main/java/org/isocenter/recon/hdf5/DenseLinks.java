package org.isocenter.recon.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The links of a group with many members, which lie in a fractal heap and are found by a B-tree of the second version
 * (sections III.A.2 and III.G). Trees of one node are read: some dozens of members.
 */
final class DenseLinks {
    private static final int LINK_NAMES = 5;
    private static final int LEAF_HEADER_BYTES = 6;
    private static final int MOST_ROWS = 40;

    private final FileBytes file;
    private final String what;

    DenseLinks(FileBytes file, String what) {
        this.file = file;
        this.what = what;
    }

    /** The link messages. */
    List<ByteBuffer> read(long heapAddress, long treeAddress) throws IOException {
        ByteBuffer heap = file.block(heapAddress, 142, "FRHP", what);
        ByteBuffer tree = file.block(treeAddress, 34, "BTHD", what);
        int recordBytes = tree.getShort(10) & 0xffff;
        int depth = tree.getShort(12) & 0xffff;
        int count = tree.getShort(24) & 0xffff;
        if (tree.get(5) != LINK_NAMES || recordBytes < 11 || heap.getShort(7) != 0) {
            throw Hdf5Exception.damaged(what);
        }
        if (depth > 0) {
            throw new Hdf5Exception(what + " has more members than are read: copy what is wanted with h5copy");
        }
        ByteBuffer leaf = file.block(tree.getLong(16), LEAF_HEADER_BYTES + (long) count * recordBytes, "BTLF", what);
        int offsetBytes = ((heap.getShort(128) & 0xffff) + 7) / 8;
        if (offsetBytes < 1 || offsetBytes > recordBytes - 6) {
            throw Hdf5Exception.damaged(what);
        }
        List<ByteBuffer> links = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            // A hash of the name, then the heap's id: a byte of flags, offset, length.
            int at = LEAF_HEADER_BYTES + i * recordBytes + 4;
            if ((leaf.get(at) & 0x30) != 0) {
                throw new Hdf5Exception(what + " keeps a name in a way that is not read");
            }
            long offset = number(leaf, at + 1, offsetBytes);
            long length = number(leaf, at + 1 + offsetBytes, Math.min(2, recordBytes - 5 - offsetBytes));
            links.add(object(heap, offset, length));
        }
        return links;
    }

    /** Finds the direct block that holds an offset of the heap's own space by the doubling table. */
    private ByteBuffer object(ByteBuffer heap, long offset, long length) throws IOException {
        int width = heap.getShort(110) & 0xffff;
        long size = heap.getLong(112);
        long largest = heap.getLong(120);
        long root = heap.getLong(132);
        int rows = heap.getShort(140) & 0xffff;
        int offsetBytes = ((heap.getShort(128) & 0xffff) + 7) / 8;
        if (rows == 0) {
            return link(root, offset, length, size);
        }
        if (rows > MOST_ROWS || width < 1 || size < 1 || largest < size) {
            throw Hdf5Exception.damaged(what);
        }
        file.block(root, 5, "FHIB", what);
        long start = 0;
        for (int row = 0; row < rows && size <= largest; row++) {
            size = row < 2 ? size : 2 * size;
            if (offset >= start && offset < start + width * size) {
                long column = (offset - start) / size;
                long entry = root + 13 + offsetBytes + 8 * ((long) row * width + column);
                long block = file.read(entry, 8, what).getLong(0);
                return link(block, offset - start - column * size, length, size);
            }
            start += width * size;
        }
        throw Hdf5Exception.damaged(what);
    }

    private ByteBuffer link(long block, long offset, long length, long size) throws IOException {
        file.block(block, 5, "FHDB", what);
        if (offset < 0 || offset > size - length) {
            throw Hdf5Exception.damaged(what);
        }
        return file.read(block + offset, length, what);
    }

    private static long number(ByteBuffer in, int at, int bytes) {
        ByteBuffer le = in.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = value << 8 | le.get(at + i) & 0xff;
        }
        return value;
    }
}
