package org.isocenter.model;

/** What the values of an image are. */
public enum Quantity {
    /** How much signal there is, in no unit; not negative. */
    MAGNITUDE("", "magnitude", false),
    /** Of the complex image, in radians from -π to π. */
    PHASE("rad", "phase", true),
    /** Of the complex image, in the magnitude's unit. */
    REAL("", "real part", true),
    /** Of the complex image, in the magnitude's unit. */
    IMAGINARY("", "imaginary part", true),
    /** Resonance frequency minus carrier, in Hz. */
    FIELD_OFFSET("Hz", "field offset", true),
    /** Flip angle over its nominal value, in %. */
    TRANSMIT_FIELD("%", "transmit field", false),
    /** Apparent diffusion coefficient, in µm²/s: water has 2000 or so. */
    DIFFUSION("µm²/s", "apparent diffusion coefficient", false),
    /** Longitudinal relaxation time, in ms. */
    T1("ms", "T1", false),
    /** Transverse relaxation time, in ms. */
    T2("ms", "T2", false),
    /** Decay time of the free signal, in ms. */
    T2_STAR("ms", "T2*", false),
    /** By how much parallel imaging raises the noise beyond what fewer data bring anyway: 1 or more, 0 where unknown. */
    G_FACTOR("", "g-factor", false),
    /** Signal over the standard deviation of its noise. */
    SIGNAL_TO_NOISE("", "signal-to-noise ratio", false),
    FIELD_OFFSET_DEVIATION("Hz", "standard deviation of the field offset", false),
    TRANSMIT_FIELD_DEVIATION("%", "standard deviation of the transmit field", false),
    DIFFUSION_DEVIATION("µm²/s", "standard deviation of the apparent diffusion coefficient", false),
    T1_DEVIATION("ms", "standard deviation of T1", false),
    T2_DEVIATION("ms", "standard deviation of T2", false),
    T2_STAR_DEVIATION("ms", "standard deviation of T2*", false);

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

    /** To be put after a value: a space and the unit's symbol; empty for none. */
    public String suffix() {
        return symbol.isEmpty() ? "" : " " + symbol;
    }

    /** Whether the values are numbers that mean something, in a unit or as plain ratios, rather than just bright or dark. */
    public boolean hasUnit() {
        return isMap() || this == PHASE;
    }

    /** Whether the values are a measurement of something, not an image or a part of one. */
    public boolean isMap() {
        return switch (this) {
            case MAGNITUDE, PHASE, REAL, IMAGINARY -> false;
            default -> true;
        };
    }

    /**
     * What a map of this one's standard deviation holds.
     *
     * @throws IllegalArgumentException of what is no map, or a deviation itself
     */
    public Quantity deviation() {
        return switch (this) {
            case FIELD_OFFSET -> FIELD_OFFSET_DEVIATION;
            case TRANSMIT_FIELD -> TRANSMIT_FIELD_DEVIATION;
            case DIFFUSION -> DIFFUSION_DEVIATION;
            case T1 -> T1_DEVIATION;
            case T2 -> T2_DEVIATION;
            case T2_STAR -> T2_STAR_DEVIATION;
            default -> throw new IllegalArgumentException("there are no maps of the deviation of a " + words);
        };
    }
}
