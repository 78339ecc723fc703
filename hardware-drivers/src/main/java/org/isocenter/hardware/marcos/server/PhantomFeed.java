package org.isocenter.hardware.marcos.server;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.emulate.Playback;
import org.isocenter.sequence.compile.TimedEvents;

/**
 * Plays events in the background, as far ahead as there is room, and hands out the readouts in their order. Any thread.
 */
final class PhantomFeed implements Runnable {
    /** The simulation waits when so many samples have not been fetched yet. */
    private static final int MOST_SAMPLES_AHEAD = 4_000_000;

    private static final int LOOK_MILLIS = 100;

    /** One window: planar, sample s of channel c at {@code c*samples+s}. */
    record Readout(int channels, int samples, float[] real, float[] imaginary) {}

    private final Playback playback;
    private final TimedEvents events;
    private final Queue<Readout> readouts = new ArrayDeque<>();
    private int ahead;
    private long signsOfLife = 1;
    private boolean ended;
    private boolean cancelled;
    private String failure = "the simulation ended early";

    PhantomFeed(Playback playback, TimedEvents events) {
        this.playback = playback;
        this.events = events;
    }

    @Override
    public void run() {
        String problem = null;
        try {
            if (!isCancelled() && playback.play(events, new Sink()) == RunOutcome.ABORTED) {
                problem = "the simulation was ended";
            }
        } catch (ScannerException | IOException | RuntimeException e) {
            problem = e.getMessage();
        } finally {
            end(problem);
        }
    }

    private synchronized void end(String problem) {
        failure = problem == null ? failure : problem;
        ended = true;
        notifyAll();
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Ends the simulation. */
    void cancel() {
        boolean running;
        synchronized (this) {
            cancelled = true;
            running = !ended;
            notifyAll();
        }
        if (running) {
            playback.abort();
        }
    }

    private synchronized void put(Readout readout) throws IOException {
        int size = readout.real().length;
        try {
            while (!cancelled && ahead > 0 && ahead + size > MOST_SAMPLES_AHEAD) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the simulation was interrupted", e);
        }
        if (cancelled) {
            throw new IOException("the simulation was cancelled");
        }
        ahead += size;
        signsOfLife++;
        readouts.add(readout);
        notifyAll();
    }

    /**
     * The next window. Waits for it as long as the client does.
     *
     * @throws ClientLeftException when the client left meanwhile
     * @throws SimulationException when there will be none; it says why
     */
    Readout take(ClientLink link) throws IOException {
        Readout readout = poll();
        while (readout == null) {
            link.await(0);
            readout = await();
        }
        return readout;
    }

    /**
     * Waits until so many windows can be taken without waiting, or as many as are kept ahead, but not for longer.
     *
     * @return 0 when they can be; otherwise how often the simulation has given a sign of life, counted from 1
     */
    synchronized long computing(int windows, int millis) throws IOException {
        if (!has(windows) && millis > 0) {
            pause(millis);
        }
        return has(windows) ? 0 : signsOfLife;
    }

    private boolean has(int windows) {
        return ended || readouts.size() >= windows || ahead > MOST_SAMPLES_AHEAD / 2;
    }

    private synchronized void live() {
        signsOfLife++;
    }

    private synchronized Readout await() throws IOException {
        if (readouts.isEmpty() && !ended) {
            pause(LOOK_MILLIS);
        }
        return poll();
    }

    /** Until something happens. */
    private synchronized void pause(int millis) throws IOException {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientLeftException();
        }
    }

    private synchronized Readout poll() throws IOException {
        Readout readout = readouts.poll();
        if (readout == null && ended) {
            throw new SimulationException(failure);
        }
        if (readout != null) {
            ahead -= readout.real().length;
            notifyAll();
        }
        return readout;
    }

    private final class Sink implements ReadoutSink {
        @Override
        public void readout(int adcIndex, int channels, int samples, float[] real, float[] imaginary)
                throws IOException {
            int size = channels * samples;
            put(new Readout(channels, samples, Arrays.copyOf(real, size), Arrays.copyOf(imaginary, size)));
        }

        @Override
        public void preparing(double share) {
            live();
            abortIfCancelled();
        }

        @Override
        public void played(double seconds) {
            live();
            abortIfCancelled();
        }

        /** An abort just before the playback began has found nothing to abort. */
        private void abortIfCancelled() {
            if (isCancelled()) {
                playback.abort();
            }
        }
    }
}
