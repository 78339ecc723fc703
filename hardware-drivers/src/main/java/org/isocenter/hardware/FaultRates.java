package org.isocenter.hardware;

/**
 * How often the spectrometer's buffers fail, and failures at a given place, for tests. Readouts and samples count from 0.
 *
 * @param lostSamplesPerSample probability that a sample is lost on its way to the computer
 * @param fifoOverflowsPerReadout probability that the receive FIFO overflows in a readout, which ends the run
 * @param fifoUnderflowsPerReadout probability that the event FIFO runs empty before a readout, which ends the run
 * @param loseSampleOfReadout the readout that loses a sample for certain; -1 for none
 * @param loseSample which one it loses
 * @param fifoOverflowAt the readout in which the receive FIFO overflows for certain; -1 for none
 * @param fifoUnderflowAt the readout before which the event FIFO runs empty for certain; -1 for none
 */
public record FaultRates(
        double lostSamplesPerSample,
        double fifoOverflowsPerReadout,
        double fifoUnderflowsPerReadout,
        int loseSampleOfReadout,
        int loseSample,
        int fifoOverflowAt,
        int fifoUnderflowAt) {
    public static final FaultRates NONE = new FaultRates(0, 0, 0, -1, -1, -1, -1);

    static FaultRates read(ProfileSection section) throws ProfileFormatException {
        int[] lost = lostSample(section);
        FaultRates rates = new FaultRates(
                section.numberOr("lostSamplesPerSample", 0, 0, 0.5),
                section.numberOr("fifoOverflowsPerReadout", 0, 0, 1),
                section.numberOr("fifoUnderflowsPerReadout", 0, 0, 1),
                lost[0],
                lost[1],
                readout(section, "fifoOverflowAt"),
                readout(section, "fifoUnderflowAt"));
        section.end();
        return rates;
    }

    private static int readout(ProfileSection section, String key) throws ProfileFormatException {
        return section.has(key) ? section.wholeNumber(key, 0, Integer.MAX_VALUE) : -1;
    }

    /** From "READOUT:SAMPLE". */
    private static int[] lostSample(ProfileSection section) throws ProfileFormatException {
        if (!section.has("loseSample")) {
            return new int[] {-1, -1};
        }
        String text = section.text("loseSample");
        if (!text.matches("\\d{1,9}:\\d{1,9}")) {
            throw section.fault(
                    "loseSample", "expected READOUT:SAMPLE, both from 0, such as 3:17, found '" + text + "'");
        }
        String[] parts = text.split(":");
        return new int[] {Integer.parseInt(parts[0]), Integer.parseInt(parts[1])};
    }
}
