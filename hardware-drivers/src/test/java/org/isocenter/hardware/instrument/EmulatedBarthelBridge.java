package org.isocenter.hardware.instrument;

import java.util.Map;
import org.isocenter.hardware.transport.Transport;

/** The bridge, with a gradient amplifier whose fault keeps it from being enabled. */
final class EmulatedBarthelBridge extends EmulatedInstrument {
    volatile boolean gradientOn;
    volatile boolean rfOn;
    volatile boolean gradientFault;
    volatile boolean faultPersists;
    /** What is said by itself after these questions and before their answers. */
    volatile Map<String, String> between = Map.of();

    EmulatedBarthelBridge(Transport link) {
        super(link);
    }

    @Override
    String request(byte[] bytes) {
        String request = endingWith(';', bytes);
        return request == null ? null : request.strip();
    }

    @Override
    String answer(String request) {
        return between.getOrDefault(request, "") + confirmation(request);
    }

    private String confirmation(String request) {
        switch (request) {
            case "GPA_ON 1":
                gradientOn = !gradientFault;
                return gradientFault ? ">ERR INTERLOCK;\r\n" : ">OK;\r\n";
            case "GPA_ERRST":
                gradientFault = faultPersists;
                return faultPersists ? ">ERR INTERLOCK;\r\n" : ">OK;\r\n";
            case "GPA_ON 0":
                gradientOn = false;
                return ">OK;\r\n";
            case "RFPA_RF 0":
            case "RFPA_RF 1":
                rfOn = request.endsWith("1");
                return ">OK;\r\n";
            default:
                return ">OK;\r\n";
        }
    }

    /** The amplifier finds a fault while it is on. */
    void trip() {
        gradientFault = true;
        gradientOn = false;
        say("GPA_ERR overtemperature\r\n");
    }
}
