package org.isocenter.recon.layout;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.isocenter.recon.hdf5.Hdf5File;

/**
 * A file that holds plain arrays.
 *
 * @param kind which program's
 */
public record ArrayFile(Path path, Kind kind) {

    /** Whose format a file has. */
    public enum Kind {
        BART,
        NUMPY,
        MATLAB,
        /** Arrays of HDF5 that somebody names; they are no MRD. */
        HDF5
    }

    private static final int FIRST_BYTES = 128;

    /** By the first bytes, or BART's by its name; null when it is neither of those, or not there. */
    public static ArrayFile of(Path path) throws IOException {
        if (CflFile.isCfl(path)) {
            return new ArrayFile(path, Kind.BART);
        }
        if (!Files.isRegularFile(path)) {
            return null;
        }
        byte[] first;
        try (InputStream in = Files.newInputStream(path)) {
            first = in.readNBytes(FIRST_BYTES);
        }
        if (NpyFile.isNpy(first)) {
            return new ArrayFile(path, Kind.NUMPY);
        }
        return Mat5File.isMat(first) ? new ArrayFile(path, Kind.MATLAB) : null;
    }

    /** A file of HDF5 as one of plain arrays, whatever else it holds; null when it is none. */
    public static ArrayFile hdf5(Path path) throws IOException {
        return Files.isRegularFile(path) && Hdf5File.isHdf5(path) ? new ArrayFile(path, Kind.HDF5) : null;
    }

    /**
     * Reads an array.
     *
     * @param variable its name in a MATLAB or HDF5 file; null when there is no choice
     * @throws ArrayFormatException when the file is damaged, or has no such array
     */
    public ComplexArray read(String variable) throws IOException {
        if (variable != null && kind != Kind.MATLAB && kind != Kind.HDF5) {
            throw new ArrayFormatException(path, "holds one array without a name: leave out --variable " + variable);
        }
        return switch (kind) {
            case BART -> CflFile.read(path);
            case NUMPY -> NpyFile.read(path);
            case HDF5 -> Mat73File.read(path, variable, false);
            case MATLAB -> Hdf5File.isHdf5(path) ? Mat73File.read(path, variable, true) : Mat5File.read(path, variable);
        };
    }

    /** As {@link #of}, of a file that must be one. */
    public static ArrayFile need(Path path) throws IOException {
        ArrayFile file = of(path);
        file = file == null ? hdf5(path) : file;
        if (file != null) {
            return file;
        }
        if (!Files.exists(path)) {
            throw new FileNotFoundException(path + " is not there");
        }
        throw new ArrayFormatException(path, "is neither BART's (.cfl), NumPy's (.npy) nor MATLAB's (.mat)");
    }
}
