package org.isocenter.recon.layout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.isocenter.recon.hdf5.Hdf5DataSet;
import org.isocenter.recon.hdf5.Hdf5Exception;
import org.isocenter.recon.hdf5.Hdf5File;
import org.isocenter.recon.hdf5.Hdf5Type;

/** MATLAB's {@code .mat} of -v7.3, which is HDF5, and other files of HDF5: arrays of floating point numbers, real or complex. */
final class Mat73File {
    private static final int BLOCK_BYTES = 1 << 20;

    private Mat73File() {}

    /**
     * @param variable to read; null when the file has one of numbers only
     * @param reversed whether the axes are named as in MATLAB, which stores the first one as the file's last
     */
    static ComplexArray read(Path file, String variable, boolean reversed) throws IOException {
        try (Hdf5File hdf5 = Hdf5File.open(file)) {
            Map<String, String> shapes = new LinkedHashMap<>();
            Map<String, Hdf5DataSet> arrays = new LinkedHashMap<>();
            for (String name : hdf5.root().names()) {
                Hdf5DataSet dataSet = name.startsWith("#") ? null : hdf5.root().dataSet(name);
                if (dataSet != null
                        && part(dataSet.type()) != null
                        && Variables.isPossible(name, ComplexArray.elements(dataSet.shape()), variable)) {
                    arrays.put(name, dataSet);
                    shapes.put(name, dataSet.shapeText());
                }
            }
            return array(file, arrays.get(Variables.choose(file, shapes, variable)), reversed);
        } catch (Hdf5Exception e) {
            throw new ArrayFormatException(file, e.getMessage(), e);
        }
    }

    /** The type of a real number or of both parts of a complex one; null for what is neither. */
    private static Hdf5Type.Number part(Hdf5Type type) {
        if (type instanceof Hdf5Type.Compound pair && pair.members().size() == 2) {
            Hdf5Type.Member real = pair.members().get(0);
            Hdf5Type.Member imaginary = pair.members().get(1);
            boolean even = real.offset() == 0
                    && real.type().equals(imaginary.type())
                    && imaginary.offset() == real.type().bytes()
                    && pair.bytes() == 2 * imaginary.offset();
            return even && real.type() instanceof Hdf5Type.Number ? part(real.type()) : null;
        }
        boolean readable = type instanceof Hdf5Type.Number number
                && number.floating()
                && !number.bigEndian()
                && (number.bytes() == 4 || number.bytes() == 8);
        return readable ? (Hdf5Type.Number) type : null;
    }

    private static ComplexArray array(Path file, Hdf5DataSet dataSet, boolean reversed) throws IOException {
        long[] extents = dataSet.shape();
        long count = ComplexArray.elements(extents);
        if (count < 0) {
            throw new ArrayFormatException(file, dataSet.shapeText() + " numbers are more than can be read");
        }
        boolean wide = part(dataSet.type()).bytes() == 8;
        boolean pairs = dataSet.type() instanceof Hdf5Type.Compound;
        float[] real = new float[(int) count];
        float[] imaginary = new float[(int) count];
        int next = 0;
        long rows = count == 0 ? 0 : dataSet.rows();
        int step = (int) Math.max(dataSet.goodRows(), BLOCK_BYTES / Math.max(1, dataSet.bytesPerRow()));
        for (long row = 0; row < rows; row += step) {
            ByteBuffer block = dataSet.read(row, (int) Math.min(step, rows - row));
            while (block.hasRemaining()) {
                real[next] = wide ? (float) block.getDouble() : block.getFloat();
                if (pairs) {
                    imaginary[next] = wide ? (float) block.getDouble() : block.getFloat();
                }
                next++;
            }
        }
        PlanarNumbers numbers = new PlanarNumbers(real, imaginary);
        int[] shape = new int[extents.length];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = (int) extents[reversed ? shape.length - 1 - axis : axis];
        }
        return reversed ? ComplexArray.firstFastest(shape, numbers) : ComplexArray.lastFastest(shape, numbers);
    }
}
