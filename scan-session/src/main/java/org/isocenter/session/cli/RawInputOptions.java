package org.isocenter.session.cli;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.isocenter.model.Unit;
import org.isocenter.recon.layout.ArrayFile;
import org.isocenter.recon.layout.ArrayReader;
import org.isocenter.recon.layout.ArrayScan;
import org.isocenter.recon.layout.Layout;
import org.isocenter.recon.mrd.MrdFile;
import org.isocenter.recon.mrd.MrdFormatException;
import org.isocenter.recon.mrd.MrdIntake;
import org.isocenter.recon.remote.ScanCollector;
import org.isocenter.session.journal.JournalReader;
import org.isocenter.session.journal.RecoveredScan;
import org.isocenter.session.raw.SequenceRawData;
import picocli.CommandLine.Option;

/** What a user may say about raw data that a command reads, and the reading itself. */
final class RawInputOptions {
    @Option(
            names = "--group",
            paramLabel = "NAME",
            description = "The measurement of an MRD file that has several; default: dataset, or else the first.")
    private String group;

    @Option(
            names = "--variable",
            paramLabel = "NAME",
            description = "The array of a .mat file that has several, or of an HDF5 file that is no MRD, as in kspace.")
    private String variable;

    @Option(
            names = "--layout",
            paramLabel = "AXES",
            description = "What the axes of an array are, as in channel,y,x, in the order of its program: x, y, z,"
                    + " channel, slice, contrast, repetition, average, phase, set, and 1 for one without meaning.")
    private String layout;

    @Option(
            names = "--fov",
            paramLabel = "X[,Y[,Z]]",
            description = "The field of view of an array, as in 220mm,220mm,5mm; z is the slices' thickness in 2D.")
    private String fov;

    @Option(
            names = "--trajectory",
            paramLabel = "FILE",
            description = "K-space positions of an array's samples, as an array with an axis of 2 or 3 directions, or"
                    + " complex (kx + i ky).")
    private Path trajectory;

    @Option(
            names = "--trajectory-variable",
            paramLabel = "NAME",
            description = "The array of a .mat file with positions that has several; of the data's own file without"
                    + " --trajectory.")
    private String trajectoryVariable;

    @Option(
            names = "--matrix",
            paramLabel = "X[,Y[,Z]]",
            description = "The image's matrix, where there is a --trajectory.")
    private String matrix;

    @Option(
            names = "--sequence",
            paramLabel = "FILE.seq",
            description = "The Pulseq file that an array was measured with: its n-th line is the n-th ADC window.")
    private Path sequence;

    /** MRD in HDF5 or as a stream, a journal, or an array, told apart by the first bytes; or a folder that has one; "-" is a stream. */
    RawCommand.Input read(Path fileOrFolder) throws IOException, CommandException {
        if (fileOrFolder.toString().equals(ImageStream.STANDARD)) {
            refuse("--group", group, "an MRD file");
            refuseForAllButArrays();
            return stream(System.in);
        }
        Path file = RawFiles.data(fileOrFolder);
        ArrayFile array = ArrayFile.of(file);
        if (array == null && variable != null) {
            array = ArrayFile.hdf5(file);
        }
        if (array != null) {
            refuse("--group", group, "an MRD file");
            if (trajectory == null && trajectoryVariable == null) {
                refuse("--matrix", matrix, "an array with a --trajectory");
            }
            return read(array);
        }
        refuseForAllButArrays();
        if (Files.isRegularFile(file) && JournalReader.isJournal(file)) {
            refuse("--group", group, "an MRD file");
            RecoveredScan found = JournalReader.read(file);
            return new RawCommand.Input("journal", found.raw(), found, found.notes());
        }
        if (Files.isRegularFile(file) && ImageStream.isStream(file)) {
            refuse("--group", group, "an MRD file");
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
                return stream(in);
            } catch (MrdFormatException e) {
                throw e.in(file.toString());
            } catch (EOFException e) {
                throw new MrdFormatException(file.toString(), "", e.getMessage(), e);
            }
        }
        MrdFile.Contents contents = MrdFile.read(file, group, MrdIntake.ALL);
        return new RawCommand.Input("mrd", contents.raw(), null, contents.notes());
    }

    private static RawCommand.Input stream(InputStream in) throws IOException {
        ScanCollector.Contents contents = ImageStream.scan(in);
        return new RawCommand.Input("stream", contents.raw(), null, contents.notes());
    }

    private void refuseForAllButArrays() throws CommandException {
        refuse("--variable", variable, "an array");
        refuse("--layout", layout, "an array");
        refuse("--fov", fov, "an array");
        refuse("--trajectory", trajectory, "an array");
        refuse("--trajectory-variable", trajectoryVariable, "an array");
        refuse("--matrix", matrix, "an array");
        refuse("--sequence", sequence, "an array");
    }

    private RawCommand.Input read(ArrayFile file) throws IOException, CommandException {
        ArrayReader.Result result = ArrayReader.read(file, told());
        List<String> notes = new ArrayList<>();
        if (sequence == null) {
            return new RawCommand.Input("array", result.raw(), null, result.notes());
        }
        SequenceRawData.Result measured = SequenceRawData.of(result, sequence);
        notes.addAll(measured.notes());
        return new RawCommand.Input("array", measured.raw(), null, notes);
    }

    private ArrayScan told() throws CommandException {
        try {
            double[] extents = fov == null
                    ? new double[0]
                    : Arrays.stream(fov.split(","))
                            .mapToDouble(Unit.METER::parse)
                            .toArray();
            int[] pixels = matrix == null
                    ? new int[0]
                    : Arrays.stream(matrix.split(","))
                            .mapToInt(RawInputOptions::count)
                            .toArray();
            return new ArrayScan(
                    variable,
                    layout == null ? null : Layout.parse(layout),
                    extents,
                    trajectory,
                    trajectoryVariable,
                    pixels);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.INPUT, "the array's options are not understood: " + e.getMessage(), e);
        }
    }

    private static int count(String text) {
        if (!text.strip().matches("\\d{1,5}")) {
            throw new IllegalArgumentException("'" + text + "' is no number of pixels (--matrix): write e.g. 128,128");
        }
        return Integer.parseInt(text.strip());
    }

    private static void refuse(String option, Object value, String of) throws CommandException {
        if (value != null) {
            throw new CommandException(
                    ExitCode.INPUT, "only of " + of + " can this be told (" + option + " " + value + "): leave it out");
        }
    }
}
