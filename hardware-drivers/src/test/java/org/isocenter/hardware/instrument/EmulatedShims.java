package org.isocenter.hardware.instrument;

import java.util.Locale;
import org.isocenter.hardware.transport.Transport;

/** TRIUMF's supplies: 0.01 A/V and an offset of 1 mA on every channel. */
final class EmulatedShims extends EmulatedInstrument {
    private static final double SLOPE = 0.01;
    private static final double OFFSET = 0.001;
    final float[] voltage = new float[64];
    volatile boolean on;
    /** The board starts anew before this request, and then has old currents in its memory. */
    volatile String restartBefore = "none";

    EmulatedShims(Transport link) {
        super(link);
    }

    @Override
    String request(byte[] bytes) {
        String request = endingWith('>', bytes);
        return request == null ? null : request.substring(request.indexOf('<') + 1);
    }

    @Override
    String answer(String request) {
        String restart = "";
        if (request.startsWith(restartBefore)) {
            restartBefore = "none";
            java.util.Arrays.fill(voltage, 5);
            restart = "Enter data in this style <SET chipSelect channel voltage>\r\n";
        }
        String[] words = request.split(" ");
        return restart + "The message I received is '" + words[0] + "'\r\n" + done(words);
    }

    private String done(String[] words) {
        switch (words[0]) {
            case "OFA":
                on = false;
                return "All channels off.\r\n";
            case "ONA":
                on = true;
                return "All channels on.\r\n";
            case "STC":
                int channel = Integer.parseInt(words[1]);
                float amperes = Float.parseFloat(words[2]);
                voltage[channel] = (float) ((amperes - OFFSET) / SLOPE);
                return String.format(Locale.ROOT, "Current %d set to %.6f A\r\n", channel, amperes);
            case "PRI":
                StringBuilder all = new StringBuilder();
                for (int i = 0; i < voltage.length; i++) {
                    all.append(String.format(
                            Locale.ROOT,
                            "\nINDEX %d\n\tVoltage: %.10f V\n\tCurrent: %.10f A\n\tSlope:   %.10f A/V\n"
                                    + "\tOffset:  %.10f A\n\tChipSel: 10\n\tChannel: %d\r\n",
                            i,
                            voltage[i],
                            SLOPE * voltage[i] + OFFSET,
                            SLOPE,
                            OFFSET,
                            i % 16));
                }
                return all + ".\r\n";
            default:
                return "";
        }
    }
}
