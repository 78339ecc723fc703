package org.isocenter.recon.epi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
 * grid of the encoded matrix, all forward, without the phase and height by which lines of either direction differ. They are taken
 * from the navigators before each train (readouts marked as navigation or phase correction); where there are none, from the
 * image. Other encoding spaces are passed on untouched. Pure; any thread.
 */
public final class EpiLines {
    /** Samples as close to the grid as this share of its step are on it. */
    private static final double ON_GRID = 1e-3;

    private static final long NAVIGATOR = AcquisitionFlags.NAVIGATION | AcquisitionFlags.PHASE_CORRECTION;

    /** The lines of one image. */
    private record Image(int space, int slice, int contrast, int phase, int repetition, int set) {
        static Image of(ReadoutHeader header) {
            EncodingCounters c = header.counters();
            return new Image(header.encodingSpace(), c.slice(), c.contrast(), c.phase(), c.repetition(), c.set());
        }
    }

    private record Key(int space, List<Double> positions) {}

    private record Placed(Readout readout, GridLine line, NavigatorRun navigators) {}

    /** Navigators that follow one another, before the train that they are for. */
    private static final class NavigatorRun {
        private final List<GridLine> lines = new ArrayList<>();
        private OddEvenDifference phase;

        boolean isOfUse() {
            return isBothWays(lines);
        }

        OddEvenDifference phase() {
            if (phase == null) {
                phase = OddEvenDifference.of(lines);
            }
            return phase;
        }
    }

    private final List<Encoding> encodings;
    private final boolean trajectoriesInPerMeter;
    private final MrdNotes notes;
    private final Map<Key, LineRegridder> regridders = new HashMap<>();

    private EpiLines(ScanHeader header, MrdNotes notes) {
        this.encodings = header.encodings();
        this.trajectoriesInPerMeter = header.userParameters()
                .getOrDefault(ScanHeader.TRAJECTORY_UNIT, "")
                .equals("1/m");
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
        Map<List<Integer>, NavigatorRun> bySlice = new HashMap<>();
        NavigatorRun run = null;
        boolean inRun = false;
        for (int i = 0; i < size; i++) {
            Readout readout = raw.readout(i);
            ReadoutHeader header = readout.header();
            if (!isEpi(header)) {
                result.add(readout);
            } else if (header.has(NAVIGATOR)) {
                if (!inRun) {
                    run = new NavigatorRun();
                }
                inRun = true;
                run.lines.add(onGrid(readout));
                bySlice.put(slice(header), run);
            } else if (!header.has(AcquisitionFlags.NOT_IMAGING)) {
                inRun = false;
                imaging.add(new Placed(readout, onGrid(readout), bySlice.getOrDefault(slice(header), run)));
            }
        }
        correct(imaging);
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

    /** Files tell the slice of a line, but not always that of its navigators. */
    private static List<Integer> slice(ReadoutHeader header) {
        return List.of(header.encodingSpace(), header.counters().slice());
    }

    private void correct(List<Placed> imaging) {
        Set<OddEvenDifference> phases = new LinkedHashSet<>();
        Map<Image, List<Placed>> unknown = new LinkedHashMap<>();
        CentredFft transform = null;
        for (Placed placed : imaging) {
            NavigatorRun run = placed.navigators();
            if (run == null || !run.isOfUse()) {
                unknown.computeIfAbsent(Image.of(placed.readout().header()), image -> new ArrayList<>())
                        .add(placed);
                continue;
            }
            if (transform == null || transform.length() != placed.line().points()) {
                transform = new CentredFft(placed.line().points());
            }
            phases.add(run.phase());
            run.phase().correct(placed.line(), transform);
        }
        if (!phases.isEmpty()) {
            tell("navigators", phases);
        }
        if (!unknown.isEmpty()) {
            List<OddEvenDifference> found = new ArrayList<>();
            unknown.values().forEach(lines -> found.add(correctByImage(lines)));
            tell("the images themselves, there being no navigators", found);
        }
    }

    private static boolean isBothWays(List<GridLine> lines) {
        return lines.stream().anyMatch(GridLine::backward) && !lines.stream().allMatch(GridLine::backward);
    }

    private OddEvenDifference correctByImage(List<Placed> lines) {
        Encoding encoding = encodings.get(lines.get(0).readout().header().encodingSpace());
        if (encoding.encodedZ() > 1
                || !isBothWays(lines.stream().map(Placed::line).toList())) {
            return OddEvenDifference.NONE;
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
            return OddEvenDifference.NONE;
        }
        int points = placed.get(0).line().points();
        int width = (int) Math.min(
                points,
                Math.ceil(points
                        * encoding.reconFovMeters().x()
                        / encoding.encodedFovMeters().x()));
        OddEvenDifference phase = new GhostSearch(placed, rows, (points - width) / 2, (points + width) / 2).find();
        CentredFft transform = new CentredFft(points);
        placed.forEach(line -> phase.correct(line.line(), transform));
        return phase;
    }

    private void tell(String from, Collection<OddEvenDifference> differences) {
        double radians = differences.stream()
                .mapToDouble(p -> Math.abs(p.radians()))
                .max()
                .orElse(0);
        double slope = differences.stream()
                .mapToDouble(p -> Math.abs(p.radiansPerPixel()))
                .max()
                .orElse(0);
        double height = differences.stream()
                .mapToDouble(p -> Math.abs(p.nepersPerPixel()))
                .max()
                .orElse(0);
        notes.add(String.format(
                Locale.ROOT,
                "EPI: lines of the two directions were brought together by %s; they differed by up to %.1f°, %.2f°/pixel and"
                        + " %.2f %%/pixel of height",
                from,
                Math.toDegrees(radians),
                Math.toDegrees(slope),
                100 * height));
    }
}
