package org.isocenter.hardware.virtual;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.isocenter.hardware.FieldImperfections;
import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.ReceiveImperfections;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Shape;
import org.isocenter.sequence.check.SafetyCheck;
import org.isocenter.sequence.check.UnsafeSequenceException;
import org.isocenter.sequence.compile.EventCompiler;
import org.isocenter.sequence.compile.EventTable;

/** Short sequences, small phantoms, and what the virtual scanner makes of them. */
final class Experiment {
    static final SystemLimits LIMITS = ScannerProfile.builtIn("ideal").limits();
    static final URI ADDRESS = URI.create("virtual:ideal");
    private static final int SPINS = 20_000;
    private static final long MICROSECOND_PS = 1_000_000;

    private final Sequence.Builder builder = new Sequence.Builder(Rasters.of(LIMITS));

    /** A ball of one material. */
    record Ball(Vec3 center, double radiusMeters, Material material) implements Phantom {
        @Override
        public String name() {
            return "ball";
        }

        @Override
        public List<Material> materials() {
            return List.of(material);
        }

        @Override
        public int materialAt(double x, double y, double z) {
            return new Vec3(x, y, z).minus(center).norm() <= radiusMeters ? 0 : -1;
        }

        @Override
        public Vec3 halfExtentMeters() {
            return new Vec3(
                    Math.abs(center.x()) + radiusMeters,
                    Math.abs(center.y()) + radiusMeters,
                    Math.abs(center.z()) + radiusMeters);
        }
    }

    /**
     * A cube about the isocentre, 20 mm wide: a gradient along an axis whose area is a multiple of 50 turns per metre leaves
     * nothing of it, as crushers should.
     */
    record Cube(Material material) implements Phantom {
        private static final double HALF_METERS = 0.01;

        @Override
        public String name() {
            return "cube";
        }

        @Override
        public List<Material> materials() {
            return List.of(material);
        }

        @Override
        public int materialAt(double x, double y, double z) {
            return Math.max(Math.abs(x), Math.max(Math.abs(y), Math.abs(z))) <= HALF_METERS ? 0 : -1;
        }

        @Override
        public Vec3 halfExtentMeters() {
            return new Vec3(HALF_METERS, HALF_METERS, HALF_METERS);
        }
    }

    /** What was received: complex samples of each window. */
    record Result(RunOutcome outcome, List<float[]> re, List<float[]> im) {
        double magnitude(int window, int sample) {
            return Math.hypot(re.get(window)[sample], im.get(window)[sample]);
        }

        double phase(int window, int sample) {
            return Math.atan2(im.get(window)[sample], re.get(window)[sample]);
        }
    }

    static Adc adc(int samples, double dwellSeconds) {
        return new Adc(samples, Rasters.ps(dwellSeconds), 0, 0, 0, 0, 0, null);
    }

    static RfPulse hardPulse(double degrees, double seconds, double phaseRadians, double frequencyHertz) {
        double[] ones = new double[(int) Math.round(seconds * 1e6)];
        Arrays.fill(ones, 1);
        double amplitude = degrees / 360 / seconds;
        return new RfPulse(
                amplitude,
                new Shape(ones),
                null,
                null,
                seconds / 2,
                0,
                0,
                0,
                frequencyHertz,
                phaseRadians,
                RfUse.EXCITATION);
    }

    /** A Hann-windowed sinc with this time-bandwidth product, sampled each microsecond. */
    static RfPulse sincPulse(
            double degrees, double seconds, double timeBandwidth, double frequencyHertz, double phaseRadians) {
        int n = (int) Math.round(seconds * 1e6);
        double[] shape = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double t = (i + 0.5) / n - 0.5;
            double x = Math.PI * timeBandwidth * t;
            shape[i] = (x == 0 ? 1 : Math.sin(x) / x) * (0.5 + 0.5 * Math.cos(2 * Math.PI * t));
            sum += shape[i] * 1e-6;
        }
        double[] phase = new double[n];
        for (int i = 0; i < n; i++) {
            phase[i] = shape[i] < 0 ? 0.5 : 0;
            shape[i] = Math.abs(shape[i]);
        }
        return new RfPulse(
                degrees / 360 / sum,
                new Shape(shape),
                new Shape(phase),
                null,
                seconds / 2,
                0,
                0,
                0,
                frequencyHertz,
                phaseRadians,
                RfUse.EXCITATION);
    }

    /** Ramps of 200 us either side of a flat top. */
    static Gradient trapezoid(double hertzPerMeter, double flatSeconds) {
        return new Gradient.Trapezoid(
                hertzPerMeter, 200 * MICROSECOND_PS, Rasters.ps(flatSeconds), 200 * MICROSECOND_PS, 0);
    }

    static RfPulse delayed(RfPulse p, double seconds) {
        return new RfPulse(
                p.amplitudeHertz(),
                p.magnitude(),
                p.phaseCycles(),
                p.timeRaster(),
                p.centerSeconds(),
                Rasters.ps(seconds),
                0,
                0,
                p.frequencyHertz(),
                p.phaseRadians(),
                p.use());
    }

    static Adc delayed(Adc a, double seconds) {
        return new Adc(a.samples(), a.dwellPs(), Rasters.ps(seconds), 0, 0, a.frequencyHertz(), a.phaseRadians(), null);
    }

    Experiment rf(RfPulse pulse) {
        builder.block(pulse, null, null, null, null, List.of());
        return this;
    }

    Experiment rf(RfPulse pulse, Gradient gx, Gradient gy, Gradient gz) {
        builder.block(pulse, gx, gy, gz, null, List.of());
        return this;
    }

    Experiment gradient(Gradient gx, Gradient gy, Gradient gz) {
        builder.block(null, gx, gy, gz, null, List.of());
        return this;
    }

    Experiment read(Adc adc) {
        builder.block(null, null, null, null, adc, List.of());
        return this;
    }

    Experiment read(Adc adc, Gradient gx, Gradient gy, Gradient gz) {
        builder.block(null, gx, gy, gz, adc, List.of());
        return this;
    }

    Experiment pause(double seconds) {
        builder.delay(Math.round(seconds * 1e6) * MICROSECOND_PS);
        return this;
    }

    double endSeconds() {
        return builder.endPs() * 1e-12;
    }

    EventTable table() {
        return table(LIMITS);
    }

    EventTable table(SystemLimits limits) {
        try {
            return EventCompiler.compile(SafetyCheck.check(builder.build(), limits));
        } catch (UnsafeSequenceException e) {
            throw new AssertionError(e);
        }
    }

    static Imperfections imperfect(double offsetHertz, double inhomogeneityPpm, double noise) {
        return Imperfections.NONE
                .with(new FieldImperfections(offsetHertz, inhomogeneityPpm))
                .with(new ReceiveImperfections(noise));
    }

    static VirtualScanner scanner(Phantom phantom, Imperfections imperfections, int threads) {
        VirtualOptions options = new VirtualOptions(new ScannerProfile(LIMITS, imperfections), phantom, 1, 1, false);
        return new VirtualScanner(ADDRESS, options, threads, SPINS);
    }

    /** Waits until so long after the sequence's start. */
    Experiment until(double seconds) {
        return pause(seconds - endSeconds());
    }

    Result on(Phantom phantom) {
        return on(phantom, Imperfections.NONE);
    }

    Result on(Phantom phantom, Imperfections imperfections) {
        try (VirtualScanner scanner = scanner(phantom, imperfections, 2)) {
            return collect(scanner, table());
        }
    }

    /** With few spins, for long sequences whose signal does not depend on the place. */
    Result on(Phantom phantom, Imperfections imperfections, int spins) {
        VirtualOptions options = new VirtualOptions(new ScannerProfile(LIMITS, imperfections), phantom, 1, 1, false);
        try (VirtualScanner scanner = new VirtualScanner(ADDRESS, options, 2, spins)) {
            return collect(scanner, table());
        }
    }

    static Result collect(VirtualScanner scanner, EventTable table) {
        List<float[]> re = new ArrayList<>();
        List<float[]> im = new ArrayList<>();
        try {
            RunOutcome outcome = scanner.run(table, (index, channels, samples, real, imaginary) -> {
                re.add(real.clone());
                im.add(imaginary.clone());
            });
            return new Result(outcome, re, im);
        } catch (ScannerException | IOException e) {
            throw new AssertionError(e);
        }
    }
}
