package org.isocenter.dicom.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The body of a reply as it comes in: never more than one portion is held, and no read waits for ever. Who sends less than
 * {@value #LEAST_BYTES_PER_SECOND} bytes a second on average, or nothing for too long, is given up. One thread reads;
 * {@link #close} from any thread ends the wait of another.
 */
final class BodyStream extends InputStream implements HttpResponse.BodySubscriber<BodyStream> {
    private static final int LEAST_BYTES_PER_SECOND = 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private enum Signal {
        END,
        CLOSED
    }

    private final String where;
    private final long stallNanos;
    private final Consumer<BodyStream> whenClosed;
    /** {@code List<ByteBuffer>}, {@code Throwable} or {@link Signal}: one portion is asked for at a time. */
    private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();

    private final AtomicReference<Flow.Subscription> subscription = new AtomicReference<>();
    private volatile boolean closed;

    private Iterator<ByteBuffer> portion = List.<ByteBuffer>of().iterator();
    private ByteBuffer current = NOTHING;
    private boolean asked;
    private boolean ended;
    private long received;
    private long waitedNanos;

    /**
     * @param where the server, for messages
     * @param whenClosed is told by {@link #close}
     */
    BodyStream(String where, Duration stallTimeout, Consumer<BodyStream> whenClosed) {
        this.whenClosed = whenClosed;
        this.where = where;
        this.stallNanos = stallTimeout.toNanos();
    }

    @Override
    public CompletionStage<BodyStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        if (closed || !subscription.compareAndSet(null, given)) {
            given.cancel();
            return;
        }
        asked = true;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        arrived.add(buffers);
    }

    @Override
    public void onError(Throwable problem) {
        arrived.add(problem);
    }

    @Override
    public void onComplete() {
        arrived.add(Signal.END);
    }

    @Override
    public int read() throws IOException {
        return fill() ? current.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, to.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, current.remaining());
        current.get(to, offset, count);
        return count;
    }

    /** Gives up what has not come yet. */
    @Override
    public void close() {
        closed = true;
        Flow.Subscription given = subscription.get();
        if (given != null) {
            given.cancel();
        }
        arrived.add(Signal.CLOSED);
        whenClosed.accept(this);
    }

    /** Whether there is a byte to be read; waits for it. */
    @SuppressWarnings("unchecked")
    private boolean fill() throws IOException {
        while (!current.hasRemaining()) {
            if (portion.hasNext()) {
                current = portion.next();
                received += current.remaining();
                continue;
            }
            if (ended) {
                return false;
            }
            Object next = next();
            if (next == Signal.END) {
                ended = true;
            } else if (next instanceof List<?> buffers) {
                portion = ((List<ByteBuffer>) buffers).iterator();
                asked = false;
            } else if (next == Signal.CLOSED) {
                throw new WebException(WebException.Kind.CANCELLED, where + ": cancelled");
            } else {
                throw Failures.of(where, (Throwable) next);
            }
        }
        return true;
    }

    private Object next() throws WebException {
        Flow.Subscription given = subscription.get();
        if (!asked && given != null) {
            asked = true;
            given.request(1);
        }
        long allowance = stallNanos + TimeUnit.SECONDS.toNanos(received / LEAST_BYTES_PER_SECOND) - waitedNanos;
        long start = System.nanoTime();
        try {
            Object next = arrived.poll(Math.max(0, Math.min(stallNanos, allowance)), TimeUnit.NANOSECONDS);
            waitedNanos += System.nanoTime() - start;
            if (next == null) {
                close();
                throw new WebException(
                        WebException.Kind.TIMEOUT,
                        where + ": the reply stopped, or came too slowly: check the network, then try again");
            }
            return next;
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new WebException(WebException.Kind.CANCELLED, where + ": cancelled");
        }
    }
}
