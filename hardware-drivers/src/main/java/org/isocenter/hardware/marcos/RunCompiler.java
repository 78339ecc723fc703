package org.isocenter.hardware.marcos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.hardware.UncompilableTableException;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;

/**
 * Turns a stretch of an event table into a program for marga: transmit amplitude and phase as a complex baseband value,
 * gradients as words of the board sent earlier by its latency, gates, and receive windows. Starts from and ends in the safe
 * state. Constant memory. One thread.
 *
 * <p>The receiver demodulates at the carrier; offsets in frequency and phase of an ADC window are the driver's to apply to the
 * samples. Dwell times that are longer than the receiver's longest, or so far from a whole number of clocks that a window would
 * be off at its end, are received in three parts or more, at the nearest whole number.
 */
final class RunCompiler {
    /** Clocks that the words for all buffers take, which come first. */
    static final int INITIAL_WORDS_CLOCKS = MargaBuffer.COUNT;

    private static final EventChannel[] CHANNELS = EventChannel.values();
    private static final int LEAST_DECIMATION = 4;
    private static final int MOST_DECIMATION = 4095;
    /** Of which a sample at another time can be made without error, at the edges of a window too. */
    private static final int LEAST_PARTS = 3;
    /**
     * In dwell times, what the last sample of a window may be early or late and still be made of samples that come one for one: so
     * they have the noise that was asked for, and not that of a wider band.
     */
    private static final double FARTHEST_IN_ONE_PART = 0.15;

    private static final double NCO_STEPS = 1L << 31;
    private static final int RECEIVER_RESET_TICK = 50;
    /** From a new decimation to the window that uses it. */
    private static final int RATE_LEAD = 40;
    /** What gates and the receiver come out of the firmware earlier than B1 and gradients that are set at the same clock. */
    private static final int GATES_EARLY = 1;

    private static final double PEAK_WINDOW_SECONDS = 0.01;

    private final double clockHertz;
    private final MargaSettings settings;
    private final MargaProgram program;
    private final long baseClock;
    private final long leadTicks;
    private final double ticksPerTick;
    private final int transmitBuffer;
    private final int receiveEnable;
    private final GradientWords gradients;
    private final List<ReceiveWindow> windows = new ArrayList<>();
    private float transmitHertz;
    private float transmitRadians;
    private long transmitTick = -1;
    private int decimation;
    private long receivingUntil;

    private long received;
    private int oversampling = 1;
    private double worstDwellError;
    private long peakFrom;
    private long wordsBefore;
    private long peakWords;

    private RunCompiler(
            double clockHertz,
            MargaSettings settings,
            WordSink sink,
            boolean first,
            long startTick,
            float transmitRadians)
            throws IOException {
        this.clockHertz = clockHertz;
        this.settings = settings;
        this.transmitRadians = transmitRadians;
        ticksPerTick = MargaCompiler.CLOCK_HERTZ / clockHertz;
        baseClock = Math.round(startTick * ticksPerTick);
        leadTicks = leadClocks(settings);
        transmitBuffer = settings.transmitChannel() == 0 ? MargaBuffer.TX0_I : MargaBuffer.TX1_I;
        receiveEnable = settings.receiveChannels() == 1
                ? MargaBuffer.RX0_ENABLE
                : MargaBuffer.RX0_ENABLE | MargaBuffer.RX1_ENABLE;
        int[] initial = new int[MargaBuffer.COUNT];
        initial[MargaBuffer.GRAD_CTRL] = settings.board().control(settings.spiDivider());
        long step = (long) Math.rint(settings.carrierHertz() / MargaCompiler.CLOCK_HERTZ * NCO_STEPS);
        for (int nco = 0; nco < 3 && !first; nco++) {
            initial[MargaBuffer.DDS0_LSB + 2 * nco] = (int) (step & 0xffff);
            initial[MargaBuffer.DDS0_LSB + 2 * nco + 1] = (int) (step >> 16);
        }
        program = new MargaProgram(initial, sink);
        for (int nco = 0; nco < 3 && first; nco++) {
            int low = MargaBuffer.DDS0_LSB + 2 * nco;
            program.set(RECEIVER_RESET_TICK, low, (int) (step & 0xffff));
            program.set(RECEIVER_RESET_TICK, low + 1, (int) (step >> 16) | MargaBuffer.DDS_RESET);
            program.set(RECEIVER_RESET_TICK + 1, low + 1, 0, MargaBuffer.DDS_RESET);
        }
        program.set(RECEIVER_RESET_TICK, MargaBuffer.RX_CTRL, MargaBuffer.RX_RESET_N, MargaBuffer.RX_RESET_N);
        gradients = new GradientWords(settings, program, first, this::tooSoon);
    }

    /** The run that a table begins with: it resets the NCOs and sets the gradients' shims. */
    static RunCompiler first(double clockHertz, MargaSettings settings, WordSink sink) throws IOException {
        return new RunCompiler(clockHertz, settings, sink, true, 0, 0);
    }

    /**
     * A run that follows another: the NCOs go on turning, and the gradients are at their shims.
     *
     * @param startTick of the run's first event
     * @param transmitRadians as the table has left it
     */
    static RunCompiler following(
            double clockHertz, MargaSettings settings, WordSink sink, long startTick, float transmitRadians)
            throws IOException {
        return new RunCompiler(clockHertz, settings, sink, false, startTick, transmitRadians);
    }

    /** From the clock after a run's first words to its first event: for the configuration, and gradients that are sent ahead. */
    static long leadClocks(MargaSettings settings) {
        int ahead = settings.board().spacingClocks(settings.spiDivider()) * 5 + 4 * RECEIVER_RESET_TICK;
        double clocksPerMicrosecond = MargaCompiler.CLOCK_HERTZ * 1e-6;
        return (long) Math.ceil(Math.ceil(ahead / clocksPerMicrosecond) * clocksPerMicrosecond);
    }

    /** The shortest quiet between two runs: for what is still to be sent in the one, and the lead of the other. */
    static long leastPauseClocks(MargaSettings settings) {
        return leadClocks(settings)
                + INITIAL_WORDS_CLOCKS
                + 4L * settings.board().spacingClocks(settings.spiDivider())
                + 2
                + GATES_EARLY;
    }

    long words() {
        return program.words();
    }

    /** Samples of all windows so far, one channel. */
    long received() {
        return received;
    }

    List<ReceiveWindow> windows() {
        return windows;
    }

    float transmitRadians() {
        return transmitRadians;
    }

    /**
     * Writes all that is left. FINISH may follow at once.
     *
     * @param endTick of the table's stretch; until then it may last longer than what is written
     * @return clocks of all words so far
     */
    long end(long endTick) throws IOException, UncompilableTableException {
        flushTransmit();
        gradients.flush();
        long safe = Math.max(marga(endTick), gradients.ready());
        safe = Math.max(safe, receivingUntil) + 1;
        program.set(safe, transmitBuffer, 0);
        program.set(safe, transmitBuffer + 1, 0);
        program.set(safe, MargaBuffer.GATES_LEDS, 0);
        program.set(safe, MargaBuffer.GRAD_CTRL, 0);
        program.end(safe + 1);
        peak(safe + (long) MargaCompiler.CLOCK_HERTZ);
        return safe + 1 + INITIAL_WORDS_CLOCKS;
    }

    MargaSummary summary(long clocks) {
        return new MargaSummary(
                program.words() + 1,
                peakWords / PEAK_WINDOW_SECONDS,
                clocks / MargaCompiler.CLOCK_HERTZ,
                windows.size(),
                received,
                oversampling,
                worstDwellError);
    }

    /** The clock of this run at which something of the table happens. */
    private long marga(long tick) {
        return leadTicks + Math.round(tick * ticksPerTick) - baseClock;
    }

    void event(EventChunk chunk, int i) throws IOException, UncompilableTableException {
        long at = marga(chunk.tick()[i]);
        float value = chunk.value()[i];
        if (transmitTick >= 0 && at > transmitTick) {
            flushTransmit();
        }
        gradients.settledUntil(at);
        switch (CHANNELS[chunk.channel()[i]]) {
            case TX_AMPLITUDE -> {
                transmitHertz = value;
                transmitTick = at;
            }
            case TX_PHASE -> {
                transmitRadians = value;
                transmitTick = at;
            }
            case TX_GATE -> gate(at + GATES_EARLY, MargaBuffer.TX_GATE, value != 0);
            case GX -> gradient(at, 0, value);
            case GY -> gradient(at, 1, value);
            case GZ -> gradient(at, 2, value);
            case ADC -> window(at + GATES_EARLY, chunk, (int) value);
            case TRIGGER_OUT -> gate(at + GATES_EARLY, MargaBuffer.TRIGGER_OUT, value != 0);
            case TRIGGER_WAIT ->
                throw new UncompilableTableException("the sequence waits for a trigger at "
                        + chunk.tick()[i] / clockHertz
                        + " s, and marga waits 0.136 s at most: play it without triggers");
        }
        if (transmitTick >= 0 || gradients.waiting()) {
            program.settledUntil(gradients.earliest(at) - leadTicks / 2);
            peak(at);
        }
    }

    private double seconds(long at) {
        return (at - leadTicks + baseClock) / MargaCompiler.CLOCK_HERTZ;
    }

    private void gate(long at, int bit, boolean on) {
        program.set(at, MargaBuffer.GATES_LEDS, on ? bit : 0, bit);
    }

    private void flushTransmit() throws UncompilableTableException {
        if (transmitTick < 0) {
            return;
        }
        double share = transmitHertz / settings.transmitFullScaleHertz();
        if (!(Math.abs(share) <= 1 + 1e-3)) {
            throw new UncompilableTableException("RF of " + transmitHertz + " Hz is beyond the transmitter's "
                    + settings.transmitFullScaleHertz() + " Hz: a lower flip angle or a longer pulse");
        }
        double full = 32767 * Math.max(-1, Math.min(1, share));
        program.set(transmitTick, transmitBuffer, (int) Math.rint(full * Math.cos(transmitRadians)));
        program.set(transmitTick, transmitBuffer + 1, (int) Math.rint(full * Math.sin(transmitRadians)));
        transmitTick = -1;
    }

    private void gradient(long at, int axis, float hertzPerMeter) throws UncompilableTableException {
        GradientScale scale = settings.gradients().get(axis);
        double share = scale.share(hertzPerMeter);
        if (!(Math.abs(share) <= 1 + 1e-3)) {
            throw new UncompilableTableException("a gradient of " + hertzPerMeter + " Hz/m is beyond the board's "
                    + scale.fullScaleHertzPerMeter() + " Hz/m (with a shim of " + scale.shimHertzPerMeter()
                    + " Hz/m): a weaker gradient");
        }
        gradients.change(at, axis, Math.max(-1, Math.min(1, share)));
    }

    private String tooSoon(long at) {
        GradientBoard board = settings.board();
        return "gradients change at " + seconds(at) + " s, sooner after the change before than the " + board.label()
                + " board's " + board.spacingClocks(settings.spiDivider()) * 3e6 / MargaCompiler.CLOCK_HERTZ
                + " us: a longer gradient raster, or a smaller SPI divider";
    }

    private void window(long at, EventChunk chunk, int row) throws UncompilableTableException {
        double clocks = chunk.adcDwellTicks()[row] * ticksPerTick;
        int samples = chunk.adcSamples()[row];
        int parts = parts(clocks, samples);
        int rate = (int) Math.rint(clocks / parts);
        if (rate < LEAST_DECIMATION) {
            throw new UncompilableTableException("a dwell time of " + clocks / MargaCompiler.CLOCK_HERTZ * 1e6
                    + " us is shorter than marga's shortest of four clocks of 8.138 ns (ADC window "
                    + (chunk.adcIndex()[row] + 1) + "): choose a smaller bandwidth");
        }
        worstDwellError = Math.max(worstDwellError, Math.abs(rate * parts / clocks - 1));
        oversampling = Math.max(oversampling, parts);
        if (rate != decimation) {
            setDecimation(rate, at - RATE_LEAD, chunk.adcIndex()[row]);
        }
        ReceiveWindow window = new ReceiveWindow(
                chunk.adcIndex()[row],
                samples,
                clocks,
                rate,
                settings.receiveDelay(),
                chunk.adcFrequencyHertz()[row],
                chunk.adcPhaseRadians()[row],
                chunk.adcPhaseShapeRadians()[row]);
        receivingUntil = at + (long) rate * window.received();
        for (int bit = 0; bit < 2; bit++) {
            boolean begin = bit == 0;
            long when = begin ? at : receivingUntil;
            gate(when, MargaBuffer.RX_GATE, begin);
            program.set(when, MargaBuffer.RX_CTRL, begin ? receiveEnable : 0, receiveEnable);
        }
        windows.add(window);
        received += window.received();
    }

    /** Samples received for one that is asked for: just one where the receiver can do that, else enough to make it of. */
    private int parts(double clocks, int samples) {
        double late = samples * Math.abs(Math.rint(clocks) / clocks - 1);
        if (settings.oversampling() == 1 && late <= FARTHEST_IN_ONE_PART && clocks <= MOST_DECIMATION) {
            return 1;
        }
        double wanted = Math.max(Math.max(settings.oversampling(), LEAST_PARTS), Math.ceil(clocks / MOST_DECIMATION));
        return (int) Math.max(1, Math.min(wanted, Math.floor(clocks / LEAST_DECIMATION)));
    }

    private void setDecimation(int rate, long at, int adcIndex) throws UncompilableTableException {
        if (!windows.isEmpty() && at <= receivingUntil) {
            throw new UncompilableTableException("ADC window " + (adcIndex + 1)
                    + " has another dwell time than the one just before it: leave 0.4 us between them");
        }
        program.set(at, MargaBuffer.RX0_RATE, rate);
        program.set(at, MargaBuffer.RX1_RATE, rate);
        program.set(at, MargaBuffer.RX_CTRL, MargaBuffer.RX_RATE_VALID, MargaBuffer.RX_RATE_VALID);
        program.set(at + 1, MargaBuffer.RX_CTRL, 0, MargaBuffer.RX_RATE_VALID);
        decimation = rate;
    }

    /** Counts words in steps of {@link #PEAK_WINDOW_SECONDS}. */
    private void peak(long at) {
        if (at - peakFrom >= PEAK_WINDOW_SECONDS * MargaCompiler.CLOCK_HERTZ) {
            peakWords = Math.max(peakWords, program.words() - wordsBefore);
            wordsBefore = program.words();
            peakFrom = at;
        }
    }
}
