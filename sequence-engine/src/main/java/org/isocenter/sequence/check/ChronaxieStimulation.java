package org.isocenter.sequence.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.model.SafetyLimits.Chronaxie;
import org.isocenter.model.SafetyLimits.Mode;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Waveform;

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
    private static final double STEP = 0.6;
    private static final double FIRST = -9;
    private static final double LAST = 3;
    private static final int TERMS = (int) Math.round((LAST - FIRST) / STEP) + 1;
    private static final long LOOK_PS = 10_000_000;
    /** Events whose responses are kept; beyond that blocks with others are followed piece by piece. */
    private static final int REMEMBERED = 20_000;

    private static final int TABLE_BITS = 10;
    private static final int TABLE = 1 << TABLE_BITS;

    private final double hertzPerTesla;
    private final double chronaxieSeconds;
    private final double[] rate = new double[TERMS];
    /** Weights of the exponentials, with α/r in them. */
    private final double[] weight = new double[TERMS];

    private final double[][] state = new double[3][TERMS];
    private final double[] last = new double[3];
    private final double[] slew = new double[3];
    private final double[] sums = new double[2];
    private final double[] value = new double[3];
    private long lastPs;
    private int lastBlock;

    private final long[] decayOf = new long[TABLE];
    private final double[][] decays = new double[TABLE][];

    private final Sequence sequence;
    private final Map<Ramps, Response> trapezoids = new HashMap<>();
    private final Response[] others;
    private int remembered;
    private final double[] up = new double[3];
    private final double[] down = new double[3];

    /** Times of a trapezoid. */
    private record Ramps(long rise, long flat, long fall, long delay) {}

    /**
     * What one event does to an axis at rest, per unit of its amplitude.
     *
     * @param states exponentials at its end
     * @param most bound of its response in the direction of its amplitude
     * @param least bound of its response against it, as a positive number
     */
    private record Response(long endPs, double[] states, double most, double least) {}

    ChronaxieStimulation(Sequence sequence, Chronaxie model, Mode mode, double gammaHertzPerTesla) {
        super(model, mode, "chronaxie");
        this.sequence = sequence;
        others = new Response[sequence.gradientCount() + 1];
        hertzPerTesla = gammaHertzPerTesla;
        chronaxieSeconds = model.chronaxieSeconds();
        double gain = model.effectiveLengthMeters() / model.rheobaseTeslaPerSecond();
        for (int j = 0; j < TERMS; j++) {
            double x = FIRST + j * STEP;
            rate[j] = Math.exp(x) / chronaxieSeconds;
            weight[j] = gain * STEP / chronaxieSeconds * Math.exp(2 * x - Math.exp(x));
        }
    }

    /**
     * The response is linear: what is left from before and what each event adds are bounded apart. Where their sum cannot be a
     * new peak, the block is a single step.
     */
    @Override
    public boolean takesBlock(int block, double[] matrix) {
        if (last[0] != 0 || last[1] != 0 || last[2] != 0) {
            return false;
        }
        for (int a = 0; a < 3; a++) {
            rest(a);
        }
        for (Axis axis : Axis.values()) {
            int id = sequence.gradientId(block, axis);
            if (id == 0) {
                continue;
            }
            Response response = response(id);
            if (response == null || response.endPs > sequence.blockDurationPs(block)) {
                return false;
            }
            for (int a = 0; a < 3; a++) {
                double amount = share(matrix, a, axis) * amplitude(id);
                up[a] += amount > 0 ? amount * response.most : -amount * response.least;
                down[a] += amount > 0 ? amount * response.least : -amount * response.most;
            }
        }
        if (matters(Math.max(up[0], down[0]), Math.max(up[1], down[1]), Math.max(up[2], down[2]))) {
            return false;
        }
        step(block, matrix);
        return true;
    }

    /** Bounds of what is left from before. */
    private void rest(int axis) {
        double positive = 0;
        double negative = 0;
        for (int j = 0; j < TERMS; j++) {
            double term = weight[j] * state[axis][j];
            positive += Math.max(0, term);
            negative -= Math.min(0, term);
        }
        up[axis] = positive;
        down[axis] = negative;
    }

    private void step(int block, double[] matrix) {
        long durationPs = sequence.blockDurationPs(block);
        double[] decay = decay(durationPs);
        for (int a = 0; a < 3; a++) {
            for (int j = 0; j < TERMS; j++) {
                state[a][j] *= decay[j];
            }
        }
        for (Axis axis : Axis.values()) {
            int id = sequence.gradientId(block, axis);
            if (id == 0) {
                continue;
            }
            Response response = response(id);
            double[] after = decay(durationPs - response.endPs);
            for (int a = 0; a < 3; a++) {
                double amount = share(matrix, a, axis) * amplitude(id);
                if (amount != 0) {
                    for (int j = 0; j < TERMS; j++) {
                        state[a][j] += amount * response.states[j] * after[j];
                    }
                }
            }
        }
        lastPs = sequence.startPs(block) + durationPs;
        lastBlock = block;
    }

    private static double share(double[] matrix, int physical, Axis axis) {
        return matrix == null ? (physical == axis.ordinal() ? 1 : 0) : matrix[3 * physical + axis.ordinal()];
    }

    /** In T/m; 1 T/m for what is not a trapezoid, whose responses are not shared. */
    private double amplitude(int id) {
        return sequence.gradient(id) instanceof Gradient.Trapezoid t ? t.amplitudeHertzPerMeter() / hertzPerTesla : 1;
    }

    /** Null for events that do not start and end at zero, and for more of them than are remembered. */
    private Response response(int id) {
        Gradient gradient = sequence.gradient(id);
        Ramps ramps = null;
        Response known;
        if (gradient instanceof Gradient.Trapezoid t) {
            ramps = new Ramps(t.risePs(), t.flatPs(), t.fallPs(), t.delayPs());
            known = trapezoids.get(ramps);
            gradient = new Gradient.Trapezoid(hertzPerTesla, t.risePs(), t.flatPs(), t.fallPs(), t.delayPs());
        } else {
            known = others[id];
        }
        if (known != null || remembered >= REMEMBERED) {
            return known;
        }
        Response made = respond(gradient.waveform(sequence.rasters()));
        if (made != null) {
            remembered++;
            if (ramps == null) {
                others[id] = made;
            } else {
                trapezoids.put(ramps, made);
            }
        }
        return made;
    }

    private Response respond(Waveform waveform) {
        long[] times = waveform.timesPs();
        double[] values = waveform.hertzPerMeter();
        int n = times.length;
        if (values[0] != 0 || values[n - 1] != 0) {
            return null;
        }
        double[] y = new double[TERMS];
        double[] sums = new double[2];
        double most = 0;
        double least = 0;
        for (int i = 0; i + 1 < n; i++) {
            double change = (values[i + 1] - values[i]) / hertzPerTesla;
            if (times[i + 1] == times[i]) {
                for (int j = 0; j < TERMS; j++) {
                    y[j] += change;
                }
            } else {
                double s = change / ((times[i + 1] - times[i]) * 1e-12);
                double[] decay = decay(times[i + 1] - times[i]);
                bounds(y, s, decay, sums);
                most = Math.max(most, sums[0]);
                least = Math.max(least, sums[1]);
                for (int j = 0; j < TERMS; j++) {
                    y[j] = y[j] * decay[j] + s * decay[TERMS + j];
                }
            }
        }
        return new Response(times[n - 1], y, most, least);
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

    /** What the size of an axis's response cannot exceed on the way. */
    private double bound(int axis, double[] decay) {
        bounds(state[axis], slew[axis], decay, sums);
        return Math.max(sums[0], sums[1]);
    }

    /**
     * What a response with these states, under a slew rate s, cannot exceed above and below zero: what is of that sign now and
     * what the slew rate adds, less what stays of the other sign to the end.
     */
    private void bounds(double[] y, double s, double[] decay, double[] into) {
        double positive = 0;
        double negative = 0;
        double positiveLeft = 0;
        double negativeLeft = 0;
        double gain = 0;
        for (int j = 0; j < TERMS; j++) {
            double term = weight[j] * y[j];
            double above = Math.max(0, term);
            double below = above - term;
            positive += above;
            negative += below;
            positiveLeft += above * decay[j];
            negativeLeft += below * decay[j];
            gain += weight[j] * decay[TERMS + j];
        }
        into[0] = positive - negativeLeft + gain * Math.max(0, s);
        into[1] = negative - positiveLeft + gain * Math.max(0, -s);
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
        int place = (int) (ps * 0x9E3779B97F4A7C15L >>> 64 - TABLE_BITS); // Fibonacci hashing
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
