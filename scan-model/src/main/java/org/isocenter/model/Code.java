package org.isocenter.model;

/**
 * A coded concept (PS3.3 table 8.8-1), as it came: nothing is looked up.
 *
 * @param value what the scheme calls it: "T-A0100"
 * @param scheme who coined the value: CodingSchemeDesignator, e.g. "DCM", "SCT" or "99LOCAL"
 * @param meaning in words
 * @param schemeVersion where the scheme needs one, else empty
 */
public record Code(String value, String scheme, String meaning, String schemeVersion) {
    public Code {
        value = value == null ? "" : value;
        scheme = scheme == null ? "" : scheme;
        meaning = meaning == null ? "" : meaning;
        schemeVersion = schemeVersion == null ? "" : schemeVersion;
    }

    public Code(String value, String scheme, String meaning) {
        this(value, scheme, meaning, "");
    }

    /** Whether both stand for the same concept, whatever the words for it. */
    public boolean means(Code other) {
        return value.equals(other.value) && scheme.equals(other.scheme);
    }

    /** "MRHEAD (99LOCAL): Head routine". */
    @Override
    public String toString() {
        return value + (scheme.isEmpty() ? "" : " (" + scheme + ")") + (meaning.isEmpty() ? "" : ": " + meaning);
    }
}
