package org.isocenter.recon.hdf5;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** An HDF5 file, open for reading. One thread. */
public final class Hdf5File implements AutoCloseable {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    /** A block of the user's own may come first, of this size or its doubles. */
    private static final long SMALLEST_USER_BLOCK = 512;

    private static final int SUPERBLOCK_BYTES = 96;

    private final FileChannel channel;
    private final FileBytes bytes;
    private final Hdf5Group root;
    private final GlobalHeap heap;

    private Hdf5File(FileChannel channel, FileBytes bytes, long rootAddress) throws IOException {
        this.channel = channel;
        this.bytes = bytes;
        this.root = new Hdf5Group(bytes, rootAddress, "/");
        this.heap = new GlobalHeap(bytes);
    }

    /** Whether the file is HDF5 by its signature. */
    public static boolean isHdf5(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return superblockAt(channel) >= 0;
        }
    }

    /** @throws Hdf5Exception when it is no HDF5 or cannot be read */
    public static Hdf5File open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new FileNotFoundException(file + " is not there, or is no file");
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return open(channel, file);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static Hdf5File open(FileChannel channel, Path file) throws IOException {
        long base = superblockAt(channel);
        if (base < 0) {
            FileBytes all = new FileBytes(channel, 0);
            ByteBuffer first = all.read(0, Math.min(OtherFormat.FIRST_BYTES, all.size()), "the first bytes");
            throw new Hdf5Exception("no HDF5 file: " + OtherFormat.of(first, file));
        }
        FileBytes bytes = new FileBytes(channel, base);
        ByteBuffer block = bytes.read(0, Math.min(SUPERBLOCK_BYTES, bytes.size()), "the superblock");
        if (block.capacity() < SUPERBLOCK_BYTES) {
            throw new Hdf5Exception("the superblock lies beyond the end of the file: it is cut short or damaged");
        }
        int version = block.get(8);
        int sizesAt = version < 2 ? 13 : 9;
        int baseAt = version == 0 ? 24 : version == 1 ? 28 : 12;
        int endAt = baseAt + 16;
        int rootAt = version < 2 ? baseAt + 40 : baseAt + 24;
        if (version < 0 || version > 3) {
            throw new Hdf5Exception("superblock version " + version + ", 0 to 3 are read");
        }
        if (block.get(sizesAt) != 8 || block.get(sizesAt + 1) != 8) {
            throw new Hdf5Exception("addresses of " + block.get(sizesAt) + " and lengths of " + block.get(sizesAt + 1)
                    + " bytes, 8 are read");
        }
        long end = block.getLong(endAt);
        if (end > channel.size()) {
            throw new Hdf5Exception("cut short: " + channel.size() + " bytes are there, its superblock says " + end);
        }
        return new Hdf5File(channel, bytes, block.getLong(rootAt));
    }

    private static long superblockAt(FileChannel channel) throws IOException {
        ByteBuffer first = ByteBuffer.allocate(SIGNATURE.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long at = 0; at <= channel.size() - SIGNATURE.length; at = Math.max(SMALLEST_USER_BLOCK, 2 * at)) {
            first.clear();
            channel.read(first, at);
            if (Arrays.equals(first.array(), SIGNATURE)) {
                return at;
            }
        }
        return -1;
    }

    public Hdf5Group root() {
        return root;
    }

    /** Where values of variable length lie. */
    public GlobalHeap heap() {
        return heap;
    }

    /** Bytes of the file. */
    public long size() {
        return bytes.size();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
