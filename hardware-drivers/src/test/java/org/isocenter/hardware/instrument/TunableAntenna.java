package org.isocenter.hardware.instrument;

import java.util.Random;

/**
 * A coil behind a tuning board: capacitors in series with it, parallel to both, and between that and the line; five relays for each
 * bank, of which those that are 0 connect theirs, as on MaRGE's board, whose published values these are.
 */
final class TunableAntenna {
    static final double HERTZ = 3.08e6;
    private static final double SHORT = 1e3;
    private static final double[] SERIES = {SHORT, 8e-9, 3.9e-9, 1.8e-9, 1e-9};
    private static final double[] TUNING = {326e-12, 174e-12, 87e-12, 44e-12, 26e-12};
    private static final double[] MATCHING = {SHORT, 500e-12, 262e-12, 142e-12, 75e-12};
    private static final int BITS = 5;

    private final double henry;
    private final double quality;
    private volatile Tuner.Setting setting = new Tuner.Setting(0, 0, 0);
    private volatile boolean seen;

    TunableAntenna(double henry, double quality) {
        this.henry = henry;
        this.quality = quality;
    }

    /** With a coil that the board was made for. */
    static TunableAntenna random(Random random) {
        return new TunableAntenna(3.5e-6 + 3e-6 * random.nextDouble(), 8 + 72 * random.nextDouble());
    }

    /** As the board is told: three times five relays, and two of the antenna switch. */
    void set(String relays) {
        set(new Tuner.Setting(bits(relays, 0), bits(relays, 1), bits(relays, 2)), relays.endsWith("01"));
    }

    /** @param toAnalyzer whether the analyser sees it */
    void set(Tuner.Setting newSetting, boolean toAnalyzer) {
        setting = newSetting;
        seen = toAnalyzer;
    }

    Tuner.Setting setting() {
        return setting;
    }

    boolean isSeen() {
        return seen;
    }

    private static int bits(String relays, int bank) {
        return Integer.parseInt(relays.substring(BITS * bank, BITS * (bank + 1)), 2);
    }

    private static double farad(double[] bank, int bits) {
        double sum = 1e-15;
        for (int i = 0; i < BITS; i++) {
            sum += (bits >> (BITS - 1 - i) & 1) == 0 ? bank[i] : 0;
        }
        return sum;
    }

    /** S11 as the analyser sees it, and no S21. */
    double[] at(double hertz) {
        return seen ? reflection(setting, hertz) : new double[] {1, 0, 0, 0};
    }

    /** S11 and S21, real and imaginary. */
    double[] reflection(Tuner.Setting of, double hertz) {
        double omega = 2 * Math.PI * hertz;
        double ohm = 2 * Math.PI * HERTZ * henry / quality;
        double[] coil = {ohm, omega * henry - 1 / (omega * farad(SERIES, of.series()))};
        double[] admittance = inverse(coil);
        double[] tuned = inverse(new double[] {admittance[0], admittance[1] + omega * farad(TUNING, of.tuning())});
        double reactance = tuned[1] - 1 / (omega * farad(MATCHING, of.matching()));
        double[] below = inverse(new double[] {tuned[0] + 50, reactance});
        return new double[] {1 - 100 * below[0], -100 * below[1], 0, 0};
    }

    private static double[] inverse(double[] of) {
        double squared = of[0] * of[0] + of[1] * of[1];
        return new double[] {of[0] / squared, -of[1] / squared};
    }

    /** The least reflection that any setting has, in dB. */
    double bestDecibels() {
        double least = 1;
        int most = 1 << BITS;
        for (int i = 0; i < most * most * most; i++) {
            double[] s = reflection(new Tuner.Setting(i / (most * most), i / most % most, i % most), HERTZ);
            least = Math.min(least, Math.hypot(s[0], s[1]));
        }
        return 20 * Math.log10(least);
    }
}
