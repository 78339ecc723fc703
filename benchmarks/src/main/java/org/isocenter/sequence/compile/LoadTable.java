package org.isocenter.sequence.compile;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.isocenter.model.SystemLimits;

/**
 * As many events as a link has to carry at most: RF amplitude and phase, three gradients, and a window in each stretch of 10 ms. The
 * amplitude is 0 all the time, because no scanner may transmit without a pause; it takes as many bytes as any other.
 */
public final class LoadTable extends EventTable {
    private static final double STRETCH_SECONDS = 0.01;
    private static final double DWELL_SECONDS = 10e-6;
    private static final int SAMPLES = 256;

    private final SystemLimits limits;
    private final int stretches;
    private final double rfPerSecond;
    private final double gradientsPerSecond;

    /**
     * @param rfPerSecond values of amplitude and as many of phase, a second; 0 for none
     * @param gradientsPerSecond values of each of three gradients, a second
     */
    public LoadTable(SystemLimits limits, double seconds, double rfPerSecond, double gradientsPerSecond) {
        this.limits = limits;
        stretches = (int) Math.round(seconds / STRETCH_SECONDS);
        this.rfPerSecond = rfPerSecond;
        this.gradientsPerSecond = gradientsPerSecond;
    }

    @Override
    public SystemLimits limits() {
        return limits;
    }

    @Override
    public double gradientRasterSeconds() {
        return limits.gradientRasterSeconds();
    }

    @Override
    public double clockHertz() {
        return limits.clockHertz();
    }

    @Override
    public long durationTicks() {
        return stretches * stretchTicks();
    }

    private long stretchTicks() {
        return Math.round(STRETCH_SECONDS * clockHertz());
    }

    @Override
    public int adcWindows() {
        return stretches;
    }

    @Override
    public long adcSamples() {
        return (long) stretches * SAMPLES;
    }

    @Override
    public int maxSamplesPerWindow() {
        return SAMPLES;
    }

    @Override
    public Iterator<EventChunk> chunks() {
        return new Iterator<>() {
            private int stretch;

            @Override
            public boolean hasNext() {
                return stretch < stretches;
            }

            @Override
            public EventChunk next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("the table has ended");
                }
                return chunk(stretch++);
            }
        };
    }

    private EventChunk chunk(int stretch) {
        int rf = (int) Math.round(rfPerSecond * STRETCH_SECONDS);
        int gradients = (int) Math.round(gradientsPerSecond * STRETCH_SECONDS);
        Builder events = new Builder(2 * rf + 3 * gradients + EventChannel.values().length);
        long start = stretch * stretchTicks();
        long rfStep = rf == 0 ? 0 : stretchTicks() / rf;
        long gradientStep = stretchTicks() / gradients;
        boolean last = stretch == stretches - 1;
        int perGradient = rf == 0 ? 1 : rf / gradients;
        for (int i = 0; i < gradients; i++) {
            for (int k = 0; k < perGradient && rf > 0; k++) {
                long at = start + (i * (long) perGradient + k) * rfStep;
                events.add(at, EventChannel.TX_AMPLITUDE, 0);
                events.add(at, EventChannel.TX_PHASE, last ? 0 : (float) Math.sin(0.01 * (k + i)));
            }
            float gradient = last ? 0 : 10 * (float) Math.sin(2 * Math.PI * i / gradients);
            long at = start + i * gradientStep + (rf == 0 ? 0 : (perGradient - 1) * rfStep);
            events.add(at, EventChannel.GX, gradient);
            events.add(at, EventChannel.GY, -gradient);
            events.add(at, EventChannel.GZ, gradient);
            if (i == 0) {
                events.add(at, EventChannel.ADC, 0);
            }
        }
        return events.chunk(start, start + stretchTicks(), stretch, (int) Math.round(DWELL_SECONDS * clockHertz()));
    }

    private static final class Builder {
        private final long[] tick;
        private final byte[] channel;
        private final float[] value;
        private int count;

        Builder(int most) {
            tick = new long[most];
            channel = new byte[most];
            value = new float[most];
        }

        void add(long at, EventChannel what, float to) {
            tick[count] = at;
            channel[count] = (byte) what.ordinal();
            value[count++] = to;
        }

        EventChunk chunk(long start, long end, int index, int dwell) {
            return new EventChunk(
                    start,
                    end,
                    count,
                    tick,
                    channel,
                    value,
                    1,
                    new int[] {index},
                    new int[] {SAMPLES},
                    new int[] {dwell},
                    new double[1],
                    new double[1],
                    new float[1][]);
        }
    }
}
