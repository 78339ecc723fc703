package org.isocenter.hardware;

/** Says what is wrong with an event. */
final class GuardRefusal {
    private final String device;
    private final double clockHertz;

    GuardRefusal(String device, double clockHertz) {
        this.device = device;
        this.clockHertz = clockHertz;
    }

    UncheckedScannerException above(long tick, String channel, String what, double value, double limit, String unit) {
        return wrong(tick, channel, what + " " + number(value, unit) + " is above " + number(limit, unit));
    }

    UncheckedScannerException below(long tick, String channel, String what, double value, double limit, String unit) {
        return wrong(tick, channel, what + " " + number(value, unit) + " is below " + number(limit, unit));
    }

    UncheckedScannerException wrong(long tick, String channel, String what) {
        return new UncheckedScannerException(new ScannerException(
                ScannerException.Kind.REFUSED,
                device,
                "the events were not sent: at " + (float) (tick / clockHertz) + " s, " + channel + ": " + what));
    }

    private static String number(double value, String unit) {
        return value == Math.rint(value) && Math.abs(value) < 1e12
                ? (long) value + " " + unit
                : (float) value + " " + unit;
    }
}
