package org.isocenter.session.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.isocenter.session.journal.Journal;

/** Finds the raw data when somebody names a scan's folder instead of a file in it. */
final class RawFiles {
    /** Of what commands take as raw data. */
    static final String DESCRIPTION =
            "MRD in HDF5 or as a stream, a journal, the folder of a scan, or an array: BART's .cfl, NumPy's .npy,"
                    + " MATLAB's .mat; - is an MRD stream from standard input.";

    private static final String MRD = "raw.h5";

    private RawFiles() {}

    /** The file itself; of a folder its finished raw data, else its journal. */
    static Path data(Path fileOrFolder) throws CommandException {
        Path mrd = fileOrFolder.resolve(MRD);
        Path journal = fileOrFolder.resolve(Journal.FILE_NAME);
        if (!Files.isDirectory(fileOrFolder) || Files.exists(mrd)) {
            return Files.isDirectory(fileOrFolder) ? mrd : fileOrFolder;
        }
        if (Files.exists(journal)) {
            return journal;
        }
        throw new CommandException(
                ExitCode.INPUT,
                "this folder holds neither " + MRD + " nor " + Journal.FILE_NAME + " (" + fileOrFolder
                        + "): name the folder of a scan");
    }

    /** The file itself; of a folder its journal. */
    static Path journal(Path fileOrFolder) throws CommandException {
        Path journal = fileOrFolder.resolve(Journal.FILE_NAME);
        if (!Files.isDirectory(fileOrFolder)) {
            return fileOrFolder;
        }
        if (Files.exists(journal)) {
            return journal;
        }
        throw new CommandException(
                ExitCode.INPUT,
                "this folder holds no " + Journal.FILE_NAME + " (" + fileOrFolder + "): "
                        + (Files.exists(fileOrFolder.resolve(MRD))
                                ? "its scan was finished, the data are in " + MRD
                                : "name the folder of a scan"));
    }
}
