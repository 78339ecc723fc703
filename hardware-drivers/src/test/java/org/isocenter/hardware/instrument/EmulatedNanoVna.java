package org.isocenter.hardware.instrument;

import java.util.Locale;
import java.util.function.DoubleFunction;
import org.isocenter.hardware.transport.Transport;

/** A NanoVNA's shell with a series resonance at 2 MHz attached. */
final class EmulatedNanoVna extends EmulatedInstrument {
    private final String board;
    volatile boolean scanPrints = true;
    volatile boolean echo = true;
    /** S11 and S21 by frequency. */
    volatile DoubleFunction<double[]> antenna = Resonance::at;

    private String last = "0 0 0";

    EmulatedNanoVna(Transport link, String board) {
        super(link);
        this.board = board;
    }

    @Override
    String request(byte[] bytes) {
        return endingWith('\r', bytes);
    }

    @Override
    int keptAtEnd() {
        return 5;
    }

    @Override
    String answer(String command) {
        return (echo ? command + "\r\n" : "") + result(command) + "ch> ";
    }

    private String result(String command) {
        String[] words = command.split(" ");
        switch (words[0]) {
            case "":
            case "resume":
                return "";
            case "version":
                return "1.2.00\r\n";
            case "info":
                return "Board: " + board + "\r\n2019-2024 firmware\r\n";
            case "vbat":
                return "4015 mV\r\n";
            case "scan":
                last = words[1] + " " + words[2] + " " + words[3];
                int points = Integer.parseInt(words[3]);
                return points > 101 ? "sweep points exceeds range 101\r\n" : scanPrints ? rows(true, true, true) : "";
            case "frequencies":
                return rows(true, false, false);
            case "data":
                return words[1].equals("0") ? rows(false, true, false) : rows(false, false, true);
            default:
                return words[0] + "?\r\n";
        }
    }

    private String rows(boolean frequency, boolean s11, boolean s21) {
        String[] range = last.split(" ");
        double start = Double.parseDouble(range[0]);
        double stop = Double.parseDouble(range[1]);
        int points = Integer.parseInt(range[2]);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < points; i++) {
            double hertz = start + i * (stop - start) / (points - 1);
            double[] s = antenna.apply(hertz);
            text.append(frequency ? String.format(Locale.ROOT, "%d ", (long) hertz) : "");
            text.append(s11 ? String.format(Locale.ROOT, "%f %f ", s[0], s[1]) : "");
            text.append(s21 ? String.format(Locale.ROOT, "%f %f ", s[2], s[3]) : "");
            text.append("\r\n");
        }
        return text.toString();
    }
}
