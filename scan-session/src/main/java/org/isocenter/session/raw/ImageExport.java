package org.isocenter.session.raw;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.isocenter.model.ImageVolume;
import org.isocenter.recon.layout.CflFile;
import org.isocenter.recon.layout.NpyFile;
import org.isocenter.recon.mrd.MrdFile;
import org.isocenter.recon.mrd.MrdImage;
import org.isocenter.recon.mrd.MrdImageHeader;

/** Images as plain arrays, for programs that know neither DICOM nor MRD. */
public final class ImageExport {
    /** BART's dimension for slices. */
    private static final int BART_SLICES = 13;

    private static final int BART_DIMENSIONS = 16;

    /** Whose format the arrays have. */
    public enum Format {
        /** images × channels × slices × rows × columns, without leading ones; float32 or complex64. */
        NPY,
        /** columns, rows, slices of a slab, channels, …, separate slices; complex floats. */
        CFL;

        /** By the ending of a file's name; null for any other. */
        public static Format of(Path file) {
            String name = file.getFileName().toString();
            return name.endsWith(".npy") ? NPY : name.endsWith(".cfl") ? CFL : null;
        }
    }

    private ImageExport() {}

    /**
     * Writes the volumes' pixels, magnitudes where they are not maps, and nothing else.
     *
     * @param file whose ending says the format; where there are several volumes, {@code _0}, {@code _1}, … are put before it
     * @param overwrite whether files that are there may be replaced
     * @return what was written
     * @throws FileAlreadyExistsException before anything is written
     */
    public static List<Path> write(List<ImageVolume> volumes, Path file, boolean overwrite) throws IOException {
        Format format = Format.of(file);
        String name = file.getFileName().toString();
        String ending = name.substring(name.lastIndexOf('.'));
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < volumes.size(); i++) {
            String number = volumes.size() == 1 ? "" : "_" + i;
            files.add(file.resolveSibling(name.substring(0, name.length() - ending.length()) + number + ending));
            if (!overwrite && Files.exists(files.get(i))) {
                throw new FileAlreadyExistsException(files.get(i).toString());
            }
        }
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        for (int i = 0; i < volumes.size(); i++) {
            ImageVolume volume = volumes.get(i);
            int[] shape = {volume.slices(), volume.rows(), volume.columns()};
            switch (format) {
                case NPY ->
                    NpyFile.write(
                            files.get(i),
                            volume.slices() == 1 ? Arrays.copyOfRange(shape, 1, 3) : shape,
                            volume.pixels(),
                            null);
                case CFL ->
                    CflFile.write(files.get(i), new int[] {shape[2], shape[1], shape[0]}, volume.pixels(), null);
            }
        }
        return files;
    }

    /**
     * The images of an {@code images.h5} as arrays beside it: a file (of BART: two) for each series, named after it. Replaces
     * those that are there.
     */
    public static void write(Path images, Format format) throws IOException {
        for (Map.Entry<String, List<MrdImage>> series :
                MrdFile.readImages(images, null).series().entrySet()) {
            write(images.resolveSibling(series.getKey()), series.getValue(), format);
        }
    }

    private static void write(Path name, List<MrdImage> images, Format format) throws IOException {
        MrdImageHeader header = images.get(0).header();
        int pixels = Math.toIntExact(header.pixels());
        float[] real = new float[Math.multiplyExact(pixels, images.size())];
        float[] imaginary = header.pixelType().isComplex() ? new float[real.length] : null;
        for (int i = 0; i < images.size(); i++) {
            System.arraycopy(images.get(i).real(), 0, real, i * pixels, pixels);
            if (imaginary != null) {
                System.arraycopy(images.get(i).imaginary(), 0, imaginary, i * pixels, pixels);
            }
        }
        switch (format) {
            case NPY ->
                NpyFile.write(
                        name.resolveSibling(name.getFileName() + ".npy"),
                        numpyShape(header, images.size()),
                        real,
                        imaginary);
            case CFL -> CflFile.write(name, bartShape(header, images.size()), real, imaginary);
        }
    }

    private static int[] numpyShape(MrdImageHeader header, int images) {
        int[] shape = {images, header.channels(), header.slices(), header.rows(), header.columns()};
        int first = 0;
        while (first < 3 && shape[first] == 1) {
            first++;
        }
        return Arrays.copyOfRange(shape, first, shape.length);
    }

    private static int[] bartShape(MrdImageHeader header, int images) {
        int[] shape = new int[BART_DIMENSIONS];
        Arrays.fill(shape, 1);
        shape[0] = header.columns();
        shape[1] = header.rows();
        shape[2] = header.slices();
        shape[3] = header.channels();
        shape[BART_SLICES] = images;
        return shape;
    }
}
