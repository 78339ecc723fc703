package org.isocenter.session.run;

import java.nio.charset.StandardCharsets;
import org.isocenter.hardware.Scanner;
import org.isocenter.model.SystemLimits;

/**
 * What a scanner's hertz, tesla and seconds rest on during a scan: the field and the full scales of its profile, how its gradient
 * coils bend, and what its driver was told of the device.
 *
 * @param system the profile's name
 * @param numbers all of it, as text
 */
record Calibration(String system, String numbers) {
    private static final int DIGITS = 12;

    static Calibration of(Scanner scanner) {
        SystemLimits limits = scanner.limits();
        String numbers = String.join(
                "; ",
                "field " + limits.fieldTesla() + " T",
                "gamma " + limits.gammaHertzPerTesla() + " Hz/T",
                "gradient " + limits.gradientHertzPerMeter() + " Hz/m",
                "RF " + limits.rfPeakHertz() + " Hz",
                "clock " + limits.clockHertz() + " Hz",
                "coils " + scanner.gradientHarmonics().text(),
                "device " + scanner.calibration());
        return new Calibration(limits.name(), numbers);
    }

    /** The same for the same numbers, and for no others: the name, and the start of the numbers' SHA-256. */
    String id() {
        String digest = ScanReport.sha256(numbers.getBytes(StandardCharsets.UTF_8));
        return system + "-" + digest.substring(0, DIGITS);
    }
}
