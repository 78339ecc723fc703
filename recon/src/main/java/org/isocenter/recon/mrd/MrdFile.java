package org.isocenter.recon.mrd;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.model.RawData;
import org.isocenter.model.ScanHeader;

/** MRD in HDF5: the {@code raw.h5} of a scan, and other people's files. Any thread; one at a time. */
public final class MrdFile {
    /** User parameter of a scan that was cut short: how many readouts it was to bring. */
    static final String EXPECTED_READOUTS = "expectedReadouts";

    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

    /** @param notes what was wrong or had to be assumed, for the user */
    public record Contents(RawData raw, List<String> notes) {
        public Contents {
            notes = List.copyOf(notes);
        }
    }

    private MrdFile() {}

    /** Whether the file begins as HDF5 does. */
    public static boolean isHdf5(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(SIGNATURE.length), SIGNATURE);
        }
    }

    /**
     * Writes what is in {@code raw} now, under another name first: the file is there whole or not at all. An existing one is
     * replaced.
     */
    public static void write(RawData raw, Path file) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try {
            int count = raw.size();
            synchronized (Hdf5.LOCK) {
                new MrdFileWriter(unfinished).write(headerOf(raw, count), raw, count);
            }
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /**
     * Reads the first measurement of a file: the group {@code dataset}, or whichever holds {@code xml} and {@code data}.
     *
     * <p>Values and records are checked here, and any damage to them is told. Groups, types and indices are read by the HDF5
     * library (1.14), which may end the process where those are damaged in the middle of the file.
     *
     * @throws MrdFormatException when it is no HDF5, no MRD, or damaged
     */
    public static Contents read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new FileNotFoundException(file + " is not there, or is no file");
        }
        if (!isHdf5(file)) {
            throw new MrdFormatException(file.toString(), "byte 0", "no HDF5 file: its first bytes are not HDF5's");
        }
        MrdNotes notes = new MrdNotes();
        synchronized (Hdf5.LOCK) {
            RawData raw = new MrdFileReader(file, notes).read();
            return new Contents(raw, notes.toList());
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
