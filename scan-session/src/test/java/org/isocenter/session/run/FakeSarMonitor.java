package org.isocenter.session.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** A SAR monitor that says what it is, starts and stops, and raises the alarm when it is told. */
final class FakeSarMonitor extends FakeInstrument {
    private static final String END = "\r\n\t";
    private static final int CRC_BYTES = 4;
    volatile boolean silent;

    FakeSarMonitor() throws IOException {
        super("relax-sar");
    }

    @Override
    String whole(CharSequence characters) {
        int length = characters.length() - END.length() - CRC_BYTES;
        return length > 0 && characters.toString().endsWith(END)
                ? characters.subSequence(0, length).toString()
                : null;
    }

    @Override
    void answer(String told) {
        if (silent) {
            return;
        }
        switch (told) {
            case "ident" -> say("sar2.0");
            case "s" -> say("SARstop");
            case "start" -> say("start");
            default -> {
                // A setting is not answered.
            }
        }
    }

    void say(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
        String sum = new String(
                ByteBuffer.allocate(CRC_BYTES).putInt((int) crc.getValue()).array(), StandardCharsets.ISO_8859_1);
        write(text + sum + "\r\n");
    }
}
