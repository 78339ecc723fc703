package org.isocenter.hardware.instrument;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.transport.Transport;
import org.isocenter.hardware.transport.TransportTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Questions and answers over a link: what all instruments have in common. A question that is not answered clearly is asked again a
 * few times. Steps that belong together run in {@link #alone}; {@link #finish} is for any thread.
 */
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final int SLICE_MILLIS = 50;
    private static final int WRITE_MILLIS = 1000;
    private static final int QUIET_MILLIS = 20;
    private static final int DISCARD_MILLIS = 500;
    private static final int MOST_BYTES = 1 << 16;

    private final Transport link;
    private final String device;
    private final double patience;
    private final ReentrantLock lock = new ReentrantLock(true);
    private Unasked unasked = this::log;
    private byte[] pending = new byte[0];
    private boolean silent;
    private volatile boolean ending;
    private volatile boolean closed;

    /**
     * @param device as messages name it
     * @param patience factor on all waits for answers; 1 but in tests
     */
    Exchange(Transport link, String device, double patience) {
        this.link = link;
        this.device = device;
        this.patience = patience;
    }

    /** An answer that is missing, or cannot be understood; asking again may help. */
    static final class UnclearException extends Exception {
        private static final long serialVersionUID = 1;
        private final ScannerException.Kind kind;
        private final boolean silent;

        UnclearException(ScannerException.Kind kind, String message, boolean silent) {
            super(message);
            this.kind = kind;
            this.silent = silent;
        }

        UnclearException(ScannerException.Kind kind, String message) {
            this(kind, message, false);
        }

        static UnclearException silent() {
            return new UnclearException(ScannerException.Kind.TIMEOUT, "no answer", true);
        }

        static UnclearException garbled(String answer) {
            String shown = answer.length() > 60 ? answer.substring(0, 60) + "…" : answer;
            return new UnclearException(
                    ScannerException.Kind.PROTOCOL, "an answer that is not understood ('" + printable(shown) + "')");
        }
    }

    /** What people can read of it. */
    static String printable(String text) {
        return text.replaceAll("[^ -~…]", "·");
    }

    /** Steps that belong together. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws ScannerException;
    }

    /** One question and its answer. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws ScannerException, UnclearException;
    }

    /** What a device is told last. */
    @FunctionalInterface
    interface LastWords {
        void say() throws ScannerException;
    }

    /** Takes what the device says by itself. */
    @FunctionalInterface
    interface Unasked {
        /**
         * It may have been an alarm, which comes only once.
         *
         * @param torn whether an answer that was not understood came before, whose rest this may be
         */
        void heard(String text, boolean torn);
    }

    /** Who is told what the device says by itself before and after a question; without it that is only logged. */
    void heedUnasked(Unasked listener) {
        unasked = listener;
    }

    /** The device said this by itself, between a question and its answer. */
    void heed(String text) {
        unasked.heard(text, false);
    }

    private void log(String text, boolean torn) {
        if (!torn) {
            LOG.info("{} said by itself '{}'", device, printable(text.strip()));
        }
    }

    String device() {
        return device;
    }

    /** Whether it gave no answer at all to the last question, several times. To be asked inside {@link #alone}. */
    boolean isSilent() {
        return silent;
    }

    /** No other thread comes between these steps. */
    <T> T alone(Work<T> work) throws ScannerException {
        lock.lock();
        try {
            return work.run();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Asks until the answer is clear. A device that gave no answer at all to the last question, which was asked several times, is
     * asked once only, so that what has to be told it at the end is told soon.
     *
     * @param question as messages name it
     * @param attempts how often at most
     */
    <T> T ask(String question, int attempts, Attempt<T> attempt) throws ScannerException {
        return alone(() -> {
            int most = silent ? 1 : attempts;
            String before = discard(0);
            if (!before.isBlank()) {
                unasked.heard(before, false);
            }
            for (int i = 1; ; i++) {
                try {
                    T answer = attempt.run();
                    silent = false;
                    return answer;
                } catch (UnclearException e) {
                    LOG.debug("{}: {} to '{}'", device, e.getMessage(), question);
                    if (i == most) {
                        silent = e.silent && (silent || attempts > 1);
                        throw error(e.kind, unclear(e.getMessage(), question, most), e);
                    }
                    String after = discard(QUIET_MILLIS);
                    if (!after.isBlank()) {
                        unasked.heard(after, true);
                    }
                }
            }
        });
    }

    private static String unclear(String what, String question, int attempts) {
        String times = attempts == 1 ? "" : ", " + attempts + " times";
        return what + " to '" + question + "'" + times
                + ": see whether it is switched on and whether the address names the right device";
    }

    void send(String text) throws ScannerException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws ScannerException {
        refuseWhenEnding();
        try {
            link.write(bytes, 0, bytes.length, WRITE_MILLIS);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** The next line without its end. */
    String line(int timeoutMillis) throws ScannerException, UnclearException {
        String text = upTo("\n", timeoutMillis);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** What comes before the first of this mark, which is taken too. */
    String upTo(String mark, int timeoutMillis) throws ScannerException, UnclearException {
        long begin = System.nanoTime();
        while (true) {
            String all = new String(pending, StandardCharsets.ISO_8859_1);
            int end = all.indexOf(mark);
            if (end >= 0) {
                pending = Arrays.copyOfRange(pending, end + mark.length(), pending.length);
                return all.substring(0, end);
            }
            if (pending.length > MOST_BYTES || !more(begin, timeoutMillis)) {
                throw all.isBlank() ? UnclearException.silent() : UnclearException.garbled(all);
            }
        }
    }

    byte[] exactly(int count, int timeoutMillis) throws ScannerException, UnclearException {
        long begin = System.nanoTime();
        while (pending.length < count) {
            if (!more(begin, timeoutMillis)) {
                throw pending.length == 0
                        ? UnclearException.silent()
                        : new UnclearException(
                                ScannerException.Kind.TIMEOUT, pending.length + " of " + count + " bytes");
            }
        }
        byte[] bytes = Arrays.copyOf(pending, count);
        pending = Arrays.copyOfRange(pending, count, pending.length);
        return bytes;
    }

    /** Waits; ends early only by an exception. What comes meanwhile is kept. */
    void pause(int millis) throws ScannerException {
        long begin = System.nanoTime();
        while (left(begin, millis) > 0) {
            more(begin, millis);
        }
    }

    private String discard(int quietMillis) throws ScannerException {
        long begin = System.nanoTime();
        int seen = pending.length;
        String text = new String(pending, StandardCharsets.ISO_8859_1);
        pending = new byte[0];
        while (seen < MOST_BYTES && left(begin, DISCARD_MILLIS) > 0 && more(System.nanoTime(), quietMillis)) {
            seen += pending.length;
            text += new String(pending, StandardCharsets.ISO_8859_1);
            pending = new byte[0];
        }
        return text;
    }

    /** Reads once into what is pending; false when the time is over. Looks often whether it is to end. */
    private boolean more(long beginNanos, int timeoutMillis) throws ScannerException {
        byte[] buffer = new byte[4096];
        while (true) {
            refuseWhenEnding();
            long left = left(beginNanos, timeoutMillis);
            int count;
            try {
                count = link.read(buffer, 0, buffer.length, (int) Math.min(Math.max(left, 0), SLICE_MILLIS));
            } catch (IOException e) {
                throw lost(e);
            }
            if (count < 0) {
                throw error(ScannerException.Kind.LINK_LOST, "the other side has ended the connection", null);
            }
            if (count > 0) {
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                all.writeBytes(pending);
                all.write(buffer, 0, count);
                pending = all.toByteArray();
                return true;
            }
            if (left <= SLICE_MILLIS) {
                return false;
            }
        }
    }

    private long left(long beginNanos, int timeoutMillis) {
        return Math.round(timeoutMillis * patience) - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNanos);
    }

    private void refuseWhenEnding() throws ScannerException {
        if (ending) {
            throw error(ScannerException.Kind.LINK_LOST, "has been closed", null);
        }
    }

    /**
     * Ends what other threads wait for, says a last word, and closes the link. An interrupt does not come between. Only the first
     * call does anything.
     *
     * @param unknown what is not known when the last word is not understood: "whether it is off"
     */
    void finish(LastWords words, String unknown) {
        ending = true;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            ending = false;
            sayLast(words, unknown);
        } finally {
            ending = true;
            link.close();
            lock.unlock();
        }
    }

    private void sayLast(LastWords words, String unknown) {
        try {
            undisturbed(words);
        } catch (ScannerException e) {
            LOG.error("{} is not known now: {}", unknown, e.getMessage());
        }
    }

    /** An interrupt of this thread has to wait. */
    void undisturbed(LastWords words) throws ScannerException {
        boolean interrupted = Thread.interrupted();
        try {
            words.say();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Makes the device safe after a failure.
     *
     * @param done what people are told when it worked: "it has been switched off"
     * @param unknown what they must know and do when it did not
     * @return the failure, with that
     */
    ScannerException afterwards(ScannerException failure, LastWords safe, String done, String unknown) {
        String outcome = done;
        try {
            alone(() -> {
                undisturbed(safe);
                return null;
            });
        } catch (ScannerException e) {
            failure.addSuppressed(e);
            outcome = unknown;
        }
        return error(failure.kind(), text(failure) + "; " + outcome, failure);
    }

    /** A message without the device's name before it. */
    static String text(ScannerException failure) {
        return failure.getMessage().substring(failure.device().length() + 2);
    }

    ScannerException error(ScannerException.Kind kind, String message, Throwable cause) {
        return new ScannerException(kind, device, message, cause);
    }

    ScannerException refused(String message) {
        return error(ScannerException.Kind.REFUSED, message, null);
    }

    private ScannerException lost(IOException e) {
        if (ending) {
            return error(ScannerException.Kind.LINK_LOST, "has been closed", e);
        }
        if (e instanceof InterruptedIOException) {
            return error(ScannerException.Kind.TIMEOUT, "was interrupted before it had answered", e);
        }
        boolean full = e instanceof TransportTimeoutException;
        return error(full ? ScannerException.Kind.TIMEOUT : ScannerException.Kind.LINK_LOST, e.getMessage(), e);
    }
}
