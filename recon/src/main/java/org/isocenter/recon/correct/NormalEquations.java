package org.isocenter.recon.correct;

/**
 * The complex least-squares problem of writing several signals by the same few others: sums over the samples, to which more may be
 * added, and its solution. One thread.
 */
final class NormalEquations {
    /** Against the mean of the diagonal: two references that see the same do not blow each other up. */
    private static final double REGULARISATION = 1e-7;

    private final int unknowns;
    private final int targets;
    /** Σ w conj(a_i) a_j, the lower half; re and im of each row one after the other. */
    private final double[][] gramRe;

    private final double[][] gramIm;
    /** Σ w conj(a_i) b of each target. */
    private final double[][] productRe;

    private final double[][] productIm;
    /** Σ w |b|² of each target. */
    private final double[] energy;

    private long samples;

    NormalEquations(int unknowns, int targets) {
        this.unknowns = unknowns;
        this.targets = targets;
        gramRe = new double[unknowns][unknowns];
        gramIm = new double[unknowns][unknowns];
        productRe = new double[targets][unknowns];
        productIm = new double[targets][unknowns];
        energy = new double[targets];
    }

    long samples() {
        return samples;
    }

    /** One sample of all. */
    void add(double weight, double[] aRe, double[] aIm, double[] bRe, double[] bIm) {
        samples++;
        for (int i = 0; i < unknowns; i++) {
            double re = weight * aRe[i];
            double im = -weight * aIm[i];
            double[] rowRe = gramRe[i];
            double[] rowIm = gramIm[i];
            for (int j = 0; j <= i; j++) {
                rowRe[j] += re * aRe[j] - im * aIm[j];
                rowIm[j] += re * aIm[j] + im * aRe[j];
            }
            for (int t = 0; t < targets; t++) {
                productRe[t][i] += re * bRe[t] - im * bIm[t];
                productIm[t][i] += re * bIm[t] + im * bRe[t];
            }
        }
        for (int t = 0; t < targets; t++) {
            energy[t] += weight * (bRe[t] * bRe[t] + bIm[t] * bIm[t]);
        }
    }

    /** The samples of another one as well. */
    void add(NormalEquations other) {
        samples += other.samples;
        for (int i = 0; i < unknowns; i++) {
            addTo(gramRe[i], other.gramRe[i]);
            addTo(gramIm[i], other.gramIm[i]);
        }
        for (int t = 0; t < targets; t++) {
            addTo(productRe[t], other.productRe[t]);
            addTo(productIm[t], other.productIm[t]);
        }
        addTo(energy, other.energy);
    }

    private static void addTo(double[] sum, double[] more) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += more[i];
        }
    }

    double energy(int target) {
        return energy[target];
    }

    /** How much of a target's energy is gone when {@code solution} times the references is taken off; negative when it grows. */
    double explained(int target, double[][] solution) {
        double explained = 0;
        for (int i = 0; i < unknowns; i++) {
            double re = solution[0][i];
            double im = solution[1][i];
            explained += 2 * (re * productRe[target][i] + im * productIm[target][i]);
            explained -= gramRe[i][i] * (re * re + im * im);
            for (int j = 0; j < i; j++) {
                double crossRe = re * solution[0][j] + im * solution[1][j];
                double crossIm = re * solution[1][j] - im * solution[0][j];
                explained -= 2 * (gramRe[i][j] * crossRe - gramIm[i][j] * crossIm);
            }
        }
        return explained;
    }

    /** For each target the weights of the references, {re, im}; zeros where the references are silent. By Cholesky's method. */
    double[][][] solve() {
        double trace = 0;
        for (int i = 0; i < unknowns; i++) {
            trace += gramRe[i][i];
        }
        double[][][] solutions = new double[targets][2][unknowns];
        if (!(trace > 0)) {
            return solutions;
        }
        double[][] lowerRe = new double[unknowns][unknowns];
        double[][] lowerIm = new double[unknowns][unknowns];
        factorize(REGULARISATION * trace / unknowns, lowerRe, lowerIm);
        for (int t = 0; t < targets; t++) {
            System.arraycopy(productRe[t], 0, solutions[t][0], 0, unknowns);
            System.arraycopy(productIm[t], 0, solutions[t][1], 0, unknowns);
            substitute(lowerRe, lowerIm, solutions[t][0], solutions[t][1]);
        }
        return solutions;
    }

    private void factorize(double ridge, double[][] lowerRe, double[][] lowerIm) {
        for (int i = 0; i < unknowns; i++) {
            for (int j = 0; j <= i; j++) {
                double re = gramRe[i][j] + (i == j ? ridge : 0);
                double im = gramIm[i][j];
                for (int k = 0; k < j; k++) {
                    re -= lowerRe[i][k] * lowerRe[j][k] + lowerIm[i][k] * lowerIm[j][k];
                    im -= lowerIm[i][k] * lowerRe[j][k] - lowerRe[i][k] * lowerIm[j][k];
                }
                if (i == j) {
                    lowerRe[i][i] = Math.sqrt(Math.max(re, 1e-3 * ridge));
                } else {
                    lowerRe[i][j] = re / lowerRe[j][j];
                    lowerIm[i][j] = im / lowerRe[j][j];
                }
            }
        }
    }

    private void substitute(double[][] lowerRe, double[][] lowerIm, double[] re, double[] im) {
        for (int i = 0; i < unknowns; i++) {
            for (int k = 0; k < i; k++) {
                double r = lowerRe[i][k] * re[k] - lowerIm[i][k] * im[k];
                im[i] -= lowerRe[i][k] * im[k] + lowerIm[i][k] * re[k];
                re[i] -= r;
            }
            re[i] /= lowerRe[i][i];
            im[i] /= lowerRe[i][i];
        }
        for (int i = unknowns - 1; i >= 0; i--) {
            for (int k = i + 1; k < unknowns; k++) {
                double r = lowerRe[k][i] * re[k] + lowerIm[k][i] * im[k];
                im[i] -= lowerRe[k][i] * im[k] - lowerIm[k][i] * re[k];
                re[i] -= r;
            }
            re[i] /= lowerRe[i][i];
            im[i] /= lowerRe[i][i];
        }
    }
}
