package org.isocenter.sequence.library;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Shape;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.Grid;
import org.isocenter.sequence.design.SpokeOrder;

/**
 * The shots of PETRA (Grodzki et al., Magn Reson Med 67:510, 2012): a short hard pulse while the gradient is already on, and a
 * window as soon as the receiver can listen. What the dead time has cost, the middle of k-space, is measured point by point
 * on the Cartesian grid: each with a gradient so weak that its first sample lies on the point. Here the gradient
 * rests between shots, which costs two ramps and lets all shots share their events by rotation.
 */
final class ZeroEchoShots {
    /** Length of the pulse times the bandwidth across the field of view: the edge loses 5 %. */
    private static final double PULSE_TIME_BANDWIDTH = 0.35;
    /** Of the transmitter's peak; the rest is for calibration. */
    private static final double SHARE_OF_PEAK = 0.98;
    /** The dead time may cost this share of the distance to the edge of k-space. */
    private static final double MOST_MISSING = 0.5;

    private final Protocol protocol;
    private final Grid grid;
    private final RfPulse pulse;
    private final long pulsePs;
    private final double amplitude;
    private final long rampPs;
    private final long pulseBlockPs;
    private final long windowPs;
    private final long dwellPs;
    private final int samples;
    private final long holdPs;

    /** From the middle of the pulse to the middle of the first sample. */
    private final long firstPs;

    /** Null when {@code problems} tell why not. */
    static ZeroEchoShots plan(Protocol protocol, SystemLimits limits, GradientSystem system, Problems problems) {
        FrequencyEncoding flat = FrequencyEncoding.plan(protocol, limits, system, problems);
        ZeroEchoShots shots = problems.none() ? new ZeroEchoShots(protocol, limits, system, flat, problems) : null;
        return problems.none() ? shots : null;
    }

    private ZeroEchoShots(
            Protocol protocol, SystemLimits limits, GradientSystem system, FrequencyEncoding flat, Problems problems) {
        this.protocol = protocol;
        this.grid = system.grid();
        amplitude = flat.gradient().amplitudeHertzPerMeter();
        dwellPs = flat.dwellPs();
        rampPs = system.rampPs(amplitude);
        double fov = protocol.number("FOV");
        long raster = grid.rasters().rfPs();
        pulsePs = Math.max(2, (long) (PULSE_TIME_BANDWIDTH / (amplitude * fov) * 1e12 / (2 * raster)) * 2) * raster;
        double flip = protocol.number("FA");
        problems.atMost(
                "FA",
                2 * Math.PI * limits.rfPeakHertz() * SHARE_OF_PEAK * pulsePs * 1e-12,
                Math.toRadians(0.1),
                "the pulse may last no longer than " + Timing.ms(pulsePs)
                        + " at this bandwidth, or it would select a part of the field of view");
        long delayPs = grid.up(Math.max(Rasters.ps(limits.rfDeadSeconds()), rampPs));
        pulse = new RfPulse(
                flip / (2 * Math.PI * pulsePs * 1e-12),
                new Shape(1, 1),
                null,
                new Shape(0, (double) (pulsePs / raster)),
                pulsePs * 0.5e-12,
                delayPs,
                0,
                0,
                0,
                0,
                RfUse.EXCITATION);
        pulseBlockPs = grid.up(delayPs + pulsePs + Rasters.ps(limits.rfRingdownSeconds()));
        windowPs = grid.upRf(Rasters.ps(limits.adcDeadSeconds()));
        firstPs = pulseBlockPs - delayPs - pulsePs / 2 + windowPs + dwellPs / 2;
        double edge = protocol.count("matrix") / (2 * fov);
        problems.atMost(
                "BW",
                MOST_MISSING * edge * fov / (firstPs * 1e-12),
                100,
                "in the dead time of " + Timing.ms(firstPs)
                        + " the gradient would reach farther than half the radius of" + " k-space");
        samples = Math.max(2, (int) Math.ceil((edge / amplitude * 1e12 - firstPs) / dwellPs) + 1);
        holdPs = grid.up(windowPs + samples * dwellPs);
    }

    /** First the points of the middle, from the centre outwards, then the spokes. */
    List<TurnedShots.View> views() {
        List<TurnedShots.View> views = new ArrayList<>();
        for (Vec3 point : points()) {
            double gradient = point.norm() / (protocol.number("FOV") * firstPs * 1e-12);
            views.add(new TurnedShots.View(SpokeOrder.toward(point), new ZeroEcho(gradient, 1)));
        }
        views.addAll(TurnedShots.overSphere(protocol, new ZeroEcho(amplitude, samples), false));
        return views;
    }

    /** Points of the Cartesian grid that no spoke reaches, in steps of one turn across the field of view. */
    private List<Vec3> points() {
        double radius = amplitude * protocol.number("FOV") * firstPs * 1e-12;
        int most = (int) Math.floor(radius);
        List<Vec3> points = new ArrayList<>();
        for (int z = -most; z <= most; z++) {
            for (int y = -most; y <= most; y++) {
                for (int x = -most; x <= most; x++) {
                    Vec3 point = new Vec3(x, y, z);
                    if (point.norm() < radius) {
                        points.add(point);
                    }
                }
            }
        }
        points.sort((a, b) -> Double.compare(a.norm(), b.norm()));
        return points;
    }

    /** One shot with this gradient and so many samples. */
    private final class ZeroEcho implements Shot {
        private final double gradient;
        private final int count;
        private final Gradient before;
        private final Gradient after;

        ZeroEcho(double gradient, int count) {
            this.gradient = gradient;
            this.count = count;
            before = corners(new Shape(0, 1, 1), 0, rampPs, pulseBlockPs);
            after = corners(new Shape(1, 1, 0), 0, holdPs, holdPs + rampPs);
        }

        private Gradient corners(Shape shape, long... timesPs) {
            double[] rasters = new double[timesPs.length];
            for (int i = 0; i < rasters.length; i++) {
                rasters[i] = (double) timesPs[i] / grid.rasters().gradientPs();
            }
            return gradient == 0 ? null : new Gradient.Corners(gradient, shape, new Shape(rasters), 0);
        }

        @Override
        public long durationPs() {
            return pulseBlockPs + holdPs + rampPs;
        }

        @Override
        public long transmitPs() {
            return pulsePs;
        }

        @Override
        public double echoSeconds() {
            return (firstPs - dwellPs / 2) * 1e-12;
        }

        @Override
        public double dwellSeconds() {
            return dwellPs * 1e-12;
        }

        @Override
        public double readPerMeter() {
            long toWindow = firstPs - dwellPs / 2 - windowPs;
            return gradient * (toWindow + holdPs + rampPs / 2) * 1e-12;
        }

        @Override
        public double phasePerMeter() {
            return 0;
        }

        @Override
        public double sliceHertzPerMeter() {
            return 0;
        }

        @Override
        public double readHertzPerMeter() {
            return gradient;
        }

        @Override
        public void write(PlanWriter writer, Place place) {
            writer.at(place.geometry(), place.turn());
            double hertz = gradient * place.center().x();
            double atStart = place.phaseRadians() - 2 * Math.PI * hertz * pulse.centerSeconds();
            writer.block(pulseBlockPs, pulse(hertz, atStart), before, null, null);
            if (place.counters() == null) {
                writer.block(holdPs + rampPs, null, after, null, null);
                return;
            }
            double atWindow = place.phaseRadians() + 2 * Math.PI * hertz * (firstPs - dwellPs / 2) * 1e-12;
            Adc window = new Adc(count, dwellPs, windowPs, 0, 0, hertz, Angles.positive(atWindow), null);
            writer.readout(holdPs + rampPs, after, window, 0, 0, place.counters());
        }

        /** It excites the field of view wherever that lies. */
        private RfPulse pulse(double hertz, double phaseRadians) {
            return new RfPulse(
                    pulse.amplitudeHertz(),
                    pulse.magnitude(),
                    pulse.phaseCycles(),
                    pulse.timeRaster(),
                    pulse.centerSeconds(),
                    pulse.delayPs(),
                    0,
                    0,
                    hertz,
                    Angles.positive(phaseRadians),
                    pulse.use());
        }
    }
}
