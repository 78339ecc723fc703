package org.isocenter.hardware.instrument;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.isocenter.hardware.transport.Transport;

/** A device at the other end of a link: takes requests apart, answers them, and fails as it is told. */
abstract class EmulatedInstrument implements AutoCloseable {
    private static final int WRITE_MILLIS = 5000;
    private final Transport link;
    private final List<String> requests = new ArrayList<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private Fault fault;
    private int faulty;
    private String faultyRequest = "";
    private String afterwards = "";

    /** What becomes of an answer. */
    enum Fault {
        SILENCE,
        HALF,
        GARBAGE,
        CUT
    }

    EmulatedInstrument(Transport link) {
        this.link = link;
    }

    /** Begins to answer. */
    final <T extends EmulatedInstrument> T started(Class<T> type) {
        Thread thread = new Thread(this::serve, "emulated " + getClass().getSimpleName());
        thread.setDaemon(true);
        thread.start();
        return type.cast(this);
    }

    /** So many answers from now on fail. */
    final void fail(Fault how, int count) {
        fail(how, count, "");
    }

    /** The same for answers to requests that begin so. */
    final synchronized void fail(Fault how, int count, String beginning) {
        faultyRequest = beginning;
        fault = how;
        faulty = count;
        requests.clear();
    }

    /** Says this by itself right behind the next answer that {@link #fail} was told to damage. */
    final synchronized void sayAfterFailure(String text) {
        afterwards = text;
    }

    final synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** How many requests began so since the last {@link #fail}. */
    final long count(String beginning) {
        return requests().stream().filter(each -> each.startsWith(beginning)).count();
    }

    private void serve() {
        byte[] buffer = new byte[4096];
        try {
            for (int count = link.read(buffer, 0, buffer.length, 60_000); count >= 0; ) {
                for (int i = 0; i < count; i++) {
                    received.write(buffer[i]);
                    String request = request(received.toByteArray());
                    if (request != null) {
                        received.reset();
                        reply(request);
                    }
                }
                count = link.read(buffer, 0, buffer.length, 60_000);
            }
        } catch (IOException e) {
            // The driver has closed the link: so ends a device's work.
            return;
        }
    }

    private void reply(String request) throws IOException {
        byte[] answer;
        synchronized (this) {
            if (!request.isEmpty()) {
                requests.add(request);
            }
            answer = answer(request).getBytes(ISO_8859_1);
            if (answer.length > 0 && faulty > 0 && request.startsWith(faultyRequest)) {
                faulty--;
                ByteArrayOutputStream both = new ByteArrayOutputStream();
                both.writeBytes(damaged(answer));
                both.writeBytes(afterwards.getBytes(ISO_8859_1));
                answer = both.toByteArray();
                afterwards = "";
            }
        }
        say(answer);
    }

    private byte[] damaged(byte[] answer) {
        switch (fault) {
            case SILENCE:
                return new byte[0];
            case HALF:
                return Arrays.copyOf(answer, answer.length / 2);
            case GARBAGE:
                byte[] garbage = answer.clone();
                for (int i = 0; i < garbage.length - keptAtEnd(); i++) {
                    garbage[i] = (byte) (0x80 | i * 37);
                }
                return garbage;
            default:
                link.close();
                return new byte[0];
        }
    }

    /** So many bytes of an answer are left by {@link Fault#GARBAGE}, so that its end is seen. */
    int keptAtEnd() {
        return 2;
    }

    /** Says something unasked. */
    final void say(String text) {
        try {
            say(text.getBytes(ISO_8859_1));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void say(byte[] bytes) throws IOException {
        if (bytes.length > 0) {
            link.write(bytes, 0, bytes.length, WRITE_MILLIS);
        }
    }

    /** The request that these bytes are, or null while it is not whole. An empty one is not counted. */
    abstract String request(byte[] bytes);

    /** What the device says to a request, with line ends and prompts; empty for nothing. */
    abstract String answer(String request);

    static String endingWith(char end, byte[] bytes) {
        return bytes[bytes.length - 1] == end ? new String(bytes, 0, bytes.length - 1, ISO_8859_1) : null;
    }

    @Override
    public void close() {
        link.close();
    }
}
