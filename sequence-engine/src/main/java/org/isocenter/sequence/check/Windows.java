package org.isocenter.sequence.check;

/** How lengths of time windows are called. */
final class Windows {
    private Windows() {}

    /** "1 ms", "10 s", "6 min". */
    static String name(double seconds) {
        if (seconds < 1) {
            return Worst.number(Math.rint(seconds * 1e6) / 1e3) + " ms";
        }
        if (seconds >= 60 && seconds % 60 == 0) {
            return Worst.number(seconds / 60) + " min";
        }
        return Worst.number(seconds) + " s";
    }
}
