package org.isocenter.sequence.pulseq;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Shape;

/** The events of a file by id. Columns are told by their number, and a number that does not fit the version is noted. */
final class EventTables {
    private static final double PS_PER_MICROSECOND = 1e6;
    private static final double PS_PER_NANOSECOND = 1e3;

    /** Longer windows do not fit into memory anyway. */
    private static final int MAX_ADC_SAMPLES = 1 << 24;

    final Map<Integer, RfPulse> rf = new HashMap<>();
    /** Uniform gradients of files before 1.5 still have 0 as first and last. */
    final Map<Integer, Gradient> gradients = new HashMap<>();

    final Map<Integer, Adc> adcs = new HashMap<>();
    /** Of [DELAYS], before 1.4. */
    final Map<Integer, Long> delaysPs = new HashMap<>();

    private final PulseqText text;
    private final int version;
    private final Rasters rasters;
    private final Map<String, String> definitions;
    private final ShapeTable shapes;
    private final List<String> warnings;

    EventTables(
            PulseqText text,
            int version,
            Rasters rasters,
            Map<String, String> definitions,
            ShapeTable shapes,
            List<String> warnings)
            throws PulseqFormatException {
        this.text = text;
        this.version = version;
        this.rasters = rasters;
        this.definitions = definitions;
        this.shapes = shapes;
        this.warnings = warnings;
        each("RF", 7, 8, 12, f -> put(f, rf, pulse(f)));
        each("GRADIENTS", 4, 5, 7, f -> put(f, gradients, shaped(f)));
        each("TRAP", 6, 6, 6, f -> put(f, gradients, trapezoid(f)));
        each("ADC", 6, 6, 9, f -> put(f, adcs, adc(f)));
        if (version >= PulseqReader.VERSION_1_4 && text.section("DELAYS") != null) {
            throw new PulseqFormatException(
                    text.file,
                    text.section("DELAYS").line,
                    "DELAYS",
                    "the section is not allowed from version 1.4 on; blocks hold their own duration");
        }
        each("DELAYS", 2, 2, 2, f -> {
            check(f, f.count() == 2, "2: id delay");
            put(f, delaysPs, f.timePs(1, "delay", PS_PER_MICROSECOND));
        });
    }

    @FunctionalInterface
    private interface LineReader {
        void read(Fields fields) throws PulseqFormatException;
    }

    private void each(String name, int columnsBefore14, int columns14, int columns15, LineReader reader)
            throws PulseqFormatException {
        PulseqText.Section section = text.section(name);
        if (section == null) {
            return;
        }
        int expected = version >= PulseqReader.VERSION_1_5
                ? columns15
                : version >= PulseqReader.VERSION_1_4 ? columns14 : columnsBefore14;
        Fields fields = new Fields(text, section);
        boolean warned = false;
        while (fields.next()) {
            if (fields.count() != expected && !warned) {
                warned = true;
                warnings.add("line " + fields.line() + ": [" + name + "] has " + fields.count()
                        + " columns where this version has " + expected);
            }
            reader.read(fields);
        }
    }

    private static <T> void put(Fields f, Map<Integer, T> table, T event) throws PulseqFormatException {
        int id = f.id(0, "id", 1);
        if (table.put(id, event) != null) {
            throw f.error("id " + id + " is defined twice");
        }
    }

    private static void check(Fields f, boolean fits, String columns) throws PulseqFormatException {
        if (!fits) {
            throw f.error(f.count() + " fields, expected " + columns);
        }
    }

    private RfPulse pulse(Fields f) throws PulseqFormatException {
        int n = f.count();
        check(f, n == 7 || n == 8 || n == 10 || n == 11 || n == 12, "7 (before 1.4), 8 (1.4) or 12 (1.5)");
        double amplitude = f.number(1, "amplitude");
        Shape magnitude = shapes.get(f.id(2, "mag_id", 1), f, "magnitude shape");
        Shape phase = shapes.get(f.id(3, "phase_id", 0), f, "phase shape");
        Shape time = n == 7 ? null : shapes.get(f.id(4, "time_id", 0), f, "time shape");
        checkLength(f, magnitude, phase, "phase");
        checkTimes(f, magnitude, time, rasters.rfPs());
        boolean full = n >= 11;
        int delayColumn = n == 7 ? 4 : full ? 6 : 5;
        int frequencyColumn = full ? 9 : delayColumn + 1;
        if (n == 10 && (f.id(8, "shim_mag_id", 0) != 0 || f.id(9, "shim_phase_id", 0) != 0)) {
            warnings.add("line " + f.line() + ": the transmit shim of this non-standard version is ignored");
        }
        RfUse use = RfUse.UNDEFINED;
        if (n == 12) {
            check(f, f.word(11).length() == 1, "one letter as the use");
            use = RfUse.of(f.word(11).charAt(0));
        }
        double[] times = OlderRf.sampleTimesPs(magnitude, time, rasters.rfPs());
        double centerSeconds = full ? center(f) : OlderRf.centerPs(magnitude, times) * 1e-12;
        RfPulse pulse = new RfPulse(
                amplitude,
                magnitude,
                phase,
                time,
                centerSeconds,
                f.timePs(delayColumn, "delay", PS_PER_MICROSECOND),
                full ? f.number(7, "freq_ppm") : 0,
                full ? f.number(8, "phase_ppm") : 0,
                f.number(frequencyColumn, "freq"),
                f.number(frequencyColumn + 1, "phase"),
                use);
        return full ? pulse : withGuessedUse(pulse, times);
    }

    /** Unlike other times this one need not be a whole number of picoseconds. */
    private static double center(Fields f) throws PulseqFormatException {
        f.timePs(5, "center", PS_PER_MICROSECOND);
        return f.number(5, "center") * 1e-6;
    }

    private RfPulse withGuessedUse(RfPulse p, double[] times) {
        RfUse use = OlderRf.use(p, times, p.shapeDurationPs(rasters), definitions);
        return new RfPulse(
                p.amplitudeHertz(),
                p.magnitude(),
                p.phaseCycles(),
                p.timeRaster(),
                p.centerSeconds(),
                p.delayPs(),
                p.frequencyPpm(),
                p.phasePpm(),
                p.frequencyHertz(),
                p.phaseRadians(),
                use);
    }

    private Gradient shaped(Fields f) throws PulseqFormatException {
        int n = f.count();
        check(f, n == 4 || n == 5 || n == 7, "4 (before 1.4), 5 (1.4) or 7 (1.5)");
        double amplitude = f.number(1, "amplitude");
        int shapeColumn = n == 7 ? 4 : 2;
        Shape shape = shapes.get(f.id(shapeColumn, "shape_id", 1), f, "shape");
        int timeId = n == 4 ? 0 : f.id(shapeColumn + 1, "time_id", -1);
        long delayPs = f.timePs(n - 1, "delay", PS_PER_MICROSECOND);
        if (timeId > 0) {
            Shape time = shapes.get(timeId, f, "time shape");
            checkTimes(f, shape, time, rasters.gradientPs());
            return new Gradient.Corners(amplitude, shape, time, delayPs);
        }
        if (timeId < 0 && shape.length() % 2 == 0) {
            throw f.error("an oversampled gradient (time_id -1) needs an odd number of samples, has " + shape.length());
        }
        checkTimes(f, shape, null, rasters.gradientPs());
        double first = n == 7 ? f.number(2, "first") : 0;
        double last = n == 7 ? f.number(3, "last") : 0;
        return new Gradient.Uniform(amplitude, shape, first, last, delayPs, timeId < 0);
    }

    private Gradient trapezoid(Fields f) throws PulseqFormatException {
        check(f, f.count() == 6, "6: id amplitude rise flat fall delay");
        double amplitude = f.number(1, "amplitude");
        long rise = f.timePs(2, "rise", PS_PER_MICROSECOND);
        long flat = f.timePs(3, "flat", PS_PER_MICROSECOND);
        long fall = f.timePs(4, "fall", PS_PER_MICROSECOND);
        // Some old writers made zero-amplitude trapezoids without ramps; as in the toolboxes the flat top lends a
        // raster.
        if (version < PulseqReader.VERSION_1_4 && amplitude == 0) {
            long raster = rasters.gradientPs();
            if (rise == 0 && flat >= raster) {
                rise = raster;
                flat -= raster;
            }
            if (fall == 0 && flat >= raster) {
                fall = raster;
                flat -= raster;
            }
        }
        return new Gradient.Trapezoid(amplitude, rise, flat, fall, f.timePs(5, "delay", PS_PER_MICROSECOND));
    }

    private Adc adc(Fields f) throws PulseqFormatException {
        int n = f.count();
        check(f, n == 6 || n == 8 || n == 9, "6 (before 1.5) or 9 (1.5)");
        int samples = (int) f.integer(1, "num", 1, MAX_ADC_SAMPLES);
        long dwellPs = f.timePs(2, "dwell", PS_PER_NANOSECOND);
        if (dwellPs == 0 || (double) dwellPs * samples > Fields.MAX_EVENT_PS) {
            throw f.error("dwell is " + f.word(2) + " ns; the window would last 0 s or more than 28 hours");
        }
        boolean full = n >= 8;
        Shape phases = n == 9 ? shapes.get(f.id(8, "phase_id", 0), f, "phase shape") : null;
        if (phases != null && phases.length() != samples) {
            throw f.error("the phase shape has " + phases.length() + " samples, the window " + samples);
        }
        int frequencyColumn = full ? 6 : 4;
        return new Adc(
                samples,
                dwellPs,
                f.timePs(3, "delay", PS_PER_MICROSECOND),
                full ? f.number(4, "freq_ppm") : 0,
                full ? f.number(5, "phase_ppm") : 0,
                f.number(frequencyColumn, "freq"),
                f.number(frequencyColumn + 1, "phase"),
                phases);
    }

    private static void checkLength(Fields f, Shape shape, Shape other, String what) throws PulseqFormatException {
        if (other != null && other.length() != shape.length()) {
            throw f.error(
                    "the " + what + " shape has " + other.length() + " samples, the amplitude shape " + shape.length());
        }
    }

    /** Checks the sample times, or without them that the shape does not last too long on its raster. */
    private static void checkTimes(Fields f, Shape shape, Shape times, long rasterPs) throws PulseqFormatException {
        double rastersLong = shape.length();
        if (times != null) {
            checkLength(f, shape, times, "time");
            double before = 0;
            for (double t : times.samples()) {
                if (!(t >= before)) {
                    throw f.error("the time shape runs backwards");
                }
                before = t;
            }
            rastersLong = before + 1;
        }
        if (rastersLong * rasterPs > Fields.MAX_EVENT_PS) {
            throw f.error("the event would last more than 28 hours");
        }
    }
}
