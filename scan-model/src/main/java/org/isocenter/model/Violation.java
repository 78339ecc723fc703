package org.isocenter.model;

import java.util.List;

/**
 * What is wrong with one parameter, in words for the user, and ways out.
 *
 * @param parameter name of the {@link ParameterSpec}
 * @param message what, by how much and why: "TE must be ≥ 9.4 ms: readout 6.4 ms + refocusing pulse 3 ms"
 * @param remedies single changes each of which helps; the first is the nearest allowed value of the parameter itself
 */
public record Violation(String parameter, String message, List<Remedy> remedies) {

    /** One change that helps: set {@code parameter} to {@code value} (SI). */
    public record Remedy(String parameter, double value, String label) {}

    public Violation {
        remedies = List.copyOf(remedies);
    }
}
