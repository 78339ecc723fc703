package org.isocenter.hardware.virtual;

import java.util.Arrays;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.hardware.virtual.phantom.Motion;
import org.isocenter.hardware.virtual.receive.ReceiveCoil;

/**
 * A block of spins on their ways. Within one event each goes straight on at constant velocity, from where its motion has it
 * at the event's start to where it is at the end, and its field offset changes as evenly ({@link PhaseTurns}). A pulse acts
 * where they are in its middle. As long as there is nothing transverse, time just goes on. One thread at a time.
 */
final class MovingBlock {
    /** So far a spin may go before the coils' sensitivity is worked out anew. */
    private static final double SENSITIVITY_GRAIN_METERS = 1e-3;

    /** Magnetisation; the places are those of {@link #placedSeconds}. */
    private final SpinBlock spins;

    private final Material material;
    private final Motion.Trace trace;
    private final Surroundings surroundings;
    private final float[] ownHertz;
    /** Where the spins are at another moment, or their velocities. */
    private final SpinBlock other;
    /** By how much each spin has turned since the magnetisation was last brought up to date. */
    private final float[] turns;

    private final boolean[] renewed;
    private double nowSeconds;
    private double placedSeconds;
    /** Until when what has left has been replaced. */
    private double renewedSeconds;

    private float[][][] sensitivity;
    private float[][] sensedFrom;

    /** @param spins where they are at time 0 */
    MovingBlock(SpinBlock spins, Material material, Motion motion, Surroundings surroundings) {
        this.spins = spins;
        this.material = material;
        this.surroundings = surroundings;
        int n = spins.spins;
        int[] numbers = spins.numbers == null ? new int[n] : spins.numbers;
        trace = motion.trace(numbers, spins.x.clone(), spins.y.clone(), spins.z.clone());
        ownHertz = surroundings.ownHertz(spins);
        surroundings.settle(spins);
        other = surroundings.emptyLike(spins);
        turns = new float[n];
        renewed = new boolean[n];
    }

    /** Before a batch is played. */
    void begin(MovingKernels kernels) {
        spins.pending.follow(material, false, kernels.coherences);
    }

    boolean transverse() {
        return spins.pending.transverse;
    }

    void precess(GradientPath path, MovingKernels kernels) {
        double end = nowSeconds + path.seconds();
        if (spins.pending.transverse) {
            placeNow();
            place(other, end);
            kernels.addTurns(spins, PhaseTurns.ofStart(path), path.commonTurns(), turns);
            kernels.addTurns(other, PhaseTurns.ofEnd(path), 0, turns);
            renewUntil(end);
            standAt(end);
        }
        nowSeconds = end;
        spins.pending.add(path, material.t2Seconds());
    }

    /** @param idealSpoiling whether dephased transverse magnetisation is forgotten when the pulse comes */
    void transmit(
            PlayedEvent.Transmission transmission,
            MovingPulses.Acting acting,
            boolean idealSpoiling,
            MovingKernels kernels) {
        Pulse pulse = transmission.pulse();
        double middle = nowSeconds + 0.5 * pulse.durationSeconds();
        double end = nowSeconds + pulse.durationSeconds();
        place(other, middle);
        if (!acting.turns(other, transmission.shiftHertz())) {
            precess(transmission.path(), kernels);
            spins.pending.forgetDephased();
            return;
        }
        if (idealSpoiling) {
            spins.pending.forgetDephasedAt(pulse);
        }
        if (spins.pending.transverse) {
            // The pulse's own precession is that of its middle: here is the rest.
            placeNow();
            kernels.addTurns(spins, acting.firstHalf, 0, turns);
            kernels.addTurns(other, acting.firstHalf.negative(), 0, turns);
        }
        renewUntil(middle);
        catchUp(kernels);
        AffineMaps map = acting.maps(other, transmission.shiftHertz());
        kernels.common.transmit(spins, map, transmission.phaseRadians());
        spins.pending.pulseTurned(pulse, map.flipRadians(FlipNodes.ONE), transmission.phaseRadians());
        kernels.addTurns(other, acting.secondHalf.negative(), 0, turns);
        place(other, end);
        kernels.addTurns(other, acting.secondHalf, 0, turns);
        renewUntil(end);
        standAt(end);
    }

    /** Adds the signal at each sample to {@code re} and {@code im}, from channel c's first sample at {@code c*samples}. */
    void receive(MovingWindow window, ReceiveCoil coil, MovingKernels kernels, double[] re, double[] im) {
        placeNow();
        catchUp(kernels);
        rates(nowSeconds + window.fromSeconds(), nowSeconds + window.toSeconds());
        float[][][] perChannel = magnetisation(coil);
        double share = spins.pending.correction(window.window());
        double[] sum = new double[2];
        int samples = window.samples();
        for (int n = 0; n < samples; n++) {
            kernels.phases(spins, window.turns(n), other, window.rateTurns(n));
            for (int channel = 0; channel < perChannel.length; channel++) {
                kernels.project(spins.spins, perChannel[channel][0], perChannel[channel][1], sum);
                re[channel * samples + n] += share * sum[0];
                im[channel * samples + n] += share * sum[1];
            }
        }
    }

    private void catchUp(MovingKernels kernels) {
        PendingPrecession pending = spins.pending;
        if (pending.transverse) {
            kernels.turn(spins, turns, (float) Math.exp(-pending.seconds / material.t2Seconds()));
        } else {
            Arrays.fill(spins.mx, 0);
            Arrays.fill(spins.my, 0);
        }
        Arrays.fill(turns, 0);
        kernels.common.recover(spins.spins, spins.mz, (float) Math.exp(-pending.seconds / material.t1Seconds()));
        pending.clear();
    }

    private void place(SpinBlock block, double seconds) {
        surroundings.place(block, trace, seconds, ownHertz);
    }

    private void placeNow() {
        if (placedSeconds != nowSeconds) {
            place(spins, nowSeconds);
            placedSeconds = nowSeconds;
        }
    }

    /** Time is now {@code seconds}, where {@link #other} has the places of. */
    private void standAt(double seconds) {
        for (int axis = 0; axis < 3; axis++) {
            System.arraycopy(other.place()[axis], 0, spins.place()[axis], 0, spins.spins);
        }
        System.arraycopy(other.x, 0, spins.x, 0, spins.spins);
        System.arraycopy(other.y, 0, spins.y, 0, spins.spins);
        System.arraycopy(other.z, 0, spins.z, 0, spins.spins);
        System.arraycopy(other.offsetHertz, 0, spins.offsetHertz, 0, spins.spins);
        nowSeconds = seconds;
        placedSeconds = seconds;
    }

    /** Puts fresh matter in the place of what has left until then. */
    private void renewUntil(double seconds) {
        if (trace.renewed(renewedSeconds, seconds, renewed)) {
            for (int i = 0; i < renewed.length; i++) {
                if (renewed[i]) {
                    spins.mx[i] = 0;
                    spins.my[i] = 0;
                    spins.mz[i] = 1;
                }
            }
        }
        renewedSeconds = seconds;
    }

    /** Leaves in {@link #other} by how much places and offsets change in a second; 0 for what is replaced meanwhile. */
    private void rates(double fromSeconds, double toSeconds) {
        float[] x = new float[spins.spins];
        float[] y = new float[spins.spins];
        float[] z = new float[spins.spins];
        float[] offset = new float[spins.spins];
        place(other, fromSeconds);
        System.arraycopy(other.x, 0, x, 0, x.length);
        System.arraycopy(other.y, 0, y, 0, y.length);
        System.arraycopy(other.z, 0, z, 0, z.length);
        System.arraycopy(other.offsetHertz, 0, offset, 0, offset.length);
        place(other, toSeconds);
        float perSecond = toSeconds > fromSeconds ? (float) (1 / (toSeconds - fromSeconds)) : 0;
        boolean any = trace.renewed(fromSeconds, toSeconds, renewed);
        for (int i = 0; i < spins.spins; i++) {
            float scale = any && renewed[i] ? 0 : perSecond;
            other.x[i] = scale * (other.x[i] - x[i]);
            other.y[i] = scale * (other.y[i] - y[i]);
            other.z[i] = scale * (other.z[i] - z[i]);
            other.offsetHertz[i] = scale * (other.offsetHertz[i] - offset[i]);
        }
    }

    /** What each channel sees: real and imaginary parts. */
    private float[][][] magnetisation(ReceiveCoil coil) {
        if (coil.uniform() && spins.density == null) {
            return new float[][][] {{spins.mx, spins.my}};
        }
        if (sensitivity == null || hasMoved()) {
            sensedFrom = new float[][] {spins.x.clone(), spins.y.clone(), spins.z.clone()};
            sensitivity = new float[coil.channels()][][];
            for (int channel = 0; channel < sensitivity.length; channel++) {
                sensitivity[channel] = spins.sensitivityHere(coil, channel);
            }
        }
        float[][][] seen = new float[coil.channels()][2][spins.spins];
        for (int channel = 0; channel < seen.length; channel++) {
            float[][] s = sensitivity[channel];
            for (int i = 0; i < spins.spins; i++) {
                // What is received is conjugated later, so the conjugate sensitivity stands here.
                seen[channel][0][i] = s[0][i] * spins.mx[i] + s[1][i] * spins.my[i];
                seen[channel][1][i] = s[0][i] * spins.my[i] - s[1][i] * spins.mx[i];
            }
        }
        return seen;
    }

    private boolean hasMoved() {
        for (int i = 0; i < spins.spins; i++) {
            double dx = spins.x[i] - sensedFrom[0][i];
            double dy = spins.y[i] - sensedFrom[1][i];
            double dz = spins.z[i] - sensedFrom[2][i];
            if (dx * dx + dy * dy + dz * dz > SENSITIVITY_GRAIN_METERS * SENSITIVITY_GRAIN_METERS) {
                return true;
            }
        }
        return false;
    }
}
