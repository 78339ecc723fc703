package org.isocenter.recon.mrd;

import static org.bytedeco.hdf5.global.hdf5.H5D_CHUNKED;
import static org.bytedeco.hdf5.global.hdf5.H5D_CONTIGUOUS;
import static org.bytedeco.hdf5.global.hdf5.H5Dget_chunk_storage_size;
import static org.bytedeco.hdf5.global.hdf5.H5Dget_create_plist;
import static org.bytedeco.hdf5.global.hdf5.H5Dget_offset;
import static org.bytedeco.hdf5.global.hdf5.H5Dget_space;
import static org.bytedeco.hdf5.global.hdf5.H5Dread_chunk;
import static org.bytedeco.hdf5.global.hdf5.H5P_DEFAULT;
import static org.bytedeco.hdf5.global.hdf5.H5Pclose;
import static org.bytedeco.hdf5.global.hdf5.H5Pget_chunk;
import static org.bytedeco.hdf5.global.hdf5.H5Pget_layout;
import static org.bytedeco.hdf5.global.hdf5.H5Pget_nfilters;
import static org.bytedeco.hdf5.global.hdf5.H5Sclose;
import static org.bytedeco.hdf5.global.hdf5.H5Sget_simple_extent_ndims;
import static org.bytedeco.hdf5.global.hdf5.H5Sget_simple_extent_npoints;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import org.bytedeco.javacpp.BytePointer;

/** The elements of a one-dimensional data set as their bytes in the file, without the library's conversion. */
final class StoredElements {
    private static final int BLOCK_BYTES = 1 << 18;
    private static final long LARGEST_CHUNK = 1L << 30;

    private final Hdf5 hdf5;
    private final FileChannel channel;
    private final long dataset;
    private final String name;
    private final int elementBytes;
    private final long count;
    /** Elements of a chunk, or 0 for a data set in one piece. */
    private final long chunkElements;

    StoredElements(Hdf5 hdf5, FileChannel channel, long dataset, String name, int elementBytes) throws IOException {
        this.hdf5 = hdf5;
        this.channel = channel;
        this.dataset = dataset;
        this.name = name;
        this.elementBytes = elementBytes;
        long space = hdf5.opened(H5Dget_space(dataset), handle -> H5Sclose(handle), "'" + name + "' has no extent");
        this.count = hdf5.check(H5Sget_simple_extent_npoints(space), "'" + name + "' has no extent");
        if (count > channel.size() / elementBytes) {
            throw hdf5.failure("'" + name + "' claims " + count + " elements, more than the file can hold");
        }
        long properties = hdf5.opened(
                H5Dget_create_plist(dataset),
                handle -> H5Pclose(handle),
                "'" + name + "' does not say how it is stored");
        if (H5Pget_nfilters(properties) != 0) {
            throw hdf5.failure("'" + name + "' is compressed, which is not read: unpack it with h5repack -f NONE");
        }
        this.chunkElements = chunkElements(properties, H5Sget_simple_extent_ndims(space));
    }

    private long chunkElements(long properties, int dimensions) throws IOException {
        int layout = H5Pget_layout(properties);
        if (layout == H5D_CONTIGUOUS) {
            return 0;
        }
        if (layout != H5D_CHUNKED || dimensions != 1) {
            throw hdf5.failure("'" + name + "' is stored in a way that MRD does not use");
        }
        long[] size = new long[1];
        hdf5.check(H5Pget_chunk(properties, 1, size), "'" + name + "' has no chunk size");
        if (size[0] < 1 || size[0] > LARGEST_CHUNK / elementBytes) {
            throw hdf5.failure("'" + name + "' has chunks of " + size[0] + " elements");
        }
        return size[0];
    }

    long count() {
        return count;
    }

    /** Elements from {@code from} on, at least one, as many as come in one piece; little endian. */
    ByteBuffer from(long from) throws IOException {
        return chunkElements == 0 ? contiguous(from) : chunk(from);
    }

    private ByteBuffer contiguous(long from) throws IOException {
        long address = H5Dget_offset(dataset);
        int bytes = (int)
                Math.min((count - from) * elementBytes, Math.max(1, BLOCK_BYTES / elementBytes) * (long) elementBytes);
        long at = address + from * elementBytes;
        if (address < 0 || at < 0 || at > channel.size() - bytes) {
            throw hdf5.failure("'" + name + "' is not in the file: it is damaged");
        }
        return GlobalHeap.read(channel, at, bytes);
    }

    private ByteBuffer chunk(long from) throws IOException {
        long[] first = {from - from % chunkElements};
        long bytes = chunkElements * elementBytes;
        long[] stored = new long[1];
        if (H5Dget_chunk_storage_size(dataset, first, stored) < 0 || stored[0] != bytes || bytes > channel.size()) {
            throw hdf5.failure("'" + name + "' lacks its elements from " + first[0] + " on: the file is damaged");
        }
        try (BytePointer memory = new BytePointer(bytes)) {
            hdf5.check(
                    H5Dread_chunk(dataset, H5P_DEFAULT(), first, new int[1], memory),
                    "'" + name + "' cannot be read from element " + first[0] + " on: the file is damaged");
            ByteBuffer copy = ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
            copy.put(memory.asByteBuffer()).flip();
            int skip = (int) (from - first[0]) * elementBytes;
            int wanted = (int) Math.min(bytes - skip, (count - from) * elementBytes);
            return copy.slice(skip, wanted).order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
