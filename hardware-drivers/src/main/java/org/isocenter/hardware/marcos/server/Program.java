package org.isocenter.hardware.marcos.server;

import java.util.Arrays;

/**
 * Instructions in their order: those of a run, and after their end what is in the instruction memory, over and over. Immutable.
 */
final class Program {
    private final byte[] payload;
    private final int[] memory;

    private Program(byte[] payload, int[] memory) {
        this.payload = payload;
        this.memory = memory;
    }

    /** The instruction memory, which keeps what the runs before have left there. */
    static final class Memory {
        static final int WORDS = 1 << 16;
        static final int BYTES = 4 * WORDS;

        private int[] words = new int[WORDS];

        /** Fills the memory from its beginning, around and around, and gives what is executed then. */
        Program load(byte[] payload) {
            words = words.clone();
            int count = payload.length / 4;
            for (int i = Math.max(0, count - WORDS); i < count; i++) {
                words[i % WORDS] = littleEndian(payload, i);
            }
            return new Program(payload, words);
        }
    }

    /** How many words there are before the memory's. */
    int words() {
        return payload.length / 4;
    }

    int bytes() {
        return payload.length;
    }

    int word(long index) {
        return index < words() ? littleEndian(payload, (int) index) : memory[(int) (index % Memory.WORDS)];
    }

    /** After so many words without FINISH there will never be one. */
    long endlessFrom() {
        return (long) words() + Memory.WORDS;
    }

    /** Whether it was sent as the same bytes. */
    boolean sameAs(Program other) {
        return Arrays.equals(payload, other.payload);
    }

    private static int littleEndian(byte[] bytes, int word) {
        int at = 4 * word;
        return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16 | bytes[at + 3] << 24;
    }
}
