package org.isocenter.hardware.virtual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.hardware.virtual.receive.ReceiveCoil;

/**
 * Plays events on spins, a batch at a time: all spins go through the batch in parallel, group by group, and keep their
 * state for the next. Sums are made per group and then in the groups' order, so the result does not depend on the number of
 * threads.
 */
final class BlochSimulation {
    private static final double PRECESSION_NANOSECONDS = 4;
    private static final double TRANSMISSION_NANOSECONDS = 7;
    private static final double RECEPTION_NANOSECONDS = 14;
    /** Of a window that eddy currents or concomitant fields bend a little: it takes many terms. */
    private static final double BENT_RECEPTION_NANOSECONDS = 100;

    private static final double SAMPLE_NANOSECONDS = 1;

    private final Spins spins;
    private final List<Material> materials;
    private final double[] weights;
    private final PulseMaps maps;
    private final ReceiveCoil coil;
    private final WorkerPool pool;
    private final boolean idealSpoiling;
    private final BooleanSupplier aborted;
    private final ReceiverScratch[] scratch;
    private final Receivers receivers;

    /** A window's samples before demodulation: channel c's sample s at {@code c*samples+s}, in ml of polarised water. */
    record Received(Window window, double[] re, double[] im) {}

    /** @param idealSpoiling whether dephased transverse magnetisation is forgotten when the next pulse comes */
    BlochSimulation(
            Spins spins,
            List<Material> materials,
            PulseMaps maps,
            ReceiveCoil coil,
            boolean idealSpoiling,
            WorkerPool pool,
            BooleanSupplier aborted) {
        this.spins = spins;
        this.materials = materials;
        this.maps = maps;
        this.coil = coil;
        this.idealSpoiling = idealSpoiling;
        this.pool = pool;
        this.aborted = aborted;
        scratch = new ReceiverScratch[pool.workers()];
        for (int i = 0; i < scratch.length; i++) {
            scratch[i] = new ReceiverScratch(KernelChoice.fastest());
        }
        receivers = new Receivers(spins);
        weights = new double[materials.size()];
        for (int m = 0; m < weights.length; m++) {
            weights[m] = materials.get(m).protonDensity() * spins.volumePerSpin() * 1e6;
        }
    }

    /** Room that the sums of a batch need for each sample of its windows, at most. */
    long bytesPerSample() {
        return 2L * Float.BYTES * coil.channels() * spins.groups().size();
    }

    /** At most about how long an event takes per spin, for planning. */
    static double nanosecondsPerSpin(PlayedEvent event) {
        if (event instanceof PlayedEvent.Reception reception) {
            Window window = reception.window();
            if (window.nearlyStraight()) {
                return window.gradient() != null ? RECEPTION_NANOSECONDS : BENT_RECEPTION_NANOSECONDS;
            }
            return Math.max(RECEPTION_NANOSECONDS, SAMPLE_NANOSECONDS * window.samples());
        }
        return event instanceof PlayedEvent.Transmission ? TRANSMISSION_NANOSECONDS : PRECESSION_NANOSECONDS;
    }

    /** The windows of the batch, in order; none when aborted meanwhile. */
    List<Received> play(List<PlayedEvent> batch) {
        List<Receiver> batchReceivers = new ArrayList<>();
        List<Window> windows = new ArrayList<>();
        for (PlayedEvent event : batch) {
            if (event instanceof PlayedEvent.Reception reception) {
                windows.add(reception.window());
                batchReceivers.add(receivers.of(reception.window()));
            }
        }
        List<SpinGroup> groups = spins.groups();
        Accumulator[][] sums = new Accumulator[groups.size()][];
        pool.each(groups.size(), (number, worker) -> {
            sums[number] = new Accumulator[batchReceivers.size() * coil.channels()];
            playGroup(groups.get(number), batch, batchReceivers, sums[number], scratch[worker]);
        });
        if (aborted.getAsBoolean()) {
            return List.of();
        }
        Received[] received = new Received[windows.size()];
        pool.each(
                received.length,
                (number, worker) ->
                        received[number] = finish(number, windows.get(number), batchReceivers.get(number), sums));
        return Arrays.asList(received);
    }

    private void playGroup(
            SpinGroup group,
            List<PlayedEvent> batch,
            List<Receiver> batchReceivers,
            Accumulator[] sums,
            ReceiverScratch worker) {
        Material material = materials.get(group.materialIndex());
        for (SpinBlock block : group.blocks()) {
            block.pending.follow(material, idealSpoiling, worker.coherences);
            int window = 0;
            for (PlayedEvent event : batch) {
                if (aborted.getAsBoolean()) {
                    return;
                }
                if (event instanceof PlayedEvent.Precession p) {
                    block.pending.add(p.path(), material.t2Seconds());
                } else if (event instanceof PlayedEvent.Transmission t) {
                    transmit(block, t, material, worker);
                } else if (event instanceof PlayedEvent.Reception r) {
                    if (block.pending.transverse) {
                        catchUp(block, material, worker);
                        float share = (float) block.pending.correction(r.window());

                        receive(block, share, batchReceivers.get(window), window, sums, worker);
                    }
                    window++;
                }
            }
        }
    }

    private void transmit(
            SpinBlock block, PlayedEvent.Transmission transmission, Material material, ReceiverScratch worker) {
        Pulse pulse = transmission.pulse();
        AffineMaps map = maps.maps(pulse, block, transmission.shiftHertz());
        if (map == PulseMaps.PASSIVE) {
            block.pending.add(transmission.path(), material.t2Seconds());
            block.pending.forgetDephased();
        } else {
            if (idealSpoiling) {
                block.pending.forgetDephasedAt(pulse);
            } else if (!spins.listed()) {
                block.pending.forgetOtherSlice(pulse);
            }
            catchUp(block, material, worker);
            worker.kernels.transmit(block, map, transmission.phaseRadians());
            if (idealSpoiling) {
                lookAtFlips(block, map);
            }
            double[] flips = map.flipRadians(block.flipNodes);
            if (map.crushed && !block.pending.transverse) {
                block.pending.pulseTurnedUnseen(pulse, flips);
                return;
            }
            block.pending.pulseTurned(pulse, flips, transmission.phaseRadians());
            if (idealSpoiling) {
                double[][] missing = block.pending.missing(pulse, flips, transmission.phaseRadians());
                if (missing != null) {
                    worker.exciteMore(block, map, transmission.phaseRadians(), missing);
                }
            }
        }
    }

    /** What forgotten coherences give back goes with the flip angle. */
    private static void lookAtFlips(SpinBlock block, AffineMaps map) {
        if (map.isKnownAt(block.flipNodes)) {
            return;
        }
        FlipNodes nodes = block.flipNodes.orOf(map);
        if (nodes != block.flipNodes) {
            block.pending.mix(nodes.from(block.flipNodes));
            block.flipNodes = nodes;
        }
    }

    /** Does the free precession, with relaxation, that the block has put off. */
    private static void catchUp(SpinBlock block, Material material, ReceiverScratch worker) {
        PendingPrecession pending = block.pending;
        if (pending.isEmpty()) {
            return;
        }
        double seconds = pending.seconds;
        if (pending.transverse) {
            float scale = (float) Math.exp(-seconds / material.t2Seconds());
            worker.turns.set(block, pending);
            worker.kernels.turn(block, worker.turns, scale, block.mx, block.my, block.mx, block.my);
        } else {
            Arrays.fill(block.mx, 0);
            Arrays.fill(block.my, 0);
        }
        worker.kernels.recover(block.spins, block.mz, (float) Math.exp(-seconds / material.t1Seconds()));
        pending.clear();
    }

    /**
     * @param share of the signal: what diffusion leaves, and what ideal spoiling left out
     * @param sums null where nothing has been received
     */
    private void receive(
            SpinBlock block, float share, Receiver receiver, int window, Accumulator[] sums, ReceiverScratch worker) {
        for (int channel = 0; channel < coil.channels(); channel++) {
            int at = window * coil.channels() + channel;
            if (sums[at] == null) {
                sums[at] = new Accumulator(receiver.samples());
            }
            if (coil.uniform() && block.density == null) {
                receiver.add(block, block.mx, block.my, share, worker, sums[at]);
            } else {
                worker.seenBy(block, block.sensitivity(coil, channel), !coil.uniform());
                receiver.add(block, worker.seenX, worker.seenY, share, worker, sums[at]);
            }
        }
    }

    private Received finish(int number, Window window, Receiver receiver, Accumulator[][] sums) {
        int channels = coil.channels();
        int samples = window.samples();
        double[] re = new double[channels * samples];
        double[] im = new double[channels * samples];
        for (int channel = 0; channel < channels; channel++) {
            Accumulator[] perMaterial = new Accumulator[materials.size()];
            for (int g = 0; g < sums.length; g++) {
                Accumulator sum = sums[g][number * channels + channel];
                int material = spins.groups().get(g).materialIndex();
                if (sum != null && perMaterial[material] == null) {
                    perMaterial[material] = new Accumulator(receiver.samples());
                }
                if (sum != null) {
                    perMaterial[material].add(sum);
                }
            }
            double[] channelRe = new double[samples];
            double[] channelIm = new double[samples];
            receiver.finish(Arrays.asList(perMaterial), weights, materials, channelRe, channelIm);
            System.arraycopy(channelRe, 0, re, channel * samples, samples);
            System.arraycopy(channelIm, 0, im, channel * samples, samples);
        }
        return new Received(window, re, im);
    }
}
