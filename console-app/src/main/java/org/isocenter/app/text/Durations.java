package org.isocenter.app.text;

import java.util.Locale;

/** Times as people read them on a scanner. */
public final class Durations {
    private Durations() {}

    /** "0:42", "4:10", "1:02:03": whole seconds, rounded up, so that a scan never lasts longer than was said. */
    public static String clock(double seconds) {
        long whole = (long) Math.ceil(Math.max(0, seconds) - 1e-6);
        if (whole >= 3600) {
            return String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
        }
        return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }

    /** "10 ms", "0.5 s", "12 s": rounded up, two digits. */
    public static String brief(double seconds) {
        if (seconds < 0.0995) {
            return (long) Math.ceil(seconds * 1e3 - 1e-6) + " ms";
        }
        return seconds < 9.95
                ? String.format(Locale.ROOT, "%.1f s", Math.ceil(seconds * 10 - 1e-6) / 10)
                : (long) Math.ceil(seconds - 1e-6) + " s";
    }

    /** "−0:25", "+1:00", "±0:00". */
    public static String difference(double seconds) {
        if (Math.abs(seconds) < 0.5) {
            return "±0:00";
        }
        return (seconds < 0 ? "−" : "+") + clock(Math.rint(Math.abs(seconds)));
    }
}
