package org.isocenter.hardware.virtual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.isocenter.hardware.virtual.phantom.SpinList;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.EventTable;

/**
 * The straight, slow virtual scanner: every held step of an event table on every spin, in double precision. Rotations are
 * exact; relaxation stands half before and half after them, in steps of at most a microsecond while RF is on. No tables, no
 * groups, nothing left out. What the fast one is held against.
 */
final class SpinBySpin {
    private static final double LONGEST_RF_STEP_SECONDS = 1e-6;

    private final SpinList spins;
    private final double[] mx;
    private final double[] my;
    private final double[] mz;
    private final double secondsPerTick;
    private final List<double[]> windows = new ArrayList<>();

    private double b1Hertz;
    private double b1Phase;
    private boolean gate;
    private final double[] gradient = new double[3];

    /** Turns per metre along x, y, z, and seconds, that all spins have still to precess. */
    private final double[] pending = new double[4];

    private EventChunk adcChunk;
    private int adcRow;
    private long adcStart;
    private int sample;
    private long now;

    private SpinBySpin(EventTable table, SpinList spins) {
        this.spins = spins;
        secondsPerTick = 1 / table.clockHertz();
        mx = new double[spins.count()];
        my = new double[spins.count()];
        mz = new double[spins.count()];
        Arrays.fill(mz, 1);
    }

    /** The samples of each ADC window, real and imaginary parts in turn, as the virtual scanner delivers them. */
    static List<double[]> play(EventTable table, SpinList spins) {
        SpinBySpin player = new SpinBySpin(table, spins);
        for (Iterator<EventChunk> chunks = table.chunks(); chunks.hasNext(); ) {
            player.play(chunks.next());
        }
        return player.windows;
    }

    private void play(EventChunk chunk) {
        for (int i = 0; i < chunk.events(); i++) {
            holdUntil(chunk.tick()[i]);
            double value = chunk.value()[i];
            switch (EventChannel.values()[chunk.channel()[i]]) {
                case TX_AMPLITUDE -> b1Hertz = value;
                case TX_PHASE -> b1Phase = value;
                case TX_GATE -> gate = value != 0;
                case GX -> gradient[0] = value;
                case GY -> gradient[1] = value;
                case GZ -> gradient[2] = value;
                case ADC -> {
                    adcChunk = chunk;
                    adcRow = (int) value;
                    adcStart = now;
                    sample = 0;
                    windows.add(new double[2 * chunk.adcSamples()[adcRow]]);
                }
                default -> {} // triggers come at once
            }
        }
        holdUntil(chunk.endTick());
    }

    private void holdUntil(long tick) {
        double time = now;
        while (adcChunk != null) {
            double next = adcStart + (sample + 0.5) * adcChunk.adcDwellTicks()[adcRow];
            if (next > tick) {
                break;
            }
            hold((next - time) * secondsPerTick);
            time = next;
            receive();
        }
        hold((tick - time) * secondsPerTick);
        now = tick;
    }

    private void hold(double seconds) {
        if (!gate || b1Hertz == 0) {
            for (int axis = 0; axis < 3; axis++) {
                pending[axis] += gradient[axis] * seconds;
            }
            pending[3] += seconds;
            return;
        }
        precess();
        int parts = (int) Math.ceil(seconds / LONGEST_RF_STEP_SECONDS - 1e-9);
        double dt = seconds / parts;
        double[][] decay = decay(0.5 * dt);
        for (int i = 0; i < mx.length; i++) {
            double[] r = rotation(i, dt);
            for (int part = 0; part < parts; part++) {
                relax(i, decay);
                double x = mx[i];
                double y = my[i];
                double z = mz[i];
                mx[i] = r[0] * x + r[1] * y + r[2] * z;
                my[i] = r[3] * x + r[4] * y + r[5] * z;
                mz[i] = r[6] * x + r[7] * y + r[8] * z;
                relax(i, decay);
            }
        }
    }

    /** By Rodrigues' formula. */
    private double[] rotation(int i, double dt) {
        double bx = b1Hertz * Math.cos(b1Phase);
        double by = b1Hertz * Math.sin(b1Phase);
        double bz = spins.offsetHertz(i)
                + gradient[0] * spins.xMeters(i)
                + gradient[1] * spins.yMeters(i)
                + gradient[2] * spins.zMeters(i);
        double b = Math.sqrt(bx * bx + by * by + bz * bz);
        double c = Math.cos(2 * Math.PI * b * dt);
        double s = Math.sin(2 * Math.PI * b * dt);
        double x = bx / b;
        double y = by / b;
        double z = bz / b;
        return new double[] {
            c + x * x * (1 - c),
            x * y * (1 - c) - z * s,
            x * z * (1 - c) + y * s,
            y * x * (1 - c) + z * s,
            c + y * y * (1 - c),
            y * z * (1 - c) - x * s,
            z * x * (1 - c) - y * s,
            z * y * (1 - c) + x * s,
            c + z * z * (1 - c)
        };
    }

    /** Of each material, longitudinal and transverse. */
    private double[][] decay(double seconds) {
        return spins.materials().stream()
                .map(m -> new double[] {Math.exp(-seconds / m.t1Seconds()), Math.exp(-seconds / m.t2Seconds())})
                .toArray(double[][]::new);
    }

    private void relax(int i, double[][] decay) {
        double[] e = decay[spins.material(i)];
        mx[i] *= e[1];
        my[i] *= e[1];
        mz[i] = 1 + (mz[i] - 1) * e[0];
    }

    private void precess() {
        if (pending[3] == 0) {
            return;
        }
        double[][] decay = decay(pending[3]);
        for (int i = 0; i < mx.length; i++) {
            double turns = pending[0] * spins.xMeters(i)
                    + pending[1] * spins.yMeters(i)
                    + pending[2] * spins.zMeters(i)
                    + pending[3] * spins.offsetHertz(i);
            double angle = 2 * Math.PI * (turns - Math.rint(turns));
            double c = Math.cos(angle);
            double s = Math.sin(angle);
            double x = mx[i];
            mx[i] = c * x - s * my[i];
            my[i] = s * x + c * my[i];
            relax(i, decay);
        }
        Arrays.fill(pending, 0);
    }

    private void receive() {
        precess();
        double re = 0;
        double im = 0;
        for (int i = 0; i < mx.length; i++) {
            re += spins.density(i) * mx[i];
            im += spins.density(i) * my[i];
        }
        double milliliters = spins.cubicMetersPerSpin() * 1e6;
        double seconds = (sample + 0.5) * adcChunk.adcDwellTicks()[adcRow] * secondsPerTick;
        float[] shape = adcChunk.adcPhaseShapeRadians()[adcRow];
        double phase = 2 * Math.PI * adcChunk.adcFrequencyHertz()[adcRow] * seconds
                + adcChunk.adcPhaseRadians()[adcRow]
                + (shape == null ? 0 : shape[sample]);
        double c = Math.cos(phase);
        double s = Math.sin(phase);
        double[] window = windows.get(windows.size() - 1);
        window[2 * sample] = milliliters * (re * c + im * s);
        window[2 * sample + 1] = -milliliters * (im * c - re * s);
        if (++sample == window.length / 2) {
            adcChunk = null;
        }
    }
}
