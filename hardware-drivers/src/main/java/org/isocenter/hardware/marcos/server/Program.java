package org.isocenter.hardware.marcos.server;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Instructions in their order: those of a run, and after their end what is in the instruction memory, over and over. Immutable.
 */
final class Program {
    private final ByteBuffer payload;
    private final int[] memory;

    private Program(ByteBuffer payload, int[] memory) {
        this.payload = payload.order(ByteOrder.LITTLE_ENDIAN);
        this.memory = memory;
    }

    /** One that is followed by nothing. */
    static Program alone(ByteBuffer payload) {
        return new Program(payload, new int[1]);
    }

    /** The instruction memory, which keeps what the runs before have left there. */
    static final class Memory {
        static final int WORDS = 1 << 16;
        static final int BYTES = 4 * WORDS;

        private int[] words = new int[WORDS];

        /** Fills the memory from its beginning, around and around, and gives what is executed then. */
        Program load(byte[] payload) {
            words = words.clone();
            Program program = new Program(ByteBuffer.wrap(payload), words);
            for (int i = Math.max(0, program.words() - WORDS); i < program.words(); i++) {
                words[i % WORDS] = program.word(i);
            }
            return program;
        }
    }

    /** How many words there are before the memory's. */
    private int words() {
        return payload.capacity() / Integer.BYTES;
    }

    int word(long index) {
        return index < words() ? payload.getInt(Integer.BYTES * (int) index) : memory[(int) (index % memory.length)];
    }

    /** After so many words without FINISH there will never be one. */
    long endlessFrom() {
        return (long) words() + memory.length;
    }

    /** Whether it was sent as the same bytes. */
    boolean sameAs(Program other) {
        return payload.equals(other.payload);
    }
}
