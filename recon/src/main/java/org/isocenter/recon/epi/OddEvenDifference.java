package org.isocenter.recon.epi;

import java.util.List;
import org.isocenter.recon.fft.CentredFft;

/**
 * How lines that run backward differ from those that run forward, in image space along read: by a constant phase (eddy
 * currents, frequency), by a phase with a slope (delay of the gradient against the receiver), and by a height with a slope (the
 * receiver's response falls towards one end of its band, and lines of either direction put their ends to opposite ends of it).
 * Half of it is taken from lines of either kind, so that nothing moves.
 *
 * @param radiansPerPixel slope
 * @param radians at the middle of the field of view
 * @param nepersPerPixel slope of the logarithm of the height, which is 0 at the middle
 */
record OddEvenDifference(double radiansPerPixel, double radians, double nepersPerPixel) {
    static final OddEvenDifference NONE = new OddEvenDifference(0, 0, 0);

    /**
     * From lines through the centre of k-space (Bruder et al. 1992). Each is compared with its neighbours in time: phase
     * that grows evenly between them, by spins off resonance, cancels in the sum of the two.
     *
     * @param lines in the order of time, forward or backward, of the same length and number of channels
     */
    static OddEvenDifference of(List<GridLine> lines) {
        int points = lines.get(0).points();
        double[] re = new double[points];
        double[] im = new double[points];
        CentredFft transform = new CentredFft(points);
        for (int i = 0; i + 1 < lines.size(); i++) {
            GridLine a = lines.get(i);
            GridLine b = lines.get(i + 1);
            if (a.backward() != b.backward()) {
                addProduct(a.backward() ? a : b, a.backward() ? b : a, transform, re, im);
            }
        }
        return fit(re, im);
    }

    /** Backward times the conjugate of forward, in image space, over all channels. */
    private static void addProduct(
            GridLine backward, GridLine forward, CentredFft transform, double[] re, double[] im) {
        int points = re.length;
        float[][] b = new float[2][points];
        float[][] f = new float[2][points];
        for (int at = 0; at < backward.real().length; at += points) {
            image(backward, at, transform, b);
            image(forward, at, transform, f);
            for (int x = 0; x < points; x++) {
                re[x] += b[0][x] * f[0][x] + b[1][x] * f[1][x];
                im[x] += b[1][x] * f[0][x] - b[0][x] * f[1][x];
            }
        }
    }

    private static void image(GridLine line, int offset, CentredFft transform, float[][] out) {
        transform.load(line.real(), line.imaginary(), offset, 1);
        transform.inverse();
        transform.store(out[0], out[1], 0, 1, 0, line.points());
    }

    /** A first slope from neighbouring pixels, which need no unwrapping; then a line through what phase is left. */
    private static OddEvenDifference fit(double[] re, double[] im) {
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
            return w > 0 ? new OddEvenDifference(0, constant, 0) : NONE;
        }
        return new OddEvenDifference(
                slope + (w * wxp - wx * wp) / determinant, constant + (wxx * wp - wx * wxp) / determinant, 0);
    }

    /** Takes its half off a line, in place. */
    void correct(GridLine line, CentredFft transform) {
        if (equals(NONE)) {
            return;
        }
        int points = line.points();
        float[][] pixels = new float[2][points];
        double sign = line.backward() ? -0.5 : 0.5;
        for (int at = 0; at < line.real().length; at += points) {
            image(line, at, transform, pixels);
            for (int x = 0; x < points; x++) {
                double angle = sign * (radiansPerPixel * (x - points / 2) + radians);
                double height = Math.exp(sign * nepersPerPixel * (x - points / 2));
                double cos = height * Math.cos(angle);
                double sin = height * Math.sin(angle);
                double re = pixels[0][x] * cos - pixels[1][x] * sin;
                // The forward transform is the inverse one of the conjugate, conjugated.
                pixels[1][x] = (float) -(pixels[0][x] * sin + pixels[1][x] * cos);
                pixels[0][x] = (float) re;
            }
            transform.load(pixels[0], pixels[1], 0, 1);
            transform.inverse();
            transform.store(line.real(), line.imaginary(), at, 1, 0, points);
            for (int x = at; x < at + points; x++) {
                line.real()[x] /= points;
                line.imaginary()[x] /= -points;
            }
        }
    }
}
