package org.isocenter.sequence.pulseq;

import java.util.Arrays;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Shape;

/**
 * A sequence that JEMRIS has written as Pulseq, as JEMRIS itself simulates it (docs/decisions/0019). Its shaped gradients are straight
 * lines between samples at the starts of the rasters, where Pulseq has them in the middles; and the dwell time of a window that fills
 * such a gradient loses what is less than a nanosecond when it is written.
 */
public final class JemrisTiming {
    private static final long NANOSECOND_PS = 1000;
    private static final long DWELL_STEP_PS = 1;
    /** On so many steps for each sample the straight lines are played. */
    private static final int STEPS = 10;

    private JemrisTiming() {}

    /** The same blocks, of the same durations. Trapezoids stay as they are. */
    public static Sequence of(Sequence written) {
        Rasters rasters = written.rasters();
        Sequence.Builder builder = new Sequence.Builder(
                new Rasters(rasters.gradientPs() / STEPS, rasters.rfPs(), DWELL_STEP_PS, rasters.blockPs()));
        written.definitions().forEach(builder::definition);
        for (int block = 0; block < written.blockCount(); block++) {
            Gradient[] gradients = new Gradient[3];
            long filledPs = 0;
            for (Axis axis : Axis.values()) {
                int id = written.gradientId(block, axis);
                Gradient gradient = id == 0 ? null : written.gradient(id);
                if (gradient instanceof Gradient.Uniform uniform && !uniform.oversampled()) {
                    filledPs = Math.max(filledPs, uniform.endPs(rasters));
                    gradient = fromStarts(uniform);
                }
                gradients[axis.ordinal()] = gradient;
            }
            int rf = written.rfId(block);
            int adc = written.adcId(block);
            builder.block(
                    written.blockDurationPs(block),
                    rf == 0 ? null : written.rfPulse(rf),
                    gradients[0],
                    gradients[1],
                    gradients[2],
                    adc == 0 ? null : filling(written.adc(adc), filledPs),
                    written.extensions(written.extensionId(block)));
        }
        return builder.build();
    }

    private static Gradient fromStarts(Gradient.Uniform gradient) {
        int samples = gradient.shape().length();
        double[] values = Arrays.copyOf(gradient.shape().samples(), samples + 1);
        values[samples] = values[samples - 1];
        double[] times = new double[samples + 1];
        Arrays.setAll(times, i -> STEPS * (double) i);
        return new Gradient.Corners(
                gradient.amplitudeHertzPerMeter(), new Shape(values), new Shape(times), gradient.delayPs());
    }

    private static Adc filling(Adc adc, long filledPs) {
        long whole = filledPs - adc.delayPs();
        boolean cutOff =
                whole > adc.samples() * adc.dwellPs() && whole < adc.samples() * (adc.dwellPs() + NANOSECOND_PS);
        if (!cutOff) {
            return adc;
        }
        return new Adc(
                adc.samples(),
                whole / adc.samples(),
                adc.delayPs(),
                adc.frequencyPpm(),
                adc.phasePpm(),
                adc.frequencyHertz(),
                adc.phaseRadians(),
                adc.phaseShapeRadians());
    }
}
