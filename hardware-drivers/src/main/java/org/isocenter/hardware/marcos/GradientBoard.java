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

    int latencyClocks(int divider) {
        return spiClocks * (divider + 1) + extraClocks;
    }

    /** From one transfer to the next that does not disturb it. */
    int spacingClocks(int divider) {
        return latencyClocks(divider) + 4;
    }

    int control(int divider) {
        return STROBE_ON_EITHER_HALF | NOT_RESET | divider << 2 | enableBit;
    }

    boolean updatesTogether() {
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
            int code = (int) Math.rint(131071.49 * share) & 0x3ffff;
            return 0x0010_0000 | code << 2 | channel << 25 | (last ? BROADCAST : 0);
        }
        int code = (int) Math.rint(32767.51 * (share + 1));
        return 0x0008_0000 | channel << 16 | code | channel << 25;
    }
}
