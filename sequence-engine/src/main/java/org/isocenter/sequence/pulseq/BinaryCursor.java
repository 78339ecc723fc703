package org.isocenter.sequence.pulseq;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads numbers from a binary file; past its end there is nothing but a refusal. */
final class BinaryCursor implements Place {
    private final String file;
    private final ByteBuffer bytes;
    private String section = "";

    BinaryCursor(String file, byte[] bytes) {
        this.file = file;
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Names the section for messages. */
    void enter(String name) {
        section = name;
    }

    void at(int offset) {
        bytes.position(offset);
    }

    int offset() {
        return bytes.position();
    }

    boolean hasMore() {
        return bytes.hasRemaining();
    }

    int integer() throws PulseqFormatException {
        need(4);
        return bytes.getInt();
    }

    long longInteger() throws PulseqFormatException {
        need(8);
        return bytes.getLong();
    }

    int id(String what, int min) throws PulseqFormatException {
        int value = integer();
        if (value < min) {
            throw error(what + " is " + value + ", expected at least " + min);
        }
        return value;
    }

    double number(String what) throws PulseqFormatException {
        need(8);
        double value = bytes.getDouble();
        if (!Double.isFinite(value)) {
            throw error(what + " is " + value + ", expected a number");
        }
        return value + 0.0; // -0 is 0
    }

    double single(String what) throws PulseqFormatException {
        need(4);
        double value = bytes.getFloat();
        if (!Double.isFinite(value)) {
            throw error(what + " is " + value + ", expected a number");
        }
        return value + 0.0;
    }

    /** A time that is not negative, in picoseconds. */
    long timePs(String what) throws PulseqFormatException {
        long ps = longInteger();
        if (!(ps >= 0 && ps <= Fields.MAX_EVENT_PS)) {
            throw error(what + " is " + ps + " ps, expected a time from 0 to 28 hours");
        }
        return ps;
    }

    char letter() throws PulseqFormatException {
        need(1);
        return (char) (bytes.get() & 0xFF);
    }

    String text(int length) throws PulseqFormatException {
        need(length);
        byte[] text = new byte[length];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    void skip(long count) throws PulseqFormatException {
        need(count);
        bytes.position((int) (bytes.position() + count));
    }

    /** A number of things that follow, each of which takes at least so many bytes. */
    int count(long number, int leastBytes, String what) throws PulseqFormatException {
        if (number < 0 || number > bytes.remaining() / leastBytes) {
            throw error(number + " " + what + " are announced, but only " + bytes.remaining() + " bytes follow");
        }
        return (int) number;
    }

    private void need(long count) throws PulseqFormatException {
        if (count < 0 || count > bytes.remaining()) {
            throw error("the file ends too early");
        }
    }

    @Override
    public PulseqFormatException error(String problem) {
        return kept().error(problem);
    }

    @Override
    public String where() {
        return "byte " + offset();
    }

    @Override
    public Place kept() {
        return new Place.Offset(file, section, offset());
    }
}
