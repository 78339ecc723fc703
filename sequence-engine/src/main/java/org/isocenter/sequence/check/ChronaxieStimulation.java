package org.isocenter.sequence.check;

import java.util.List;
import org.isocenter.model.SafetyLimits.Chronaxie;
import org.isocenter.model.SafetyLimits.Mode;

/**
 * Nerve stimulation by chronaxie c and rheobase r, as a convolution (IEC 60601-2-33; Schulte and Noeske, Magn Reson Med 74:1171,
 * 2015): R(t) = α/r · ∫ s(τ)·c/(c+t−τ)² dτ for the slew rate s of one axis.
 *
 * <p>The kernel is a sum of exponentials: c/(c+u)² = 1/c · ∫ e^{2x − e^x(1+u/c)} dx, by the trapezoidal rule with step {@value
 * #STEP} between x = {@value #FIRST} and {@value #LAST}; it is off by less than 2·10⁻⁵ of its largest value anywhere. Each
 * exponential is carried through a straight piece of gradient in closed form, and a jump adds its height to all of them. The
 * positive and the negative exponentials bound the response on a piece; where that bound exceeds the peak so far, the piece is
 * halved until the bound falls below the peak or the parts are no longer than 10 µs.
 */
final class ChronaxieStimulation extends Stimulation {
    private static final double STEP = 0.9;
    private static final double FIRST = -9;
    private static final double LAST = 3.6;
    private static final int TERMS = (int) Math.round((LAST - FIRST) / STEP) + 1;
    private static final long LOOK_PS = 10_000_000;
    private static final int TABLE = 512;

    private final double hertzPerTesla;
    private final double chronaxieSeconds;
    private final double[] rate = new double[TERMS];
    /** Weights of the exponentials, with α/r in them. */
    private final double[] weight = new double[TERMS];

    private final double[][] state = new double[3][TERMS];
    private final double[] last = new double[3];
    private final double[] slew = new double[3];
    private final double[] value = new double[3];
    private long lastPs;
    private int lastBlock;

    private final long[] decayOf = new long[TABLE];
    private final double[][] decays = new double[TABLE][];

    ChronaxieStimulation(Chronaxie model, Mode mode, double gammaHertzPerTesla) {
        super(model, mode, "chronaxie");
        hertzPerTesla = gammaHertzPerTesla;
        chronaxieSeconds = model.chronaxieSeconds();
        double gain = model.effectiveLengthMeters() / model.rheobaseTeslaPerSecond();
        for (int j = 0; j < TERMS; j++) {
            double x = FIRST + j * STEP;
            rate[j] = Math.exp(x) / chronaxieSeconds;
            weight[j] = gain * STEP / chronaxieSeconds * Math.exp(2 * x - Math.exp(x));
        }
    }

    @Override
    public void piece(long fromPs, long toPs, double[] from, double[] to, int block) {
        double seconds = (toPs - fromPs) * 1e-12;
        for (int a = 0; a < 3; a++) {
            double left = from[a] / hertzPerTesla;
            double right = to[a] / hertzPerTesla;
            if (left != last[a]) {
                jump(a, left - last[a], fromPs, block);
            }
            slew[a] = (right - left) / seconds;
            last[a] = right;
        }
        follow(fromPs, toPs, block);
        lastPs = toPs;
        lastBlock = block;
    }

    /** Carries the states on; in steps as fine as needed to see whether there is a new peak. */
    private void follow(long fromPs, long toPs, int block) {
        double[] decay = decay(toPs - fromPs);
        boolean matters = matters(bound(0, decay), bound(1, decay), bound(2, decay));
        if (matters && toPs - fromPs > LOOK_PS) {
            long middle = fromPs + (toPs - fromPs) / 2;
            follow(fromPs, middle, block);
            follow(middle, toPs, block);
            return;
        }
        for (int a = 0; a < 3; a++) {
            double[] y = state[a];
            double s = slew[a];
            for (int j = 0; j < TERMS; j++) {
                y[j] = y[j] * decay[j] + s * decay[TERMS + j];
            }
        }
        if (matters) {
            seeNow(toPs, block);
        }
    }

    /**
     * What an axis cannot exceed on the way: what is positive (or negative) now and what the slew rate adds, less what stays of
     * the other sign to the end.
     */
    private double bound(int axis, double[] decay) {
        double[] y = state[axis];
        double positive = 0;
        double negative = 0;
        double positiveLeft = 0;
        double negativeLeft = 0;
        double gain = 0;
        for (int j = 0; j < TERMS; j++) {
            double term = weight[j] * y[j];
            double up = Math.max(0, term);
            double down = up - term;
            positive += up;
            negative += down;
            positiveLeft += up * decay[j];
            negativeLeft += down * decay[j];
            gain += weight[j] * decay[TERMS + j];
        }
        double s = slew[axis];
        double up = positive - negativeLeft + gain * Math.max(0, s);
        double down = negative - positiveLeft + gain * Math.max(0, -s);
        return Math.max(up, down);
    }

    private void jump(int axis, double teslaPerMeter, long ps, int block) {
        for (int j = 0; j < TERMS; j++) {
            state[axis][j] += teslaPerMeter;
        }
        seeNow(ps, block);
    }

    private void seeNow(long ps, int block) {
        for (int a = 0; a < 3; a++) {
            double sum = 0;
            for (int j = 0; j < TERMS; j++) {
                sum += weight[j] * state[a][j];
            }
            value[a] = Math.abs(sum);
        }
        see(value[0], value[1], value[2], ps, block);
    }

    /** e^{-λt} for each exponential, then (1 − e^{-λt})/λ for each. */
    private double[] decay(long ps) {
        int place = (int) Math.floorMod(ps / 1000, (long) TABLE);
        if (decays[place] == null) {
            decays[place] = new double[2 * TERMS];
        } else if (decayOf[place] == ps) {
            return decays[place];
        }
        double seconds = ps * 1e-12;
        for (int j = 0; j < TERMS; j++) {
            decays[place][j] = Math.exp(-rate[j] * seconds);
            decays[place][TERMS + j] = -Math.expm1(-rate[j] * seconds) / rate[j];
        }
        decayOf[place] = ps;
        return decays[place];
    }

    @Override
    public List<CheckResult> results() {
        for (int a = 0; a < 3; a++) {
            if (last[a] != 0) {
                jump(a, -last[a], lastPs, lastBlock);
            }
        }
        return super.results();
    }
}
