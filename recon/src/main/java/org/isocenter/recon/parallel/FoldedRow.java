package org.isocenter.recon.parallel;

import java.util.Arrays;
import org.isocenter.recon.array.ChannelGrid;

/**
 * The systems of equations of all pixels along x that fall on one another: as many unknowns as rows of a group, as many equations
 * as channels. Normal equations, factorised as {@code U'U}, every step a plain loop along x. One thread.
 */
final class FoldedRow {
    /** Of the largest sum of squares, 1: what is left of a pixel that the others explain; less cannot be told from rounding. */
    private static final float LEAST_PIVOT = 1e-4f;

    private final ChannelGrid maps;
    private final FoldedPixels pixels;
    private final int group;
    private final int length;
    private final int members;
    /** The upper triangle of {@code S'S}, then U. */
    private final float[][] normalReal;

    private final float[][] normalImaginary;
    /** One over the diagonal of U, 0 where there is nothing to solve for. */
    private final float[][] inverseDiagonal;

    private final float[][] real;
    private final float[][] imaginary;

    FoldedRow(ChannelGrid maps, FoldedPixels pixels, int group) {
        this.maps = maps;
        this.pixels = pixels;
        this.group = group;
        length = maps.sizeX();
        members = pixels.members();
        normalReal = new float[members * members][length];
        normalImaginary = new float[members * members][length];
        inverseDiagonal = new float[members][length];
        real = new float[members][length];
        imaginary = new float[members][length];
    }

    /** Makes and factorises the equations. */
    void factorise(double regularisation) {
        for (int channel = 0; channel < maps.channels(); channel++) {
            float[][] rowReal = new float[members][];
            float[][] rowImaginary = new float[members][];
            for (int member = 0; member < members; member++) {
                rowReal[member] = row(maps.real(channel), member);
                rowImaginary[member] = row(maps.imaginary(channel), member);
            }
            for (int a = 0; a < members; a++) {
                for (int b = a; b < members; b++) {
                    RowArithmetic.addConjugateProduct(
                            rowReal[a],
                            rowImaginary[a],
                            rowReal[b],
                            rowImaginary[b],
                            normalReal[a * members + b],
                            normalImaginary[a * members + b],
                            0,
                            length);
                }
            }
        }
        for (int k = 0; k < members; k++) {
            invertPivot(normalReal[k * members + k], (float) regularisation, inverseDiagonal[k]);
            for (int j = k + 1; j < members; j++) {
                scale(inverseDiagonal[k], normalReal[k * members + j], normalImaginary[k * members + j]);
            }
            for (int i = k + 1; i < members; i++) {
                for (int j = i; j < members; j++) {
                    subtractConjugateProduct(
                            normalReal[k * members + i],
                            normalImaginary[k * members + i],
                            normalReal[k * members + j],
                            normalImaginary[k * members + j],
                            normalReal[i * members + j],
                            normalImaginary[i * members + j]);
                }
            }
        }
    }

    /** The right-hand sides: {@code S'} times the folded images. */
    void project(ChannelGrid folded) {
        for (int channel = 0; channel < maps.channels(); channel++) {
            float[] foldedReal = row(folded.real(channel), 0);
            float[] foldedImaginary = row(folded.imaginary(channel), 0);
            for (int member = 0; member < members; member++) {
                RowArithmetic.addConjugateProduct(
                        row(maps.real(channel), member),
                        row(maps.imaginary(channel), member),
                        foldedReal,
                        foldedImaginary,
                        real[member],
                        imaginary[member],
                        0,
                        length);
            }
        }
    }

    /** Replaces the right-hand sides by the solutions. */
    void solve() {
        forward();
        for (int k = members - 1; k >= 0; k--) {
            for (int i = k + 1; i < members; i++) {
                subtractProduct(
                        normalReal[k * members + i],
                        normalImaginary[k * members + i],
                        real[i],
                        imaginary[i],
                        real[k],
                        imaginary[k]);
            }
            scale(inverseDiagonal[k], real[k], imaginary[k]);
        }
    }

    private void forward() {
        for (int k = 0; k < members; k++) {
            scale(inverseDiagonal[k], real[k], imaginary[k]);
            for (int i = k + 1; i < members; i++) {
                subtractConjugateProduct(
                        normalReal[k * members + i],
                        normalImaginary[k * members + i],
                        real[k],
                        imaginary[k],
                        real[i],
                        imaginary[i]);
            }
        }
    }

    /** Takes the phases of the folding off the solutions and adds them to the image. */
    void addTo(ChannelGrid image) {
        for (int member = 0; member < members; member++) {
            int to = pixels.row(group, member) * length;
            float phaseReal = pixels.phaseReal(member);
            float phaseImaginary = pixels.phaseImaginary(member);
            for (int x = 0; x < length; x++) {
                image.real(0)[to + x] += phaseReal * real[member][x] + phaseImaginary * imaginary[member][x];
                image.imaginary(0)[to + x] += phaseReal * imaginary[member][x] - phaseImaginary * real[member][x];
            }
        }
    }

    /** {@code √((S'S)⁻¹ · S'S)} of the diagonals' elements: for each member the inverse's element is the square of a solution. */
    void gFactor(ChannelGrid to) {
        float[][] diagonal = new float[members][];
        for (int member = 0; member < members; member++) {
            diagonal[member] = new float[length];
            for (int channel = 0; channel < maps.channels(); channel++) {
                addSquares(row(maps.real(channel), member), row(maps.imaginary(channel), member), diagonal[member]);
            }
        }
        factorise(0);
        for (int member = 0; member < members; member++) {
            for (int k = 0; k < members; k++) {
                Arrays.fill(real[k], k == member ? 1 : 0);
                Arrays.fill(imaginary[k], 0);
            }
            // With U'y = e, the element of the inverse is y'y.
            forward();
            float[] squares = new float[length];
            for (int k = 0; k < members; k++) {
                addSquares(real[k], imaginary[k], squares);
            }
            int at = pixels.row(group, member) * length;
            for (int x = 0; x < length; x++) {
                to.real(0)[at + x] = (float) Math.sqrt(squares[x] * diagonal[member][x]);
            }
        }
    }

    private float[] row(float[] values, int member) {
        int from = pixels.row(group, member) * length;
        return Arrays.copyOfRange(values, from, from + length);
    }

    private static void invertPivot(float[] pivot, float ridge, float[] inverse) {
        for (int x = 0; x < inverse.length; x++) {
            inverse[x] = pivot[x] > LEAST_PIVOT ? (float) (1 / Math.sqrt(pivot[x] + ridge)) : 0;
        }
    }

    private static void addSquares(float[] real, float[] imaginary, float[] to) {
        for (int x = 0; x < to.length; x++) {
            to[x] += real[x] * real[x] + imaginary[x] * imaginary[x];
        }
    }

    private static void scale(float[] factor, float[] real, float[] imaginary) {
        for (int x = 0; x < factor.length; x++) {
            real[x] *= factor[x];
        }
        for (int x = 0; x < factor.length; x++) {
            imaginary[x] *= factor[x];
        }
    }

    /** {@code to -= conj(a) · b}. */
    private static void subtractConjugateProduct(
            float[] aReal, float[] aImaginary, float[] bReal, float[] bImaginary, float[] toReal, float[] toImaginary) {
        for (int x = 0; x < toReal.length; x++) {
            toReal[x] -= aReal[x] * bReal[x] + aImaginary[x] * bImaginary[x];
        }
        for (int x = 0; x < toReal.length; x++) {
            toImaginary[x] -= aReal[x] * bImaginary[x] - aImaginary[x] * bReal[x];
        }
    }

    /** {@code to -= a · b}. */
    private static void subtractProduct(
            float[] aReal, float[] aImaginary, float[] bReal, float[] bImaginary, float[] toReal, float[] toImaginary) {
        for (int x = 0; x < toReal.length; x++) {
            toReal[x] -= aReal[x] * bReal[x] - aImaginary[x] * bImaginary[x];
        }
        for (int x = 0; x < toReal.length; x++) {
            toImaginary[x] -= aReal[x] * bImaginary[x] + aImaginary[x] * bReal[x];
        }
    }
}
