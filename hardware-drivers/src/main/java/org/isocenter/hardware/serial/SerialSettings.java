package org.isocenter.hardware.serial;

/**
 * How both ends of a serial line talk. USB devices ignore most of it.
 *
 * @param baud bits per second, at least 1
 * @param dataBits 5 to 8
 * @param twoStopBits two instead of one
 * @param dataTerminalReady the DTR line while the port is open; most Arduinos reset when it rises
 * @param requestToSend the RTS line while the port is open
 */
public record SerialSettings(
        int baud, int dataBits, Parity parity, boolean twoStopBits, boolean dataTerminalReady, boolean requestToSend) {

    /** What the bit after the data says. */
    public enum Parity {
        NONE,
        ODD,
        EVEN
    }

    public SerialSettings {
        if (baud < 1) {
            throw new IllegalArgumentException("a serial line cannot have " + baud + " baud");
        }
        if (dataBits < 5 || dataBits > 8) {
            throw new IllegalArgumentException("a serial line has 5 to 8 data bits, not " + dataBits);
        }
    }

    /** The usual: eight data bits, no parity, one stop bit, DTR and RTS set. */
    public static SerialSettings of(int baud) {
        return new SerialSettings(baud, 8, Parity.NONE, false, true, true);
    }

    public SerialSettings withRequestToSend(boolean set) {
        return new SerialSettings(baud, dataBits, parity, twoStopBits, dataTerminalReady, set);
    }
}
