package org.isocenter.hardware.virtual;

import java.util.List;
import org.isocenter.hardware.virtual.phantom.Material;

/**
 * An ADC window under a constant gradient: each spin is one frequency, so the samples are a Fourier transform of the spins
 * spread over frequency. The spins are spread onto an oversampled grid with a Kaiser-Bessel kernel, the grid is
 * transformed, and the kernel divided out (Jackson et al., IEEE Trans Med Imaging 10:473, 1991). A few sums per spin take
 * the place of one per sample. Error against the sum itself: below 1e-5 of the largest sample.
 */
final class GriddedReceiver implements Receiver {
    private static final int WIDTH = 6;
    private static final double SHAPE = 13.8551; // π√(W²(1-1/2σ)²-0.8) for oversampling σ=2

    /** The kernel's weights by the fraction of a cell; straight lines between the rows are good to 2e-7. */
    private static final int TABLE_ROWS = 1024;

    private static final float[] TABLE = table();

    private final int samples;
    private final double dwellSeconds;
    private final GradientField gradient;
    private final int grid;
    private final FourierTransform transform;
    private final double[] kernelTransform;

    GriddedReceiver(int samples, double dwellSeconds, GradientField gradient) {
        this.samples = samples;
        this.dwellSeconds = dwellSeconds;
        this.gradient = gradient;
        grid = Math.max(16, Integer.highestOneBit(Math.max(1, 2 * samples - 1)) * 2);
        transform = new FourierTransform(grid);
        kernelTransform = new double[samples];
        for (int n = 0; n < samples; n++) {
            kernelTransform[n] = kernelTransform((double) (n - samples / 2) / grid);
        }
    }

    boolean suits(Window window) {
        return window.constantGradient()
                && window.samples() == samples
                && window.dwellSeconds() == dwellSeconds
                && window.gradient().sameAs(gradient);
    }

    @Override
    public int accumulatorLength() {
        return grid + WIDTH;
    }

    @Override
    public void add(SpinBlock block, float[] mx, float[] my, SpinKernels kernels, Accumulator accumulator) {
        Spread spread = block.spread(this);
        float[] re = accumulator.re;
        float[] im = accumulator.im;
        int[] cell = spread.cell;
        float[] weight = spread.weight;
        for (int i = 0; i < block.spins; i++) {
            float x = mx[i];
            float y = my[i];
            int at = cell[i];
            int w = i * WIDTH;
            re[at] += x * weight[w];
            im[at] += y * weight[w];
            re[at + 1] += x * weight[w + 1];
            im[at + 1] += y * weight[w + 1];
            re[at + 2] += x * weight[w + 2];
            im[at + 2] += y * weight[w + 2];
            re[at + 3] += x * weight[w + 3];
            im[at + 3] += y * weight[w + 3];
            re[at + 4] += x * weight[w + 4];
            im[at + 4] += y * weight[w + 4];
            re[at + 5] += x * weight[w + 5];
            im[at + 5] += y * weight[w + 5];
        }
    }

    @Override
    public void finish(
            List<Accumulator> perMaterial, double[] weights, List<Material> materials, double[] re, double[] im) {
        double[] gridRe = new double[grid];
        double[] gridIm = new double[grid];
        for (int m = 0; m < materials.size(); m++) {
            Accumulator sum = perMaterial.get(m);
            if (sum == null) {
                continue;
            }
            for (int k = 0; k < grid; k++) {
                gridRe[k] = sum.re[k];
                gridIm[k] = sum.im[k];
            }
            for (int k = 0; k < WIDTH; k++) {
                gridRe[k] += sum.re[grid + k];
                gridIm[k] += sum.im[grid + k];
            }
            transform.inverse(gridRe, gridIm);
            double t2 = materials.get(m).t2Seconds();
            for (int n = 0; n < samples; n++) {
                int centred = n - samples / 2;
                double scale = weights[m] * Math.exp(-centred * dwellSeconds / t2) / kernelTransform[n];
                int at = centred & (grid - 1);
                re[n] += scale * gridRe[at];
                im[n] += scale * gridIm[at];
            }
        }
    }

    /** Where each spin of a block goes on the grid, and how much of it. */
    Spread spreadOf(SpinBlock block) {
        Spread spread = new Spread(this, block.spins);
        double[] hertz = block.offsetsUnder(gradient);
        for (int i = 0; i < block.spins; i++) {
            double turns = hertz[i] * dwellSeconds;
            double place = (turns - Math.floor(turns)) * grid;
            int first = (int) Math.ceil(place - WIDTH / 2.0);
            double row = (place - first - (WIDTH / 2.0 - 1)) * TABLE_ROWS;
            int at = Math.min(TABLE_ROWS - 1, (int) row) * WIDTH;
            float share = (float) (row - at / WIDTH);
            for (int k = 0; k < WIDTH; k++) {
                spread.weight[i * WIDTH + k] = TABLE[at + k] + share * (TABLE[at + WIDTH + k] - TABLE[at + k]);
            }
            spread.cell[i] = first & (grid - 1);
        }
        return spread;
    }

    private static float[] table() {
        float[] table = new float[(TABLE_ROWS + 1) * WIDTH];
        for (int row = 0; row <= TABLE_ROWS; row++) {
            double firstDistance = WIDTH / 2.0 - 1 + (double) row / TABLE_ROWS;
            for (int k = 0; k < WIDTH; k++) {
                table[row * WIDTH + k] = (float) kernel(firstDistance - k);
            }
        }
        return table;
    }

    private static double kernel(double distance) {
        double q = 1 - 4 * distance * distance / (WIDTH * WIDTH);
        return q <= 0 ? 0 : besselI0(SHAPE * Math.sqrt(q));
    }

    /** Modified Bessel function of order 0, by its power series. */
    private static double besselI0(double x) {
        double term = 1;
        double sum = 1;
        double quarter = 0.25 * x * x;
        for (int k = 1; term > 1e-12 * sum; k++) {
            term *= quarter / ((double) k * k);
            sum += term;
        }
        return sum;
    }

    private static double kernelTransform(double cyclesPerCell) {
        double a = Math.PI * WIDTH * cyclesPerCell;
        double root = Math.sqrt(SHAPE * SHAPE - a * a);
        return WIDTH * Math.sinh(root) / root;
    }

    static final class Spread {
        final GriddedReceiver receiver;
        final int[] cell;
        final float[] weight;

        private Spread(GriddedReceiver receiver, int spins) {
            this.receiver = receiver;
            cell = new int[spins];
            weight = new float[spins * WIDTH];
        }
    }
}
