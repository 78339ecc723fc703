package org.isocenter.session.run;

import java.net.URI;
import java.util.function.Consumer;
import org.isocenter.hardware.StopLatency;

/**
 * Looks now and then whether a scanner still delivers and how long a stop takes, repeats a stop that came too early, and sees to it
 * that a driver that does not stop is first interrupted and then given up. The watching thread; {@link #playing} any thread.
 */
final class Lookout implements Runnable {
    private static final double INTERRUPT_AFTER_SECONDS = 10;
    private static final double GIVE_UP_AFTER_SECONDS = 15;

    /** Longest time for any call but a run. */
    private static final double LONGEST_CALL_SECONDS = 60;

    private final ConfinedScanner scanner;
    private final Companions companions;
    private final StopRequest stop;
    private final double patience;
    private final Consumer<StopLatency> onLatency;
    private volatile Watchdog watchdog;
    private long stopping;
    private StopLatency told;

    /**
     * @param patience multiplies the times after which a driver that does not stop is interrupted and given up
     * @param onLatency is told what a stop takes, again when it changes
     */
    Lookout(
            ConfinedScanner scanner,
            Companions companions,
            StopRequest stop,
            double patience,
            Consumer<StopLatency> onLatency) {
        this.scanner = scanner;
        this.companions = companions;
        this.stop = stop;
        this.patience = patience;
        this.onLatency = onLatency;
    }

    /** The scanner plays from now on, under this watchdog; null when it has ended. */
    void playing(Watchdog newWatchdog) {
        watchdog = newWatchdog;
    }

    @Override
    public void run() {
        Watchdog watching = watchdog;
        if (!stop.isMade() && companions.areTroubled()) {
            scanner.abort(); // before the interlock is written down
            stop.because(companions.trouble());
        }
        if (!stop.isMade() && watching != null && watching.isOverdue()) {
            stopBecause(watching.complaint());
        } else if (!stop.isMade() && watching == null && scanner.secondsInCall() > LONGEST_CALL_SECONDS) {
            stopBecause("the device has not answered for a minute: check it and its link");
        }
        if (stop.isMade()) {
            stop();
        } else if (scanner.isConnected()) {
            tellLatency();
        }
    }

    private void stopBecause(String complaint) {
        URI device = scanner.uri();
        stop.because(new ScanException(ScanException.Kind.DEVICE, device + ": " + complaint));
    }

    private void stop() {
        long now = System.nanoTime();
        if (stopping == 0) {
            stopping = now;
        }
        double seconds = (now - stopping) * 1e-9;
        if (seconds > patience * GIVE_UP_AFTER_SECONDS) {
            scanner.giveUp();
        } else if (seconds > patience * INTERRUPT_AFTER_SECONDS) {
            scanner.interrupt();
        }
        scanner.abort();
    }

    private void tellLatency() {
        StopLatency now = scanner.stopLatency();
        if (!now.equals(told)) {
            told = now;
            onLatency.accept(now);
        }
    }
}
