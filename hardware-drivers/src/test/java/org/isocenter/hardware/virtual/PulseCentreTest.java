package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a pulse is taken to turn the spins at once. */
class PulseCentreTest {
    private static final int STEPS = 2000;
    private static final double STEP_SECONDS = 1e-6;
    private static final float GRADIENT = 250e3f;
    private static final double SHIFT_HERTZ = 1500;

    /** A sinc with a carrier of its own, from one step to another. */
    private static Pulse sinc(int from, int to) {
        long[] ticks = new long[to - from];
        float[] hertz = new float[to - from];
        double[] phase = new double[to - from];
        float[][] gradient = new float[3][to - from];
        Arrays.fill(ticks, 1);
        Arrays.fill(gradient[2], GRADIENT);
        for (int i = from; i < to; i++) {
            double x = 4 * Math.PI * ((i + 0.5) / STEPS - 0.5);
            double shape = Math.sin(x) / x * Math.pow(Math.cos(x / 4), 2);
            hertz[i - from] = (float) Math.abs(200 * shape);
            phase[i - from] = 2 * Math.PI * SHIFT_HERTZ * (i - from) * STEP_SECONDS + (shape < 0 ? Math.PI : 0);
        }
        return new Pulse(ticks, hertz, phase, gradient, STEP_SECONDS);
    }

    /** Its first steps are of a few thousandths of its amplitude. */
    @Test
    void aPulseWhoseFaintBeginningIsRoundedAwayHasTheSameCentreAndAxis() {
        int lost = 80;
        Pulse whole = sinc(0, STEPS);
        Pulse cut = sinc(lost, STEPS);
        double begun = lost * STEP_SECONDS;
        assertThat(whole.pathBefore().z()).isCloseTo(0.5 * GRADIENT * STEPS * STEP_SECONDS, within(1e-3));
        assertThat(begun * GRADIENT + cut.pathBefore().z())
                .isCloseTo(whole.pathBefore().z(), within(0.01));
        double sincePhase = 2 * Math.PI * SHIFT_HERTZ * begun + Math.PI;
        double turned = cut.axisRadians() + sincePhase - whole.axisRadians() - Math.PI;
        assertThat(Math.IEEEremainder(turned, 2 * Math.PI)).isCloseTo(0, within(2e-3));
    }

    /** Precession up to the centre, a turn at once, precession from there: just what the steps do to a spin at its frequency. */
    @ParameterizedTest
    @ValueSource(ints = {2000, 1400, 1100})
    void aShortPulseAtTheCentreDoesTheSame(int to) {
        Pulse pulse = sinc(0, to);
        PulseTurns steps = PulseTurns.rotations(pulse, new double[] {SHIFT_HERTZ});
        double before = 2 * Math.PI * SHIFT_HERTZ * pulse.pathBefore().seconds();
        double after = 2 * Math.PI * SHIFT_HERTZ * pulse.pathAfter().seconds();
        double half = 0.5 * pulse.flipRadians();
        double x = Math.sin(half) * Math.cos(pulse.axisRadians() + 0.5 * (after - before));
        double y = Math.sin(half) * Math.sin(pulse.axisRadians() + 0.5 * (after - before));
        double z = Math.cos(half) * Math.sin(0.5 * (after + before));
        double w = Math.cos(half) * Math.cos(0.5 * (after + before));
        double same = x * steps.x[0][0] + y * steps.y[0][0] + z * steps.z[0][0] + w * steps.w[0][0];
        assertThat(Math.abs(same)).isCloseTo(1, within(1e-6));
    }
}
