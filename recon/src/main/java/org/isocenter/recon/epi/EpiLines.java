package org.isocenter.recon.epi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.Encoding.Trajectory;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.ScanHeader;
import org.isocenter.recon.fft.CentredFft;
import org.isocenter.recon.mrd.MrdNotes;

/**
 * Makes the readouts of echo-planar encoding spaces into lines that a Cartesian reconstruction takes as they are: on an even
 * grid of the encoded matrix, all forward, without the phase by which lines of either direction differ. That phase is taken
 * from the navigators of each train (the readouts marked as navigation or phase correction); where a slice has none, from its
 * image. Other encoding spaces are passed on untouched. Pure; any thread.
 */
public final class EpiLines {
    /** Samples as close to the grid as this share of its step are on it. */
    private static final double ON_GRID = 1e-3;

    private static final long NAVIGATOR = AcquisitionFlags.NAVIGATION | AcquisitionFlags.PHASE_CORRECTION;

    /** Readouts of one shot. */
    private record Train(int space, EncodingCounters counters) {
        static Train of(ReadoutHeader header) {
            EncodingCounters c = header.counters();
            return new Train(
                    header.encodingSpace(),
                    new EncodingCounters(
                            0,
                            0,
                            c.average(),
                            c.slice(),
                            c.contrast(),
                            c.phase(),
                            c.repetition(),
                            c.set(),
                            c.segment()));
        }

        /** The image that the train belongs to. */
        Train image() {
            EncodingCounters c = counters;
            return new Train(
                    space,
                    new EncodingCounters(0, 0, 0, c.slice(), c.contrast(), c.phase(), c.repetition(), c.set(), 0));
        }

        /** The slice, whatever is done to it. */
        Train slice() {
            return new Train(space, new EncodingCounters(0, 0, 0, counters.slice(), 0, 0, 0, 0, 0));
        }
    }

    private record Key(int space, List<Double> positions) {}

    private record Placed(Readout readout, GridLine line) {}

    private final List<Encoding> encodings;
    private final boolean trajectoriesInPerMeter;
    private final MrdNotes notes;
    private final Map<Key, LineRegridder> regridders = new HashMap<>();

    private EpiLines(ScanHeader header, MrdNotes notes) {
        this.encodings = header.encodings();
        this.trajectoriesInPerMeter =
                header.userParameters().getOrDefault("trajectory_unit", "").equals("1/m");
        this.notes = notes;
    }

    /** The same data with straightened lines; the very same where there is nothing echo-planar. */
    public static RawData straighten(RawData raw, MrdNotes notes) {
        boolean any = raw.header().encodings().stream().anyMatch(e -> e.trajectory() == Trajectory.EPI);
        return any ? new EpiLines(raw.header(), notes).straighten(raw) : raw;
    }

    private RawData straighten(RawData raw) {
        int size = raw.size();
        List<Readout> result = new ArrayList<>();
        List<Placed> imaging = new ArrayList<>();
        Map<Train, List<GridLine>> navigators = new HashMap<>();
        for (int i = 0; i < size; i++) {
            Readout readout = raw.readout(i);
            ReadoutHeader header = readout.header();
            if (!isEpi(header)) {
                result.add(readout);
            } else if (header.has(NAVIGATOR)) {
                navigators
                        .computeIfAbsent(Train.of(header), train -> new ArrayList<>())
                        .add(onGrid(readout));
            } else if (!header.has(AcquisitionFlags.NOT_IMAGING)) {
                imaging.add(new Placed(readout, onGrid(readout)));
            }
        }
        correct(imaging, navigators);
        for (Placed placed : imaging) {
            result.add(straight(placed));
        }
        RawData straightened =
                new RawData(raw.header(), size == raw.expected() ? result.size() : Math.max(size, raw.expected()));
        result.forEach(straightened::append);
        return straightened;
    }

    private boolean isEpi(ReadoutHeader header) {
        return header.encodingSpace() < encodings.size()
                && encodings.get(header.encodingSpace()).trajectory() == Trajectory.EPI
                && header.samples() > 1
                && header.channels() > 0;
    }

    private static Readout straight(Placed placed) {
        ReadoutHeader h = placed.readout().header();
        int points = placed.line().points();
        ReadoutHeader header = new ReadoutHeader(
                h.scanCounter(),
                h.flags() & ~AcquisitionFlags.REVERSE,
                h.counters(),
                points,
                h.channels(),
                points / 2,
                0,
                0,
                h.dwellSeconds(),
                h.startSeconds(),
                h.encodingSpace(),
                h.geometry());
        return new Readout(header, placed.line().real(), placed.line().imaginary());
    }

    private GridLine onGrid(Readout readout) {
        ReadoutHeader header = readout.header();
        Encoding encoding = encodings.get(header.encodingSpace());
        int points = encoding.encodedX();
        int from = header.discardPre();
        int used = header.samples() - from - header.discardPost();
        double[] all = new ReadPositions(encoding, trajectoriesInPerMeter).of(readout);
        List<Double> positions = new ArrayList<>(used);
        for (int s = from; s < from + used; s++) {
            positions.add(all[s]);
        }
        float[] real = new float[points * header.channels()];
        float[] imaginary = new float[points * header.channels()];
        double encodedFov = encoding.encodedFovMeters().x();
        int[] places = places(positions, points, encodedFov);
        for (int channel = 0; channel < header.channels(); channel++) {
            int in = channel * header.samples() + from;
            int out = channel * points;
            if (places != null) {
                for (int s = 0; s < used; s++) {
                    if (places[s] >= 0 && places[s] < points) {
                        real[out + places[s]] = readout.real()[in + s];
                        imaginary[out + places[s]] = readout.imaginary()[in + s];
                    }
                }
            } else {
                LineRegridder regridder = regridders.computeIfAbsent(
                        new Key(header.encodingSpace(), positions),
                        key -> new LineRegridder(
                                positions.stream().mapToDouble(k -> k).toArray(),
                                points,
                                encodedFov,
                                encoding.reconFovMeters().x()));
                regridder.apply(readout.real(), in, real, out);
                regridder.apply(readout.imaginary(), in, imaginary, out);
            }
        }
        boolean backward = positions.get(used - 1) < positions.get(0);
        return new GridLine(points, backward, real, imaginary);
    }

    /** The grid's point of each sample, or null when some sample lies between two. */
    private static int[] places(List<Double> positions, int points, double encodedFov) {
        int[] places = new int[positions.size()];
        for (int s = 0; s < places.length; s++) {
            double steps = positions.get(s) * encodedFov;
            places[s] = (int) Math.rint(steps) + points / 2;
            if (Math.abs(steps - Math.rint(steps)) > ON_GRID) {
                return null;
            }
        }
        return places;
    }

    private void correct(List<Placed> imaging, Map<Train, List<GridLine>> navigators) {
        Map<Train, OddEvenPhase> phases = new HashMap<>();
        Map<Train, List<GridLine>> bySlice = new HashMap<>();
        navigators.forEach((train, lines) -> {
            if (isBothWays(lines)) {
                phases.put(train, OddEvenPhase.of(lines));
                bySlice.putIfAbsent(train.slice(), lines);
            }
        });
        Map<Train, List<Placed>> unknown = new HashMap<>();
        CentredFft transform = null;
        for (Placed placed : imaging) {
            Train train = Train.of(placed.readout().header());
            OddEvenPhase phase = phases.get(train);
            if (phase == null && bySlice.containsKey(train.slice())) {
                phase = OddEvenPhase.of(bySlice.get(train.slice()));
                phases.put(train, phase);
            }
            if (phase == null) {
                unknown.computeIfAbsent(train.image(), image -> new ArrayList<>())
                        .add(placed);
                continue;
            }
            if (transform == null || transform.length() != placed.line().points()) {
                transform = new CentredFft(placed.line().points());
            }
            phase.correct(placed.line(), transform);
        }
        if (!phases.isEmpty()) {
            tell("navigators", phases.values().stream().toList());
        }
        if (!unknown.isEmpty()) {
            List<OddEvenPhase> found = new ArrayList<>();
            unknown.values().forEach(lines -> found.add(correctByImage(lines)));
            tell("the images themselves, there being no navigators", found);
        }
    }

    private static boolean isBothWays(List<GridLine> lines) {
        return lines.stream().anyMatch(GridLine::backward) && !lines.stream().allMatch(GridLine::backward);
    }

    private OddEvenPhase correctByImage(List<Placed> lines) {
        Encoding encoding = encodings.get(lines.get(0).readout().header().encodingSpace());
        if (encoding.encodedZ() > 1
                || !isBothWays(lines.stream().map(Placed::line).toList())) {
            return OddEvenPhase.NONE;
        }
        int rows = encoding.encodedY();
        List<GhostSearch.Placed> placed = new ArrayList<>();
        for (Placed line : lines) {
            int row = line.readout().header().counters().step1()
                    - encoding.step1().center()
                    + rows / 2;
            if (row >= 0 && row < rows) {
                placed.add(new GhostSearch.Placed(line.line(), row));
            }
        }
        if (placed.isEmpty()) {
            return OddEvenPhase.NONE;
        }
        int points = placed.get(0).line().points();
        int width = (int) Math.min(
                points,
                Math.ceil(points
                        * encoding.reconFovMeters().x()
                        / encoding.encodedFovMeters().x()));
        OddEvenPhase phase = new GhostSearch(placed, rows, (points - width) / 2, (points + width) / 2).find();
        CentredFft transform = new CentredFft(points);
        placed.forEach(line -> phase.correct(line.line(), transform));
        return phase;
    }

    private void tell(String from, List<OddEvenPhase> phases) {
        double radians =
                phases.stream().mapToDouble(p -> Math.abs(p.radians())).max().orElse(0);
        double slope = phases.stream()
                .mapToDouble(p -> Math.abs(p.radiansPerPixel()))
                .max()
                .orElse(0);
        notes.add(String.format(
                Locale.ROOT,
                "EPI: lines of the two directions were brought together by %s; they differed by up to %.1f° and %.2f°/pixel",
                from,
                Math.toDegrees(radians),
                Math.toDegrees(slope)));
    }
}
