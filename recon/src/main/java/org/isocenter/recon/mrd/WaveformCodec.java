package org.isocenter.recon.mrd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.isocenter.model.Waveform;

/** The 40 bytes of MRD's WaveformHeader, little endian with natural alignment. */
final class WaveformCodec {
    /** Of the header, in streams and files of the C++ library. */
    static final int BYTES = 40;

    private WaveformCodec() {}

    /** Reads header and values at {@code at} of a little-endian buffer; its header must not promise more than is there. */
    static Waveform get(ByteBuffer in, int at) {
        int samples = Fields.unsigned(in, at + 28);
        int channels = Fields.unsigned(in, at + 30);
        int[] values = new int[samples * channels];
        in.slice(at + BYTES, 4 * values.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(values);
        return of(in, at, samples, channels, values);
    }

    /** Reads the header at {@code at}, but for the sizes. */
    static Waveform of(ByteBuffer in, int at, int samples, int channels, int[] values) {
        return new Waveform(
                in.getLong(at + 8),
                in.getInt(at + 16),
                in.getInt(at + 20),
                in.getInt(at + 24),
                samples,
                channels,
                Fields.decimal(in.getFloat(at + 32)) / 1e6,
                Fields.unsigned(in, at + 36),
                values);
    }

    /** Writes the header at {@code at} of a little-endian buffer that is zero there, without moving its position. */
    static void putHeader(Waveform waveform, ByteBuffer out, int at) {
        out.putShort(at, (short) 1);
        out.putLong(at + 8, waveform.flags());
        out.putInt(at + 16, waveform.measurementUid());
        out.putInt(at + 20, waveform.scanCounter());
        out.putInt(at + 24, waveform.timeStamp());
        Fields.putUnsigned(out, at + 28, waveform.samples(), "samples");
        Fields.putUnsigned(out, at + 30, waveform.channels(), "channels");
        out.putFloat(at + 32, (float) (waveform.sampleSeconds() * 1e6));
        Fields.putUnsigned(out, at + 36, waveform.id(), "as the waveform's id");
    }
}
