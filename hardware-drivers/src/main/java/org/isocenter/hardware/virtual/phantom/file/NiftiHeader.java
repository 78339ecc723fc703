package org.isocenter.hardware.virtual.phantom.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * What is needed of the header of a NIfTI-1 or NIfTI-2 file (nifti1.h of 2007, nifti2.h of 2011), either byte order.
 *
 * @param size voxels along i, j, k
 * @param type of the voxels
 * @param offset of the first voxel in the file
 * @param slope and {@code intercept} that make a stored number the voxel's
 * @param toPatient millimetres to the right, front and head (RAS+) of voxel (i, j, k): a row of four each
 */
record NiftiHeader(
        int[] size,
        NiftiType type,
        ByteOrder order,
        long offset,
        double slope,
        double intercept,
        double[][] toPatient) {
    static final int LENGTH_1 = 348;
    static final int LENGTH_2 = 540;

    /** 256 MB of labels. */
    private static final long MOST_VOXELS = 64L << 20;

    private static final int MOST_ALONG = 4096;

    /** What stands where in the two versions. */
    private enum Layout {
        ONE(40, 2, 70, 76, 4, 108, 252, 256, 280, 123),
        TWO(16, 8, 12, 104, 8, 168, 344, 352, 400, 500);

        private final int dim;
        private final int dimBytes;
        private final int type;
        private final int spacing;
        private final int realBytes;
        private final int offset;
        private final int code;
        private final int quaternion;
        private final int rows;
        private final int units;

        Layout(
                int dim,
                int dimBytes,
                int type,
                int spacing,
                int realBytes,
                int offset,
                int code,
                int quaternion,
                int rows,
                int units) {
            this.dim = dim;
            this.dimBytes = dimBytes;
            this.type = type;
            this.spacing = spacing;
            this.realBytes = realBytes;
            this.offset = offset;
            this.code = code;
            this.quaternion = quaternion;
            this.rows = rows;
            this.units = units;
        }

        private double real(ByteBuffer header, int start, int index) {
            return realBytes == 4 ? header.getFloat(start + 4 * index) : header.getDouble(start + 8 * index);
        }

        private long dimension(ByteBuffer header, int index) {
            return dimBytes == 2 ? header.getShort(dim + 2 * index) : header.getLong(dim + 8 * index);
        }

        private int code(ByteBuffer header, int which) {
            return this == ONE ? header.getShort(code + 2 * which) : header.getInt(code + 4 * which);
        }
    }

    /** @param bytes the first {@value #LENGTH_2} of the file, or as many as there are */
    static NiftiHeader parse(Path path, byte[] bytes) throws PhantomFileException {
        ByteBuffer header = ByteBuffer.wrap(bytes);
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            int length = bytes.length < LENGTH_1 ? 0 : header.order(order).getInt(0);
            if (length == LENGTH_1 && (bytes[344] == 'n' || bytes[344] == 0) || length == LENGTH_2 && bytes[4] == 'n') {
                boolean two = length == LENGTH_2;
                if (bytes.length < length || bytes[two ? 5 : 345] != '+') {
                    throw new PhantomFileException(path, "it is not a NIfTI file that holds header and voxels (.nii)");
                }
                return parse(path, header, two ? Layout.TWO : Layout.ONE, order);
            }
        }
        throw new PhantomFileException(path, "this is no NIfTI-1 or NIfTI-2 file: its header does not begin as one");
    }

    private static NiftiHeader parse(Path path, ByteBuffer header, Layout at, ByteOrder order)
            throws PhantomFileException {
        long dimensions = at.dimension(header, 0);
        int[] size = {1, 1, 1};
        long voxels = 1;
        for (int d = 1; d <= dimensions && d <= 7; d++) {
            long length = at.dimension(header, d);
            if (length < 1 || length > MOST_ALONG || voxels * length > MOST_VOXELS || d > 3 && length > 1) {
                throw new PhantomFileException(
                        path,
                        "dimension " + d + " is " + length + ": a label volume has three of up to " + MOST_ALONG
                                + ", and at most " + MOST_VOXELS + " voxels");
            }
            voxels *= length;
            if (d <= 3) {
                size[d - 1] = (int) length;
            }
        }
        if (dimensions < 1 || dimensions > 7) {
            throw new PhantomFileException(path, "it has " + dimensions + " dimensions: a label volume has three");
        }
        NiftiType type = NiftiType.of(header.getShort(at.type));
        if (type == null) {
            throw new PhantomFileException(
                    path, "voxels of data type " + header.getShort(at.type) + " are not read: write integers or reals");
        }
        double slope = at.real(header, at.offset + (at == Layout.ONE ? 4 : 8), 0);
        double intercept = at.real(header, at.offset + (at == Layout.ONE ? 4 : 8), 1);
        boolean scaled = slope != 0 && Double.isFinite(slope) && Double.isFinite(intercept);
        long offset = at == Layout.ONE ? (long) header.getFloat(at.offset) : header.getLong(at.offset);
        int least = at == Layout.ONE ? LENGTH_1 : LENGTH_2;
        if (offset < least || offset > 1 << 28) {
            throw new PhantomFileException(path, "its voxels would begin at byte " + offset);
        }
        double[][] affine = affine(header, at, size);
        for (double[] row : affine) {
            for (double value : row) {
                if (!(Math.abs(value) < 1e5)) {
                    throw new PhantomFileException(path, "its voxels' places are not numbers of millimetres");
                }
            }
        }
        return new NiftiHeader(size, type, order, offset, scaled ? slope : 1, scaled ? intercept : 0, affine);
    }

    /** The s-form, else the q-form, else the spacing with the middle of the volume at the isocentre. */
    private static double[][] affine(ByteBuffer header, Layout at, int[] size) {
        double toMillimetres = switch (header.get(at.units) & 7) {
            case 1 -> 1e3;
            case 3 -> 1e-3;
            default -> 1;
        };
        double[][] m = new double[3][4];
        boolean rows = at.code(header, 1) > 0;
        boolean quaternion = at.code(header, 0) > 0;
        double[][] r = quaternion ? rotation(header, at) : new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        double handedness = quaternion && at.real(header, at.spacing, 0) < 0 ? -1 : 1;
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                double spacing = at.real(header, at.spacing, 1 + column) * (column == 2 ? handedness : 1);
                m[row][column] =
                        toMillimetres * (rows ? at.real(header, at.rows, 4 * row + column) : r[row][column] * spacing);
            }
            if (rows || quaternion) {
                m[row][3] = toMillimetres
                        * (rows ? at.real(header, at.rows, 4 * row + 3) : at.real(header, at.quaternion, 3 + row));
            } else {
                m[row][3] = -0.5 * (size[row] - 1) * m[row][row];
            }
        }
        return m;
    }

    private static double[][] rotation(ByteBuffer header, Layout at) {
        double b = at.real(header, at.quaternion, 0);
        double c = at.real(header, at.quaternion, 1);
        double d = at.real(header, at.quaternion, 2);
        double a = Math.sqrt(Math.max(0, 1 - b * b - c * c - d * d));
        return new double[][] {
            {a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c)},
            {2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b)},
            {2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - b * b - c * c}
        };
    }
}
