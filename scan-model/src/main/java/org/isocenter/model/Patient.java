package org.isocenter.model;

import java.time.LocalDate;

/**
 * Who (or what) is scanned. Never logged: {@link #toString} gives nothing away. Empty strings and nulls mean "not known".
 *
 * @param name DICOM PN: family^given
 * @param id DICOM LO
 * @param birthDate or null
 * @param sex "M", "F", "O" or ""
 * @param weightKilograms or NaN
 */
public record Patient(String name, String id, LocalDate birthDate, String sex, double weightKilograms) {
    public static final Patient UNKNOWN = new Patient("", "", null, "", Double.NaN);

    private static final String MADE_UP = "UNNAMED-";

    public static Patient phantom(String name, String id) {
        return new Patient(name, id, null, "O", Double.NaN);
    }

    /** The same, with an identifier for somebody who has none; it says that it is made up. */
    public Patient withMadeUpId(String distinction) {
        return new Patient(name, MADE_UP + distinction, birthDate, sex, weightKilograms);
    }

    /** Whether the identifier tells this patient from others. */
    public boolean isIdentified() {
        return !id.isBlank() && !id.startsWith(MADE_UP);
    }

    @Override
    public String toString() {
        return "Patient[…]";
    }
}
