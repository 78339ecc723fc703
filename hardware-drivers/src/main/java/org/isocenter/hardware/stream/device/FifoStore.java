package org.isocenter.hardware.stream.device;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;
import org.isocenter.hardware.stream.Frame;
import org.isocenter.sequence.compile.EventChunk;

/** A queue in memory, played while it fills, once. */
final class FifoStore implements ReceivedTable.Store {
    private record Stretch(EventChunk events, int payloadBytes) {}

    private final Queue<Stretch> stretches = new ArrayDeque<>();
    private final IntConsumer played;
    private final Runnable ranEmpty;
    private boolean ended;
    private boolean closed;

    /**
     * @param played is told the payload bytes of each stretch that has been played
     * @param ranEmpty is told when the next stretch is wanted and is not there; the player then waits for it
     */
    FifoStore(IntConsumer played, Runnable ranEmpty) {
        this.played = played;
        this.ranEmpty = ranEmpty;
    }

    @Override
    public synchronized void put(Frame frame, EventChunk events) {
        stretches.add(new Stretch(events, frame.payloadBytes()));
        notifyAll();
    }

    @Override
    public synchronized void end() {
        ended = true;
        notifyAll();
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    @Override
    public Iterator<EventChunk> chunks() {
        return new Iterator<>() {
            private int playing;

            @Override
            public boolean hasNext() {
                if (playing > 0) {
                    int bytes = playing;
                    playing = 0;
                    played.accept(bytes);
                }
                return awaitNext();
            }

            @Override
            public EventChunk next() {
                Stretch stretch = take();
                playing = stretch.payloadBytes();
                return stretch.events();
            }
        };
    }

    private boolean awaitNext() {
        boolean empty;
        synchronized (this) {
            empty = stretches.isEmpty() && !ended && !closed;
        }
        if (empty) {
            ranEmpty.run();
        }
        synchronized (this) {
            while (stretches.isEmpty() && !ended && !closed) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw (CancellationException)
                            new CancellationException("waiting for events was interrupted").initCause(e);
                }
            }
            return !stretches.isEmpty() && !closed;
        }
    }

    private synchronized Stretch take() {
        if (stretches.isEmpty()) {
            throw new NoSuchElementException("the table has ended");
        }
        return stretches.remove();
    }
}
