package org.isocenter.recon.maps;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.RawData;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.ScanHeader;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.cartesian.CartesianReconstruction;
import org.isocenter.recon.cartesian.ComplexVolume;
import org.isocenter.recon.mrd.MrdNotes;

/**
 * Cartesian images of the sequences {@code b0map} and {@code b1map}, which the header names, or of weightings by diffusion,
 * and after them the map that they were measured for. Without both images of it there is no map, and a note says so. Any thread.
 */
public final class MapReconstruction implements Reconstruction {
    public static final String FIELD = "b0map";
    public static final String TRANSMIT = "b1map";

    private final CartesianReconstruction cartesian = new CartesianReconstruction();

    @Override
    public String name() {
        return "maps";
    }

    /** Whether these data were measured for a map. */
    public static boolean isFor(ScanHeader header) {
        String sequence = header.sequence().sequenceName();
        return FIELD.equals(sequence) || TRANSMIT.equals(sequence) || isWeighted(header);
    }

    private static boolean isWeighted(ScanHeader header) {
        return !header.sequence().diffusion().isEmpty();
    }

    @Override
    public Result reconstruct(RawData raw) {
        return isWeighted(raw.header()) ? diffusion(raw) : ofFields(raw);
    }

    private Result diffusion(RawData raw) {
        Result images = cartesian.reconstruct(raw);
        List<ImageVolume> volumes = new ArrayList<>(images.volumes());
        if (volumes.size() == raw.header().sequence().diffusion().size() && DiffusionMap.isPossible(volumes)) {
            volumes.add(DiffusionMap.of(images.volumes()));
        }
        return new Result(volumes, images.notes());
    }

    private Result ofFields(RawData raw) {
        MrdNotes notes = new MrdNotes();
        List<ComplexVolume> images = cartesian.complexImages(raw, notes);
        List<ImageVolume> volumes = new ArrayList<>();
        images.forEach(image -> volumes.add(image.magnitude()));
        if (images.size() != 2) {
            notes.add("a map needs two images, there are " + images.size() + ": no map was made");
        } else if (FIELD.equals(raw.header().sequence().sequenceName())) {
            field(raw, images, volumes, notes);
        } else {
            transmit(raw, images, volumes, notes);
        }
        return new Result(volumes, notes.toList());
    }

    private static void field(RawData raw, List<ComplexVolume> images, List<ImageVolume> volumes, MrdNotes notes) {
        List<Double> echoTimes = raw.header().sequence().echoTimesSeconds();
        double spacing = echoTimes.size() == 2 ? echoTimes.get(1) - echoTimes.get(0) : Double.NaN;
        if (!(spacing > 0)) {
            notes.add("the header does not tell two echo times in order: no field map was made");
            return;
        }
        notes.add(String.format(
                Locale.ROOT,
                "The field map holds offsets up to ±%.0f Hz; larger ones appear as smaller: shorten ESP for more.",
                0.5 / spacing));
        volumes.add(FieldMap.of(images.get(0), images.get(1), spacing));
    }

    private static void transmit(RawData raw, List<ComplexVolume> images, List<ImageVolume> volumes, MrdNotes notes) {
        double ratio = intervalRatio(raw);
        double nominal = raw.header().sequence().flipAngleRadians();
        if (!(ratio > 1) || !(nominal > 0)) {
            notes.add("the data do not tell two intervals and a flip angle: no transmit map was made");
            return;
        }
        volumes.add(TransmitMap.of(images.get(0).magnitude(), images.get(1).magnitude(), ratio, nominal));
    }

    /** From the second image's readout to the next first one's, over that from the first's to the second's; NaN if unknown. */
    private static double intervalRatio(RawData raw) {
        if (raw.size() < 3) {
            return Double.NaN;
        }
        double[] starts = new double[3];
        for (int i = 0; i < 3; i++) {
            ReadoutHeader header = raw.readout(i).header();
            if (header.counters().contrast() != i % 2) {
                return Double.NaN;
            }
            starts[i] = header.startSeconds();
        }
        return (starts[2] - starts[1]) / (starts[1] - starts[0]);
    }
}
