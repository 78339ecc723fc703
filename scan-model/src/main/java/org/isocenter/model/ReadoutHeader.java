package org.isocenter.model;

/**
 * All about one readout but its samples: MRD's AcquisitionHeader. Known before the scan for every ADC window.
 *
 * @param scanCounter running number from 0
 * @param flags bits of {@link AcquisitionFlags}
 * @param counters encoding counters
 * @param samples per channel
 * @param channels receive channels
 * @param centerSample index of the sample nearest to the centre of k-space
 * @param discardPre samples at the start that are no data
 * @param discardPost samples at the end that are no data
 * @param dwellSeconds time per sample
 * @param startSeconds from the start of the sequence to the start of the ADC window
 * @param encodingSpace index into {@link ScanHeader#encodings}
 * @param geometry of the field of view
 */
public record ReadoutHeader(
        int scanCounter,
        long flags,
        EncodingCounters counters,
        int samples,
        int channels,
        int centerSample,
        int discardPre,
        int discardPost,
        double dwellSeconds,
        double startSeconds,
        int encodingSpace,
        EncodingGeometry geometry) {

    public boolean has(long flag) {
        return (flags & flag) != 0;
    }

    public ReadoutHeader withFlags(long newFlags) {
        return new ReadoutHeader(
                scanCounter,
                newFlags,
                counters,
                samples,
                channels,
                centerSample,
                discardPre,
                discardPost,
                dwellSeconds,
                startSeconds,
                encodingSpace,
                geometry);
    }

    public ReadoutHeader withChannels(int newChannels) {
        return new ReadoutHeader(
                scanCounter,
                flags,
                counters,
                samples,
                newChannels,
                centerSample,
                discardPre,
                discardPost,
                dwellSeconds,
                startSeconds,
                encodingSpace,
                geometry);
    }
}
