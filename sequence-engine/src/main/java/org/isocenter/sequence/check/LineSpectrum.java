package org.isocenter.sequence.check;

/**
 * The Fourier integral ∫ g(t)·e^{-i2πft} dt of piecewise-linear waveforms, exact, at the frequencies f = k·spacing for some
 * whole numbers k. Each corner contributes its jump over ω and its change of slope over ω².
 */
final class LineSpectrum {
    private final int[] ks;
    private final double[] omega;
    private final double spacingHertz;
    /** Phase factors of the last {@link #turn}. */
    private final double[] cos;

    private final double[] sin;
    private double shiftSeconds = Double.NaN;

    /** @param ks rising, from 0 on */
    LineSpectrum(int[] ks, double spacingHertz) {
        this.ks = ks;
        this.spacingHertz = spacingHertz;
        omega = new double[ks.length];
        for (int i = 0; i < ks.length; i++) {
            omega[i] = 2 * Math.PI * ks[i] * spacingHertz;
        }
        cos = new double[ks.length];
        sin = new double[ks.length];
    }

    int size() {
        return ks.length;
    }

    /** Real and imaginary parts at each frequency, and the integral over time. */
    static final class Lines {
        final double[] re;
        final double[] im;
        double area;

        Lines(int size) {
            re = new double[size];
            im = new double[size];
        }
    }

    /** The part of a waveform between two times; times in ps, phases from time 0. */
    Lines of(long[] times, double[] values, long fromPs, long toPs) {
        Lines lines = new Lines(ks.length);
        shiftSeconds = Double.NaN;
        long cornerPs = 0;
        double jump = 0;
        double bend = 0;
        for (int i = 0; i + 1 < times.length; i++) {
            long a = Math.max(times[i], fromPs);
            long b = Math.min(times[i + 1], toPs);
            if (a >= b || (values[i] == 0 && values[i + 1] == 0)) {
                continue;
            }
            double slope = (values[i + 1] - values[i]) / ((times[i + 1] - times[i]) * 1e-12);
            double left = values[i] + slope * (a - times[i]) * 1e-12;
            double right = values[i] + slope * (b - times[i]) * 1e-12;
            lines.area += 0.5 * (left + right) * (b - a) * 1e-12;
            if (a != cornerPs) {
                corner(lines, cornerPs * 1e-12, jump, bend);
                jump = 0;
                bend = 0;
            }
            corner(lines, a * 1e-12, jump - left, bend - slope);
            cornerPs = b;
            jump = right;
            bend = slope;
        }
        corner(lines, cornerPs * 1e-12, jump, bend);
        for (int i = 0; i < ks.length && ks[i] == 0; i++) {
            lines.re[i] = lines.area;
            lines.im[i] = 0;
        }
        return lines;
    }

    /** Adds e^{-iωt}·(i·value/ω + slope/ω²). */
    private void corner(Lines lines, double seconds, double value, double slope) {
        if (value == 0 && slope == 0) {
            return;
        }
        turn(seconds);
        for (int i = ks[0] == 0 ? 1 : 0; i < ks.length; i++) {
            double re = slope / (omega[i] * omega[i]);
            double im = value / omega[i];
            lines.re[i] += cos[i] * re + sin[i] * im;
            lines.im[i] += cos[i] * im - sin[i] * re;
        }
    }

    /** Sets the phase factors to those of ωt; neighbours in frequency by one complex product. */
    private void turn(double seconds) {
        double step = 2 * Math.PI * spacingHertz * seconds;
        double c1 = Math.cos(step);
        double s1 = Math.sin(step);
        for (int i = 0; i < ks.length; i++) {
            if (i > 0 && ks[i] == ks[i - 1] + 1) {
                cos[i] = cos[i - 1] * c1 - sin[i - 1] * s1;
                sin[i] = sin[i - 1] * c1 + cos[i - 1] * s1;
            } else {
                cos[i] = Math.cos(step * ks[i]);
                sin[i] = Math.sin(step * ks[i]);
            }
        }
    }

    /** Prepares {@link #add}: what follows is later by this time. Holds until the next {@link #of} or shift. */
    void shift(double seconds) {
        if (seconds != shiftSeconds) {
            turn(seconds);
            shiftSeconds = seconds;
        }
    }

    /** {@code sum += factor · lines}, shifted. */
    void add(Lines sum, Lines lines, double factor) {
        double[] re = lines.re;
        double[] im = lines.im;
        double[] sumRe = sum.re;
        double[] sumIm = sum.im;
        for (int i = 0; i < re.length; i++) {
            sumRe[i] += factor * (re[i] * cos[i] + im[i] * sin[i]);
            sumIm[i] += factor * (im[i] * cos[i] - re[i] * sin[i]);
        }
        sum.area += factor * lines.area;
    }
}
