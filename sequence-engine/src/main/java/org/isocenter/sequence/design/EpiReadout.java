package org.isocenter.sequence.design;

import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Shape;

/**
 * One readout lobe of an echo-planar train, and the ADC window in it. Lobes of alternating sign follow one another without a
 * gap, so the length of one is the echo spacing. The steps along phase ("blips") are cut in two where lobes meet (Mansfield
 * 1977; Schmitt, Stehling and Turner 1998, ch. 3): half at the end of one block, half at the start of the next.
 *
 * <p>A window has an even number of samples. Sample {@code samples/2} of a lobe that runs forward is the lobe's middle, and
 * that of one that runs backward its mirror image {@code samples/2 - 1}: a line that runs backward, turned round, equals one that runs forward.
 *
 * @param amplitudeHertzPerMeter of the flat top
 * @param halfFlatPs half the flat top, on the grid
 * @param blip timing of the step along phase; its half is on the grid
 * @param grid of the design
 */
public record EpiReadout(
        int samples, long dwellPs, double amplitudeHertzPerMeter, long rampPs, long halfFlatPs, Lobe blip, Grid grid) {

    /**
     * What a lobe must do.
     *
     * @param matrix pixels along read
     * @param fovMeters along read
     * @param bandwidthHertz across the field of view on the flat top; the nearest possible that is no less is used
     * @param oversampling samples for each pixel
     * @param blipPerMeter area of the step from one line to the next
     * @param rampSampling whether samples are also taken while the gradient rises and falls, but not during a blip
     * @param marginPs from either end of the lobe to the window, at least: what the receiver needs to open
     * @param leastSpacingPs the lobe is made at least that long
     */
    public record Demand(
            int matrix,
            double fovMeters,
            double bandwidthHertz,
            int oversampling,
            double blipPerMeter,
            boolean rampSampling,
            long marginPs,
            long leastSpacingPs) {

        /** Extent in k-space from the centre to the far end, 1/m. */
        double reachPerMeter() {
            return 0.5 * matrix / fovMeters;
        }
    }

    /** The dwell time that samples this bandwidth: windows must start on the RF raster, half a dwell off the grid. */
    public static long dwellPs(Demand demand, Grid grid) {
        long raster = Grid.leastCommonMultiple(
                grid.rasters().adcPs(), 2 * grid.rasters().rfPs());
        double wanted = 1e12 / (demand.oversampling() * demand.bandwidthHertz());
        return Math.max(1, (long) Math.floor(wanted / raster + 1e-9)) * raster;
    }

    /** The gradient that goes with {@link #dwellPs}. */
    public static double amplitude(Demand demand, Grid grid) {
        return 1e12 / (dwellPs(demand, grid) * demand.oversampling() * demand.fovMeters());
    }

    /**
     * The shortest lobe that meets the demand.
     *
     * @throws IllegalArgumentException when {@link #amplitude} is more than the system has
     */
    public static EpiReadout shortest(Demand demand, GradientSystem system) {
        Grid grid = system.grid();
        double amplitude = amplitude(demand, grid);
        if (amplitude > system.hertzPerMeter() * (1 + 1e-9)) {
            throw new IllegalArgumentException("a gradient of " + amplitude + " Hz/m is needed, at most "
                    + system.hertzPerMeter() + " Hz/m is possible");
        }
        long dwell = dwellPs(demand, grid);
        long ramp = system.rampPs(amplitude);
        Lobe blip = halvable(system.shortest(demand.blipPerMeter()), grid);
        long margin = Math.max(demand.marginPs(), blip.durationPs() / 2);
        long leastHalf = grid.up(Math.max(demand.leastSpacingPs() / 2, ramp));
        EpiReadout lobe;
        if (demand.rampSampling()) {
            long reachPs = (long) (demand.reachPerMeter() / amplitude * 1e12);
            long half = Math.max(leastHalf, grid.down(reachPs + margin));
            do {
                int samples = 2 * (int) ((half - margin - dwell / 2) / dwell);
                lobe = new EpiReadout(samples, dwell, amplitude, ramp, half - ramp, blip, grid);
                half += grid.stepPs();
            } while (lobe.samples < 2 || !lobe.reaches(demand));
            lobe = lobe.withoutNeedlessSamples(demand);
        } else {
            int samples = demand.oversampling() * demand.matrix() / 2 * 2;
            long half = Math.max(leastHalf, grid.up((samples / 2 * dwell + dwell / 2) + Math.max(ramp, margin)));
            lobe = new EpiReadout(samples, dwell, amplitude, ramp, half - ramp, blip, grid);
        }
        return lobe;
    }

    private boolean reaches(Demand demand) {
        return -kPerMeter(0) >= demand.reachPerMeter() * (1 - 1e-9);
    }

    /** A lobe that is longer than it must be is not sampled to its ends. */
    private EpiReadout withoutNeedlessSamples(Demand demand) {
        EpiReadout fewest = this;
        EpiReadout fewer = this;
        while (fewer.reaches(demand)) {
            fewest = fewer;
            fewer = new EpiReadout(fewest.samples - 2, dwellPs, amplitudeHertzPerMeter, rampPs, halfFlatPs, blip, grid);
        }
        return fewest;
    }

    private static Lobe halvable(Lobe lobe, Grid grid) {
        return new Lobe(lobe.rampPs(), 2 * grid.up(lobe.flatPs() / 2));
    }

    /** Length of a lobe: from the middle of one line to that of the next. */
    public long spacingPs() {
        return 2 * (rampPs + halfFlatPs);
    }

    /** The lobe, which fills its block. */
    public Gradient.Trapezoid lobe(boolean forward) {
        return new Gradient.Trapezoid(
                forward ? amplitudeHertzPerMeter : -amplitudeHertzPerMeter, rampPs, 2 * halfFlatPs, rampPs, 0);
    }

    /** Area of half a forward lobe: what must be prephased, 1/m. */
    public double halfAreaPerMeter() {
        return amplitudeHertzPerMeter * (0.5 * rampPs + halfFlatPs) * 1e-12;
    }

    /** From the block's start to the window's. */
    public long windowPs(boolean forward) {
        int before = forward ? samples / 2 : samples / 2 - 1;
        return spacingPs() / 2 - before * dwellPs - dwellPs / 2;
    }

    /** The sample at the lobe's middle. */
    public int centerSample(boolean forward) {
        return forward ? samples / 2 : samples / 2 - 1;
    }

    /** k at a sample of a line that runs forward, 1/m. */
    public double kPerMeter(int sample) {
        double seconds = (sample - samples / 2) * (dwellPs * 1e-12);
        double flat = halfFlatPs * 1e-12;
        double ramp = rampPs * 1e-12;
        double away = Math.abs(seconds);
        double onRamp = Math.min(Math.max(0, away - flat), ramp);
        double k = amplitudeHertzPerMeter * (Math.min(away, flat) + onRamp - 0.5 * onRamp * onRamp / ramp);
        return Math.copySign(k, seconds);
    }

    /** Whether samples lie evenly in k-space. */
    public boolean isEven() {
        return samples / 2 * dwellPs <= halfFlatPs;
    }

    /**
     * The gradient along phase in the block of one line.
     *
     * @param beforePerMeter area of the whole blip at the block's start, of which this block plays the second half; 0 for none
     * @param afterPerMeter area of the whole blip at its end, of which it plays the first half
     * @return null when there is neither
     */
    public Gradient blips(double beforePerMeter, double afterPerMeter) {
        if (beforePerMeter == 0 && afterPerMeter == 0) {
            return null;
        }
        double perArea = 1e12 / (blip.rampPs() + blip.flatPs());
        double before = beforePerMeter * perArea;
        double after = afterPerMeter * perArea;
        double peak = Math.max(Math.abs(before), Math.abs(after));
        double raster = grid.rasters().gradientPs();
        long half = blip.durationPs() / 2;
        long end = spacingPs();
        boolean flat = blip.flatPs() > 0;
        double[] times = flat
                ? new double[] {0, blip.flatPs() / 2, half, end - half, end - blip.flatPs() / 2, end}
                : new double[] {0, half, end - half, end};
        double[] values = flat ? new double[] {before, before, 0, 0, after, after} : new double[] {before, 0, 0, after};
        for (int i = 0; i < times.length; i++) {
            times[i] /= raster;
            values[i] /= peak;
        }
        return new Gradient.Corners(peak, new Shape(values), new Shape(times), 0);
    }
}
