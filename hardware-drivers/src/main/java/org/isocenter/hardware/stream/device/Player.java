package org.isocenter.hardware.stream.device;

import java.io.IOException;
import java.util.List;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.emulate.FaultSpec;
import org.isocenter.hardware.emulate.FaultSpec.Kind;
import org.isocenter.hardware.emulate.Playback;
import org.isocenter.hardware.stream.ReadoutSender;
import org.isocenter.hardware.stream.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays one table on a thread of its own and sends its readouts. {@link #stop} and the counters are for any thread. */
final class Player implements ReadoutSink {
    private static final Logger LOG = LoggerFactory.getLogger(Player.class);
    /** So long a host may take nothing before readouts count as lost. */
    private static final int ROOM_MILLIS = 5000;

    /** Header, fields and CRC of a READOUT. */
    private static final int READOUT_OVERHEAD = 44;

    private static final int SAMPLE_BYTES = 8;

    private final StreamDevice device;
    private final Playback playback;
    private final ReceivedTable table;
    private final Session session;
    private final boolean demodulates;
    private final ReadoutSender sender;
    private final Thread thread = new Thread(this::run, "event-stream player");
    private volatile boolean stopped;
    private volatile float prepared;
    private volatile long tick;
    private volatile int windows;

    /** @param demodulates whether samples are sent as the playback made them, or as before the window's demodulation */
    Player(StreamDevice device, Playback playback, ReceivedTable table, Session session, boolean demodulates) {
        this.device = device;
        this.playback = playback;
        this.table = table;
        this.session = session;
        this.demodulates = demodulates;
        sender = new ReadoutSender(session.exchange, session.largest);
        thread.setDaemon(true);
    }

    /** Whether samples of so many channels go into frames as long as the host takes. */
    static boolean fits(int largest, int channels) {
        return largest - READOUT_OVERHEAD >= SAMPLE_BYTES * channels;
    }

    void start() {
        thread.start();
    }

    Session session() {
        return session;
    }

    /** Share of the preparation that is done. */
    float prepared() {
        return prepared;
    }

    long tick() {
        return tick;
    }

    /** Readouts sent whole. */
    int windows() {
        return windows;
    }

    private void run() {
        Reason reason = Reason.ABORT;
        String text = "";
        try {
            if (!stopped && playback.play(table, this) == RunOutcome.COMPLETED) {
                reason = Reason.COMPLETED;
                tick = table.durationTicks();
            }
        } catch (ScannerException e) {
            reason = e.kind() == ScannerException.Kind.REFUSED ? Reason.TABLE : Reason.FAULT;
            text = e.getMessage();
        } catch (IOException | RuntimeException e) {
            reason = Reason.FAULT;
            text = "the emulated device has an error: " + e;
            if (!stopped) {
                LOG.error("a table could not be played", e);
            }
        } finally {
            table.close();
            device.ended(this, reason, text);
        }
    }

    /** Plays no more; does not wait. */
    void stop() {
        stopped = true;
        playback.abort();
        thread.interrupt();
    }

    @Override
    public void preparing(double share) {
        prepared = (float) share;
        abortIfStopped();
    }

    @Override
    public void played(double seconds) {
        prepared = 1;
        tick = Math.min(table.durationTicks(), Math.round(seconds * table.clockHertz()));
        abortIfStopped();
    }

    /** A stop just before the playback began did not reach it. */
    private void abortIfStopped() {
        if (stopped) {
            playback.abort();
        }
    }

    @Override
    public void readout(int adcIndex, int channels, int samples, float[] real, float[] imaginary) {
        if (!demodulates) {
            turnBack(adcIndex, channels, samples, real, imaginary);
        }
        List<FaultSpec> faults = device.faultsOfReadout();
        boolean clipped = faults.stream().anyMatch(fault -> fault.kind() == Kind.CLIP);
        if (clipped) {
            float most = Math.max(peak(real, channels * samples), peak(imaginary, channels * samples)) / 2;
            clip(real, channels * samples, most);
            clip(imaginary, channels * samples, most);
        }
        abortIfStopped();
        if (stopped) {
            return;
        }
        try {
            long start = table.windows().startTick(adcIndex);
            if (sender.send(adcIndex, clipped, start, channels, samples, real, imaginary, ROOM_MILLIS)) {
                windows++;
                table.windows().sent(adcIndex);
            } else {
                device.stop(Reason.OVERRUN, "the host takes no readouts; " + adcIndex + " was the first to be lost");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void turnBack(int index, int channels, int samples, float[] real, float[] imaginary) {
        for (int s = 0; s < samples; s++) {
            double radians = table.windows().radians(index, s, table.clockHertz());
            double cos = Math.cos(radians);
            double sin = Math.sin(radians);
            for (int at = s; at < channels * samples; at += samples) {
                double re = real[at];
                double im = imaginary[at];
                real[at] = (float) (re * cos - im * sin);
                imaginary[at] = (float) (re * sin + im * cos);
            }
        }
    }

    private static float peak(float[] values, int count) {
        float peak = 0;
        for (int i = 0; i < count; i++) {
            peak = Math.max(peak, Math.abs(values[i]));
        }
        return peak;
    }

    private static void clip(float[] values, int count, float most) {
        for (int i = 0; i < count; i++) {
            values[i] = Math.max(-most, Math.min(most, values[i]));
        }
    }
}
