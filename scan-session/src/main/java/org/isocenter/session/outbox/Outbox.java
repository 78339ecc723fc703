package org.isocenter.session.outbox;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.isocenter.dicom.data.UID;
import org.isocenter.session.archive.OutboxKind;
import org.isocenter.session.archive.OutboxOutcome;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.archive.OutboxStore;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.Destinations;
import org.isocenter.session.dicom.DicomSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what the outbox holds, for as long as it is open: one thread looks what is due, and one for each destination sends, so that a
 * destination that is down delays no other. What fails and may pass is tried again by itself, over restarts too; what is refused for good
 * waits for a person. Several processes may have one open on the same archive. Any thread; {@link #close} waits a little.
 */
public final class Outbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final long CLOSE_SECONDS = 5;
    private static final long WRITE_AGAIN_MILLIS = 1000;
    private static final Duration PRUNING = Duration.ofHours(6);

    private final OutboxStore store;
    private final SettingsSource settings;
    private final List<Delivery> deliveries;
    private final Timing timing;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> daemon(work, "outbox-delivery"));
    private final Thread lookout = daemon(this::lookForWork, "outbox");
    private Instant lastLook = Instant.MAX; // on the lookout's thread
    private Instant nextPruning = Instant.MIN; // on the lookout's thread

    // Guarded by this.
    private final Map<String, Optional<Batch>> busy = new HashMap<>();
    private boolean woken;
    private boolean closed;

    /**
     * How patient it is.
     *
     * @param look how often it looks for what other processes have put in, and for what they left behind
     * @param answerWithin after which a commitment request that was not answered is sent again; twice as long each time
     * @param batch most rows that go together
     */
    record Timing(Duration look, BackOff backOff, Duration answerWithin, int batch) {
        static final Timing STANDARD = new Timing(Duration.ofSeconds(2), BackOff.STANDARD, Duration.ofHours(1), 500);

        /** So often at most the time for an answer is doubled. */
        static final int MOST_DOUBLINGS = 6;

        /** No row that is to be sent waits longer. */
        Duration longestPause() {
            Duration failed = backOff.most().multipliedBy(2);
            return failed.compareTo(Settlement.MOST_OBEYED) > 0 ? failed : Settlement.MOST_OBEYED;
        }

        /** No answer is waited for longer. */
        Duration longestAnswer() {
            return answerWithin.multipliedBy(1L << MOST_DOUBLINGS);
        }
    }

    public Outbox(OutboxStore store, SettingsSource settings, List<Delivery> deliveries) {
        this(store, settings, deliveries, Timing.STANDARD);
    }

    Outbox(OutboxStore store, SettingsSource settings, List<Delivery> deliveries, Timing timing) {
        this.store = store;
        this.settings = settings;
        this.deliveries = List.copyOf(deliveries);
        this.timing = timing;
    }

    /** Begins to send. To be called once. */
    public void start() {
        lookout.start();
    }

    /** Looks for work now: something was put in, or is to be tried again. Never waits. */
    public synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /** From now on {@code listener} is called after every change of rows that this process makes, on its threads. */
    public void subscribe(Runnable listener) {
        listeners.add(listener);
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }

    private void lookForWork() {
        boolean troubled = false;
        while (true) {
            Instant now = Instant.now();
            long waitMillis = timing.look().toMillis();
            try {
                int orphans = store.releaseOrphans();
                if (orphans > 0) {
                    LOG.info(
                            "{} rows of the outbox were being sent when their program ended: they are sent again",
                            orphans);
                }
                keep(now);
                store.askCommitmentAgain(UID::create, "no answer came in time: asked again");
                for (String destination : store.destinationsWithDue(now)) {
                    begin(destination);
                }
                Optional<Instant> next = store.nextDue(now);
                if (next.isPresent()) {
                    waitMillis = Math.min(
                            waitMillis,
                            Math.max(1, Duration.between(now, next.get()).toMillis()));
                }
                troubled = false;
            } catch (RuntimeException | Error e) {
                // Whatever it is: a lookout that ended unseen would leave all rows waiting.
                if (!troubled) {
                    LOG.error("the outbox cannot be read, it is tried again and again", e);
                }
                troubled = true;
            }
            if (!pause(waitMillis)) {
                return;
            }
        }
    }

    /** What time does to rows: those that are done long since go, and none waits for a time that a wrong clock has told. */
    private void keep(Instant now) {
        if (now.isBefore(lastLook)) { // at the start, too
            int hastened = store.hastenBeyond(now.plus(timing.longestPause()), now.plus(timing.longestAnswer()));
            if (hastened > 0) {
                LOG.info("{} rows of the outbox waited for a time too far away: the clock was put back", hastened);
            }
        }
        lastLook = now;
        if (nextPruning.isAfter(now.plus(PRUNING))) {
            nextPruning = now; // the clock was put back
        }
        if (!now.isBefore(nextPruning)) {
            nextPruning = now.plus(PRUNING);
            int pruned = store.prune(now.minus(OutboxStore.KEPT));
            if (pruned > 0) {
                LOG.info(
                        "{} rows of the outbox were done more than {} days ago: removed",
                        pruned,
                        OutboxStore.KEPT.toDays());
                changed();
            }
        }
    }

    /** False when it is over. */
    private synchronized boolean pause(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            for (long left = millis; !closed && !woken && left > 0; ) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            }
        } catch (InterruptedException e) {
            return false;
        }
        woken = false;
        return !closed;
    }

    private synchronized void begin(String destination) {
        if (!closed && busy.putIfAbsent(destination, Optional.empty()) == null) {
            threads.execute(() -> drain(destination));
        }
    }

    private void drain(String destination) {
        try {
            Instant claimed = Instant.now();
            List<OutboxRow> rows = store.claim(destination, timing.batch(), claimed);
            while (!rows.isEmpty()) {
                if (!send(destination, rows, claimed)) {
                    return;
                }
                claimed = Instant.now();
                rows = store.claim(destination, timing.batch(), claimed);
            }
            if (store.askCommitment(destination, UID::create) > 0) {
                wake();
            }
        } catch (RuntimeException | Error e) {
            LOG.error("the outbox cannot go on with {}", destination, e);
        } finally {
            synchronized (this) {
                busy.remove(destination);
            }
        }
    }

    /** False when it is over. */
    private boolean send(String name, List<OutboxRow> rows, Instant claimed) {
        changed();
        OutboxKind kind = rows.get(0).kind();
        Settlement settlement = new Settlement(store, timing.backOff(), timing.answerWithin(), this::changed);
        settlement.notTried(deliver(name, kind, settlement, rows));
        while (!settlement.tryToWrite()) {
            if (!pauseBeforeWriting()) {
                return false; // the rows are this process's; when it is gone they are sent again
            }
        }
        if (isClosed()) {
            return false; // what was cut off by that says nothing of the destination
        }
        Optional<OutboxStore.Settled> holdsUp = settlement.askedToWait();
        if (holdsUp.isEmpty() && settlement.anySuccess()) {
            store.hasten(name, claimed);
        } else {
            holdsUp.or(settlement::firstRetry)
                    .ifPresent(failure -> store.postpone(
                            name, kind, failure.nextAttempt(), failure.outcome().reason()));
        }
        return true;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized boolean pauseBeforeWriting() {
        try {
            if (!closed) {
                wait(WRITE_AGAIN_MILLIS);
            }
        } catch (InterruptedException e) {
            return false;
        }
        return !closed;
    }

    /** Returns the rows that were not tried. */
    private List<OutboxRow> deliver(String name, OutboxKind kind, Settlement settlement, List<OutboxRow> rows) {
        DicomSettings now;
        try {
            now = settings.read();
        } catch (IOException e) {
            rows.forEach(row -> settlement.outcome(row, OutboxOutcome.temporary(e.getMessage())));
            return List.of();
        }
        Optional<Destination> destination = Destinations.find(now, name);
        Optional<Delivery> delivery = destination.flatMap(
                d -> deliveries.stream().filter(each -> each.takes(kind, d)).findFirst());
        if (delivery.isEmpty()) {
            String why = destination.isEmpty()
                    ? "there is no destination of this name in the settings any more (" + name
                            + "): add it and retry, or cancel"
                    : "this cannot be sent to a destination of its kind (" + name + "): change the settings, or cancel";
            rows.forEach(row -> settlement.outcome(row, OutboxOutcome.permanent(why)));
            return List.of();
        }
        List<OutboxRow> there = new ArrayList<>();
        for (OutboxRow row : rows) {
            if (row.file().isEmpty() || Files.isRegularFile(row.file().get())) {
                there.add(row);
            } else {
                settlement.outcome(
                        row,
                        OutboxOutcome.permanent(
                                "the file is gone (" + row.file().get() + "): put it back and retry, or cancel"));
            }
        }
        Batch batch = new Batch(destination.get(), now, there, settlement::outcome);
        synchronized (this) {
            if (closed) {
                return there;
            }
            busy.put(name, Optional.of(batch));
        }
        if (!there.isEmpty()) {
            deliver(delivery.get(), batch);
        }
        return batch.open();
    }

    /** Leaves open what was not tried. */
    private static void deliver(Delivery delivery, Batch batch) {
        String failure = "it ended without an answer (" + batch.destination().name() + ")";
        try {
            delivery.deliver(batch);
        } catch (RuntimeException | Error e) {
            // Also when memory or a class is missing: rows that nobody answers for would wait for ever.
            LOG.error("the delivery to {} failed", batch.destination().name(), e);
            failure = "the program has an error (" + e.getClass().getSimpleName() + "): please report it with the log";
        }
        if (!batch.isStopped() && !batch.isBroken()) {
            batch.outcome(batch.open(), OutboxOutcome.temporary(failure));
        }
    }

    /** Ends what is under way; what is not sent by then is sent next time. */
    @Override
    public void close() {
        List<Batch> underWay = new ArrayList<>();
        synchronized (this) {
            closed = true;
            notifyAll();
            busy.values().forEach(batch -> batch.ifPresent(underWay::add));
        }
        underWay.forEach(Batch::stop);
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a delivery of the outbox does not end: it is left alone");
            }
            lookout.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
