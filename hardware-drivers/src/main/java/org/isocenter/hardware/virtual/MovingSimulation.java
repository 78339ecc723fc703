package org.isocenter.hardware.virtual;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.hardware.virtual.phantom.Motion;
import org.isocenter.hardware.virtual.receive.ReceiveCoil;

/**
 * Plays events on the spins that move, next to {@link BlochSimulation} for those that stay. They cost more: each event asks
 * where they are, no pulse's maps can be kept, and each sample is a sum over the spins. Sums are made per group and then in
 * the groups' order, so the result does not depend on the number of threads.
 */
final class MovingSimulation {
    private static final double PRECESSION_NANOSECONDS = 15;
    private static final double TRANSMISSION_NANOSECONDS = 150;
    private static final double SAMPLE_NANOSECONDS = 2;

    private final List<Group> groups = new ArrayList<>();
    private final MovingPulses pulses;
    private final ReceiveCoil coil;
    private final boolean idealSpoiling;
    private final WorkerPool pool;
    private final BooleanSupplier aborted;
    private final MovingKernels[] kernels;

    private record Group(List<MovingBlock> blocks, double weight, double t2Seconds) {}

    /** @param idealSpoiling whether dephased transverse magnetisation is forgotten when the next pulse comes */
    MovingSimulation(
            Spins spins,
            List<Material> materials,
            Motion motion,
            Surroundings surroundings,
            MovingPulses pulses,
            ReceiveCoil coil,
            boolean idealSpoiling,
            WorkerPool pool,
            BooleanSupplier aborted) {
        this.pulses = pulses;
        this.coil = coil;
        this.idealSpoiling = idealSpoiling;
        this.pool = pool;
        this.aborted = aborted;
        for (SpinGroup group : spins.moving()) {
            Material material = materials.get(group.materialIndex());
            List<MovingBlock> blocks = group.blocks().stream()
                    .map(block -> new MovingBlock(block, material, motion, surroundings))
                    .toList();
            groups.add(new Group(blocks, material.protonDensity() * spins.volumePerSpin() * 1e6, material.t2Seconds()));
        }
        kernels = new MovingKernels[pool.workers()];
        for (int i = 0; i < kernels.length; i++) {
            kernels[i] = new MovingKernels(new PlainKernels());
        }
    }

    /** About how long an event takes per spin, for planning. */
    static double nanosecondsPerSpin(PlayedEvent event) {
        if (event instanceof PlayedEvent.Reception reception) {
            return SAMPLE_NANOSECONDS * reception.window().samples();
        }
        return event instanceof PlayedEvent.Transmission ? TRANSMISSION_NANOSECONDS : PRECESSION_NANOSECONDS;
    }

    /**
     * Plays a batch and adds what is sent in its windows to what the others have sent.
     *
     * @param received of the batch's windows, in order; none when aborted
     */
    void play(List<PlayedEvent> batch, List<BlochSimulation.Received> received) {
        List<MovingWindow> windows = new ArrayList<>();
        for (PlayedEvent event : batch) {
            if (event instanceof PlayedEvent.Reception reception) {
                windows.add(new MovingWindow(reception.window()));
            }
        }
        Signal[][] signals = new Signal[groups.size()][windows.size()];
        pool.each(groups.size(), (number, worker) -> {
            for (int w = 0; w < windows.size(); w++) {
                signals[number][w] = new Signal(coil.channels() * windows.get(w).samples());
            }
            for (MovingBlock block : groups.get(number).blocks()) {
                play(block, batch, windows, signals[number], kernels[worker]);
            }
        });
        if (aborted.getAsBoolean()) {
            return;
        }
        for (int w = 0; w < received.size(); w++) {
            for (int g = 0; g < signals.length; g++) {
                add(groups.get(g), signals[g][w], received.get(w));
            }
        }
    }

    private void play(
            MovingBlock block,
            List<PlayedEvent> batch,
            List<MovingWindow> windows,
            Signal[] signals,
            MovingKernels kernel) {
        block.begin(kernel);
        int window = 0;
        for (PlayedEvent event : batch) {
            if (aborted.getAsBoolean()) {
                return;
            }
            if (event instanceof PlayedEvent.Precession precession) {
                block.precess(precession.path(), kernel);
            } else if (event instanceof PlayedEvent.Transmission transmission) {
                Pulse pulse = transmission.pulse();
                block.transmit(transmission, pulses.of(pulse), idealSpoiling, kernel);
            } else {
                if (block.transverse()) {
                    block.receive(windows.get(window), coil, kernel, signals[window].re, signals[window].im);
                }
                window++;
            }
        }
    }

    private void add(Group group, Signal signal, BlochSimulation.Received received) {
        Window window = received.window();
        for (int n = 0; n < window.samples(); n++) {
            double scale = group.weight() * Math.exp(-window.sampleSeconds(n) / group.t2Seconds());
            for (int at = n; at < signal.re.length; at += window.samples()) {
                received.re()[at] += scale * signal.re[at];
                received.im()[at] += scale * signal.im[at];
            }
        }
    }

    /** One group's samples in a window, by channels. */
    private static final class Signal {
        private final double[] re;
        private final double[] im;

        private Signal(int length) {
            re = new double[length];
            im = new double[length];
        }
    }
}
