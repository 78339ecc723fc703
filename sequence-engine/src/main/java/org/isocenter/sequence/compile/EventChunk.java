package org.isocenter.sequence.compile;

/**
 * A stretch of an event table in planar arrays, ordered by time. Of each array the first {@link #events} or
 * {@link #windows} entries count. Chunks are made afresh and may be kept; they must not be changed.
 *
 * @param startTick where the stretch begins
 * @param endTick where it ends; the next chunk starts there
 * @param tick of each event, not decreasing, in [startTick, endTick]
 * @param channel ordinal of the {@link EventChannel}
 * @param value in the channel's unit
 * @param adcIndex running number of the ADC window in the whole table, from 0
 * @param adcSamples number of samples
 * @param adcDwellTicks ticks per sample; sample n is taken at start + (n+½)·dwell
 * @param adcFrequencyHertz demodulation offset from the carrier, counted from the window's start
 * @param adcPhaseRadians demodulation phase at the window's start
 * @param adcPhaseShapeRadians extra demodulation phase per sample; entries may be null
 */
public record EventChunk(
        long startTick,
        long endTick,
        int events,
        long[] tick,
        byte[] channel,
        float[] value,
        int windows,
        int[] adcIndex,
        int[] adcSamples,
        int[] adcDwellTicks,
        double[] adcFrequencyHertz,
        double[] adcPhaseRadians,
        float[][] adcPhaseShapeRadians) {}
