package org.isocenter.sequence.pulseq;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.Shape;

/** The events of a file by id, whether it is text or binary. What cannot be played is refused here. */
final class EventTables {
    /** Longer windows do not fit into memory anyway. */
    static final int MAX_ADC_SAMPLES = 1 << 24;

    final ShapeTable shapes;
    final IdTable<RfPulse> rf = new IdTable<>();
    /** Transmit weights that some files give with the pulse rather than with the block, by the pulse's id. */
    final IdTable<Extension.RfShim> shims = new IdTable<>();
    /** Uniform gradients of files that do not tell their edges have NaN as first and last. */
    final IdTable<Gradient> gradients = new IdTable<>();

    final IdTable<Adc> adcs = new IdTable<>();
    /** Of [DELAYS], before 1.4. */
    final IdTable<Long> delaysPs = new IdTable<>();

    private final Rasters rasters;
    private final OlderRf olderRf;
    private final Set<Shape> checkedTimes = Collections.newSetFromMap(new IdentityHashMap<>());

    EventTables(ShapeTable shapes, Definitions definitions) {
        this.shapes = shapes;
        this.rasters = definitions.rasters();
        this.olderRf = new OlderRf(rasters, definitions.values());
    }

    /** Adds a pulse; one without a centre (NaN) gets the centre and the use that its shape speaks for. */
    void add(Place at, int id, RfPulse pulse) throws PulseqFormatException {
        checkLength(at, pulse.magnitude(), pulse.phaseCycles(), "phase");
        checkTimes(at, pulse.magnitude(), pulse.timeRaster(), rasters.rfPs());
        boolean complete = !Double.isNaN(pulse.centerSeconds());
        put(at, rf, id, complete ? pulse : olderRf.complete(at, pulse));
    }

    /** Gives a pulse transmit weights of its own. */
    void addShim(Place at, int rfId, int magnitudeId, int phaseId) throws PulseqFormatException {
        double[] magnitude = shapes.table(magnitudeId, at, "shim magnitude shape");
        double[] phase = shapes.table(phaseId, at, "shim phase shape");
        if (magnitude.length != phase.length) {
            throw at.error("the shim has " + magnitude.length + " magnitudes and " + phase.length + " phases");
        }
        Double[] values = new Double[2 * magnitude.length];
        for (int i = 0; i < magnitude.length; i++) {
            values[2 * i] = magnitude[i];
            values[2 * i + 1] = phase[i];
        }
        shims.put(rfId, new Extension.RfShim(List.of(values)));
    }

    /** @param first NaN when the file does not tell it; so for {@code last} */
    void addShaped(Place at, int id, double amplitude, double first, double last, int shapeId, int timeId, long delayPs)
            throws PulseqFormatException {
        Shape shape = shapes.get(shapeId, at, "shape");
        if (timeId > 0) {
            Shape time = shapes.get(timeId, at, "time shape");
            checkTimes(at, shape, time, rasters.gradientPs());
            put(at, gradients, id, new Gradient.Corners(amplitude, shape, time, delayPs));
            return;
        }
        if (timeId < 0 && shape.length() % 2 == 0) {
            throw at.error(
                    "an oversampled gradient (time_id -1) needs an odd number of samples, has " + shape.length());
        }
        checkTimes(at, shape, null, rasters.gradientPs());
        put(at, gradients, id, new Gradient.Uniform(amplitude, shape, first, last, delayPs, timeId < 0));
    }

    void add(Place at, int id, Gradient.Trapezoid trapezoid) throws PulseqFormatException {
        put(at, gradients, id, trapezoid);
    }

    void add(Place at, int id, Adc adc) throws PulseqFormatException {
        if (adc.dwellPs() == 0 || (double) adc.dwellPs() * adc.samples() > Fields.MAX_EVENT_PS) {
            throw at.error("dwell is " + Numbers.scaled(adc.dwellPs(), 1000)
                    + " ns; the window would last 0 s or more than 28 hours");
        }
        Shape phases = adc.phaseShapeRadians();
        if (phases != null && phases.length() != adc.samples()) {
            throw at.error("the phase shape has " + phases.length() + " samples, the window " + adc.samples());
        }
        put(at, adcs, id, adc);
    }

    static <T> void put(Place at, IdTable<T> table, int id, T event) throws PulseqFormatException {
        if (table.put(id, event) != null) {
            throw at.error("id " + id + " is defined twice");
        }
    }

    private static void checkLength(Place at, Shape shape, Shape other, String what) throws PulseqFormatException {
        if (other != null && other.length() != shape.length()) {
            throw at.error(
                    "the " + what + " shape has " + other.length() + " samples, the amplitude shape " + shape.length());
        }
    }

    /** Checks the sample times, or without them that the shape does not last too long on its raster. */
    private void checkTimes(Place at, Shape shape, Shape times, long rasterPs) throws PulseqFormatException {
        double rastersLong = shape.length();
        if (times != null) {
            checkLength(at, shape, times, "time");
            checkOrder(at, times);
            rastersLong = times.at(times.length() - 1) + 1;
        }
        if (rastersLong * rasterPs > Fields.MAX_EVENT_PS) {
            throw at.error("the event would last more than 28 hours");
        }
    }

    /** Once for each shape, for many events may share a long one. */
    private void checkOrder(Place at, Shape times) throws PulseqFormatException {
        if (checkedTimes.add(times)) {
            double before = 0;
            for (double t : times.samples()) {
                if (!(t >= before)) {
                    throw at.error("the time shape runs backwards");
                }
                before = t;
            }
        }
    }
}
