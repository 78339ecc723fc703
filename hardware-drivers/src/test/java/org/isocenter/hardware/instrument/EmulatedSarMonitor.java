package org.isocenter.hardware.instrument;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.isocenter.hardware.transport.Transport;

/** The SAR monitor; it checks the checksums that it gets. */
final class EmulatedSarMonitor extends EmulatedInstrument {
    volatile boolean sampling;
    /** Said by itself in front of who it is. */
    volatile String beforeIdent = "";

    EmulatedSarMonitor(Transport link) {
        super(link);
    }

    @Override
    String request(byte[] bytes) {
        String all = new String(bytes, ISO_8859_1);
        return all.endsWith("\r\n\t") ? all.substring(0, all.length() - 3) : null;
    }

    @Override
    String answer(String frame) {
        String text = frame.substring(0, frame.length() - 4);
        if (!checksum(text).equals(frame.substring(frame.length() - 4))) {
            return framed("CSC");
        }
        switch (text) {
            case "ident":
                return beforeIdent + framed("sar2.0");
            case "s":
                String stopped = sampling ? "SARstop" : "err:stop";
                sampling = false;
                return framed(stopped);
            case "start":
                sampling = true;
                return framed("start");
            default:
                return "";
        }
    }

    /** The monitor opens the amplifier's interlock and says why. */
    void alarm(String text) {
        sampling = false;
        say(framed(text));
    }

    static String framed(String text) {
        return text + checksum(text) + "\r\n";
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(ISO_8859_1));
        return new String(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array(), ISO_8859_1);
    }
}
