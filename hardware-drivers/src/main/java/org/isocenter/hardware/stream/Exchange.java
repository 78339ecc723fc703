package org.isocenter.hardware.stream;

/**
 * A session as one side sees it: numbered frames on their way out, which one comes next, and how much the other side may send.
 * It outlives the link: a new {@link Line} can go on with it. Any thread.
 */
public final class Exchange {
    private final int session;
    private final Outbox outbox;
    private final Inbox inbox;
    private volatile Runnable wake = () -> {};

    /**
     * Begins a session.
     *
     * @param session 1…65535
     * @param keptBytes room for numbered frames that are not acknowledged yet, at least {@code window}
     * @param largest longest frame that the other side takes
     * @param window bytes that it allows to be under way
     * @param creditBytes that it has room for at the beginning
     * @param grantedBytes that we have room for at the beginning
     */
    public Exchange(int session, int keptBytes, int largest, int window, long creditBytes, long grantedBytes) {
        this.session = session;
        inbox = new Inbox(grantedBytes);
        outbox = new Outbox(session, keptBytes, largest, window, creditBytes);
    }

    public int session() {
        return session;
    }

    /** Number of the numbered frame that is expected next. */
    public int next() {
        return inbox.next();
    }

    /**
     * Sends a numbered frame: now, or as soon as window and credit allow.
     *
     * @param frame with its payload; may be used again afterwards
     * @return false when there was no room for so long, or the session has ended
     */
    public boolean put(FrameWriter frame, int timeoutMillis) throws InterruptedException {
        boolean done = outbox.put(frame, timeoutMillis);
        wake.run();
        return done;
    }

    /** The same without waiting. */
    public boolean offer(FrameWriter frame) {
        boolean done = outbox.offer(frame);
        wake.run();
        return done;
    }

    /** The other side may send so many bytes more of what needs credit. */
    public void grant(long bytes) {
        inbox.grant(bytes);
        wake.run();
    }

    /** What the other side may have sent in all since the session began. */
    public long grantedBytes() {
        return inbox.grantedBytes();
    }

    /** Whether everything that was put has been acknowledged. */
    public boolean empty() {
        return outbox.empty();
    }

    /**
     * Goes on over a new link.
     *
     * @param next number that the other side expects next
     * @param window bytes that it allows to be under way now
     * @return false when this session cannot go on so
     */
    public boolean resume(int next, int window) {
        return outbox.resume(next, window);
    }

    /** Ends the session and all waiting in it. */
    public void close() {
        outbox.close();
    }

    Outbox outbox() {
        return outbox;
    }

    Inbox inbox() {
        return inbox;
    }

    /** @param newWake called when there may be something to send */
    void carriedBy(Runnable newWake) {
        wake = newWake;
        newWake.run();
    }
}
