package org.isocenter.sequence.trajectory;

import java.util.List;
import java.util.function.IntUnaryOperator;
import org.isocenter.model.Rotation;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Shape;

/** Small gradient echo sequences, built by hand. */
final class TestSequences {
    static final long MS = 1_000_000_000L;
    static final long US = 1_000_000L;
    static final double FOV = 0.2;

    private TestSequences() {}

    /** What one readout is to do; positions in multiples of 1/FOV. */
    record Step(double line, double partition, double sliceMeters) {}

    /** How a sequence's readouts look. */
    record Line(int samples, int oversampling, double centre, boolean backwards, int echoes) {
        static Line whole(int samples) {
            return new Line(samples, 1, samples / 2.0, false, 1);
        }
    }

    static final class Gre {
        final Sequence.Builder builder = new Sequence.Builder(new Rasters(10 * US, US, 100_000, 10 * US));
        private final Line readout;
        private final Rotation rotation;

        Gre(Line readout, Rotation rotation) {
            this.readout = readout;
            this.rotation = rotation;
        }

        /** One excitation with its readouts. The samples are 10 µs apart. */
        void step(Step step) {
            double[] sinc = new double[1000];
            for (int i = 0; i < sinc.length; i++) {
                double x = 4 * Math.PI * ((i + 0.5) / sinc.length - 0.5);
                sinc[i] = (x == 0 ? 1 : Math.sin(x) / x) * (0.5 + 0.5 * Math.cos(x / 2));
            }
            double sliceGradient = 800_000;
            RfPulse rf = new RfPulse(
                    100,
                    new Shape(sinc),
                    null,
                    null,
                    0.5e-3,
                    100 * US,
                    0,
                    0,
                    step.sliceMeters() * sliceGradient,
                    0,
                    RfUse.EXCITATION);
            Gradient slice = trapezoid(sliceGradient, 100 * US, 1000 * US);
            block(rf, null, null, slice, null);
            double sign = readout.backwards() ? -1 : 1;
            double readGradient = sign / (FOV * readout.oversampling() * 10e-6);
            long flat = readout.samples() * 10 * US;
            double rephase = ((Gradient.Trapezoid) slice).areaPerMeter() / 2;
            double ramp = readGradient * 50e-6;
            double before = ramp + readGradient * 10e-6 * (readout.centre() + 0.5);
            block(null, ofArea(-before), ofArea(step.line() / FOV), ofArea(step.partition() / FOV - rephase), null);
            for (int echo = 0; echo < readout.echoes(); echo++) {
                double polarity = echo % 2 == 0 ? 1 : -1;
                Adc adc = new Adc(readout.samples(), 10 * US, 100 * US, 0, 0, 0, 0, null);
                block(null, trapezoid(polarity * readGradient, 100 * US, flat), null, null, adc);
            }
            builder.delay(MS);
        }

        private void block(RfPulse rf, Gradient gx, Gradient gy, Gradient gz, Adc adc) {
            List<Extension> extensions = rotation.isIdentity() ? List.of() : List.of(new Extension.Turn(rotation));
            builder.block(rf, gx, gy, gz, adc, extensions);
        }
    }

    static Gradient.Trapezoid trapezoid(double amplitude, long rampPs, long flatPs) {
        return new Gradient.Trapezoid(amplitude, rampPs, flatPs, rampPs, 0);
    }

    static Gradient ofArea(double perMeter) {
        return trapezoid(perMeter / 1.1e-3, 100 * US, 1000 * US);
    }

    /** A 2D sequence of as many lines, in the order given. */
    static Sequence lines(Line readout, int lines, IntUnaryOperator order) {
        Gre gre = new Gre(readout, Rotation.IDENTITY);
        for (int i = 0; i < lines; i++) {
            gre.step(new Step(order.applyAsInt(i) - lines / 2, 0, 0));
        }
        return gre.builder.definition("FOV", FOV + " " + FOV + " 0.005").build();
    }
}
