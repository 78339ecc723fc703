package org.isocenter.session.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The DICOM files that a command was given: by name, or as folders with all that is in them. */
final class DicomInputs {
    static final String DESCRIPTION = "DICOM files, or folders (also of scans) with them.";

    private static final int PREAMBLE_BYTES = 128;
    private static final byte[] MARK = {'D', 'I', 'C', 'M'};

    private DicomInputs() {}

    /**
     * All of them in the order of their names. In a folder what is not DICOM is passed by, and so is the directory of a medium.
     *
     * @throws CommandException when there is none
     */
    static List<Path> files(List<Path> given) throws IOException, CommandException {
        List<Path> files = new ArrayList<>();
        for (Path path : given) {
            if (Files.isDirectory(path)) {
                try (Stream<Path> tree = Files.walk(path)) {
                    for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
                        if (!file.endsWith("DICOMDIR") && isMarked(file)) {
                            files.add(file);
                        }
                    }
                }
            } else if (Files.exists(path)) {
                files.add(path);
            } else {
                throw new NoSuchFileException(path.toString());
            }
        }
        if (files.isEmpty()) {
            throw new CommandException(ExitCode.INPUT, "no DICOM file is there (" + given.get(0) + "): name others");
        }
        return files;
    }

    private static boolean isMarked(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(PREAMBLE_BYTES + MARK.length);
            return start.length == PREAMBLE_BYTES + MARK.length
                    && Arrays.equals(start, PREAMBLE_BYTES, start.length, MARK, 0, MARK.length);
        }
    }
}
