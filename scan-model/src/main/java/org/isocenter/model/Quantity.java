package org.isocenter.model;

/** What the values of an image are. */
public enum Quantity {
    /** How much signal there is, in no unit; not negative. */
    MAGNITUDE("", "magnitude", false),
    /** Resonance frequency minus carrier, in Hz. */
    FIELD_OFFSET("Hz", "field offset", true),
    /** Flip angle over its nominal value, in %. */
    TRANSMIT_FIELD("%", "transmit field", false),
    /** Apparent diffusion coefficient, in µm²/s: water has 2000 or so. */
    DIFFUSION("µm²/s", "apparent diffusion coefficient", false);

    private final String symbol;
    private final String words;
    private final boolean signed;

    Quantity(String symbol, String words, boolean signed) {
        this.symbol = symbol;
        this.words = words;
        this.signed = signed;
    }

    /** The unit's symbol; empty for none. */
    public String symbol() {
        return symbol;
    }

    /** As in "the field offset in Hz". */
    public String words() {
        return words;
    }

    /** Whether values below zero mean something. */
    public boolean isSigned() {
        return signed;
    }

    /** Whether the values are a measurement of something, not just bright or dark. */
    public boolean isMap() {
        return this != MAGNITUDE;
    }
}
