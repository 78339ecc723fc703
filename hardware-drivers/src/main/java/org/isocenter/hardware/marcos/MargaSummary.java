package org.isocenter.hardware.marcos;

/**
 * What came of a compilation.
 *
 * @param words instructions in all
 * @param peakWordsPerSecond most instructions that begin within any 10 ms, as a rate
 * @param durationSeconds from the first instruction to the end
 * @param adcWindows receive windows
 * @param adcSamples that the receiver delivers, oversampled
 * @param oversampling of the window that is oversampled most
 * @param worstDwellError largest relative error of a dwell time, which is a whole number of clocks there
 */
public record MargaSummary(
        long words,
        double peakWordsPerSecond,
        double durationSeconds,
        int adcWindows,
        long adcSamples,
        int oversampling,
        double worstDwellError) {}
