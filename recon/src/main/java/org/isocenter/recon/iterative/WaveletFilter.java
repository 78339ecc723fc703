package org.isocenter.recon.iterative;

/**
 * The filters of an orthogonal wavelet. They work on rows, across them: from even and odd rows to half as many low and as
 * many high ones, periodically, and back. A last row without a partner is its own low row, so that the transform is
 * orthogonal for any number of rows.
 */
public enum WaveletFilter {
    /** Sums and differences of neighbours. */
    HAAR {
        @Override
        void down(float[][] rows, int start, float[] low, float[] high, int even, int length) {
            float[] first = rows[start];
            float[] second = rows[start + 1];
            for (int i = 0; i < length; i++) {
                low[i] = HALF_ROOT * (first[i] + second[i]);
            }
            for (int i = 0; i < length; i++) {
                high[i] = HALF_ROOT * (first[i] - second[i]);
            }
        }

        @Override
        void up(float[][] bands, int pair, int lows, int pairs, float[] first, float[] second, int length) {
            float[] low = bands[pair];
            float[] high = bands[lows + pair];
            for (int i = 0; i < length; i++) {
                first[i] = HALF_ROOT * (low[i] + high[i]);
            }
            for (int i = 0; i < length; i++) {
                second[i] = HALF_ROOT * (low[i] - high[i]);
            }
        }
    },

    /** Daubechies' filters of four taps and two vanishing moments (Daubechies 1988, table 1). */
    DAUBECHIES_4 {
        @Override
        void down(float[][] rows, int start, float[] low, float[] high, int even, int length) {
            float[] a = rows[start];
            float[] b = rows[start + 1];
            float[] c = rows[(start + 2) % even];
            float[] d = rows[(start + 3) % even];
            for (int i = 0; i < length; i++) {
                low[i] = H0 * a[i] + H1 * b[i] + H2 * c[i] + H3 * d[i];
            }
            for (int i = 0; i < length; i++) {
                high[i] = H3 * a[i] - H2 * b[i] + H1 * c[i] - H0 * d[i];
            }
        }

        @Override
        void up(float[][] bands, int pair, int lows, int pairs, float[] first, float[] second, int length) {
            int before = (pair + pairs - 1) % pairs;
            float[] low = bands[pair];
            float[] high = bands[lows + pair];
            float[] lowBefore = bands[before];
            float[] highBefore = bands[lows + before];
            for (int i = 0; i < length; i++) {
                first[i] = H0 * low[i] + H3 * high[i] + H2 * lowBefore[i] + H1 * highBefore[i];
            }
            for (int i = 0; i < length; i++) {
                second[i] = H1 * low[i] - H2 * high[i] + H3 * lowBefore[i] - H0 * highBefore[i];
            }
        }
    };

    private static final float HALF_ROOT = (float) Math.sqrt(0.5);
    private static final float H0 = (float) ((1 + Math.sqrt(3)) / (4 * Math.sqrt(2)));
    private static final float H1 = (float) ((3 + Math.sqrt(3)) / (4 * Math.sqrt(2)));
    private static final float H2 = (float) ((3 - Math.sqrt(3)) / (4 * Math.sqrt(2)));
    private static final float H3 = (float) ((1 - Math.sqrt(3)) / (4 * Math.sqrt(2)));

    /** The low and the high row of the rows from {@code start} on, of which there is an even number. */
    abstract void down(float[][] rows, int start, float[] low, float[] high, int even, int length);

    /** The two rows of a pair of bands: the inverse of {@link #down}. */
    abstract void up(float[][] bands, int pair, int lows, int pairs, float[] first, float[] second, int length);

    /** From rows to bands: first all low rows, then all high ones. */
    final void split(float[][] rows, float[][] bands, int count, int length) {
        int pairs = count / 2;
        int lows = count - pairs;
        for (int pair = 0; pair < pairs; pair++) {
            down(rows, 2 * pair, bands[pair], bands[lows + pair], 2 * pairs, length);
        }
        if (lows > pairs) {
            System.arraycopy(rows[count - 1], 0, bands[pairs], 0, length);
        }
    }

    /** From bands back to rows. */
    final void merge(float[][] bands, float[][] rows, int count, int length) {
        int pairs = count / 2;
        int lows = count - pairs;
        for (int pair = 0; pair < pairs; pair++) {
            up(bands, pair, lows, pairs, rows[2 * pair], rows[2 * pair + 1], length);
        }
        if (lows > pairs) {
            System.arraycopy(bands[pairs], 0, rows[count - 1], 0, length);
        }
    }
}
