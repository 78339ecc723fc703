package org.isocenter.hardware.instrument;

import java.util.Locale;
import java.util.function.Consumer;
import org.isocenter.hardware.transport.Transport;

/** The patient bar. Moves take no time. */
final class EmulatedTable extends EmulatedInstrument {
    volatile double millimeters = 50;
    volatile boolean stuck;
    /** Is said by itself in front of what M114 and M115 are answered. */
    volatile String between = "";
    /** Is told of each move. */
    volatile Consumer<Double> moved = target -> {};

    EmulatedTable(Transport link) {
        super(link);
    }

    @Override
    String request(byte[] bytes) {
        String line = endingWith('\n', bytes);
        return line == null ? null : line.strip();
    }

    @Override
    String answer(String line) {
        String[] words = line.split(" ", 2);
        switch (words[0]) {
            case "M115":
                return between + "MRI-Patient-Motor-Control MAX_LENGTH: 197.00 MIN_LENGTH: 0.00 VERSION: 3.2\n";
            case "M114":
                return between + String.format(Locale.ROOT, "%.2f\n", millimeters);
            case "M118":
                return words[1] + "\n";
            case "G28":
                millimeters = 0;
                return "";
            case "G0":
                double target = Double.parseDouble(words[1]);
                if (!stuck && target >= 0 && target <= 197) {
                    millimeters = target;
                }
                moved.accept(target);
                return "";
            default:
                return "No valid command found. Send M115\n";
        }
    }
}
