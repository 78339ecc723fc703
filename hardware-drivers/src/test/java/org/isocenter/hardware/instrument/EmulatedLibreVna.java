package org.isocenter.hardware.instrument;

import java.util.Locale;
import org.isocenter.hardware.transport.Transport;

/** LibreVNA-GUI's command server with the same resonance attached. */
final class EmulatedLibreVna extends EmulatedInstrument {
    volatile int errors;
    private double start;
    private double stop;
    private int points;
    private int polls;

    EmulatedLibreVna(Transport link) {
        super(link);
    }

    @Override
    String request(byte[] bytes) {
        return endingWith('\n', bytes);
    }

    @Override
    int keptAtEnd() {
        return 1;
    }

    @Override
    String answer(String line) {
        String[] words = line.split(" ");
        switch (words[0]) {
            case "*IDN?":
                return "LibreVNA,LibreVNA-GUI,206830535532,1.6.0\n";
            case "*ESR?":
                return errors + "\n";
            case ":DEV:CONN?":
                return "206830535532\n";
            case ":VNA:FREQ:START":
                start = Double.parseDouble(words[1]);
                return "";
            case ":VNA:FREQ:STOP":
                stop = Double.parseDouble(words[1]);
                return "";
            case ":VNA:ACQ:POINTS":
                points = Integer.parseInt(words[1]);
                return "";
            case ":VNA:ACQ:FIN?":
                return polls++ == 0 ? "FALSE\n" : "TRUE\n";
            case ":VNA:TRAC:DATA?":
                return trace(words[1].equals("S11") ? 0 : 2);
            default:
                return "";
        }
    }

    private String trace(int channel) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < points; i++) {
            double hertz = start + i * (stop - start) / (points - 1);
            double[] s = Resonance.at(hertz);
            text.append(i > 0 ? "," : "");
            text.append(String.format(Locale.ROOT, "[%.1f,%.9f,%.9f]", hertz, s[channel], s[channel + 1]));
        }
        return text + "\n";
    }
}
