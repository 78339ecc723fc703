package org.isocenter.recon.mrd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;

/** Writes readouts as records, some megabytes at a time. */
final class ReadoutWriter {
    private static final int CHUNK_RECORDS = 256;
    /** Samples are handed over in blocks of about this size. */
    private static final long BLOCK_BYTES = 8L << 20;

    private final RawData raw;
    private final int count;

    /** @param count readouts, the first ones */
    ReadoutWriter(RawData raw, int count) {
        this.raw = raw;
        this.count = count;
    }

    void write(Hdf5 hdf5, long group) throws IOException {
        NativeDataSet data = new NativeDataSet(
                hdf5,
                group,
                "data",
                MrdTypes.ACQUISITION,
                new long[] {count},
                Math.max(1, Math.min(count, CHUNK_RECORDS)));
        int from = 0;
        while (from < count) {
            int to = from;
            long bytes = 0;
            do {
                bytes += sampleBytes(raw.readout(to));
                to++;
            } while (to < count && to - from < CHUNK_RECORDS && bytes + sampleBytes(raw.readout(to)) <= BLOCK_BYTES);
            try (Hdf5 block = new Hdf5("")) {
                data.write(from, to - from, block(block, from, to, bytes));
            }
            from = to;
        }
    }

    /** Records {@code from} … {@code to - 1} as HDF5 wants them in memory. */
    private BytePointer block(Hdf5 block, int from, int to, long sampleBytes) {
        BytePointer samples = block.kept(new BytePointer(Math.max(4, sampleBytes)));
        BytePointer records = block.kept(new BytePointer((long) (to - from) * MrdTypes.ACQUISITION.bytes()));
        ByteBuffer floats = samples.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer heads = records.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        for (int i = from; i < to; i++) {
            Readout readout = raw.readout(i);
            int at = (i - from) * MrdTypes.ACQUISITION.bytes();
            AcquisitionHeaderCodec.put(readout.header(), readout.trajectoryDimensions(), heads, at);
            float[] trajectory = readout.trajectoryPerMeter();
            NativeTypes.pointTo(
                    heads, at + MrdTypes.TRAJECTORY_AT, trajectory.length, samples.address() + floats.position());
            floats.asFloatBuffer().put(trajectory);
            floats.position(floats.position() + 4 * trajectory.length);
            float[] real = readout.real();
            float[] imaginary = readout.imaginary();
            NativeTypes.pointTo(heads, at + MrdTypes.DATA_AT, 2 * real.length, samples.address() + floats.position());
            for (int s = 0; s < real.length; s++) {
                floats.putFloat(real[s]);
                floats.putFloat(imaginary[s]);
            }
        }
        return records;
    }

    private static long sampleBytes(Readout readout) {
        return 4L * readout.trajectoryPerMeter().length + 8L * readout.samples().count();
    }
}
