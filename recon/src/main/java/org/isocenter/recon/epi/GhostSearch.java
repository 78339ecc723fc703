package org.isocenter.recon.epi;

import java.util.List;
import org.isocenter.recon.fft.CentredFft;

/**
 * Finds the difference between lines of either direction from an image's own lines where there are no navigators: the one with
 * which the image has the least sum of magnitudes, since a ghost spreads the same energy over more pixels (after Clare 2008,
 * who took the entropy). One channel after the other is added up.
 */
final class GhostSearch {
    /** Largest shift of lines against one another, in samples, that is looked for. */
    private static final double MOST_SAMPLES = 3;

    /** First step of the difference in height at the edge of the field of view, in nepers. */
    private static final double HEIGHT_STEP = 0.1;

    private static final int SLOPES = 49;
    private static final int CONSTANTS = 24;
    /** An image that gets less sparse than this by it has no ghost to speak of. */
    private static final double WORTHWHILE = 0.997;

    private final int points;
    private final int rows;
    private final int columnsFrom;
    private final int columnsTo;
    private final CentredFft alongY;
    /** In image space along both, of the lines of one direction alone: [direction][channel][x * rows + y]. */
    private final float[][][] real = new float[2][][];

    private final float[][][] imaginary = new float[2][][];

    /** A line and its row in k-space. */
    record Placed(GridLine line, int row) {}

    /** @param lines of one image, all with the same number of channels; rows from 0 to {@code rows} - 1 */
    GhostSearch(List<Placed> lines, int rows, int columnsFrom, int columnsTo) {
        this.points = lines.get(0).line().points();
        this.rows = rows;
        this.columnsFrom = columnsFrom;
        this.columnsTo = columnsTo;
        this.alongY = new CentredFft(rows);
        int channels = lines.get(0).line().real().length / points;
        CentredFft alongX = new CentredFft(points);
        for (int direction = 0; direction < 2; direction++) {
            real[direction] = new float[channels][points * rows];
            imaginary[direction] = new float[channels][points * rows];
        }
        float[] hybridReal = new float[points];
        float[] hybridImaginary = new float[points];
        for (Placed placed : lines) {
            GridLine line = placed.line();
            int direction = line.backward() ? 1 : 0;
            for (int channel = 0; channel < channels; channel++) {
                alongX.load(line.real(), line.imaginary(), channel * points, 1);
                alongX.inverse();
                alongX.store(hybridReal, hybridImaginary, 0, 1, 0, points);
                for (int x = 0; x < points; x++) {
                    real[direction][channel][x * rows + placed.row()] += hybridReal[x];
                    imaginary[direction][channel][x * rows + placed.row()] += hybridImaginary[x];
                }
            }
        }
        for (int direction = 0; direction < 2; direction++) {
            for (int channel = 0; channel < channels; channel++) {
                for (int x = columnsFrom; x < columnsTo; x++) {
                    float[] re = real[direction][channel];
                    float[] im = imaginary[direction][channel];
                    alongY.load(re, im, x * rows, 1);
                    alongY.inverse();
                    alongY.store(re, im, x * rows, 1, 0, rows);
                }
            }
        }
    }

    OddEvenDifference find() {
        double slopeStep = 2 * Math.PI * 2 * MOST_SAMPLES / points / (SLOPES - 1);
        double constantStep = Math.PI / CONSTANTS;
        double heightStep = 2 * HEIGHT_STEP / points;
        Best best = new Best();
        double none = best.sum;
        for (int i = 0; i < SLOPES; i++) {
            for (int j = 0; j < CONSTANTS; j++) {
                best.tryOut((i - SLOPES / 2) * slopeStep, (j - CONSTANTS / 2) * constantStep, 0);
            }
        }
        for (int halving = 0; halving < 7; halving++) {
            slopeStep /= 2;
            constantStep /= 2;
            heightStep /= 2;
            OddEvenDifference from = best.phase;
            for (int i = -1; i <= 1; i++) {
                for (int j = -1; j <= 1; j++) {
                    for (int k = -1; k <= 1; k++) {
                        best.tryOut(
                                from.radiansPerPixel() + i * slopeStep,
                                from.radians() + j * constantStep,
                                from.nepersPerPixel() + k * heightStep);
                    }
                }
            }
        }
        return best.sum < WORTHWHILE * none ? best.phase : OddEvenDifference.NONE;
    }

    private final class Best {
        private OddEvenDifference phase = OddEvenDifference.NONE;
        private double sum = sum(phase);

        void tryOut(double slope, double constant, double height) {
            OddEvenDifference other = new OddEvenDifference(slope, constant, height);
            double otherSum = sum(other);
            if (otherSum < sum) {
                phase = other;
                sum = otherSum;
            }
        }
    }

    /** The image's magnitudes when this is taken from its lines. */
    private double sum(OddEvenDifference phase) {
        double sum = 0;
        for (int channel = 0; channel < real[0].length; channel++) {
            float[] forwardRe = real[0][channel];
            float[] forwardIm = imaginary[0][channel];
            float[] backwardRe = real[1][channel];
            float[] backwardIm = imaginary[1][channel];
            for (int x = columnsFrom; x < columnsTo; x++) {
                double angle = -(phase.radiansPerPixel() * (x - points / 2) + phase.radians());
                float forward = (float) Math.exp(0.5 * phase.nepersPerPixel() * (x - points / 2));
                float cos = (float) Math.cos(angle) / forward;
                float sin = (float) Math.sin(angle) / forward;
                for (int at = x * rows; at < (x + 1) * rows; at++) {
                    float re = forward * forwardRe[at] + backwardRe[at] * cos - backwardIm[at] * sin;
                    float im = forward * forwardIm[at] + backwardRe[at] * sin + backwardIm[at] * cos;
                    sum += Math.sqrt(re * re + im * im);
                }
            }
        }
        return sum;
    }
}
