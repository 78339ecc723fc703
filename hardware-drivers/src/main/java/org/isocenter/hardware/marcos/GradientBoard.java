package org.isocenter.hardware.marcos;

import java.util.Locale;

/**
 * The gradient boards that marga drives over SPI. Latencies are from the strobe to the DAC's output, measured on the
 * cycle-accurate model of the firmware.
 */
public enum GradientBoard {
    /** Four 18-bit DACs that change together; default divider for 0.2 MS/s on each. */
    OCRA1(19, 24, 4, 1),
    /** One DAC of four channels, 16 bits, one channel after the other; default divider for 0.8 MS/s in all. */
    GPA_FHDO(4, 25, 1, 2);

    private static final int BROADCAST = 0x0100_0000;
    private static final int STROBE_ON_EITHER_HALF = 1 << 9;
    private static final int NOT_RESET = 1 << 8;
    private static final int SLOWEST_DIVIDER = 63;
    private static final double OCRA1_STEPS = 131071.49;
    private static final int FHDO_ZERO = 0x8000;
    private static final int FHDO_STEPS = 32767;
    private static final int FHDO_CHANNELS = 4;
    private static final int SPI_CLOCKS_PLANNED = 30;

    private final int defaultDivider;
    private final int spiClocks;
    private final int extraClocks;
    private final int enableBit;

    GradientBoard(int defaultDivider, int spiClocks, int extraClocks, int enableBit) {
        this.defaultDivider = defaultDivider;
        this.spiClocks = spiClocks;
        this.extraClocks = extraClocks;
        this.enableBit = enableBit;
    }

    /** As on the command line: "ocra1", "gpa-fhdo". */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The board with this label.
     *
     * @throws IllegalArgumentException naming those that exist
     */
    public static GradientBoard labelled(String label) {
        for (GradientBoard board : values()) {
            if (board.label().equals(label.toLowerCase(Locale.ROOT))) {
                return board;
            }
        }
        throw new IllegalArgumentException("gradient board '" + label + "' is not known: ocra1 or gpa-fhdo");
    }

    /** SPI divider, 0 to 63. */
    public int defaultDivider() {
        return defaultDivider;
    }

    /**
     * The SPI divider for so many changes of every channel a second, as the reference client chooses it.
     *
     * @throws IllegalArgumentException when the board cannot be so fast or so slow
     */
    public int dividerFor(double updatesPerSecond) {
        double transfers = updatesPerSecond * (updatesTogether() ? 1 : FHDO_CHANNELS);
        double divider = Math.floor(MargaCompiler.CLOCK_HERTZ / (SPI_CLOCKS_PLANNED * transfers)) - 1;
        if (!(divider >= 0 && divider <= SLOWEST_DIVIDER)) {
            throw new IllegalArgumentException("the " + label() + " board cannot change " + updatesPerSecond
                    + " times a second: " + Math.ceil(updates(SLOWEST_DIVIDER)) + " to " + updates(0));
        }
        return (int) divider;
    }

    private double updates(int divider) {
        return MargaCompiler.CLOCK_HERTZ
                / (SPI_CLOCKS_PLANNED * (divider + 1) * (updatesTogether() ? 1 : FHDO_CHANNELS));
    }

    /** From the strobe of a word to the DAC's output. */
    public int latencyClocks(int divider) {
        return spiClocks * (divider + 1) + extraClocks;
    }

    /**
     * From one transfer to the next that neither disturbs it nor counts as an error: the board says that it is busy for a while
     * after a value is out.
     */
    public int spacingClocks(int divider) {
        return this == OCRA1 ? latencyClocks(divider) + 4 : (spiClocks + 1) * (divider + 1) + 2;
    }

    /** What {@link MargaBuffer#GRAD_CTRL} is set to for this board to listen. */
    int control(int divider) {
        return STROBE_ON_EITHER_HALF | NOT_RESET | divider << 2 | enableBit;
    }

    /** Whether its channels change in the same clock; otherwise one after the other. */
    public boolean updatesTogether() {
        return this == OCRA1;
    }

    /**
     * The word that sets a channel.
     *
     * @param channel 0 x, 1 y, 2 z
     * @param share of full scale, -1 to 1
     * @param last whether this word makes the board take over what it was given; GPA-FHDO always does
     */
    int word(int channel, double share, boolean last) {
        if (this == OCRA1) {
            int code = (int) Math.rint(OCRA1_STEPS * share) & 0x3ffff;
            return 0x0010_0000 | code << 2 | channel << 25 | (last ? BROADCAST : 0);
        }
        // Not the reference client's round(32767.51·(share + 1)), which is low by half a step on all but zero.
        int code = FHDO_ZERO + (int) Math.rint(FHDO_STEPS * share);
        return 0x0008_0000 | channel << 16 | code | channel << 25;
    }

    /** Whether a word sets the output of a channel; others configure the board or read from it. */
    public boolean setsAnOutput(int word) {
        return this == OCRA1 ? (word & 0x00f0_0000) == 0x0010_0000 : (word & 0x40fc_0000) == 0x0008_0000;
    }

    /** The channel that such a word sets: 0 x, 1 y, 2 z, 3 the fourth. */
    public int channel(int word) {
        return this == OCRA1 ? word >>> 25 & 3 : word >>> 16 & 3;
    }

    /** The share of full scale, from -1 to 1, that such a word sets. */
    public double share(int word) {
        return this == OCRA1 ? (word << 12 >> 14) / OCRA1_STEPS : ((word & 0xffff) - FHDO_ZERO) / (double) FHDO_STEPS;
    }

    /** Whether a word makes the board put out what it was given; those of OCRA1 wait for the last of an update. */
    public boolean takesOver(int word) {
        return this == GPA_FHDO || (word & BROADCAST) != 0;
    }
}
