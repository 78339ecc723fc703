package org.isocenter.recon.mrd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.isocenter.model.Waveform;

/** Writes waveforms as records, one after the other. */
final class WaveformWriter {
    private static final int CHUNK_RECORDS = 64;

    private WaveformWriter() {}

    static void write(Hdf5 hdf5, long group, List<Waveform> waveforms) throws IOException {
        NativeDataSet data = new NativeDataSet(
                hdf5,
                group,
                "waveforms",
                MrdTypes.WAVEFORM,
                new long[] {waveforms.size()},
                Math.max(1, Math.min(waveforms.size(), CHUNK_RECORDS)));
        for (int i = 0; i < waveforms.size(); i++) {
            Waveform waveform = waveforms.get(i);
            try (Hdf5 block = new Hdf5("")) {
                BytePointer values = block.kept(new BytePointer(Math.max(4, 4L * waveform.values().length)));
                values.asByteBuffer()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asIntBuffer()
                        .put(waveform.values());
                BytePointer record = block.kept(new BytePointer(MrdTypes.WAVEFORM.bytes()));
                ByteBuffer head = record.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
                head.put(new byte[MrdTypes.WAVEFORM.bytes()]);
                WaveformCodec.putHeader(waveform, head, 0);
                NativeTypes.pointTo(head, MrdTypes.VALUES_AT, waveform.values().length, values.address());
                data.write(i, 1, record);
            }
        }
    }
}
