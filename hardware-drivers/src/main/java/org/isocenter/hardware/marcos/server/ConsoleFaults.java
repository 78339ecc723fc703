package org.isocenter.hardware.marcos.server;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.hardware.emulate.FaultSpec;
import org.isocenter.hardware.emulate.FaultSpec.Moment;
import org.isocenter.hardware.emulate.Faults;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which faults of the console strike the run under way. A window counts as a readout when its receiver is enabled. One thread. */
final class ConsoleFaults {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleFaults.class);
    /** The bit of the gates' buffer: what a program overruns first. */
    private static final int OVERRUN_BUFFERS = 1 << 15;

    /** By so much a clipped window is too strong. */
    private static final int OVERDRIVE = 4;

    private final Faults faults;
    private long runs;
    private long readouts;
    private boolean open;
    private boolean losing;
    private boolean overrun;
    private boolean reset;
    private boolean clipping;
    private long fullAt;
    /** Windows that clip: first sample of each receiver, and the one after the last. */
    private final List<int[]> clipped = new ArrayList<>();

    ConsoleFaults(Faults faults) {
        this.faults = faults;
    }

    void runBegins() {
        losing = false;
        overrun = false;
        reset = false;
        clipping = false;
        open = false;
        fullAt = -1;
        clipped.clear();
        strike(faults.at(Moment.RUN, runs++), 0);
    }

    private void strike(List<FaultSpec> now, long word) {
        for (FaultSpec fault : now) {
            switch (fault.kind()) {
                case FIFO_FULL -> {
                    losing = true;
                    fullAt = 4 * word;
                }
                case OVERRUN -> overrun = true;
                case RESET -> reset = true;
                case CLIP -> clipping = true;
                default -> LOG.warn("a MaRCoS console has no {}", fault.kind());
            }
        }
    }

    /**
     * A receiver has been enabled, or none is any more.
     *
     * @param word that the program is at
     * @param received samples of each receiver so far
     */
    void receives(boolean now, long word, int[] received) {
        if (now == open) {
            return;
        }
        open = now;
        if (now) {
            strike(faults.at(Moment.READOUT, readouts++), word);
            if (clipping) {
                clipped.add(new int[] {received[0], received[1], Integer.MAX_VALUE, Integer.MAX_VALUE});
            }
        } else {
            losing = false;
            if (clipping) {
                clipping = false;
                int[] window = clipped.get(clipped.size() - 1);
                window[2] = received[0];
                window[3] = received[1];
            }
        }
    }

    /** The FIFOs take no samples now. */
    boolean losing() {
        return losing;
    }

    /** The output buffers run over now. */
    boolean overrun() {
        return overrun;
    }

    /** The console restarts now. */
    boolean reset() {
        return reset;
    }

    /**
     * Drives the samples of the windows that clip beyond the range.
     *
     * @param before samples that were in the FIFOs before the run
     */
    void clip(SampleQueue[] fifos, int[] before) {
        for (int[] window : clipped) {
            for (int receiver = 0; receiver < fifos.length; receiver++) {
                SampleQueue fifo = fifos[receiver];
                int to = Math.min(fifo.size(), window[2 + receiver] + before[receiver]);
                fifo.overdrive(window[receiver] + before[receiver], to, OVERDRIVE);
            }
        }
    }

    /** Bits of the buffers that have run over. */
    int overrunBuffers() {
        return overrun ? OVERRUN_BUFFERS : 0;
    }

    void report(Reply reply) {
        if (fullAt >= 0) {
            reply.error("RX FIFO/s full during sequence around byte address 0x" + Long.toHexString(fullAt));
        }
    }
}
