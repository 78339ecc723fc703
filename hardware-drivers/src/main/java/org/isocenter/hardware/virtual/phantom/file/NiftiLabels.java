package org.isocenter.hardware.virtual.phantom.file;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.isocenter.hardware.virtual.phantom.LabelVolume;

/**
 * Label volumes in NIfTI files, packed or not. Their millimetres to the right, front and head are the scanner's for a patient
 * who lies head first, supine, with the file's origin at the isocentre.
 */
final class NiftiLabels {
    private static final double METERS_PER_MM = 1e-3;

    /** A label written as a real number may differ from a whole one by this. */
    private static final double WHOLE = 1e-3;

    private final Path path;

    private NiftiLabels(Path path) {
        this.path = path;
    }

    static LabelVolume read(Path path, String name, double fieldTesla) throws PhantomFileException {
        NiftiLabels file = new NiftiLabels(path);
        boolean packed = name.toLowerCase(Locale.ROOT).endsWith(".gz");
        try (InputStream plain = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
                InputStream in = packed ? new GZIPInputStream(plain, 1 << 16) : plain) {
            return file.read(in, name, fieldTesla);
        } catch (PhantomFileException e) {
            throw e;
        } catch (EOFException e) {
            throw new PhantomFileException(path, "it ends before its last voxel", e);
        } catch (IOException e) {
            throw new PhantomFileException(path, "it cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private LabelVolume read(InputStream in, String name, double fieldTesla) throws IOException {
        byte[] start = in.readNBytes(NiftiHeader.LENGTH_2);
        NiftiHeader header = NiftiHeader.parse(path, start);
        byte[] early = new byte[(int) Math.max(0, start.length - header.offset())];
        System.arraycopy(start, start.length - early.length, early, 0, early.length);
        in.skipNBytes(Math.max(0, header.offset() - start.length));
        int[] labels = labels(header, early, in);
        double[][] toDevice = new double[3][4];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 4; column++) {
                double sign = row < 2 ? -1 : 1; // right to left, front to back
                toDevice[row][column] = sign * METERS_PER_MM * header.toPatient()[row][column];
            }
        }
        LabelTable.Content table = LabelTable.of(path, fieldTesla);
        return new LabelVolume(name, header.size(), labels, toDevice, table.pools(), table.susceptibilityPpm());
    }

    /** Row by row, so that a file which is shorter than it says is found out before much is set aside for it. */
    private int[] labels(NiftiHeader header, byte[] early, InputStream in) throws IOException {
        int row = header.size()[0];
        int rows = header.size()[1] * header.size()[2];
        byte[] bytes = new byte[row * header.type().bytes];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(header.order());
        int[] labels = new int[Math.min(rows, 4096) * row];
        int used = 0;
        for (int r = 0; r < rows; r++) {
            int fromEarly = Math.min(bytes.length, early.length - used);
            System.arraycopy(early, used, bytes, 0, fromEarly);
            used += fromEarly;
            if (in.readNBytes(bytes, fromEarly, bytes.length - fromEarly) < bytes.length - fromEarly) {
                throw new EOFException();
            }
            if ((r + 1) * row > labels.length) {
                labels = java.util.Arrays.copyOf(labels, Math.min(2 * labels.length, rows * row));
            }
            for (int i = 0; i < row; i++) {
                labels[r * row + i] = label(header, header.type().at(buffer, i), i, r);
            }
        }
        return labels;
    }

    private int label(NiftiHeader header, double stored, int i, int row) throws PhantomFileException {
        double value = header.slope() * stored + header.intercept();
        double whole = Math.rint(value);
        if (!(Math.abs(value - whole) <= WHOLE && Math.abs(whole) <= Integer.MAX_VALUE)) {
            int j = row % header.size()[1];
            int k = row / header.size()[1];
            throw new PhantomFileException(
                    path,
                    "voxel (" + i + ", " + j + ", " + k + ") is " + value
                            + ", which is no label: expected whole numbers that stand for tissues");
        }
        return (int) whole;
    }
}
