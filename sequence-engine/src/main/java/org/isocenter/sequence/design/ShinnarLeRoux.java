package org.isocenter.sequence.design;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.isocenter.sequence.RfUse;

/**
 * Pulses by the Shinnar-Le Roux algorithm (Pauly, Le Roux, Nishimura and Macovski, IEEE Trans Med Imaging 10:53, 1991). A
 * chain of small hard pulses is a pair of polynomials A and B; B is designed as a low-pass filter of the wanted slice
 * profile, A of minimum phase follows from |A|² + |B|² = 1, and the inverse transform gives the pulse. Pure; any thread.
 */
public final class ShinnarLeRoux {
    private static final int TAPS = 201;
    /** Any will do to find where the pulse has its centre. */
    private static final long RASTER_PS = 10_000_000;

    /** Cepstra are this many times as long as the polynomials, or they fold over. */
    private static final int PADDING = 32;
    /** |B| stays this far below 1, where A would vanish. */
    private static final double BELOW_ONE = 1e-5;

    /** By this power of the ripples' ratio least squares weighs its bands: found to suit all purposes. */
    private static final double BALANCE = 1.5;

    private static final Designs<Wanted, PulseShape> MADE = new Designs<>(ShinnarLeRoux::design);

    /** Of a pulse's peak: less is rounding. */
    private static final double SAME = 1e-3;

    /** What the pulse is for. It decides how ripples of B and of the profile are related (Pauly et al., table II). */
    public enum Purpose {
        /** Straight from the filter, in the approximation of small flip angles: for a few tens of degrees. */
        SMALL_TIP,
        /** Transverse magnetisation from equilibrium, any angle up to 90°. */
        EXCITATION,
        /** The echo between crushers. */
        REFOCUSING,
        /** Longitudinal magnetisation. */
        INVERSION,
        /** Longitudinal magnetisation turned to zero. */
        SATURATION
    }

    /** How B is designed. */
    public enum Filter {
        /** Symmetric, least squares: ripples of a few times the wanted ones at the edges, far less elsewhere. */
        LEAST_SQUARES,
        /** Symmetric, Parks-McClellan: the narrowest edges for the ripples, with spikes at the pulse's ends. */
        EQUIRIPPLE,
        /** Sharper edges; turns late, so that little rephasing is needed after an excitation. */
        MINIMUM_PHASE,
        /** Minimum phase reversed: turns early. */
        MAXIMUM_PHASE
    }

    private ShinnarLeRoux() {}

    /**
     * A pulse for {@code purpose}.
     *
     * @param flipRadians in (0, π]; refocusing and inversion take π, saturation π/2 in most cases
     * @param timeBandwidth at half of the effect; 2 … 40
     * @param passRipple of the profile in the slice, as a share of the full effect: 0.01
     * @param stopRipple of the profile outside
     * @throws IllegalArgumentException when no slice is left between the edges: a higher product or larger ripples
     */
    public static PulseShape pulse(
            Purpose purpose,
            Filter filter,
            double flipRadians,
            double timeBandwidth,
            double passRipple,
            double stopRipple) {
        if (!(flipRadians > 0 && flipRadians <= Math.PI)) {
            throw new IllegalArgumentException("a flip angle of " + flipRadians + " rad is not in (0, π]");
        }
        return MADE.of(new Wanted(purpose, filter, flipRadians, timeBandwidth, passRipple, stopRipple));
    }

    private record Wanted(
            Purpose purpose,
            Filter filter,
            double flipRadians,
            double timeBandwidth,
            double passRipple,
            double stopRipple) {}

    private static PulseShape design(Wanted wanted) {
        Purpose purpose = wanted.purpose;
        double flipRadians = wanted.flipRadians;
        double timeBandwidth = wanted.timeBandwidth;
        double[] ripples = ripplesOfB(purpose, flipRadians, wanted.passRipple, wanted.stopRipple);
        double[] b = filter(wanted.filter, timeBandwidth, ripples[0], ripples[1]);
        double[] turns;
        if (purpose == Purpose.SMALL_TIP) {
            turns = scaled(b, flipRadians);
            reverse(turns);
        } else {
            turns = inverse(scaledToFlip(b, Math.sin(flipRadians / 2)));
        }
        return shape(turns, flipRadians, timeBandwidth, purpose);
    }

    /**
     * Ripples of |B|, relative to its height, that give these ripples of the profile. In a passband of any flip angle the
     * relation for excitation is solved exactly: near 90° the profile M = sin(2·asin b) is flat, and forgives much.
     */
    static double[] ripplesOfB(Purpose purpose, double flipRadians, double pass, double stop) {
        return switch (purpose) {
            case SMALL_TIP -> new double[] {pass, stop};
            case EXCITATION -> new double[] {excitationRipple(flipRadians, pass), stop * Math.cos(flipRadians / 2)};
            case REFOCUSING -> new double[] {pass / 4, Math.sqrt(stop)};
            case INVERSION -> new double[] {pass / 8, Math.sqrt(stop / 2)};
            case SATURATION -> new double[] {pass / 2, Math.sqrt(stop)};
        };
    }

    private static double excitationRipple(double flipRadians, double pass) {
        double height = Math.sin(flipRadians / 2);
        double low = 0;
        double high = Math.min(0.3, (1 - BELOW_ONE) / height - 1);
        for (int i = 0; i < 50; i++) {
            double middle = (low + high) / 2;
            boolean within = Math.abs(transverse(height * (1 + middle)) / Math.sin(flipRadians) - 1) <= pass
                    && Math.abs(transverse(height * (1 - middle)) / Math.sin(flipRadians) - 1) <= pass;
            low = within ? middle : low;
            high = within ? high : middle;
        }
        return Math.max(low, pass / 8);
    }

    private static double transverse(double b) {
        return 2 * b * Math.sqrt(Math.max(0, 1 - b * b));
    }

    /** Transition width times length of the best filter with these ripples (Rabiner and Gold 1975, eq. 3.142). */
    static double transition(double pass, double stop) {
        double l1 = Math.log10(pass);
        double l2 = Math.log10(stop);
        return (5.309e-3 * l1 * l1 + 7.114e-2 * l1 - 4.761e-1) * l2 + (-2.66e-3 * l1 * l1 - 5.941e-1 * l1 - 4.278e-1);
    }

    private static double[] filter(Filter kind, double timeBandwidth, double pass, double stop) {
        if (kind == Filter.LEAST_SQUARES || kind == Filter.EQUIRIPPLE) {
            double[] edges = edges(timeBandwidth, transition(pass, stop));
            return kind == Filter.LEAST_SQUARES
                    ? LowPass.leastSquares(TAPS, edges[0], edges[1], 1, Math.pow(pass / stop, BALANCE))
                    : LowPass.equiripple(TAPS, edges[0], edges[1], 1, pass / stop);
        }
        // |B|² is a linear-phase filter twice as long: pass ripples double, stop ripples are squared, and only half of
        // the
        // stop ripple's span is allowed below zero.
        double squarePass = 2 * pass;
        double squareStop = stop * stop / 2;
        double[] edges = edges(timeBandwidth, transition(squarePass, squareStop) / 2);
        double[] square = LowPass.equiripple(2 * TAPS - 1, edges[0], edges[1], 1, squarePass / squareStop);
        double[] b = factor(square);
        if (kind == Filter.MAXIMUM_PHASE) {
            reverse(b);
        }
        return b;
    }

    private static double[] edges(double timeBandwidth, double transition) {
        double share = transition / timeBandwidth;
        if (!(share < 1)) {
            throw new IllegalArgumentException("a time-bandwidth product of " + timeBandwidth
                    + " leaves no slice between its edges: at least " + transition + " is needed for these ripples");
        }
        double half = timeBandwidth / 2 / TAPS;
        return new double[] {half * (1 - share), half * (1 + share)};
    }

    /** The minimum-phase filter whose squared response is that of a linear-phase one, lifted to be nowhere negative. */
    private static double[] factor(double[] square) {
        int n = length(TAPS);
        double[] re = new double[n];
        double[] im = new double[n];
        int middle = square.length / 2;
        for (int i = 0; i < square.length; i++) {
            re[(i - middle + n) % n] = square[i];
        }
        Fourier.transform(re, im, -1);
        double lowest = Arrays.stream(re).min().orElseThrow();
        double lift = Math.max(0, -lowest) * 1.01 + 1e-12;
        double[] logarithm = new double[n];
        for (int i = 0; i < n; i++) {
            logarithm[i] = 0.5 * Math.log((re[i] + lift) / (1 + lift));
        }
        return minimumPhase(logarithm, TAPS);
    }

    /** Coefficients of the minimum-phase polynomial whose modulus has this logarithm around the unit circle. */
    private static double[] minimumPhase(double[] logarithm, int count) {
        int n = logarithm.length;
        double[] re = logarithm.clone();
        double[] im = new double[n];
        Fourier.transform(re, im, 1);
        for (int i = 0; i < n; i++) {
            double fold = i == 0 || i == n / 2 ? 1 : i < n / 2 ? 2 : 0;
            re[i] *= fold / n;
            im[i] *= fold / n;
        }
        Fourier.transform(re, im, -1);
        for (int i = 0; i < n; i++) {
            double modulus = Math.exp(re[i]);
            re[i] = modulus * Math.cos(im[i]);
            im[i] = modulus * Math.sin(im[i]);
        }
        Fourier.transform(re, im, 1);
        double[] coefficients = new double[count];
        for (int i = 0; i < count; i++) {
            coefficients[i] = re[i] / n;
        }
        return coefficients;
    }

    /** Where B reaches towards 1, its largest value does; else its middle has the height that the flip angle asks for. */
    private static double[] scaledToFlip(double[] b, double height) {
        double[] squares = squaredModulus(b);
        double largest = Math.sqrt(Arrays.stream(squares).max().orElseThrow());
        double most = 1 - BELOW_ONE;
        return scaled(b, largest * height > most ? most / largest : height);
    }

    private static double[] squaredModulus(double[] coefficients) {
        int n = length(coefficients.length);
        double[] re = Arrays.copyOf(coefficients, n);
        double[] im = new double[n];
        Fourier.transform(re, im, -1);
        for (int i = 0; i < n; i++) {
            re[i] = re[i] * re[i] + im[i] * im[i];
        }
        return re;
    }

    /**
     * The inverse transform: the last hard pulse's angle is read off the lowest coefficients, then that pulse is undone.
     *
     * @param b real coefficients with |B| below 1
     * @return the angle of each hard pulse about one axis, in time's order
     */
    private static double[] inverse(double[] b) {
        int n = b.length;
        double[] logarithm = squaredModulus(b);
        for (int i = 0; i < logarithm.length; i++) {
            logarithm[i] = 0.5 * Math.log(1 - logarithm[i]);
        }
        double[] aNow = minimumPhase(logarithm, n);
        double[] bNow = b.clone();
        double[] angles = new double[n];
        for (int j = n - 1; j >= 0; j--) {
            double half = Math.atan2(bNow[0], aNow[0]);
            angles[j] = 2 * half;
            double c = Math.cos(half);
            double s = Math.sin(half);
            for (int i = 0; i < j; i++) {
                aNow[i] = c * aNow[i] + s * bNow[i];
                bNow[i] = c * bNow[i + 1] - s * aNow[i + 1];
            }
        }
        return angles;
    }

    private static PulseShape shape(double[] angles, double flipRadians, double timeBandwidth, Purpose purpose) {
        int n = angles.length;
        double peak = Arrays.stream(angles).map(Math::abs).max().orElseThrow();
        double[] relative = scaled(angles, 1 / peak);
        DoubleUnaryOperator envelope = x -> {
            double place = x * n - 0.5;
            int left = (int) Math.floor(place);
            double before = relative[Math.max(0, left)];
            double after = relative[Math.min(n - 1, left + 1)];
            return before + (place - left) * (after - before);
        };
        double peakCycles = peak * n / (2 * Math.PI);
        PulseShape uncentred = new PulseShape(envelope, null, flipRadians, peakCycles, timeBandwidth, 0.5);
        boolean excites = purpose == Purpose.EXCITATION || purpose == Purpose.SMALL_TIP;
        if (!excites && isSymmetric(relative)) {
            return uncentred;
        }
        RfUse use = purpose == Purpose.REFOCUSING ? RfUse.REFOCUSING : RfUse.EXCITATION;
        double center = SliceProfile.center(uncentred.pulse(n, RASTER_PS, 0, use), RASTER_PS, timeBandwidth);
        return new PulseShape(envelope, null, flipRadians, peakCycles, timeBandwidth, center);
    }

    /** Such a pulse refocuses, inverts and saturates about its middle; only what it excites dephases from elsewhere. */
    private static boolean isSymmetric(double[] relative) {
        int n = relative.length;
        for (int i = 0; i < n / 2; i++) {
            if (Math.abs(relative[i] - relative[n - 1 - i]) > SAME) {
                return false;
            }
        }
        return true;
    }

    private static int length(int coefficients) {
        return Integer.highestOneBit(coefficients * PADDING - 1) * 2;
    }

    private static double[] scaled(double[] values, double factor) {
        return Arrays.stream(values).map(v -> v * factor).toArray();
    }

    private static void reverse(double[] values) {
        for (int i = 0, j = values.length - 1; i < j; i++, j--) {
            double kept = values[i];
            values[i] = values[j];
            values[j] = kept;
        }
    }
}
