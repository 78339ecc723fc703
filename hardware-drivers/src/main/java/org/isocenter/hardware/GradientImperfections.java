package org.isocenter.hardware;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.isocenter.model.GradientHarmonics;

/**
 * The gradient amplifiers and coils. The lists are by axis: x, y, z.
 *
 * @param scale gradient that one gets, over the one asked for
 * @param crossTerms gradient along the first axis for each one asked for along the second, {@code [first][second]}; the
 *     diagonal is not used
 * @param delaySeconds by which each axis comes late
 * @param offsetMicroteslaPerMeter what the amplifier gives when asked for nothing
 * @param nonlinearity by what share a point on the axis itself, 100 mm from the centre, sees too large a field
 * @param concomitantAxis direction of the main field, when the fields are to be there that Maxwell's equations add to each
 *     gradient
 */
public record GradientImperfections(
        List<Double> scale,
        List<List<Double>> crossTerms,
        List<Double> delaySeconds,
        List<Double> offsetMicroteslaPerMeter,
        List<EddyCurrent> eddyCurrents,
        List<Double> nonlinearity,
        ConcomitantAxis concomitantAxis) {
    private static final List<String> AXES = List.of("x", "y", "z");
    /** On the axes, where {@code nonlinearity} holds. */
    public static final double NONLINEARITY_RADIUS_METERS = 0.1;

    private static final List<Double> ZERO = List.of(0.0, 0.0, 0.0);

    public static final GradientImperfections NONE = new GradientImperfections(
            List.of(1.0, 1.0, 1.0), List.of(ZERO, ZERO, ZERO), ZERO, ZERO, List.of(), ZERO, ConcomitantAxis.NONE);

    /** Along which axis the main field points; {@code NONE}: no concomitant fields. */
    public enum ConcomitantAxis {
        NONE,
        X,
        Y,
        Z
    }

    /**
     * A current that a changing gradient drives in the metal around it: it adds {@code -amplitude·(dg/dt ∗ e^(-t/τ))}.
     *
     * @param axis 0 to 2, of the gradient that changes
     * @param onto 0 to 2, the axis of the gradient that it adds to; {@link #FIELD} for the main field
     * @param amplitude as a share of the step; onto the field in Hz for each Hz/m, that is, in metres
     */
    public record EddyCurrent(int axis, int onto, double amplitude, double timeConstantSeconds) {
        public static final int FIELD = 3;
    }

    /**
     * The nonlinearity in spherical harmonics: of the third degree about z for the z axis, and the same turned onto x and y for
     * the others.
     */
    public GradientHarmonics harmonics() {
        List<GradientHarmonics.Term> terms = new ArrayList<>();
        double first = -Math.sqrt(3.0 / 8);
        double third = Math.sqrt(5.0 / 8);
        if (nonlinearity.get(0) != 0) {
            terms.add(new GradientHarmonics.Term(0, 3, 1, nonlinearity.get(0) * first));
            terms.add(new GradientHarmonics.Term(0, 3, 3, nonlinearity.get(0) * third));
        }
        if (nonlinearity.get(1) != 0) {
            terms.add(new GradientHarmonics.Term(1, 3, -1, nonlinearity.get(1) * first));
            terms.add(new GradientHarmonics.Term(1, 3, -3, -nonlinearity.get(1) * third));
        }
        if (nonlinearity.get(2) != 0) {
            terms.add(new GradientHarmonics.Term(2, 3, 0, nonlinearity.get(2)));
        }
        return terms.isEmpty() ? GradientHarmonics.NONE : new GradientHarmonics(NONLINEARITY_RADIUS_METERS, terms);
    }

    static GradientImperfections read(ProfileSection section) throws ProfileFormatException {
        GradientImperfections gradients = new GradientImperfections(
                axes(section, "scale", NONE.scale, -10, 10),
                crossTerms(section.sectionOrEmpty("crossTerms")),
                axes(section, "delaySeconds", ZERO, 0, 0.01),
                axes(section, "offsetMicroteslaPerMeter", ZERO, -1e5, 1e5),
                eddyCurrents(section),
                axes(section, "nonlinearity", ZERO, -0.3, 0.3),
                concomitantAxis(section));
        section.end();
        return gradients;
    }

    private static List<Double> axes(
            ProfileSection section, String key, List<Double> otherwise, double minimum, double maximum)
            throws ProfileFormatException {
        if (!section.has(key)) {
            return otherwise;
        }
        double[] values = section.numbers(key, 3, minimum, maximum);
        return List.of(values[0], values[1], values[2]);
    }

    private static List<List<Double>> crossTerms(ProfileSection section) throws ProfileFormatException {
        List<List<Double>> rows = new ArrayList<>();
        for (String first : AXES) {
            List<Double> row = new ArrayList<>();
            for (String second : AXES) {
                boolean same = first.equals(second);
                String key = first + "From" + second.toUpperCase(Locale.ROOT);
                row.add(same ? 0 : section.numberOr(key, 0, -1, 1));
            }
            rows.add(List.copyOf(row));
        }
        section.end();
        return List.copyOf(rows);
    }

    private static List<EddyCurrent> eddyCurrents(ProfileSection section) throws ProfileFormatException {
        List<EddyCurrent> terms = new ArrayList<>();
        for (ProfileSection each : section.sections("eddyCurrents")) {
            int axis = AXES.indexOf(each.word("axis", AXES));
            int onto = axis;
            if (each.has("onto")) {
                String word = each.word("onto", List.of("x", "y", "z", "field"));
                onto = word.equals("field") ? EddyCurrent.FIELD : AXES.indexOf(word);
            }
            terms.add(new EddyCurrent(
                    axis, onto, each.number("amplitude", -1, 1), each.number("timeConstantSeconds", 1e-6, 100)));
            each.end();
        }
        return List.copyOf(terms);
    }

    private static ConcomitantAxis concomitantAxis(ProfileSection section) throws ProfileFormatException {
        if (!section.has("concomitantAxis")) {
            return ConcomitantAxis.NONE;
        }
        String word = section.word("concomitantAxis", List.of("none", "x", "y", "z"));
        return ConcomitantAxis.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
