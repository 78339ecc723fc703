package org.isocenter.hardware.instrument;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.isocenter.hardware.transport.Transport;

/** The registers of a NanoVNA V2 with the same resonance attached. */
final class EmulatedNanoVnaV2 extends EmulatedInstrument {
    private final ByteBuffer registers = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
    private int point;

    EmulatedNanoVnaV2(Transport link, int major, int minor) {
        super(link);
        registers
                .put(0xf0, (byte) 2)
                .put(0xf2, (byte) 4)
                .put(0xf3, (byte) major)
                .put(0xf4, (byte) minor);
    }

    @Override
    String request(byte[] bytes) {
        int needed = switch (bytes[0]) {
            case 0x00, 0x0d -> 1;
            case 0x10 -> 2;
            case 0x18, 0x20 -> 3;
            case 0x21 -> 4;
            case 0x23 -> 10;
            default -> throw new AssertionError("opcode " + bytes[0]);
        };
        if (bytes.length < needed) {
            return null;
        }
        return bytes[0] == 0 ? "" : new String(bytes, ISO_8859_1);
    }

    @Override
    int keptAtEnd() {
        return 0;
    }

    @Override
    String answer(String request) {
        if (request.isEmpty()) {
            return "";
        }
        byte[] bytes = request.getBytes(ISO_8859_1);
        int address = bytes.length > 1 ? Byte.toUnsignedInt(bytes[1]) : 0;
        switch (bytes[0]) {
            case 0x0d:
                return "2";
            case 0x10:
                return "" + (char) Byte.toUnsignedInt(registers.get(address));
            case 0x18:
                return records(Byte.toUnsignedInt(bytes[2]));
            default:
                if (address == 0x30) {
                    point = 0;
                } else {
                    registers.position(address).put(bytes, 2, bytes.length - 2);
                }
                return "";
        }
    }

    private String records(int count) {
        ByteBuffer records = ByteBuffer.allocate(32 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++, point++) {
            double[] s = Resonance.at(registers.getLong(0) + (double) point * registers.getLong(0x10));
            // The forward wave is 1e8 (0.6 + 0.8i).
            records.position(32 * i).putInt(60_000_000).putInt(80_000_000);
            for (int channel = 0; channel < 4; channel += 2) {
                records.putInt((int) Math.round(1e8 * (0.6 * s[channel] - 0.8 * s[channel + 1])));
                records.putInt((int) Math.round(1e8 * (0.8 * s[channel] + 0.6 * s[channel + 1])));
            }
            records.putShort((short) point);
        }
        return new String(records.array(), ISO_8859_1);
    }
}
