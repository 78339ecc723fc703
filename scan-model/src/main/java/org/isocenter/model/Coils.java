package org.isocenter.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A scanner's radio-frequency coils, as its profile tells of them. They travel with the raw data, as user parameters of their header.
 *
 * @param receiveName what the receive coil is called, or empty
 * @param receive what kind of coil a single receive channel has
 * @param quadrature whether the receive coil is one of two that are combined at a right angle
 * @param transmitName what the transmit coil is called, or empty
 * @param transmit what kind of coil transmits
 */
public record Coils(String receiveName, Kind receive, boolean quadrature, String transmitName, Kind transmit) {
    /** Nobody has told. */
    public static final Coils UNKNOWN = new Coils("", Kind.UNKNOWN, false, "", Kind.UNKNOWN);

    private static final String RECEIVE = "receive_coil";
    private static final String TRANSMIT = "transmit_coil";
    private static final String TYPE = "_type";
    private static final String QUADRATURE = "_quadrature";

    /** As PS3.3 C.8.13.5.7 and C.8.13.5.8 name them. */
    public enum Kind {
        UNKNOWN,
        /** Built into the scanner, around the patient. */
        BODY,
        /** Around what it images. */
        VOLUME,
        /** On one side of what it images. */
        SURFACE
    }

    /** As it was told with {@link #parameters}. */
    public static Coils of(ScanHeader header) {
        Map<String, String> from = header.userParameters();
        return new Coils(
                from.getOrDefault(RECEIVE, ""),
                kind(from.get(RECEIVE + TYPE)),
                Boolean.parseBoolean(from.get(RECEIVE + QUADRATURE)),
                from.getOrDefault(TRANSMIT, ""),
                kind(from.get(TRANSMIT + TYPE)));
    }

    /** As user parameters of a {@link ScanHeader}; what is not known is left out. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put(RECEIVE, receiveName);
        parameters.put(RECEIVE + TYPE, receive == Kind.UNKNOWN ? "" : receive.name());
        parameters.put(RECEIVE + QUADRATURE, receive == Kind.UNKNOWN ? "" : Boolean.toString(quadrature));
        parameters.put(TRANSMIT, transmitName);
        parameters.put(TRANSMIT + TYPE, transmit == Kind.UNKNOWN ? "" : transmit.name());
        parameters.values().removeIf(String::isEmpty);
        return parameters;
    }

    private static Kind kind(String name) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElse(Kind.UNKNOWN);
    }
}
