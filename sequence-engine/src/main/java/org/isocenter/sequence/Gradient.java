package org.isocenter.sequence;

/** A gradient event on one axis. Amplitudes in Hz/m; times from the block's start. */
public sealed interface Gradient {
    long delayPs();

    /** From the block's start to the event's end. */
    long endPs(Rasters rasters);

    /** The piecewise-linear waveform that Pulseq gives this event, edges included: amplitude and slew are judged by it. */
    Waveform waveform(Rasters rasters);

    /**
     * The waveform whose integral counts. The same as {@link #waveform}, but for one sample per raster: each is held for its
     * raster, so that the moment is Σ g·raster, as it is played; straight lines through the samples would cut corners.
     */
    default Waveform held(Rasters rasters) {
        return waveform(rasters);
    }

    /** Pulseq's TRAP. */
    record Trapezoid(double amplitudeHertzPerMeter, long risePs, long flatPs, long fallPs, long delayPs)
            implements Gradient {
        @Override
        public long endPs(Rasters rasters) {
            return delayPs + risePs + flatPs + fallPs;
        }

        @Override
        public Waveform waveform(Rasters rasters) {
            long t1 = delayPs + risePs;
            long t2 = t1 + flatPs;
            return new Waveform(
                    new long[] {delayPs, t1, t2, t2 + fallPs},
                    new double[] {0, amplitudeHertzPerMeter, amplitudeHertzPerMeter, 0});
        }

        /** Integral over time in 1/m. */
        public double areaPerMeter() {
            return amplitudeHertzPerMeter * (0.5 * risePs + flatPs + 0.5 * fallPs) * 1e-12;
        }
    }

    /**
     * Samples on the gradient raster: at raster centres, or with {@code oversampled} (Pulseq time id -1) at centres and
     * edges in turn.
     *
     * @param shape normalised to [-1, 1]
     * @param first amplitude at the event's start
     * @param last amplitude at the event's end
     */
    record Uniform(
            double amplitudeHertzPerMeter, Shape shape, double first, double last, long delayPs, boolean oversampled)
            implements Gradient {
        @Override
        public long endPs(Rasters rasters) {
            long steps = oversampled ? (shape.length() + 1) / 2 : shape.length();
            return delayPs + steps * rasters.gradientPs();
        }

        @Override
        public Waveform waveform(Rasters rasters) {
            int n = shape.length();
            long raster = rasters.gradientPs();
            long[] times = new long[n + 2];
            double[] values = new double[n + 2];
            times[0] = delayPs;
            values[0] = first;
            for (int i = 0; i < n; i++) {
                times[i + 1] = delayPs + (oversampled ? (i + 1) * raster / 2 : i * raster + raster / 2);
                values[i + 1] = amplitudeHertzPerMeter * shape.at(i);
            }
            times[n + 1] = endPs(rasters);
            values[n + 1] = last;
            return new Waveform(times, values);
        }

        @Override
        public Waveform held(Rasters rasters) {
            if (oversampled) {
                return waveform(rasters);
            }
            int n = shape.length();
            long[] times = new long[2 * n];
            double[] values = new double[2 * n];
            for (int i = 0; i < n; i++) {
                times[2 * i] = delayPs + i * rasters.gradientPs();
                times[2 * i + 1] = times[2 * i] + rasters.gradientPs();
                values[2 * i] = amplitudeHertzPerMeter * shape.at(i);
                values[2 * i + 1] = values[2 * i];
            }
            return new Waveform(times, values);
        }
    }

    /** Pulseq's extended trapezoid: corners anywhere on the gradient raster's edges, joined by straight lines. */
    record Corners(double amplitudeHertzPerMeter, Shape shape, Shape timeRaster, long delayPs) implements Gradient {
        @Override
        public long endPs(Rasters rasters) {
            return delayPs + Math.round(timeRaster.at(timeRaster.length() - 1) * rasters.gradientPs());
        }

        @Override
        public Waveform waveform(Rasters rasters) {
            int n = shape.length();
            long[] times = new long[n];
            double[] values = new double[n];
            for (int i = 0; i < n; i++) {
                times[i] = delayPs + Math.round(timeRaster.at(i) * rasters.gradientPs());
                values[i] = amplitudeHertzPerMeter * shape.at(i);
            }
            return new Waveform(times, values);
        }
    }
}
