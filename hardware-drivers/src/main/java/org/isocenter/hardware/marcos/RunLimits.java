package org.isocenter.hardware.marcos;

/**
 * How a table is cut into runs.
 *
 * @param exchangeSeconds what passes between two runs: where nothing happens for longer, a run may end
 * @param segmentSeconds that a run should last at most; 0 for as short as pauses allow
 * @param longestSeconds that a run may last before a shorter pause will do
 * @param mostWords instructions of a run
 * @param mostReceived samples of a run on one channel
 */
record RunLimits(
        double exchangeSeconds, double segmentSeconds, double longestSeconds, int mostWords, int mostReceived) {
    /** What others play on hardware, beyond which short pauses will do: 98,304 instructions; twice that is the end. */
    static RunLimits of(MarcosAddress address) {
        return new RunLimits(
                address.exchangeSeconds(), address.segmentSeconds(), address.longestSeconds(), 2 * 98_304, 1 << 17);
    }
}
