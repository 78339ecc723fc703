package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.virtual.Experiment.Result;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.check.SafetyCheck;
import org.isocenter.sequence.check.UnsafeSequenceException;
import org.isocenter.sequence.compile.EventCompiler;
import org.isocenter.sequence.library.SequenceLibrary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How even simulated images are where the object is: no grain and no stripes from the spins' lattice. */
class GrainTest {
    /** An eighth of what a scanner places, for an eighth of the voxels. */
    private static final int SPINS = 150_000;

    private static final int LINES = 32;

    /** Magnitude images of all slices, with k-space tapered so that edges do not ring; [slice][line][pixel]. */
    private static double[][][] images(String address, String settings) {
        VirtualOptions options;
        SequencePlan plan;
        Result result;
        Protocol protocol;
        try {
            options = VirtualOptions.parse(URI.create(address));
            SystemLimits limits = options.profile().limits();
            String[] words = settings.split(" ");
            SequenceBuilder builder = SequenceLibrary.find(words[0]).orElseThrow();
            protocol = SequenceLibrary.defaults(builder, limits);
            for (int i = 1; i < words.length; i++) {
                String[] pair = words[i].split("=");
                protocol = protocol.withText(pair[0], pair[1]);
            }
            assertThat(builder.validate(protocol, limits)).isEmpty();
            plan = builder.build(protocol, limits, PatientPosition.HFS);
            try (VirtualScanner scanner = new VirtualScanner(URI.create(address), options, 2, SPINS)) {
                result = Experiment.collect(scanner, EventCompiler.compile(SafetyCheck.check(plan.sequence(), limits)));
            }
        } catch (ScannerException | UnsafeSequenceException e) {
            throw new AssertionError(e);
        }
        int slices = protocol.count("slices");
        int samples = result.re().get(0).length;
        double[][][] re = new double[slices][LINES][samples];
        double[][][] im = new double[slices][LINES][samples];
        for (int i = 0; i < plan.readouts().size(); i++) {
            ReadoutHeader header = plan.readouts().get(i);
            EncodingCounters at = header.counters();
            for (int s = 0; s < samples; s++) {
                double taper = taper(s, samples) * taper(at.step1(), LINES);
                re[at.slice()][at.step1()][s] = taper * result.re().get(i)[s];
                im[at.slice()][at.step1()][s] = taper * result.im().get(i)[s];
            }
        }
        double[][][] images = new double[slices][][];
        for (int slice = 0; slice < slices; slice++) {
            images[slice] = magnitude(re[slice], im[slice]);
        }
        return images;
    }

    private static double taper(int at, int count) {
        double fromMiddle = Math.abs((at + 0.5) / count - 0.5) * 2;
        return fromMiddle < 0.5 ? 1 : Math.pow(Math.cos(Math.PI * (fromMiddle - 0.5)), 2);
    }

    private static double[][] magnitude(double[][] re, double[][] im) {
        int samples = re[0].length;
        double[][] columnsRe = new double[samples][LINES];
        double[][] columnsIm = new double[samples][LINES];
        for (int line = 0; line < LINES; line++) {
            transform(re[line], im[line]);
            for (int x = 0; x < samples; x++) {
                columnsRe[x][line] = re[line][x];
                columnsIm[x][line] = im[line][x];
            }
        }
        double[][] image = new double[LINES][samples];
        for (int x = 0; x < samples; x++) {
            transform(columnsRe[x], columnsIm[x]);
            for (int y = 0; y < LINES; y++) {
                image[y][x] = Math.hypot(columnsRe[x][y], columnsIm[x][y]);
            }
        }
        return image;
    }

    /** Discrete Fourier transform in place, with zero in the middle on both sides. */
    private static void transform(double[] re, double[] im) {
        int n = re.length;
        double[] inRe = re.clone();
        double[] inIm = im.clone();
        Arrays.fill(re, 0);
        Arrays.fill(im, 0);
        for (int out = 0; out < n; out++) {
            for (int in = 0; in < n; in++) {
                double angle = 2 * Math.PI * (out - n / 2) * (in - n / 2) / n;
                double cos = Math.cos(angle);
                double sin = Math.sin(angle);
                re[out] += inRe[in] * cos - inIm[in] * sin;
                im[out] += inRe[in] * sin + inIm[in] * cos;
            }
        }
    }

    /** In the middle of an image, as shares of the mean: the standard deviation, and the farthest mean of a row or a column. */
    private static double[] grainAndStripes(double[][] image) {
        int left = (int) (0.44 * image[0].length);
        int right = (int) (0.56 * image[0].length);
        int top = (int) (0.38 * LINES);
        int bottom = (int) (0.62 * LINES);
        double[] rows = new double[bottom - top];
        double[] columns = new double[right - left];
        double sum = 0;
        double squares = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                sum += image[y][x];
                squares += image[y][x] * image[y][x];
                rows[y - top] += image[y][x] / columns.length;
                columns[x - left] += image[y][x] / rows.length;
            }
        }
        int count = rows.length * columns.length;
        double mean = sum / count;
        double farthest = 0;
        for (double[] means : List.of(rows, columns)) {
            for (double value : means) {
                farthest = Math.max(farthest, Math.abs(value / mean - 1));
            }
        }
        return new double[] {Math.sqrt(Math.max(0, squares / count - mean * mean)) / mean, farthest};
    }

    @ParameterizedTest
    @CsvSource({
        "se2d, 1, 0.01",
        "se2d, 0.95, 0.01",
        "tse2d, 1, 0.03",
        "tse2d, 0.95, 0.03",
        "gre2d, 1, 0.02",
        "gre2d, 0.95, 0.02"
    })
    void aBottleIsEven(String sequence, double gain, double most) {
        double[][][] images = images(
                "virtual:ideal?phantom=bottle&transmit.gain=" + gain,
                sequence + " matrix=64 matrixPhase=" + LINES + " slices=3 dummies=1");

        for (double[][] image : images) {
            double[] found = grainAndStripes(image);
            assertThat(found[0]).as("grain").isLessThan(most);
            assertThat(found[1]).as("stripes").isLessThan(most);
        }
    }
}
