package org.isocenter.dicom.nifti;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The header of a NIfTI-1 file: where its fields lie and what they hold for a stack. */
final class NiftiHeader {
    static final int BYTES = 352;

    private static final int HEADER_SIZE = 348;
    private static final int DIMENSIONS = 40;
    private static final int DATATYPE = 70;
    private static final int BITS = 72;
    private static final int PIXDIM = 76;
    private static final int VOXEL_OFFSET = 108;
    private static final int SLOPE = 112;
    private static final int UNITS = 123;
    private static final int DESCRIPTION = 148;
    private static final int QFORM_CODE = 252;
    private static final int SFORM_CODE = 254;
    private static final int QUATERNION = 256;
    private static final int SFORM = 280;
    private static final int MAGIC = 344;

    private static final short INT16 = 4;
    private static final short UINT16 = 512;
    private static final byte MILLIMETERS_AND_SECONDS = 2 | 8;
    private static final short SCANNER_COORDINATES = 1;

    private NiftiHeader() {}

    /**
     * @param slope value of one stored unit
     * @param volumeSeconds between volumes; 0 when that is not known
     */
    static byte[] of(Stack stack, double slope, double volumeSeconds) {
        ByteBuffer header = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0, HEADER_SIZE);
        boolean series = stack.volumes() > 1;
        int[] dimensions = {
            series ? 4 : 3, stack.first().columns(), stack.first().rows(), stack.slices(), stack.volumes(), 1, 1, 1
        };
        for (int i = 0; i < dimensions.length; i++) {
            header.putShort(DIMENSIONS + 2 * i, (short) dimensions[i]);
        }
        header.putShort(DATATYPE, stack.first().isSigned() ? INT16 : UINT16);
        header.putShort(BITS, (short) 16);
        double[][] affine = stack.affine();
        Orientation orientation = Orientation.of(affine);
        double[] pixdim = {
            orientation.handedness(),
            orientation.spacing()[0],
            orientation.spacing()[1],
            orientation.spacing()[2],
            series ? volumeSeconds : 0,
            0,
            0,
            0
        };
        for (int i = 0; i < pixdim.length; i++) {
            header.putFloat(PIXDIM + 4 * i, (float) pixdim[i]);
        }
        header.putFloat(VOXEL_OFFSET, BYTES);
        header.putFloat(SLOPE, (float) slope);
        header.put(UNITS, MILLIMETERS_AND_SECONDS);
        byte[] description = "Isocenter".getBytes(StandardCharsets.US_ASCII);
        header.position(DESCRIPTION).put(description);
        header.putShort(QFORM_CODE, SCANNER_COORDINATES);
        header.putShort(SFORM_CODE, SCANNER_COORDINATES);
        for (int i = 0; i < 3; i++) {
            header.putFloat(QUATERNION + 4 * i, (float) orientation.quaternion()[i]);
            header.putFloat(QUATERNION + 12 + 4 * i, (float) affine[i][3]);
            for (int axis = 0; axis < 4; axis++) {
                header.putFloat(SFORM + 16 * i + 4 * axis, (float) affine[i][axis]);
            }
        }
        header.position(MAGIC).put("n+1\0".getBytes(StandardCharsets.US_ASCII));
        return header.array();
    }
}
