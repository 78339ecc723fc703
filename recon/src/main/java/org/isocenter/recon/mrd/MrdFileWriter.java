package org.isocenter.recon.mrd;

import static org.bytedeco.hdf5.global.hdf5.H5Dclose;
import static org.bytedeco.hdf5.global.hdf5.H5Dcreate2;
import static org.bytedeco.hdf5.global.hdf5.H5Dget_space;
import static org.bytedeco.hdf5.global.hdf5.H5Dwrite;
import static org.bytedeco.hdf5.global.hdf5.H5F_ACC_TRUNC;
import static org.bytedeco.hdf5.global.hdf5.H5F_SCOPE_GLOBAL;
import static org.bytedeco.hdf5.global.hdf5.H5Fclose;
import static org.bytedeco.hdf5.global.hdf5.H5Fcreate;
import static org.bytedeco.hdf5.global.hdf5.H5Fflush;
import static org.bytedeco.hdf5.global.hdf5.H5Gclose;
import static org.bytedeco.hdf5.global.hdf5.H5Gcreate2;
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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ScanHeader;

/** Writes one MRD file. Only while holding {@link Hdf5#LOCK}. */
final class MrdFileWriter {
    private static final int CHUNK_RECORDS = 256;
    /** Samples are handed over in blocks of about this size. */
    private static final long BLOCK_BYTES = 8L << 20;

    private final Path file;

    MrdFileWriter(Path file) {
        this.file = file;
    }

    void write(ScanHeader header, RawData raw, int count) throws IOException {
        try (Hdf5 hdf5 = new Hdf5(file.toString())) {
            long h5 = hdf5.opened(
                    H5Fcreate(hdf5.name(file), H5F_ACC_TRUNC(), H5P_DEFAULT(), H5P_DEFAULT()),
                    handle -> H5Fclose(handle),
                    "cannot be created");
            long group = hdf5.opened(
                    H5Gcreate2(h5, "dataset", H5P_DEFAULT(), H5P_DEFAULT(), H5P_DEFAULT()),
                    handle -> H5Gclose(handle),
                    "cannot make the group 'dataset'");
            writeXml(hdf5, group, MrdHeaderXml.write(header));
            writeReadouts(hdf5, group, raw, count);
            // Here and not in the close that follows, where a full disk would go unnoticed.
            hdf5.check(H5Fflush(h5, H5F_SCOPE_GLOBAL), "cannot be written: is the disk full?");
        }
    }

    private static void writeXml(Hdf5 hdf5, long group, String xml) throws IOException {
        long type = new NativeTypes(hdf5).of(MrdTypes.STRING);
        long space = space(hdf5, 1, 1);
        long dataset = hdf5.opened(
                H5Dcreate2(group, "xml", type, space, H5P_DEFAULT(), H5P_DEFAULT(), H5P_DEFAULT()),
                handle -> H5Dclose(handle),
                "cannot make 'xml'");
        BytePointer text = hdf5.kept(new BytePointer(xml, StandardCharsets.UTF_8));
        PointerPointer<BytePointer> pointer = hdf5.kept(new PointerPointer<>(1));
        pointer.put(0, text);
        hdf5.check(H5Dwrite(dataset, type, 0, 0, H5P_DEFAULT(), pointer), "cannot write 'xml'");
    }

    private static void writeReadouts(Hdf5 hdf5, long group, RawData raw, int count) throws IOException {
        long type = new NativeTypes(hdf5).of(MrdTypes.ACQUISITION);
        long properties = hdf5.opened(
                H5Pcreate(H5P_CLS_DATASET_CREATE_ID_g()), handle -> H5Pclose(handle), "cannot make properties");
        hdf5.check(
                H5Pset_chunk(properties, 1, Math.max(1, Math.min(count, CHUNK_RECORDS))), "cannot set the chunk size");
        long dataset = hdf5.opened(
                H5Dcreate2(
                        group,
                        "data",
                        type,
                        space(hdf5, count, H5S_UNLIMITED),
                        H5P_DEFAULT(),
                        properties,
                        H5P_DEFAULT()),
                handle -> H5Dclose(handle),
                "cannot make 'data'");
        long fileSpace = hdf5.opened(H5Dget_space(dataset), handle -> H5Sclose(handle), "'data' has no extent");
        int from = 0;
        while (from < count) {
            int to = from;
            long bytes = 0;
            do {
                bytes += sampleBytes(raw.readout(to));
                to++;
            } while (to < count && to - from < CHUNK_RECORDS && bytes + sampleBytes(raw.readout(to)) <= BLOCK_BYTES);
            try (Hdf5 block = new Hdf5("")) {
                BytePointer records = block(block, raw, from, to, bytes);
                long memory = space(block, to - from, to - from);
                hdf5.check(
                        H5Sselect_hyperslab(
                                fileSpace, H5S_SELECT_SET, new long[] {from}, null, new long[] {to - from}, null),
                        "cannot address 'data'");
                hdf5.check(
                        H5Dwrite(dataset, type, memory, fileSpace, H5P_DEFAULT(), records),
                        "cannot write readouts: is the disk full?");
            }
            from = to;
        }
    }

    /** Records {@code from} … {@code to - 1} as HDF5 wants them in memory. */
    private static BytePointer block(Hdf5 block, RawData raw, int from, int to, long sampleBytes) {
        BytePointer samples = block.kept(new BytePointer(Math.max(4, sampleBytes)));
        BytePointer records = block.kept(new BytePointer((long) (to - from) * MrdTypes.ACQUISITION.bytes()));
        ByteBuffer floats = samples.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer heads = records.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer pointers = heads.duplicate().order(ByteOrder.nativeOrder());
        for (int i = from; i < to; i++) {
            Readout readout = raw.readout(i);
            int at = (i - from) * MrdTypes.ACQUISITION.bytes();
            AcquisitionHeaderCodec.put(readout.header(), readout.trajectoryDimensions(), heads, at);
            float[] trajectory = readout.trajectoryPerMeter();
            pointTo(pointers, at + MrdTypes.TRAJECTORY_AT, trajectory.length, samples.address() + floats.position());
            floats.asFloatBuffer().put(trajectory);
            floats.position(floats.position() + 4 * trajectory.length);
            float[] real = readout.real();
            float[] imaginary = readout.imaginary();
            pointTo(pointers, at + MrdTypes.DATA_AT, 2 * real.length, samples.address() + floats.position());
            for (int s = 0; s < real.length; s++) {
                floats.putFloat(real[s]);
                floats.putFloat(imaginary[s]);
            }
        }
        return records;
    }

    private static void pointTo(ByteBuffer pointers, int at, long length, long address) {
        pointers.putLong(at, length);
        pointers.putLong(at + NativeTypes.POINTER_WORD, address);
    }

    private static long sampleBytes(Readout readout) {
        return 4L * readout.trajectoryPerMeter().length + 8L * readout.real().length;
    }

    private static long space(Hdf5 hdf5, long count, long maximum) throws MrdFormatException {
        return hdf5.opened(
                H5Screate_simple(1, new long[] {count}, maximum), handle -> H5Sclose(handle), "cannot make an extent");
    }
}
