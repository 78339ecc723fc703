package org.isocenter.dicom.nifti;

/**
 * An affine as NIfTI's qform tells it.
 *
 * @param spacing mm along the three axes
 * @param quaternion b, c and d of the rotation
 * @param handedness -1 when the third axis is turned round, else 1
 */
record Orientation(double[] spacing, double[] quaternion, int handedness) {

    static Orientation of(double[][] affine) {
        double[] spacing = new double[3];
        double[][] r = new double[3][3];
        for (int axis = 0; axis < 3; axis++) {
            spacing[axis] = Math.sqrt(affine[0][axis] * affine[0][axis]
                    + affine[1][axis] * affine[1][axis]
                    + affine[2][axis] * affine[2][axis]);
            for (int i = 0; i < 3; i++) {
                r[i][axis] = affine[i][axis] / spacing[axis];
            }
        }
        double determinant = r[0][0] * (r[1][1] * r[2][2] - r[1][2] * r[2][1])
                - r[0][1] * (r[1][0] * r[2][2] - r[1][2] * r[2][0])
                + r[0][2] * (r[1][0] * r[2][1] - r[1][1] * r[2][0]);
        int handedness = determinant < 0 ? -1 : 1;
        for (int i = 0; i < 3; i++) {
            r[i][2] *= handedness;
        }
        return new Orientation(spacing, quaternion(r), handedness);
    }

    /** Of the four ways to work it out, the one that divides by the largest number. */
    private static double[] quaternion(double[][] r) {
        double a = 1 + r[0][0] + r[1][1] + r[2][2];
        double b = 1 + r[0][0] - r[1][1] - r[2][2];
        double c = 1 - r[0][0] + r[1][1] - r[2][2];
        double d = 1 - r[0][0] - r[1][1] + r[2][2];
        double largest = Math.max(Math.max(a, b), Math.max(c, d));
        double s = 0.5 / Math.sqrt(largest);
        double[] q;
        if (largest == a) {
            q = new double[] {largest, r[2][1] - r[1][2], r[0][2] - r[2][0], r[1][0] - r[0][1]};
        } else if (largest == b) {
            q = new double[] {r[2][1] - r[1][2], largest, r[0][1] + r[1][0], r[0][2] + r[2][0]};
        } else if (largest == c) {
            q = new double[] {r[0][2] - r[2][0], r[0][1] + r[1][0], largest, r[1][2] + r[2][1]};
        } else {
            q = new double[] {r[1][0] - r[0][1], r[0][2] + r[2][0], r[1][2] + r[2][1], largest};
        }
        double sign = q[0] < 0 ? -s : s;
        return new double[] {q[1] * sign, q[2] * sign, q[3] * sign};
    }
}
