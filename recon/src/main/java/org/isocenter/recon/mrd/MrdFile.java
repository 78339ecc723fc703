package org.isocenter.recon.mrd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ScanHeader;
import org.isocenter.recon.hdf5.Hdf5Exception;
import org.isocenter.recon.hdf5.Hdf5File;
import org.isocenter.recon.hdf5.Hdf5Group;

/** MRD in HDF5: the {@code raw.h5} of a scan, and other people's files. Any thread; one at a time. */
public final class MrdFile {
    /** User parameter of a scan that was cut short: how many readouts it was to bring. */
    static final String EXPECTED_READOUTS = "expectedReadouts";

    /**
     * @param config the reconstruction that it asks for; empty for none
     * @param notes what was wrong or had to be assumed, for the user
     */
    public record Contents(RawData raw, String config, List<String> notes) {
        public Contents {
            notes = List.copyOf(notes);
        }
    }

    /**
     * @param series images by the name of their group, in the file's order
     * @param notes what was wrong or had to be assumed, for the user
     */
    public record Images(Map<String, List<MrdImage>> series, List<String> notes) {
        public Images {
            notes = List.copyOf(notes);
        }
    }

    /** The part of Java's memory that samples may fill. The rest is for who works on them. */
    private static final int SAMPLES_SHARE = 10;

    private MrdFile() {}

    /** Whether the file is HDF5 by its first bytes. */
    public static boolean isHdf5(Path file) throws IOException {
        return Hdf5File.isHdf5(file);
    }

    /**
     * Writes what is in {@code raw} now, under another name first: the file is there whole or not at all. An existing one is
     * replaced.
     */
    public static void write(RawData raw, Path file) throws IOException {
        write(raw, "", file);
    }

    /**
     * As {@link #write(RawData, Path)}, with the reconstruction that it asks for.
     *
     * @param config empty for none
     */
    public static void write(RawData raw, String config, Path file) throws IOException {
        int count = raw.size();
        MrdFileWriter.write(file, headerOf(raw, count), (hdf5, group) -> {
            new ReadoutWriter(raw, count).write(hdf5, group);
            if (!raw.waveforms().isEmpty()) {
                WaveformWriter.write(hdf5, group, raw.waveforms());
            }
            if (!config.isEmpty()) {
                NativeDataSet.texts(hdf5, group, "config", List.of(config), 0);
            }
        });
    }

    /**
     * Writes images, each series in a group of its name. The file is there whole or not at all; an existing one is replaced.
     *
     * @param header of the scan that they come from
     * @param series by name; those of one series have the same matrix, channels and pixel type
     */
    public static void writeImages(ScanHeader header, Map<String, List<MrdImage>> series, Path file)
            throws IOException {
        MrdFileWriter.write(file, header, (hdf5, group) -> {
            for (Map.Entry<String, List<MrdImage>> entry : series.entrySet()) {
                ImageWriter.write(hdf5, group, entry.getKey(), entry.getValue());
            }
        });
    }

    /** Whether the file holds the very same readouts, bit for bit. Reads them one at a time. */
    public static boolean holds(Path file, RawData raw) throws IOException {
        return with(file, hdf5 -> {
            int[] found = new int[2];
            MrdFileReader reader = new MrdFileReader(hdf5, file, new MrdNotes(), 0);
            reader.forEachReadout(new Measurements(hdf5).raw(null), (theirs, number, of, position) -> {
                if (number < raw.size() && isSame(raw.readout((int) number), theirs)) {
                    found[0]++;
                }
                found[1]++;
            });
            return found[0] == raw.size() && found[1] == raw.size();
        });
    }

    private static boolean isSame(Readout ours, Readout theirs) {
        return ours.header().counters().equals(theirs.header().counters())
                && Arrays.equals(ours.real(), theirs.real())
                && Arrays.equals(ours.imaginary(), theirs.imaginary())
                && Arrays.equals(ours.trajectoryPerMeter(), theirs.trajectoryPerMeter());
    }

    /** As {@link #read(Path, String, MrdIntake)}, of the first measurement, and all of it. */
    public static Contents read(Path file) throws IOException {
        return read(file, null, MrdIntake.ALL);
    }

    /**
     * Reads a measurement. Samples of a large one stay in the file, which must stay as it is, and are read when they are asked for;
     * when that cannot be, {@link java.io.UncheckedIOException} tells. Whatever a file holds, damaged or hostile, this ends with what could be read or an exception, in
     * memory that the file's size bounds.
     *
     * @param measurement its group, one of {@link #measurements}; null for {@code dataset}, or else the first
     * @param intake what to keep of the readouts
     * @throws MrdFormatException when it is no HDF5, no MRD, or damaged
     */
    public static Contents read(Path file, String measurement, MrdIntake intake) throws IOException {
        return read(file, measurement, intake, Runtime.getRuntime().maxMemory() / SAMPLES_SHARE);
    }

    static Contents read(Path file, String measurement, MrdIntake intake, long mostSampleBytes) throws IOException {
        return with(file, hdf5 -> {
            MrdNotes notes = new MrdNotes();
            Measurements all = new Measurements(hdf5);
            Hdf5Group group = all.raw(measurement);
            if (measurement == null && all.rawNames().size() > 1) {
                notes.add("the file holds " + all.rawNames().size() + " measurements ('"
                        + String.join("', '", all.rawNames()) + "'): '" + Measurements.name(group) + "' was read");
            }
            return new MrdFileReader(hdf5, file, notes, mostSampleBytes).read(group, intake);
        });
    }

    /** The names of the groups that hold readouts, {@code dataset} first; none in an HDF5 file that is no MRD. */
    public static List<String> measurements(Path file) throws IOException {
        return with(file, hdf5 -> new Measurements(hdf5).rawNames());
    }

    /**
     * Reads all images of a measurement.
     *
     * @param measurement its group; null for the first that has images
     * @throws MrdFormatException when it is no HDF5, has no MRD images, or is damaged
     */
    public static Images readImages(Path file, String measurement) throws IOException {
        return with(file, hdf5 -> {
            MrdNotes notes = new MrdNotes();
            Hdf5Group group = new Measurements(hdf5).images(measurement);
            return new Images(new MrdImageReader(hdf5, notes).read(group), notes.toList());
        });
    }

    private interface Reading<T> {
        T read(Hdf5File hdf5) throws IOException;
    }

    private static <T> T with(Path file, Reading<T> reading) throws IOException {
        try (Hdf5File hdf5 = Hdf5File.open(file)) {
            return reading.read(hdf5);
        } catch (Hdf5Exception e) {
            throw new MrdFormatException(file.toString(), "", e.getMessage(), e);
        } catch (MrdFormatException e) {
            throw e.in(file.toString());
        }
    }

    private static ScanHeader headerOf(RawData raw, int count) {
        ScanHeader header = raw.header();
        if (count == raw.expected()) {
            return header;
        }
        Map<String, String> parameters = new HashMap<>(header.userParameters());
        parameters.put(EXPECTED_READOUTS, Integer.toString(raw.expected()));
        return new ScanHeader(
                header.measurementId(),
                header.protocolName(),
                header.start(),
                header.study(),
                header.scanner(),
                header.sequence(),
                header.encodings(),
                parameters);
    }
}
