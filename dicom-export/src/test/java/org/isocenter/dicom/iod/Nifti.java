package org.isocenter.dicom.iod;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.isocenter.model.Vec3;

/** A NIfTI-1 file of 16-bit integers as dcm2niix writes it: its voxels and where its sform puts them (mm, RAS). */
record Nifti(int columns, int rows, int slices, double[][] affine, int[] voxels) {
    private static final int DIM = 40;
    private static final int DATATYPE = 70;
    private static final int VOXEL_OFFSET = 108;
    private static final int SLOPE = 112;
    private static final int SFORM_CODE = 254;
    private static final int SFORM = 280;
    private static final int INT16 = 4;
    private static final int UINT16 = 512;

    static Nifti read(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int type = in.getShort(DATATYPE);
        float slope = in.getFloat(SLOPE);
        boolean plain = (type == INT16 || type == UINT16) && in.getShort(SFORM_CODE) > 0 && (slope == 0 || slope == 1);
        if (!plain) {
            throw new IOException(file + " is of type " + type + " with slope " + slope);
        }
        int columns = in.getShort(DIM + 2);
        int rows = in.getShort(DIM + 4);
        int slices = in.getShort(DIM) < 3 ? 1 : in.getShort(DIM + 6);
        int volumes = in.getShort(DIM) < 4 ? 1 : in.getShort(DIM + 8);
        if (volumes != 1) {
            throw new IOException(file + " has " + volumes + " volumes");
        }
        double[][] affine = new double[3][4];
        for (int i = 0; i < 12; i++) {
            affine[i / 4][i % 4] = in.getFloat(SFORM + 4 * i);
        }
        int[] voxels = new int[columns * rows * slices];
        in.position((int) in.getFloat(VOXEL_OFFSET));
        for (int i = 0; i < voxels.length; i++) {
            voxels[i] = Short.toUnsignedInt(in.getShort());
        }
        return new Nifti(columns, rows, slices, affine, voxels);
    }

    /** Centre of a voxel in patient LPS, mm. */
    Vec3 lpsMillimeters(int i, int j, int k) {
        double[] ras = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            double[] line = affine[axis];
            ras[axis] = line[0] * i + line[1] * j + line[2] * k + line[3];
        }
        return new Vec3(-ras[0], -ras[1], ras[2]);
    }

    int voxel(int i, int j, int k) {
        return voxels[(k * rows + j) * columns + i];
    }
}
