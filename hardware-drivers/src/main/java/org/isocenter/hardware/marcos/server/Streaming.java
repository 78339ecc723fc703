package org.isocenter.hardware.marcos.server;

/**
 * What the server's processor does while a program runs: it refills the instruction memory behind the program counter and empties
 * the receivers' FIFOs, in turns that take as long as its bus. Clocks are the FPGA's. One thread.
 */
final class Streaming {
    /** Samples that a FIFO holds. */
    static final int FIFO = 16384 - 4;

    /** What reading and writing a register takes a Zynq: 0.137 us and 0.158 us. */
    private static final int READ_CLOCKS = 17;

    private static final int WRITE_CLOCKS = 19;

    private static final int FIFO_SPACE = 16384;
    private static final int MOST_BYTES_A_TURN = 128;
    private static final int GAP_BYTES = 16;
    private static final int FEWEST_READS = 16;
    private static final int MOST_READS = 1024;
    private static final int TURNS_BETWEEN_CHECKS = 20;
    private static final int LAST_READS = 100;
    private static final int LAST_TURNS = 100;

    private final long totalBytes;
    private long copied;
    private long turnClock;
    private long turns;
    private int readsATurn = FEWEST_READS;
    private final long[] fill;
    private final long[] read;

    private int memoryLow;
    private long underrunAt = -1;
    private int nearlyFull;
    private long fullAt = -1;

    /** @param fill samples that are in the FIFOs already */
    Streaming(long totalBytes, long startClock, long... fill) {
        this.totalBytes = totalBytes;
        this.fill = fill.clone();
        read = new long[fill.length];
        copied = Math.min(totalBytes, Program.Memory.BYTES);
        turnClock = startClock;
    }

    /** A receiver made samples; how many of them found room. */
    int arrive(int receiver, int count) {
        int kept = (int) Math.min(count, Math.max(0, FIFO - fill[receiver]));
        fill[receiver] += kept;
        return kept;
    }

    /** When the next turn begins. */
    long turnClock() {
        return turnClock;
    }

    /** Whether the next turn would find anything to do. */
    boolean idle() {
        return copied == totalBytes && fill[0] == 0 && fill[1] == 0 && readsATurn == FEWEST_READS;
    }

    /** No turn before this clock finds anything to do. */
    void skipTo(long clock) {
        turnClock = Math.max(turnClock, clock);
    }

    /** One turn, while the program is at this word. False when the memory has run dry. */
    boolean turn(long word) {
        long counter = 4 * word;
        turnClock += READ_CLOCKS;
        long room = Math.min(counter - copied + Program.Memory.BYTES - GAP_BYTES, totalBytes - copied);
        if (copied < totalBytes && room > 0) {
            if (counter > copied) {
                underrunAt = counter;
                return false;
            }
            if (copied - counter < Program.Memory.BYTES / 4) {
                memoryLow++;
            }
            long bytes = Math.min(room, MOST_BYTES_A_TURN);
            copied += bytes;
            turnClock += bytes / 4 * WRITE_CLOCKS;
        }
        govern(readFifos(readsATurn), counter);
        if (turns++ % TURNS_BETWEEN_CHECKS == 0) {
            turnClock += 3 * READ_CLOCKS;
        }
        return true;
    }

    /** The most that a FIFO holds afterwards. */
    private long readFifos(int most) {
        turnClock += READ_CLOCKS;
        int reads = 0;
        while (reads < most && (fill[0] > 0 || fill[1] > 0)) {
            boolean first = fill[1] <= 2 * fill[0];
            boolean second = fill[0] <= 2 * fill[1];
            // With one FIFO empty the other alone is read.
            long pairs = 1;
            if (first != second) {
                long from = first ? fill[0] : fill[1];
                long other = first ? fill[1] : fill[0];
                pairs = Math.max(1, Math.min(most - reads, from - 2 * other));
            }
            for (int receiver = 0; receiver < 2; receiver++) {
                if (receiver == 0 ? first : second) {
                    fill[receiver] -= pairs;
                    read[receiver] += pairs;
                    reads += (int) pairs;
                    turnClock += pairs * 2 * READ_CLOCKS;
                }
            }
        }
        return Math.max(fill[0], fill[1]);
    }

    private void govern(long left, long counter) {
        if (left > FIFO_SPACE - 2 * MOST_READS) {
            fullAt = counter;
            readsATurn = MOST_READS;
        } else if (left > 2 * FIFO_SPACE / 3) {
            nearlyFull++;
            readsATurn = Math.min(4 * readsATurn, MOST_READS);
        } else if (left > FIFO_SPACE / 3) {
            readsATurn = Math.min(2 * readsATurn, MOST_READS);
        } else {
            readsATurn = Math.max(readsATurn / 2, FEWEST_READS);
        }
    }

    /** The program has ended: what is left in the FIFOs is read as far as the server does. */
    void finish() {
        for (int i = 0; i < LAST_TURNS; i++) {
            readFifos(LAST_READS);
        }
    }

    /** Samples of a receiver that were read, with those that were in its FIFO before. */
    long read(int receiver) {
        return read[receiver];
    }

    void report(Reply reply) {
        if (underrunAt >= 0) {
            reply.error("memory buffer underrun around byte address 0x" + Long.toHexString(underrunAt));
        } else if (memoryLow > 0) {
            reply.warning("memory buffer low for " + memoryLow + " inner loop cycles");
        } else if (copied != totalBytes) {
            reply.error("didn't copy " + (totalBytes - copied) + " bytes before FSM halted");
        }
        if (fullAt >= 0) {
            reply.error("RX FIFO/s full during sequence around byte address 0x" + Long.toHexString(fullAt));
        } else if (nearlyFull > 0) {
            reply.warning("RX FIFO/s almost filled during sequence " + nearlyFull + " times");
        }
    }
}
