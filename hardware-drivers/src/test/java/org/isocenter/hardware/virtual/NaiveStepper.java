package org.isocenter.hardware.virtual;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.isocenter.hardware.virtual.phantom.SpinList;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.EventTable;

/**
 * Bloch's equation as one would first write it, in double precision: from each event of the table, or sample, to the next
 * every spin is turned about its effective field with a sine and a cosine, between two halves of its relaxation. Nothing is
 * kept, shared or put off. For a perfect scanner; what the fast simulation is held against, and raced with.
 */
final class NaiveStepper {
    /** So that relaxation goes along with a pulse's turn. */
    private static final double LONGEST_PULSE_STEP_SECONDS = 2e-6;

    private static final EventChannel[] CHANNELS = EventChannel.values();

    private final SpinList spins;
    private final int count;
    private final double[] mx;
    private final double[] my;
    private final double[] mz;
    private final double[] output = new double[CHANNELS.length];
    private final List<double[]> re = new ArrayList<>();
    private final List<double[]> im = new ArrayList<>();
    private final double secondsPerTick;
    private double now; // in ticks
    private EventChunk chunk;
    private int row = -1;
    private int sample;
    private long opened;
    private long steps;

    private NaiveStepper(SpinList spins, int count, double secondsPerTick) {
        this.spins = spins;
        this.count = count;
        this.secondsPerTick = secondsPerTick;
        mx = new double[count];
        my = new double[count];
        mz = new double[count];
        java.util.Arrays.fill(mz, 1);
    }

    /**
     * The samples of each window, as the scanner delivers them, and how many steps of a spin that took.
     */
    record Result(List<double[]> re, List<double[]> im, long spinSteps) {}

    /** Plays the whole table on the first spins of a list. */
    static Result play(EventTable table, SpinList spins, int count) {
        NaiveStepper stepper = new NaiveStepper(spins, count, 1 / table.clockHertz());
        Iterator<EventChunk> chunks = table.chunks();
        while (chunks.hasNext()) {
            EventChunk chunk = chunks.next();
            for (int i = 0; i < chunk.events(); i++) {
                stepper.holdUntil(chunk.tick()[i]);
                stepper.set(chunk, CHANNELS[chunk.channel()[i]], chunk.value()[i]);
            }
            stepper.holdUntil(chunk.endTick());
        }
        return new Result(stepper.re, stepper.im, stepper.steps);
    }

    private void set(EventChunk from, EventChannel channel, float value) {
        output[channel.ordinal()] = value;
        if (channel == EventChannel.ADC) {
            chunk = from;
            row = (int) value;
            sample = 0;
            opened = Math.round(now);
            re.add(new double[chunk.adcSamples()[row]]);
            im.add(new double[chunk.adcSamples()[row]]);
        }
    }

    private void holdUntil(double tick) {
        while (row >= 0) {
            double at = opened + (sample + 0.5) * chunk.adcDwellTicks()[row];
            if (at > tick) {
                break;
            }
            step(at);
            receive();
            sample++;
            if (sample == chunk.adcSamples()[row]) {
                row = -1;
            }
        }
        step(tick);
    }

    private double output(EventChannel channel) {
        return output[channel.ordinal()];
    }

    private void step(double tick) {
        double b1 = output(EventChannel.TX_GATE) == 0 ? 0 : output(EventChannel.TX_AMPLITUDE);
        double seconds = (tick - now) * secondsPerTick;
        now = tick;
        int parts = b1 == 0 ? 1 : (int) Math.ceil(seconds / LONGEST_PULSE_STEP_SECONDS - 1e-9);
        for (int part = 0; seconds > 0 && part < parts; part++) {
            step(b1, seconds / parts);
        }
    }

    private void step(double b1, double dt) {
        double bx = b1 * Math.cos(output(EventChannel.TX_PHASE));
        double by = b1 * Math.sin(output(EventChannel.TX_PHASE));
        for (int i = 0; i < count; i++) {
            double df = spins.offsetHertz(i)
                    + output(EventChannel.GX) * spins.xMeters(i)
                    + output(EventChannel.GY) * spins.yMeters(i)
                    + output(EventChannel.GZ) * spins.zMeters(i);
            relax(i, dt / 2);
            turn(i, bx, by, df, dt);
            relax(i, dt / 2);
        }
        steps += count;
    }

    private void relax(int i, double dt) {
        double e2 = Math.exp(-dt / spins.materials().get(spins.material(i)).t2Seconds());
        mx[i] *= e2;
        my[i] *= e2;
        mz[i] = 1
                + (mz[i] - 1)
                        * Math.exp(
                                -dt / spins.materials().get(spins.material(i)).t1Seconds());
    }

    /** Rodrigues' formula. */
    private void turn(int i, double bx, double by, double bz, double dt) {
        double hertz = Math.sqrt(bx * bx + by * by + bz * bz);
        if (hertz == 0) {
            return;
        }
        double ux = bx / hertz;
        double uy = by / hertz;
        double uz = bz / hertz;
        double c = Math.cos(2 * Math.PI * hertz * dt);
        double s = Math.sin(2 * Math.PI * hertz * dt);
        double along = (1 - c) * (ux * mx[i] + uy * my[i] + uz * mz[i]);
        double x = c * mx[i] + s * (uy * mz[i] - uz * my[i]) + along * ux;
        double y = c * my[i] + s * (uz * mx[i] - ux * mz[i]) + along * uy;
        mz[i] = c * mz[i] + s * (ux * my[i] - uy * mx[i]) + along * uz;
        mx[i] = x;
        my[i] = y;
    }

    private void receive() {
        double x = 0;
        double y = 0;
        for (int i = 0; i < count; i++) {
            x += spins.density(i) * mx[i];
            y += spins.density(i) * my[i];
        }
        double scale = spins.cubicMetersPerSpin() * 1e6;
        double seconds = (sample + 0.5) * chunk.adcDwellTicks()[row] * secondsPerTick;
        double angle = 2 * Math.PI * chunk.adcFrequencyHertz()[row] * seconds + chunk.adcPhaseRadians()[row];
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        re.get(re.size() - 1)[sample] = scale * (x * c + y * s);
        im.get(im.size() - 1)[sample] = scale * (x * s - y * c);
    }
}
