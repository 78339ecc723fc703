package org.isocenter.hardware.stream;

import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerException.Kind;

/** The device does not speak with this host now. */
public record Reject(Code code, String text) {
    /** Why; the number on the line is one more than the ordinal. */
    public enum Code {
        VERSION,
        BUSY,
        NO_SESSION,
        TOKEN
    }

    public void write(FrameWriter frame) {
        frame.begin(FrameType.REJECT).u8(code.ordinal() + 1).u8(0).u16(0).text(text);
    }

    public static Reject read(Frame frame) throws FrameFormatException {
        int code = frame.u8();
        Code[] all = Code.values();
        if (code < 1 || code > all.length) {
            throw new FrameFormatException("a REJECT frame has the unknown code " + code);
        }
        frame.skip(3);
        return new Reject(all[code - 1], frame.text());
    }

    /** What a host makes of it. */
    ScannerException failure(String device) {
        String more = text.isEmpty() ? "" : ": " + text;
        return switch (code) {
            case VERSION ->
                new ScannerException(
                        Kind.REFUSED,
                        device,
                        "the device speaks no version of the event stream that this console speaks (" + Hello.VERSION
                                + ")" + more);
            case BUSY -> new ScannerException(Kind.REFUSED, device, "the device is in use by another host" + more);
            case NO_SESSION ->
                new ScannerException(
                        Kind.DEVICE_FAULT,
                        device,
                        "the device has started anew: did it lose power, or reset itself?" + more);
            case TOKEN ->
                new ScannerException(Kind.PROTOCOL, device, "the device refuses the second connection" + more);
        };
    }
}
