package org.isocenter.hardware.marcos;

import java.io.IOException;
import java.util.Iterator;
import org.isocenter.hardware.UncompilableTableException;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.EventTable;

/**
 * Turns an event table into instructions for marga: transmit amplitude and phase as a complex baseband value, gradients as
 * words of the board sent earlier by its latency, gates, and receive windows. Starts from and ends in the safe state. One
 * pass in constant memory.
 *
 * <p>The receiver demodulates at the carrier; offsets in frequency and phase of an ADC window are the driver's to apply to the
 * samples. Dwell times longer than the receiver's longest are oversampled.
 */
public final class MargaCompiler {
    /** Of the FPGA on an SDRLab 122-16. */
    public static final double CLOCK_HERTZ = 122.88e6;

    private static final EventChannel[] CHANNELS = EventChannel.values();
    private static final int LEAST_DECIMATION = 4;
    private static final int MOST_DECIMATION = 4095;
    private static final double NCO_STEPS = 1L << 31;
    private static final int INITIAL_WORDS_CLOCKS = 17;
    private static final int RECEIVER_RESET_TICK = 50;
    /** From a new decimation to the window that uses it. */
    private static final int RATE_LEAD = 40;

    private static final double PEAK_WINDOW_SECONDS = 0.01;

    private final EventTable table;
    private final MargaSettings settings;
    private final MargaProgram program;
    private final long leadTicks;
    private final double ticksPerTick;
    private final double[] gradient = new double[3];
    private final double[] sent = new double[3];
    private long gradientTick = -1;
    private long lastTransfer = Long.MIN_VALUE / 2;
    private float transmitHertz;
    private float transmitRadians;
    private long transmitTick = -1;
    private int decimation;
    private long receivingUntil;

    private long adcSamples;
    private int windows;
    private int oversampling = 1;
    private double worstDwellError;
    private long peakFrom;
    private long wordsBefore;
    private long peakWords;

    private MargaCompiler(EventTable table, MargaSettings settings, WordSink sink) throws IOException {
        this.table = table;
        this.settings = settings;
        int[] initial = new int[MargaBuffer.COUNT];
        initial[MargaBuffer.GRAD_CTRL] = settings.board().control(settings.spiDivider());
        program = new MargaProgram(initial, sink);
        ticksPerTick = CLOCK_HERTZ / table.clockHertz();
        // Room for the configuration and for gradients that are sent ahead, in whole microseconds.
        int ahead = settings.board().spacingClocks(settings.spiDivider()) * 5 + 4 * RECEIVER_RESET_TICK;
        leadTicks = (long) Math.ceil(Math.ceil(ahead / (CLOCK_HERTZ * 1e-6)) * CLOCK_HERTZ * 1e-6);
    }

    /**
     * Compiles the whole table.
     *
     * @throws UncompilableTableException when marga or the board cannot play it
     */
    public static MargaSummary compile(EventTable table, MargaSettings settings, WordSink sink)
            throws IOException, UncompilableTableException {
        return new MargaCompiler(table, settings, sink).run();
    }

    private MargaSummary run() throws IOException, UncompilableTableException {
        configure();
        for (Iterator<EventChunk> chunks = table.chunks(); chunks.hasNext(); ) {
            EventChunk chunk = chunks.next();
            for (int i = 0; i < chunk.events(); i++) {
                event(chunk, i);
            }
        }
        long end = marga(table.durationTicks());
        flushTransmit();
        flushGradients();
        long safe = Math.max(end, lastTransfer + settings.board().spacingClocks(settings.spiDivider()));
        safe = Math.max(safe, receivingUntil) + 1;
        program.set(safe, MargaBuffer.TX0_I, 0);
        program.set(safe, MargaBuffer.TX0_Q, 0);
        program.set(safe, MargaBuffer.GATES_LEDS, 0);
        program.finish(safe + 1);
        peak(safe + (long) CLOCK_HERTZ);
        return new MargaSummary(
                program.words(),
                peakWords / PEAK_WINDOW_SECONDS,
                (safe + INITIAL_WORDS_CLOCKS) / CLOCK_HERTZ,
                windows,
                adcSamples,
                oversampling,
                worstDwellError);
    }

    private void configure() {
        long step = (long) Math.rint(settings.carrierHertz() / CLOCK_HERTZ * NCO_STEPS);
        for (int nco = 0; nco < 3; nco++) {
            int low = MargaBuffer.DDS0_LSB + 2 * nco;
            program.set(RECEIVER_RESET_TICK, low, (int) (step & 0xffff));
            program.set(RECEIVER_RESET_TICK, low + 1, (int) (step >> 16) | MargaBuffer.DDS_RESET);
            program.set(RECEIVER_RESET_TICK + 1, low + 1, 0, MargaBuffer.DDS_RESET);
        }
        program.set(RECEIVER_RESET_TICK, MargaBuffer.RX_CTRL, MargaBuffer.RX_RESET_N, MargaBuffer.RX_RESET_N);
    }

    private long marga(long tick) {
        return leadTicks + Math.round(tick * ticksPerTick);
    }

    private void event(EventChunk chunk, int i) throws IOException, UncompilableTableException {
        long at = marga(chunk.tick()[i]);
        float value = chunk.value()[i];
        if (transmitTick >= 0 && at > transmitTick) {
            flushTransmit();
        }
        if (gradientTick >= 0 && at > gradientTick) {
            flushGradients();
            program.settledUntil(at - leadTicks / 2);
            peak(at);
        }
        switch (CHANNELS[chunk.channel()[i]]) {
            case TX_AMPLITUDE -> {
                transmitHertz = value;
                transmitTick = at;
            }
            case TX_PHASE -> {
                transmitRadians = value;
                transmitTick = at;
            }
            case TX_GATE -> gate(at, MargaBuffer.TX_GATE, value != 0);
            case GX -> gradient(at, 0, value);
            case GY -> gradient(at, 1, value);
            case GZ -> gradient(at, 2, value);
            case ADC -> window(at, chunk, (int) value);
            case TRIGGER_OUT -> gate(at, MargaBuffer.TRIGGER_OUT, value != 0);
            case TRIGGER_WAIT ->
                throw new UncompilableTableException("the sequence waits for a trigger at "
                        + chunk.tick()[i] / table.clockHertz()
                        + " s, and marga waits 0.136 s at most: play it without triggers");
        }
        if (transmitTick >= 0) {
            program.settledUntil(at - leadTicks / 2);
            peak(at);
        }
    }

    private void gate(long at, int bit, boolean on) {
        program.set(at, MargaBuffer.GATES_LEDS, on ? bit : 0, bit);
    }

    private void flushTransmit() throws UncompilableTableException {
        if (transmitTick < 0) {
            return;
        }
        double share = transmitHertz / settings.transmitFullScaleHertz();
        if (share > 1 + 1e-3) {
            throw new UncompilableTableException("RF of " + transmitHertz + " Hz is beyond the transmitter's "
                    + settings.transmitFullScaleHertz() + " Hz: a lower flip angle or a longer pulse");
        }
        double full = 32767 * Math.min(1, share);
        program.set(transmitTick, MargaBuffer.TX0_I, (int) Math.rint(full * Math.cos(transmitRadians)));
        program.set(transmitTick, MargaBuffer.TX0_Q, (int) Math.rint(full * Math.sin(transmitRadians)));
        transmitTick = -1;
    }

    private void gradient(long at, int axis, float hertzPerMeter) throws UncompilableTableException {
        GradientScale scale = settings.gradients().get(axis);
        double share = scale.share(hertzPerMeter);
        if (Math.abs(share) > 1 + 1e-3) {
            throw new UncompilableTableException("a gradient of " + hertzPerMeter + " Hz/m is beyond the board's "
                    + scale.fullScaleHertzPerMeter() + " Hz/m (with a shim of " + scale.shimHertzPerMeter()
                    + " Hz/m): a weaker gradient");
        }
        gradient[axis] = Math.max(-1, Math.min(1, share));
        gradientTick = at;
    }

    /** Sends what has changed at {@link #gradientTick}, ahead by the board's latency. */
    private void flushGradients() throws UncompilableTableException {
        if (gradientTick < 0) {
            return;
        }
        GradientBoard board = settings.board();
        int divider = settings.spiDivider();
        long at = gradientTick - board.latencyClocks(divider);
        int left = 0;
        for (int axis = 0; axis < 3; axis++) {
            left += gradient[axis] != sent[axis] ? 1 : 0;
        }
        gradientTick = -1;
        if (left == 0) {
            return;
        }
        long first = lastTransfer + board.spacingClocks(divider);
        if (board.updatesTogether() ? at < first : at + board.spacingClocks(divider) < first) {
            throw new UncompilableTableException("gradients change at "
                    + (at + board.latencyClocks(divider) - leadTicks) / CLOCK_HERTZ
                    + " s, sooner after the change before than the " + board.label() + " board's "
                    + board.spacingClocks(divider) * 3e6 / CLOCK_HERTZ
                    + " us: a longer gradient raster, or a smaller SPI divider");
        }
        // One channel after the other: in the middle they are on time.
        long slot = Math.max(at - (left - 1L) * board.spacingClocks(divider) / 2, first);
        for (int axis = 2; axis >= 0; axis--) {
            if (gradient[axis] == sent[axis]) {
                continue;
            }
            left--;
            int word = board.word(axis, gradient[axis], left == 0);
            long when = board.updatesTogether() ? at - left : slot;
            program.set(when, MargaBuffer.GRAD_LSB, word & 0xffff);
            program.set(when, MargaBuffer.GRAD_MSB, word >>> 16);
            lastTransfer = when;
            slot += board.spacingClocks(divider);
            sent[axis] = gradient[axis];
        }
    }

    private void window(long at, EventChunk chunk, int row) throws UncompilableTableException {
        double clocks = chunk.adcDwellTicks()[row] * ticksPerTick;
        int parts = (int) Math.ceil(clocks / MOST_DECIMATION);
        int wanted = (int) Math.rint(clocks / parts);
        int samples = chunk.adcSamples()[row];
        double error = Math.abs(wanted * parts / clocks - 1);
        if (wanted < LEAST_DECIMATION || error * samples > 0.5) {
            throw new UncompilableTableException("a dwell time of " + clocks / CLOCK_HERTZ * 1e6
                    + " us is not a whole number of marga's clocks of 8.138 ns (ADC window "
                    + (chunk.adcIndex()[row] + 1) + "), and its " + samples
                    + " samples would be off by more than half a sample: choose another bandwidth");
        }
        worstDwellError = Math.max(worstDwellError, error);
        oversampling = Math.max(oversampling, parts);
        if (wanted != decimation) {
            long rate = at - RATE_LEAD;
            if (windows > 0 && rate <= receivingUntil) {
                throw new UncompilableTableException("ADC window " + (chunk.adcIndex()[row] + 1)
                        + " has another dwell time than the one just before it: leave 0.4 us between them");
            }
            program.set(rate, MargaBuffer.RX0_RATE, wanted);
            program.set(rate, MargaBuffer.RX1_RATE, wanted);
            program.set(rate, MargaBuffer.RX_CTRL, MargaBuffer.RX_RATE_VALID, MargaBuffer.RX_RATE_VALID);
            program.set(rate + 1, MargaBuffer.RX_CTRL, 0, MargaBuffer.RX_RATE_VALID);
            decimation = wanted;
        }
        receivingUntil = at + (long) wanted * parts * samples;
        for (int bit = 0; bit < 2; bit++) {
            boolean begin = bit == 0;
            long when = begin ? at : receivingUntil;
            gate(when, MargaBuffer.RX_GATE, begin);
            program.set(when, MargaBuffer.RX_CTRL, begin ? MargaBuffer.RX0_ENABLE : 0, MargaBuffer.RX0_ENABLE);
        }
        windows++;
        adcSamples += (long) samples * parts;
    }

    /** Counts words in steps of {@link #PEAK_WINDOW_SECONDS}. */
    private void peak(long at) {
        if (at - peakFrom >= PEAK_WINDOW_SECONDS * CLOCK_HERTZ) {
            peakWords = Math.max(peakWords, program.words() - wordsBefore);
            wordsBefore = program.words();
            peakFrom = at;
        }
    }
}
