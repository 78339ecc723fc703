package org.isocenter.hardware.virtual.phantom.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.isocenter.hardware.virtual.phantom.Phantom;

/** Phantoms in files, told apart by how the file's name ends. */
public final class PhantomFiles {
    private static final List<String> ENDINGS = List.of(".h5", ".phantom", ".nii", ".nii.gz");

    private PhantomFiles() {}

    /** Whether this can only mean a file: it ends as one, or has a folder in it. */
    public static boolean isFile(String nameOrPath) {
        String lower = nameOrPath.toLowerCase(Locale.ROOT);
        return lower.indexOf('/') >= 0
                || lower.indexOf('\\') >= 0
                || ENDINGS.stream().anyMatch(lower::endsWith);
    }

    /**
     * Reads spins (HDF5 of JEMRIS or KomaMRI) or a label volume (NIfTI).
     *
     * @param fieldTesla of the scanner, on which the relaxation times of labels depend that the file does not explain
     * @throws PhantomFileException naming the file, the place in it, and what was expected
     */
    public static Phantom read(Path path, double fieldTesla) throws PhantomFileException {
        if (!Files.isRegularFile(path)) {
            throw new PhantomFileException(path, "there is no such file");
        }
        String name = path.getFileName().toString();
        String lower = name.toLowerCase(Locale.ROOT);
        try {
            if (lower.endsWith(".nii") || lower.endsWith(".nii.gz")) {
                return NiftiLabels.read(path, name, fieldTesla);
            }
            if (lower.endsWith(".h5") || lower.endsWith(".phantom")) {
                return spins(path, name);
            }
        } catch (IllegalArgumentException e) {
            throw new PhantomFileException(path, e.getMessage(), e);
        }
        throw new PhantomFileException(
                path, "a phantom's file ends in one of " + String.join(", ", ENDINGS) + ", which say its format");
    }

    private static Phantom spins(Path path, String name) throws PhantomFileException {
        try (HdfNumbers file = HdfNumbers.open(path)) {
            return file.has("sample") ? JemrisSample.read(path, name, file) : KomaPhantom.read(path, name, file);
        }
    }
}
