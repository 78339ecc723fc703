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

    public static Patient phantom(String name, String id) {
        return new Patient(name, id, null, "O", Double.NaN);
    }

    @Override
    public String toString() {
        return "Patient[…]";
    }
}
