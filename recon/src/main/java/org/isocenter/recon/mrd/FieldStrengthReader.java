package org.isocenter.recon.mrd;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.DoublePredicate;

/**
 * Field strength and proton frequency of a header. Consoles write them in the wrong unit; a factor of a thousand or a
 * million that no magnet can explain is taken out, and the two are held against one another by the Larmor equation.
 */
final class FieldStrengthReader {
    private static final String FIELD = "acquisitionSystemInformation/systemFieldStrength_T";
    private static final String FREQUENCY = "experimentalConditions/H1resonanceFrequency_Hz";
    private static final double[] FACTORS = {1, 1e3, 1e6, 1e9};
    private static final double TOLERANCE = 0.02;

    private final MrdNotes notes;
    private final String fieldText;
    private final String frequencyText;

    FieldStrengthReader(XmlNode root, MrdNotes notes) {
        this.notes = notes;
        this.fieldText = LenientFields.text(root, "acquisitionSystemInformation", "systemFieldStrength_T")
                .strip();
        this.frequencyText = LenientFields.text(root, "experimentalConditions", "H1resonanceFrequency_Hz")
                .strip();
    }

    /** Tesla and hertz, NaN where neither is known. */
    double[] read(double fieldTesla, double larmorHertz) {
        double field = plausible(FIELD, "T", fieldText, fieldTesla, tesla -> tesla >= 1e-3 && tesla <= 25);
        double frequency =
                plausible(FREQUENCY, "Hz", frequencyText, larmorHertz, hertz -> hertz >= 40e3 && hertz <= 1.1e9);
        double expected = field * MrdHeaderXml.PROTON_HERTZ_PER_TESLA;
        if (Double.isNaN(frequency) && !Double.isNaN(field)) {
            notes.add(LenientFields.name(FREQUENCY) + " is not known: computed from the field, " + decimal(expected)
                    + " Hz");
            frequency = expected;
        } else if (Double.isNaN(field) && !Double.isNaN(frequency)) {
            field = frequency / MrdHeaderXml.PROTON_HERTZ_PER_TESLA;
            notes.add(LenientFields.name(FIELD) + " is not known: computed from the proton frequency, " + decimal(field)
                    + " T");
        } else if (Math.abs(frequency - expected) > TOLERANCE * expected) {
            notes.add(LenientFields.name(FIELD) + " of " + decimal(field) + " T and a proton frequency of "
                    + decimal(frequency) + " Hz do not belong together (γ would give " + decimal(expected)
                    + " Hz): both left as they are");
        }
        return new double[] {field, frequency};
    }

    private double plausible(String name, String unit, String text, double value, DoublePredicate isPlausible) {
        if (!Double.isFinite(value) || value == 0) {
            return Double.NaN;
        }
        for (double factor : FACTORS) {
            if (isPlausible.test(value / factor)) {
                if (factor != 1) {
                    notes.add(LenientFields.name(name) + " is " + text + " " + unit + ", which no scanner has: read as "
                            + decimal(value / factor) + " " + unit + ", taking it to be too large by a factor of "
                            + (long) factor);
                }
                return value / factor;
            }
        }
        notes.add(LenientFields.name(name) + " is " + text + " " + unit + ", which no scanner has: left out");
        return Double.NaN;
    }

    private static String decimal(double value) {
        return new BigDecimal(value)
                .round(new MathContext(10))
                .stripTrailingZeros()
                .toPlainString();
    }
}
