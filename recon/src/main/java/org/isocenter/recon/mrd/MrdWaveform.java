package org.isocenter.recon.mrd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A stretch of a physiological or other waveform: ECG, pulse, respiration. Not copied; must not be changed once made.
 *
 * @param flags of whoever wrote it
 * @param measurementUid of the measurement that it belongs to
 * @param scanCounter of the readout that follows it
 * @param timeStamp in ticks of whoever wrote it, 32 bits without sign
 * @param samples per channel, 0 … 65535
 * @param channels 0 … 65535
 * @param sampleSeconds time per sample
 * @param id 0 ECG, 1 pulse, 2 respiration, 3 and 4 external, from 1024 on one's own
 * @param values 32 bits without sign, sample fastest, then channel
 */
public record MrdWaveform(
        long flags,
        int measurementUid,
        int scanCounter,
        int timeStamp,
        int samples,
        int channels,
        double sampleSeconds,
        int id,
        int[] values) {
    /** Of the header, in streams and files of the C++ library. */
    static final int HEADER_BYTES = 40;

    public MrdWaveform {
        if (values.length != (long) samples * channels) {
            throw new IllegalArgumentException(
                    "a waveform of " + values.length + " values: " + samples + " × " + channels + " are to be");
        }
    }

    /** Reads header and values at {@code at} of a little-endian buffer; its header must not promise more than is there. */
    static MrdWaveform get(ByteBuffer in, int at) {
        int samples = Fields.unsigned(in, at + 28);
        int channels = Fields.unsigned(in, at + 30);
        int[] values = new int[samples * channels];
        in.slice(at + HEADER_BYTES, 4 * values.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(values);
        return of(in, at, samples, channels, values);
    }

    /** Reads the header at {@code at}, but for the sizes. */
    static MrdWaveform of(ByteBuffer in, int at, int samples, int channels, int[] values) {
        return new MrdWaveform(
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
    void putHeader(ByteBuffer out, int at) {
        out.putShort(at, (short) 1);
        out.putLong(at + 8, flags);
        out.putInt(at + 16, measurementUid);
        out.putInt(at + 20, scanCounter);
        out.putInt(at + 24, timeStamp);
        Fields.putUnsigned(out, at + 28, samples, "samples");
        Fields.putUnsigned(out, at + 30, channels, "channels");
        out.putFloat(at + 32, (float) (sampleSeconds * 1e6));
        Fields.putUnsigned(out, at + 36, id, "as the waveform's id");
    }
}
