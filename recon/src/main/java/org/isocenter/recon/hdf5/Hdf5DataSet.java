package org.isocenter.recon.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A data set: elements of one type on a grid. Read in rows, a row being all that has the same first index. */
public final class Hdf5DataSet {
    private static final int MOST_DIMENSIONS = 32;
    private static final int COMPACT = 0;
    private static final int CONTIGUOUS = 1;
    private static final int CHUNKED = 2;
    private static final int GOOD_BLOCK_BYTES = 1 << 18;

    private final FileBytes file;
    private final String path;
    private final Hdf5Type type;
    private final long[] shape;
    private final long rowBytes;
    private Filters filters = Filters.NONE;
    /** One of the three that follow is there, by the layout. */
    private ByteBuffer compact;

    private long contiguousAt = FileBytes.NOWHERE;
    private Chunks chunks;
    private int[] chunk;

    Hdf5DataSet(FileBytes file, long address, String path) throws IOException {
        this.file = file;
        this.path = path;
        ObjectHeader header = new ObjectHeader(file, address, what());
        this.type = TypeReader.read(header.need(ObjectHeader.DATATYPE, "type"), what());
        try {
            this.shape = shape(header.need(ObjectHeader.DATASPACE, "extent"));
            this.rowBytes = rowBytes();
            ByteBuffer filterMessage = header.find(ObjectHeader.FILTERS);
            if (filterMessage != null) {
                filters = Filters.read(filterMessage, what());
            }
            layout(header.need(ObjectHeader.LAYOUT, "place in the file"));
        } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
            throw new Hdf5Exception(what() + " is damaged", e);
        }
        long most = filters.isNone() ? file.size() : Filters.most(file.size());
        if (rowBytes > 0 && rows() > most / rowBytes) {
            throw new Hdf5Exception(what() + " claims " + shapeText() + " elements of " + type.bytes()
                    + " bytes, more than the file can hold");
        }
    }

    private String what() {
        return "'" + path + "'";
    }

    /** "/dataset/data". */
    public String path() {
        return path;
    }

    public Hdf5Type type() {
        return type;
    }

    /** Extent along each axis, the last fastest; none for a single element. */
    public long[] shape() {
        return shape.clone();
    }

    /** "3×256×256". */
    public String shapeText() {
        return shape.length == 0
                ? "1"
                : Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining("×"));
    }

    /** The extent of the first axis; 1 for a single element. */
    public long rows() {
        return shape.length == 0 ? 1 : shape[0];
    }

    /** Bytes of a row. */
    public long bytesPerRow() {
        return rowBytes;
    }

    /** How many rows to read at a time: of whole chunks, and not too many bytes; at least 1. */
    public int goodRows() {
        long fitting = Math.max(1, GOOD_BLOCK_BYTES / Math.max(1, rowBytes));
        long step = chunk == null ? 1 : chunk[0];
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, step >= fitting ? step : fitting / step * step));
    }

    /**
     * Reads rows, little endian, as they are stored.
     *
     * @throws Hdf5Exception when they are not there, or more bytes than an array holds
     */
    public ByteBuffer read(long from, int count) throws IOException {
        if (from < 0 || count < 0 || from > rows() - count) {
            throw new IndexOutOfBoundsException(count + " rows from " + from + " of " + rows());
        }
        long bytes = Math.multiplyExact(rowBytes, (long) count);
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new Hdf5Exception(count + " rows of " + what() + " have " + bytes + " bytes, more than can be read");
        }
        long first = from * rowBytes;
        if (compact != null) {
            if (first + bytes > compact.capacity()) {
                throw Hdf5Exception.damaged(what());
            }
            return compact.slice((int) first, (int) bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
        if (chunks == null) {
            return file.read(contiguousAt == FileBytes.NOWHERE ? Long.MAX_VALUE : contiguousAt + first, bytes, what());
        }
        return readChunks(from, count, (int) bytes);
    }

    /** Rows that lie in one chunk whole need no copy. */
    private ByteBuffer readChunks(long from, int count, int bytes) throws IOException {
        if (shape.length == 1 && from / chunk[0] == (from + Math.max(1, count) - 1) / chunk[0]) {
            int skip = (int) ((from % chunk[0]) * rowBytes);
            return chunk(from / chunk[0]).slice(skip, bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
        ByteBuffer out = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long[] origin = new long[shape.length];
        origin[0] = from - from % chunk[0];
        while (origin[0] < from + count) {
            copy(chunk(number(origin)), origin, from, count, out);
            int d = shape.length - 1;
            origin[d] += chunk[d];
            while (d > 0 && origin[d] >= shape[d]) {
                origin[d] = 0;
                d--;
                origin[d] += chunk[d];
            }
        }
        return out;
    }

    private long number(long[] origin) {
        long number = 0;
        for (int d = 0; d < shape.length; d++) {
            number = number * ((shape[d] + chunk[d] - 1) / chunk[d]) + origin[d] / chunk[d];
        }
        return number;
    }

    /** Copies what of a chunk lies in the rows and in the data set, run by run along the last axis. */
    private void copy(ByteBuffer data, long[] origin, long from, int count, ByteBuffer out) {
        int last = shape.length - 1;
        int size = type.bytes();
        long[] low = new long[shape.length];
        long[] high = new long[shape.length];
        for (int d = 0; d <= last; d++) {
            low[d] = d == 0 ? Math.max(origin[0], from) : origin[d];
            high[d] = Math.min(origin[d] + chunk[d], d == 0 ? from + count : shape[d]);
        }
        int run = (int) (high[last] - low[last]) * size;
        long[] at = low.clone();
        while (at[0] < high[0]) {
            long source = 0;
            long target = 0;
            for (int d = 0; d <= last; d++) {
                source = source * chunk[d] + at[d] - origin[d];
                target = target * shape[d] + at[d] - (d == 0 ? from : 0);
            }
            out.put((int) (target * size), data, (int) (source * size), run);
            int d = last;
            at[d] = high[d];
            while (d > 0 && at[d] >= high[d]) {
                at[d] = low[d];
                d--;
                at[d]++;
            }
        }
    }

    private ByteBuffer chunk(long number) throws IOException {
        int place = chunks.find(number);
        if (place < 0) {
            throw new Hdf5Exception("chunk " + number + " of " + what() + " was never written, or is lost");
        }
        int bytes = chunkBytes();
        int stored = chunks.storedBytes(place);
        ByteBuffer data = file.read(chunks.address(place), stored, "chunk " + number + " of " + what());
        ByteBuffer decoded = filters.decode(data, chunks.skippedFilters(place), bytes, type.bytes());
        if (decoded.capacity() != bytes) {
            throw Hdf5Exception.damaged("chunk " + number + " of " + what());
        }
        return decoded;
    }

    private int chunkBytes() throws Hdf5Exception {
        long bytes = type.bytes();
        for (int extent : chunk) {
            if (extent < 1 || bytes > Integer.MAX_VALUE / extent) {
                throw new Hdf5Exception(what() + " has chunks of " + Arrays.toString(chunk) + " elements");
            }
            bytes *= extent;
        }
        return (int) bytes;
    }

    private static long[] shape(ByteBuffer message) throws Hdf5Exception {
        int version = message.get(0);
        int dimensions = message.get(1);
        int at = version == 1 ? 8 : 4;
        boolean none = version == 2 && message.get(3) == 2;
        if (dimensions < 0 || dimensions > MOST_DIMENSIONS) {
            throw new Hdf5Exception("a data set of " + dimensions + " dimensions");
        }
        long[] shape = none ? new long[] {0} : new long[dimensions];
        for (int d = 0; d < dimensions; d++) {
            shape[d] = message.getLong(at + 8 * d);
        }
        return shape;
    }

    private long rowBytes() throws Hdf5Exception {
        long bytes = type.bytes();
        for (int d = 0; d < shape.length; d++) {
            if (shape[d] < 0 || d > 0 && shape[d] > 0 && bytes > Long.MAX_VALUE / shape[d]) {
                throw new Hdf5Exception(what() + " claims " + shapeText() + " elements");
            }
            bytes = d == 0 ? bytes : bytes * shape[d];
        }
        return bytes;
    }

    /** A data layout message (section IV.A.2.i). */
    private void layout(ByteBuffer message) throws IOException {
        int version = message.get(0);
        int kind = message.get(1);
        if (version < 3 || version > 4) {
            throw new Hdf5Exception(what() + " has a layout of version " + version + ", 3 and 4 are read");
        }
        switch (kind) {
            case COMPACT -> compact = message.slice(4, message.getShort(2) & 0xffff);
            case CONTIGUOUS -> contiguousAt = message.getLong(2);
            case CHUNKED -> {
                if (version == 3) {
                    chunkedByTree(message);
                } else {
                    chunkedByIndex(message);
                }
            }
            default -> throw new Hdf5Exception(what() + " is stored in a way that is not read");
        }
    }

    private void chunkedByTree(ByteBuffer message) throws IOException {
        dimensionsOfChunks(message.get(2) & 0xff);
        for (int d = 0; d < shape.length; d++) {
            chunk[d] = message.getInt(11 + 4 * d);
        }
        chunkBytes();
        chunks = Chunks.ofTree(file, message.getLong(3), shape, chunk, what());
    }

    private void chunkedByIndex(ByteBuffer message) throws IOException {
        int flags = message.get(2);
        int dimensions = message.get(3) & 0xff;
        int width = message.get(4) & 0xff;
        dimensionsOfChunks(dimensions);
        if (width < 1 || width > 8) {
            throw Hdf5Exception.damaged(what());
        }
        for (int d = 0; d < shape.length; d++) {
            long extent = 0;
            for (int i = width - 1; i >= 0; i--) {
                extent = extent << 8 | message.get(5 + d * width + i) & 0xff;
            }
            chunk[d] = extent < 1 || extent > Integer.MAX_VALUE ? 0 : (int) extent;
        }
        ByteBuffer index = message.slice(5 + dimensions * width, message.capacity() - 5 - dimensions * width)
                .order(ByteOrder.LITTLE_ENDIAN);
        long number = 1;
        for (int d = 0; d < shape.length; d++) {
            chunkBytes();
            long along = (shape[d] + chunk[d] - 1) / chunk[d];
            number = along == 0 || number <= file.size() / along ? number * along : Long.MAX_VALUE;
        }
        if (number > file.size()) {
            throw new Hdf5Exception(what() + " claims " + number + " chunks, more than the file can hold");
        }
        chunks = new NewChunkIndex(file, what(), (int) number, chunkBytes(), !filters.isNone()).read(index, flags);
    }

    /** The element's size follows as one dimension more. */
    private void dimensionsOfChunks(int dimensions) throws Hdf5Exception {
        if (dimensions != shape.length + 1 || shape.length == 0) {
            throw Hdf5Exception.damaged(what());
        }
        chunk = new int[shape.length];
    }
}
