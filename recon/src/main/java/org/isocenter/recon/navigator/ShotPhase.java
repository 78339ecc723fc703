package org.isocenter.recon.navigator;

import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.recon.fft.CentredFft;

/**
 * How the phase of a shot differs from that of another, by what their navigators hold in image space along read.
 *
 * @param line over the pixels of a navigator
 * @param navigator the header of one
 * @param coherence of the navigators once the phase is taken off: 1 where nothing else differs, near 0 for noise
 */
record ShotPhase(PhaseLine line, ReadoutHeader navigator, double coherence) {

    /** @param withSlope false for a phase that is the same everywhere */
    static ShotPhase between(Shot shot, Shot reference, boolean withSlope) {
        ReadoutHeader header = shot.navigators().get(0).header();
        int points = header.samples();
        double[] re = new double[points];
        double[] im = new double[points];
        double energy = 0;
        double referenceEnergy = 0;
        CentredFft transform = new CentredFft(points);
        float[][] a = new float[2][points];
        float[][] b = new float[2][points];
        for (int i = 0; i < shot.navigators().size(); i++) {
            for (int at = 0; at < points * header.channels(); at += points) {
                image(shot.navigators().get(i), at, transform, a);
                image(reference.navigators().get(i), at, transform, b);
                for (int x = 0; x < points; x++) {
                    re[x] += (double) a[0][x] * b[0][x] + (double) a[1][x] * b[1][x];
                    im[x] += (double) a[1][x] * b[0][x] - (double) a[0][x] * b[1][x];
                    energy += (double) a[0][x] * a[0][x] + (double) a[1][x] * a[1][x];
                    referenceEnergy += (double) b[0][x] * b[0][x] + (double) b[1][x] * b[1][x];
                }
            }
        }
        PhaseLine line = withSlope ? PhaseLine.fit(re, im) : constant(re, im);
        double most = Math.sqrt(energy * referenceEnergy);
        return new ShotPhase(line, header, most > 0 ? line.aligned(re, im) / most : 0);
    }

    private static PhaseLine constant(double[] re, double[] im) {
        double sumRe = 0;
        double sumIm = 0;
        for (int x = 0; x < re.length; x++) {
            sumRe += re[x];
            sumIm += im[x];
        }
        return new PhaseLine(0, Math.atan2(sumIm, sumRe));
    }

    private static void image(Readout readout, int offset, CentredFft transform, float[][] out) {
        transform.load(readout.real(), readout.imaginary(), offset, 1);
        transform.inverse();
        transform.store(out[0], out[1], 0, 1, 0, transform.length());
    }

    /** A readout without this phase. */
    Readout takenOff(Readout readout, boolean backward) {
        ReadoutHeader header = readout.header();
        float[] real = new float[readout.samples().count()];
        float[] imaginary = new float[real.length];
        int points = header.samples();
        if (line.radiansPerPixel() == 0) {
            readout.samples().copy(0, real.length, real, imaginary, 0);
            rotate(real, imaginary, 0, real.length, -line.radians(), 0, 0);
        } else {
            double slope = radiansPerPixel(header) * (backward ? -1 : 1);
            CentredFft transform = new CentredFft(points);
            float[][] pixels = new float[2][points];
            for (int at = 0; at < real.length; at += points) {
                image(readout, at, transform, pixels);
                rotate(pixels[0], pixels[1], 0, points, -line.radians(), -slope, points / 2);
                transform.load(pixels[0], pixels[1], 0, 1);
                transform.forward();
                transform.store(real, imaginary, at, 1, 0, points);
                for (int i = at; i < at + points; i++) {
                    real[i] /= points;
                    imaginary[i] /= points;
                }
            }
        }
        return new Readout(header, real, imaginary, readout.trajectoryDimensions(), readout.trajectoryPerMeter());
    }

    /** Over the pixels of a line that was measured under the same gradient, perhaps for another time or at another rate. */
    private double radiansPerPixel(ReadoutHeader header) {
        double pixels = (double) navigator.samples() / header.samples();
        double dwells = navigator.dwellSeconds() > 0 && header.dwellSeconds() > 0
                ? navigator.dwellSeconds() / header.dwellSeconds()
                : 1;
        return line.radiansPerPixel() * pixels * dwells;
    }

    private static void rotate(
            float[] real, float[] imaginary, int from, int to, double radians, double perPixel, int middle) {
        for (int i = from; i < to; i++) {
            double angle = radians + perPixel * (i - middle);
            double cos = Math.cos(angle);
            double sin = Math.sin(angle);
            double re = real[i] * cos - imaginary[i] * sin;
            imaginary[i] = (float) (real[i] * sin + imaginary[i] * cos);
            real[i] = (float) re;
        }
    }
}
