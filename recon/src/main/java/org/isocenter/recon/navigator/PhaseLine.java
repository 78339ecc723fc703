package org.isocenter.recon.navigator;

/**
 * A phase that is a straight line over the pixels of a readout.
 *
 * @param radiansPerPixel slope
 * @param radians at the middle of the field of view
 */
public record PhaseLine(double radiansPerPixel, double radians) {
    public static final PhaseLine NONE = new PhaseLine(0, 0);

    /**
     * The line through the phases of complex values, one for each pixel, weighted by their magnitudes: a first slope from
     * neighbouring pixels, which need no unwrapping; then a line through what phase is left.
     */
    public static PhaseLine fit(double[] re, double[] im) {
        double stepRe = 0;
        double stepIm = 0;
        for (int x = 1; x < re.length; x++) {
            stepRe += re[x] * re[x - 1] + im[x] * im[x - 1];
            stepIm += im[x] * re[x - 1] - re[x] * im[x - 1];
        }
        double slope = Math.atan2(stepIm, stepRe);
        int middle = re.length / 2;
        double sumRe = 0;
        double sumIm = 0;
        for (int x = 0; x < re.length; x++) {
            double cos = Math.cos(slope * (x - middle));
            double sin = Math.sin(slope * (x - middle));
            sumRe += re[x] * cos + im[x] * sin;
            sumIm += im[x] * cos - re[x] * sin;
        }
        double constant = Math.atan2(sumIm, sumRe);
        double w = 0;
        double wx = 0;
        double wxx = 0;
        double wp = 0;
        double wxp = 0;
        for (int x = 0; x < re.length; x++) {
            double weight = Math.hypot(re[x], im[x]);
            double along = x - middle;
            double left = Math.IEEEremainder(Math.atan2(im[x], re[x]) - slope * along - constant, 2 * Math.PI);
            // Phase far from the line is noise's, or that of fat or water folded in.
            if (Math.abs(left) > 1) {
                continue;
            }
            w += weight;
            wx += weight * along;
            wxx += weight * along * along;
            wp += weight * left;
            wxp += weight * along * left;
        }
        double determinant = w * wxx - wx * wx;
        if (!(determinant > 1e-9 * w * wxx)) {
            return w > 0 ? new PhaseLine(0, constant) : NONE;
        }
        return new PhaseLine(slope + (w * wxp - wx * wp) / determinant, constant + (wxx * wp - wx * wxp) / determinant);
    }

    /** The real part of the sum of these values after this phase was taken off them. */
    double aligned(double[] re, double[] im) {
        double sum = 0;
        for (int x = 0; x < re.length; x++) {
            double angle = radians + radiansPerPixel * (x - re.length / 2);
            sum += re[x] * Math.cos(angle) + im[x] * Math.sin(angle);
        }
        return sum;
    }
}
