package org.isocenter.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How the field of each gradient coil departs from a straight line, in spherical harmonics about the device's z axis (Janke et al.
 * 2004): where a gradient of 1 T/m along an axis should give the field u, it gives u plus the terms of that axis, in metres.
 * So a point appears at {@link #seen} in an image that was encoded in the belief that the gradients are linear.
 *
 * @param referenceRadiusMeters at which the coefficients hold; above 0
 */
public record GradientHarmonics(double referenceRadiusMeters, List<Term> terms) {
    public static final GradientHarmonics NONE = new GradientHarmonics(1, List.of());

    /** The user parameter of a scan's header that holds {@link #text}. */
    public static final String PARAMETER = "gradient_harmonics";

    private static final String AXES = "xyz";
    private static final int LARGEST_DEGREE = 20;

    /** What makes an associated Legendre function Schmidt's, by degree and order: √((2 - δ)·(n-m)!/(n+m)!). */
    private static final double[][] SCHMIDT = new double[LARGEST_DEGREE + 1][LARGEST_DEGREE + 1];

    static {
        for (int n = 0; n <= LARGEST_DEGREE; n++) {
            SCHMIDT[n][0] = 1;
            double product = 2;
            for (int m = 1; m <= n; m++) {
                product /= (double) (n + m) * (n - m + 1);
                SCHMIDT[n][m] = Math.sqrt(product);
            }
        }
    }

    /**
     * {@code share·R·(r/R)^n·S(θ,φ)}, where S is Schmidt's semi-normalised harmonic without Condon and Shortley's sign: on that
     * scale x, y and z themselves are the harmonics of degree 1.
     *
     * @param axis 0 to 2, of the gradient that has it
     * @param degree n, 0 to 20
     * @param order m, -n to n: cos mφ, or sin |m|φ where it is negative
     * @param share of the reference radius
     */
    public record Term(int axis, int degree, int order, double share) {
        public Term {
            if (axis < 0 || axis > 2 || degree < 0 || degree > LARGEST_DEGREE || Math.abs(order) > degree) {
                throw new IllegalArgumentException("no such harmonic of a gradient: axis " + axis + ", degree " + degree
                        + ", order " + order + " (axis 0 to 2, degree 0 to " + LARGEST_DEGREE
                        + ", order from -degree to degree)");
            }
            if (!Double.isFinite(share)) {
                throw new IllegalArgumentException("a harmonic's share must be a number, not " + share);
            }
        }

        /** The harmonic at a point in units of the reference radius. */
        double at(double x, double y, double z) {
            int m = Math.abs(order);
            double cos = 1;
            double sin = 0;
            double legendre = 1;
            for (int i = 1; i <= m; i++) {
                double turned = cos * x - sin * y;
                sin = cos * y + sin * x;
                cos = turned;
                legendre *= 2 * i - 1;
            }
            double before = 0;
            double squared = x * x + y * y + z * z;
            for (int n = m + 1; n <= degree; n++) {
                double next = ((2 * n - 1) * z * legendre - (n + m - 1) * squared * before) / (n - m);
                before = legendre;
                legendre = next;
            }
            return SCHMIDT[degree][m] * legendre * (order < 0 ? sin : cos);
        }
    }

    public GradientHarmonics {
        if (!(referenceRadiusMeters > 0)) {
            throw new IllegalArgumentException("the reference radius must be above 0 m, not " + referenceRadiusMeters);
        }
        terms = List.copyOf(terms);
    }

    public boolean isNone() {
        return terms.stream().allMatch(term -> term.share() == 0);
    }

    /** Where the point (x, y, z) of the device, in metres, appears: into {@code to}, three values. */
    public void seen(double x, double y, double z, double[] to) {
        to[0] = x;
        to[1] = y;
        to[2] = z;
        double scale = 1 / referenceRadiusMeters;
        for (int i = 0; i < terms.size(); i++) {
            Term term = terms.get(i);
            to[term.axis()] += referenceRadiusMeters * term.share() * term.at(x * scale, y * scale, z * scale);
        }
    }

    /** As one line: {@code "0.1 m: x 3,1 -0.0122; x 3,3 0.0158"}. */
    public String text() {
        List<String> parts = new ArrayList<>();
        for (Term term : terms) {
            parts.add(AXES.charAt(term.axis()) + " " + term.degree() + "," + term.order() + " " + term.share());
        }
        return referenceRadiusMeters + " m: " + String.join("; ", parts);
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static GradientHarmonics parse(String text) {
        int colon = text.indexOf(':');
        String radius = colon < 0 ? "" : text.substring(0, colon).strip();
        if (!radius.endsWith("m")) {
            throw new IllegalArgumentException("gradient harmonics '" + text
                    + "' do not begin with their radius: expected '0.1 m: x 3,1 -0.0122; …'");
        }
        List<Term> terms = new ArrayList<>();
        for (String part : text.substring(colon + 1).split(";")) {
            if (!part.isBlank()) {
                terms.add(term(part.strip()));
            }
        }
        return new GradientHarmonics(number(radius.substring(0, radius.length() - 1)), terms);
    }

    private static Term term(String text) {
        String[] words = text.toLowerCase(Locale.ROOT).split("[\\s,]+");
        int axis = words[0].length() == 1 ? AXES.indexOf(words[0]) : -1;
        if (words.length != 4 || axis < 0) {
            throw new IllegalArgumentException("'" + text
                    + "' is no harmonic of a gradient: expected axis, degree, order and share: 'x 3,1 -0.0122'");
        }
        return new Term(axis, (int) number(words[1]), (int) number(words[2]), number(words[3]));
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' in gradient harmonics is no number", e);
        }
    }
}
