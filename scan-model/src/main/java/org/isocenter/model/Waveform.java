package org.isocenter.model;

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
public record Waveform(
        long flags,
        int measurementUid,
        int scanCounter,
        int timeStamp,
        int samples,
        int channels,
        double sampleSeconds,
        int id,
        int[] values) {
    public Waveform {
        if (values.length != (long) samples * channels) {
            throw new IllegalArgumentException(
                    "a waveform of " + values.length + " values: " + samples + " × " + channels + " are to be");
        }
    }
}
