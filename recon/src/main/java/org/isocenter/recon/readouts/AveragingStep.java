package org.isocenter.recon.readouts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.ScanHeader;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.RawStep;

/**
 * Makes one readout of those that were measured again, their complex mean. The field of a magnet that warms up moves between
 * averages: their lines turn in phase, and add up to less. How far is estimated from all lines of an image together, of each
 * average against the first, and undone before adding.
 *
 * @param correction what is undone
 */
public record AveragingStep(Correction correction) implements RawStep {
    /** What may differ between averages. */
    public enum Correction {
        NONE,
        PHASE,
        FREQUENCY
    }

    /** Readouts with the same are averages of one another. */
    private record Line(Image image, int step1, int step2, long kind, int samples, int channels, int center) {}

    /** Lines with the same belong to one image. */
    private record Image(int space, int slice, int contrast, int phase, int repetition, int set) {}

    /** One average of one image. */
    private record Average(Image image, int average) {}

    @Override
    public RawData apply(RawData raw, ChainContext context) {
        int size = raw.size();
        Map<Line, List<Readout>> lines = new LinkedHashMap<>();
        List<Readout> others = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Readout readout = raw.readout(i);
            if (readout.header().has(AcquisitionFlags.NOT_IMAGING)) {
                others.add(readout);
            } else {
                lines.computeIfAbsent(line(readout.header()), line -> new ArrayList<>())
                        .add(readout);
            }
        }
        if (lines.size() + others.size() == size) {
            return raw;
        }
        Map<Average, Drift> drifts = correction == Correction.NONE ? Map.of() : drifts(lines, context);
        List<Readout> averaged = new ArrayList<>(others);
        lines.forEach((line, readouts) -> averaged.addAll(mean(line, readouts, drifts)));
        ScanHeader header = raw.header()
                .withEncodings(raw.header().encodings().stream()
                        .map(e -> e.withAverages(1))
                        .toList());
        RawData result = new RawData(
                header, size == raw.expected() ? averaged.size() : Math.max(raw.expected(), averaged.size() + 1));
        averaged.forEach(result::append);
        return result;
    }

    private static Line line(ReadoutHeader h) {
        EncodingCounters c = h.counters();
        long kind = h.flags()
                & (AcquisitionFlags.REVERSE
                        | AcquisitionFlags.PARALLEL_CALIBRATION
                        | AcquisitionFlags.PARALLEL_CALIBRATION_AND_IMAGING);
        return new Line(image(h), c.step1(), c.step2(), kind, h.samples(), h.channels(), h.centerSample());
    }

    private static Image image(ReadoutHeader h) {
        EncodingCounters c = h.counters();
        return new Image(h.encodingSpace(), c.slice(), c.contrast(), c.phase(), c.repetition(), c.set());
    }

    private Map<Average, Drift> drifts(Map<Line, List<Readout>> lines, ChainContext context) {
        Map<Image, Map<Integer, LineProducts>> products = new LinkedHashMap<>();
        lines.forEach((line, readouts) -> {
            Readout first = readouts.get(0);
            for (Readout later : readouts.subList(1, readouts.size())) {
                products.computeIfAbsent(line.image(), image -> new TreeMap<>())
                        .computeIfAbsent(
                                later.header().counters().average(),
                                average -> new LineProducts(
                                        line.samples(),
                                        line.center(),
                                        first.header().dwellSeconds()))
                        .add(later, first);
            }
        });
        Map<Average, Drift> drifts = new LinkedHashMap<>();
        products.forEach((image, byAverage) -> byAverage.forEach((average, sum) ->
                drifts.put(new Average(image, average), sum.drift(correction == Correction.FREQUENCY))));
        tell(drifts, context);
        return drifts;
    }

    private void tell(Map<Average, Drift> drifts, ChainContext context) {
        double radians = drifts.values().stream()
                .mapToDouble(d -> Math.abs(d.radians()))
                .max()
                .orElse(0);
        double hertz = drifts.values().stream()
                .mapToDouble(d -> Math.abs(d.hertz()))
                .max()
                .orElse(0);
        String frequency = correction == Correction.FREQUENCY ? String.format(Locale.ROOT, " and %.2f Hz", hertz) : "";
        context.notes()
                .add(String.format(
                        Locale.ROOT,
                        "averages had drifted by up to %.0f°%s: undone before adding",
                        Math.toDegrees(radians),
                        frequency));
    }

    /** One readout, or all as they are when they were not measured along the same trajectory. */
    private static List<Readout> mean(Line line, List<Readout> readouts, Map<Average, Drift> drifts) {
        Readout first = readouts.get(0);
        if (readouts.size() == 1
                || readouts.stream()
                        .anyMatch(r -> !Arrays.equals(r.trajectoryPerMeter(), first.trajectoryPerMeter()))) {
            return readouts;
        }
        float[] real = new float[first.samples().count()];
        float[] imaginary = new float[real.length];
        float weight = 1f / readouts.size();
        for (Readout readout : readouts) {
            int average = readout.header().counters().average();
            // The first of each line is the reference, whichever average it belongs to.
            Drift drift =
                    readout == first ? Drift.NONE : drifts.getOrDefault(new Average(line.image(), average), Drift.NONE);
            add(readout, drift, weight, real, imaginary);
        }
        return List.of(
                new Readout(first.header(), real, imaginary, first.trajectoryDimensions(), first.trajectoryPerMeter()));
    }

    private static void add(Readout readout, Drift drift, float weight, float[] real, float[] imaginary) {
        ReadoutHeader header = readout.header();
        int samples = header.samples();
        float[] fromReal = readout.real();
        float[] fromImaginary = readout.imaginary();
        for (int s = 0; s < samples; s++) {
            double angle = -drift.radians()
                    - 2 * Math.PI * drift.hertz() * header.dwellSeconds() * (s - header.centerSample());
            float cos = (float) (weight * Math.cos(angle));
            float sin = (float) (weight * Math.sin(angle));
            for (int at = s; at < real.length; at += samples) {
                float re = fromReal[at];
                float im = fromImaginary[at];
                real[at] += cos * re - sin * im;
                imaginary[at] += cos * im + sin * re;
            }
        }
    }
}
