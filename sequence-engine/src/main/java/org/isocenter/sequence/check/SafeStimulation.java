package org.isocenter.sequence.check;

import java.util.List;
import org.isocenter.model.SafetyLimits.Mode;
import org.isocenter.model.SafetyLimits.Safe;
import org.isocenter.model.SafetyLimits.SafeAxis;
import org.isocenter.sequence.Rasters;

/**
 * Nerve stimulation by the SAFE model (Hebrank and Gebhardt, Proc. ISMRM 8:2007, 2000). Gradients are sampled at the centres
 * of the model's raster dt, as the published program does; each low-pass is y += dt/(τ+dt)·(s − y).
 *
 * <p>Where the slew rate stays the same for m steps, y goes to s by (1−α)^m at once. On the way every |y| stays below the
 * larger of its two ends, which bounds the stimulation; only where that bound exceeds the peak so far are the steps taken one
 * by one. The peak is therefore exactly that of stepping through the raster.
 */
final class SafeStimulation extends Stimulation {
    private static final int FILTERS = 3;
    private static final int TABLE = 1024;

    private final double hertzPerTesla;
    private final long rasterPs;
    private final double stepSeconds;
    /** Per axis and filter: 1−α. */
    private final double[] keep = new double[3 * FILTERS];
    /** Per axis and filter: weight in the stimulation. */
    private final double[] weight = new double[3 * FILTERS];

    private final double[] state = new double[3 * FILTERS];
    private final double[] after = new double[3 * FILTERS];
    private final double[] last = new double[3];
    private final double[] now = new double[3];
    private final double[] slew = new double[3];
    private final double[] bound = new double[3];
    private long nextPs;
    private int lastBlock;

    /** (1−α)^m by m, where last used. */
    private final long[] powerOf = new long[TABLE];

    private final double[][] powers = new double[TABLE][];

    SafeStimulation(Safe model, Mode mode, double gammaHertzPerTesla) {
        super(model, mode, "SAFE");
        hertzPerTesla = gammaHertzPerTesla;
        rasterPs = Rasters.ps(model.rasterSeconds());
        stepSeconds = rasterPs * 1e-12;
        nextPs = rasterPs / 2;
        SafeAxis[] axes = {model.x(), model.y(), model.z()};
        for (int a = 0; a < 3; a++) {
            double[] tau = {axes[a].tau1Seconds(), axes[a].tau2Seconds(), axes[a].tau3Seconds()};
            double[] share = {axes[a].a1(), axes[a].a2(), axes[a].a3()};
            for (int f = 0; f < FILTERS; f++) {
                keep[a * FILTERS + f] = tau[f] / (tau[f] + stepSeconds);
                weight[a * FILTERS + f] = share[f] * axes[a].scale() / axes[a].limitTeslaPerMeterPerSecond();
            }
        }
    }

    @Override
    public void piece(long fromPs, long toPs, double[] from, double[] to, int block) {
        lastBlock = block;
        if (nextPs >= toPs) {
            return;
        }
        double scale = 1 / hertzPerTesla;
        double perStep = (double) rasterPs / (toPs - fromPs);
        double start = (double) (nextPs - fromPs) / (toPs - fromPs);
        for (int a = 0; a < 3; a++) {
            now[a] = (from[a] + start * (to[a] - from[a])) * scale;
            slew[a] = (now[a] - last[a]) / stepSeconds;
        }
        step(block);
        long more = (toPs - 1 - nextPs + rasterPs) / rasterPs;
        if (more > 0) {
            for (int a = 0; a < 3; a++) {
                double change = (to[a] - from[a]) * scale;
                slew[a] = change * perStep / stepSeconds;
                now[a] += change * perStep * more;
            }
            run(more, block);
        }
        System.arraycopy(now, 0, last, 0, 3);
    }

    /** One raster step with the current slew rates; its sample is at {@code nextPs}. */
    private void step(int block) {
        double x = advance(0);
        double y = advance(1);
        double z = advance(2);
        see(x, y, z, nextPs, block);
        nextPs += rasterPs;
    }

    private double advance(int axis) {
        double s = slew[axis];
        int i = axis * FILTERS;
        state[i] = s + keep[i] * (state[i] - s);
        state[i + 1] = Math.abs(s) + keep[i + 1] * (state[i + 1] - Math.abs(s));
        state[i + 2] = s + keep[i + 2] * (state[i + 2] - s);
        return weight[i] * Math.abs(state[i]) + weight[i + 1] * state[i + 1] + weight[i + 2] * Math.abs(state[i + 2]);
    }

    private void run(long steps, int block) {
        double[] power = powers(steps);
        for (int a = 0; a < 3; a++) {
            double sum = 0;
            for (int i = a * FILTERS; i < (a + 1) * FILTERS; i++) {
                double s = i % FILTERS == 1 ? Math.abs(slew[a]) : slew[a];
                after[i] = s + power[i] * (state[i] - s);
                sum += weight[i] * Math.max(Math.abs(state[i]), Math.abs(after[i]));
            }
            bound[a] = sum;
        }
        if (matters(bound[0], bound[1], bound[2])) {
            for (long k = 0; k < steps; k++) {
                step(block);
            }
        } else {
            System.arraycopy(after, 0, state, 0, state.length);
            nextPs += steps * rasterPs;
        }
    }

    private double[] powers(long steps) {
        int place = (int) (steps % TABLE);
        if (powers[place] == null) {
            powers[place] = new double[keep.length];
        } else if (powerOf[place] == steps) {
            return powers[place];
        }
        for (int i = 0; i < keep.length; i++) {
            powers[place][i] = Math.pow(keep[i], steps);
        }
        powerOf[place] = steps;
        return powers[place];
    }

    @Override
    public List<CheckResult> results() {
        // What does not end at zero is switched off.
        for (int a = 0; a < 3; a++) {
            slew[a] = -last[a] / stepSeconds;
            last[a] = 0;
        }
        step(lastBlock);
        return super.results();
    }
}
