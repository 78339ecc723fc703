package org.isocenter.recon.epi;

import java.util.List;
import org.isocenter.recon.fft.CentredFft;
import org.isocenter.recon.navigator.PhaseLine;

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
        PhaseLine line = PhaseLine.fit(re, im);
        return new OddEvenDifference(line.radiansPerPixel(), line.radians(), 0);
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
