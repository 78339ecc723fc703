package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import org.isocenter.hardware.virtual.phantom.Material;
import org.junit.jupiter.api.Test;

/** What diffusion and spoiling leave of a block's signal. */
class CoherenceGraphTest {
    private static final long[] ONE_TICK = {1};
    private static final double TICK_SECONDS = 1e-6;

    private static Pulse pulse() {
        return new Pulse(ONE_TICK, new float[] {1}, new double[1], new float[3][1], TICK_SECONDS);
    }

    /** Far from it is what was excited well, near it what a slice's neighbour got of a pulse: hardly anything. */
    @Test
    void whatIsHardlyThereHasNoSayInAWindowThatItIsNearTo() {
        CoherenceGraph graph = new CoherenceGraph(new Material("water", 1, 0.3, 0.05), new Coherences());
        graph.pulse(pulse(), new double[] {1.2}, 0);
        GradientPath spoiler = new GradientPath();
        spoiler.add(1e6, 0, 0, 5e-3);
        graph.add(spoiler);
        graph.pulse(pulse(), new double[] {1e-5}, 0);
        Window window = new Window(0, 8, 0, 8, 1e-5, 0, 0, null, 1, 0, GradientField.linear(0, 0, 0), null, null);
        assertThat(graph.correction(window)).isBetween(0.0, 1.0);
    }
}
