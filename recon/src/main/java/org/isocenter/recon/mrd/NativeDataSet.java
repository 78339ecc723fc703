package org.isocenter.recon.mrd;

import static org.bytedeco.hdf5.global.hdf5.H5Dclose;
import static org.bytedeco.hdf5.global.hdf5.H5Dcreate2;
import static org.bytedeco.hdf5.global.hdf5.H5Dget_space;
import static org.bytedeco.hdf5.global.hdf5.H5Dwrite;
import static org.bytedeco.hdf5.global.hdf5.H5P_CLS_DATASET_CREATE_ID_g;
import static org.bytedeco.hdf5.global.hdf5.H5P_DEFAULT;
import static org.bytedeco.hdf5.global.hdf5.H5Pclose;
import static org.bytedeco.hdf5.global.hdf5.H5Pcreate;
import static org.bytedeco.hdf5.global.hdf5.H5Pset_chunk;
import static org.bytedeco.hdf5.global.hdf5.H5S_SELECT_SET;
import static org.bytedeco.hdf5.global.hdf5.H5S_UNLIMITED;
import static org.bytedeco.hdf5.global.hdf5.H5Sclose;
import static org.bytedeco.hdf5.global.hdf5.H5Screate_simple;
import static org.bytedeco.hdf5.global.hdf5.H5Sselect_hyperslab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.isocenter.recon.hdf5.Hdf5Type;

/** A data set that is being written, row by row; more rows may be appended to it later. */
final class NativeDataSet {
    private final String name;
    private final long[] shape;
    private final long type;
    private final long dataSet;
    private final long space;

    /**
     * @param shape its first axis are the rows
     * @param chunkRows rows that are stored in one piece; 0 for all of them, and then there can never be more
     */
    NativeDataSet(Hdf5 hdf5, long group, String name, Hdf5Type type, long[] shape, long chunkRows)
            throws MrdFormatException {
        this.name = name;
        this.shape = shape;
        this.type = new NativeTypes(hdf5).of(type);
        long properties = hdf5.opened(
                H5Pcreate(H5P_CLS_DATASET_CREATE_ID_g()), handle -> H5Pclose(handle), "cannot make properties");
        long[] most = shape.clone();
        if (chunkRows > 0) {
            long[] chunk = shape.clone();
            chunk[0] = chunkRows;
            hdf5.check(H5Pset_chunk(properties, chunk.length, chunk), "cannot set the chunk size of '" + name + "'");
            most[0] = H5S_UNLIMITED;
        }
        this.dataSet = hdf5.opened(
                H5Dcreate2(group, name, this.type, space(hdf5, shape, most), H5P_DEFAULT(), properties, H5P_DEFAULT()),
                handle -> H5Dclose(handle),
                "cannot make '" + name + "'");
        this.space = hdf5.opened(H5Dget_space(dataSet), handle -> H5Sclose(handle), "'" + name + "' has no extent");
    }

    /** @param memory the rows as the library wants them */
    void write(long from, long rows, Pointer memory) throws IOException {
        try (Hdf5 block = new Hdf5("")) {
            long[] start = new long[shape.length];
            start[0] = from;
            long[] count = shape.clone();
            count[0] = rows;
            long part = space(block, count, count);
            block.check(
                    H5Sselect_hyperslab(space, H5S_SELECT_SET, start, null, count, null),
                    "cannot address '" + name + "'");
            block.check(
                    H5Dwrite(dataSet, type, part, space, H5P_DEFAULT(), memory),
                    "cannot write '" + name + "': is the disk full?");
        }
    }

    /** Makes a data set of texts, at least one. */
    static void texts(Hdf5 hdf5, long group, String name, List<String> texts, long chunkRows) throws IOException {
        NativeDataSet dataSet =
                new NativeDataSet(hdf5, group, name, MrdTypes.STRING, new long[] {texts.size()}, chunkRows);
        try (Hdf5 block = new Hdf5("")) {
            PointerPointer<BytePointer> pointers = block.kept(new PointerPointer<>(texts.size()));
            for (int i = 0; i < texts.size(); i++) {
                pointers.put(i, block.kept(new BytePointer(texts.get(i), StandardCharsets.UTF_8)));
            }
            dataSet.write(0, texts.size(), pointers);
        }
    }

    private static long space(Hdf5 hdf5, long[] shape, long[] most) throws MrdFormatException {
        return hdf5.opened(
                H5Screate_simple(shape.length, shape, most), handle -> H5Sclose(handle), "cannot make an extent");
    }
}
