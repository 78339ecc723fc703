package org.isocenter.session.run;

import java.util.List;
import java.util.Map;
import org.isocenter.model.RawData;
import org.isocenter.model.ReadoutHeader;

/** How far a scan is while it plays: tells those who listen, not too often, and remembers when its first image came. Any thread. */
final class ScanProgress implements Acquisition.ProgressListener {
    private static final long PROGRESS_NANOS = 100_000_000;

    private final String id;
    private final EventThread events;
    private final RawData raw;
    private final List<ReadoutHeader> planned;
    private final double totalSeconds;
    private long startNanos;
    /** When the table's first event came. */
    private long playNanos;

    private long toldNanos;
    private int toldSize;
    private double firstImageSeconds = Double.NaN;
    private double firstPreviewSeconds;

    /** @param raw what fills while the scan plays */
    ScanProgress(String id, EventThread events, PreparedScan prepared, RawData raw) {
        this.id = id;
        this.events = events;
        this.raw = raw;
        planned = prepared.plan().readouts();
        totalSeconds = prepared.table().durationSeconds();
    }

    /** The scanner is told to play now. */
    synchronized void begin() {
        startNanos = System.nanoTime();
        playNanos = startNanos;
    }

    @Override
    public synchronized void preparing(double share) {
        events.publish(new ScanEvent.Preparing(id, share));
        playNanos = System.nanoTime();
    }

    @Override
    public void played(double seconds) {
        tell(seconds);
    }

    /** A readout is in the journal. */
    void kept() {
        tell(planned.get(raw.size() - 1).startSeconds());
    }

    private synchronized void tell(double playedSeconds) {
        long now = System.nanoTime();
        int size = raw.size();
        if (now - toldNanos < PROGRESS_NANOS && (size < raw.expected() || size == toldSize)) {
            return;
        }
        toldNanos = now;
        toldSize = size;
        double elapsed = (now - playNanos) * 1e-9;
        double left = playedSeconds > 0 ? elapsed / playedSeconds * (totalSeconds - playedSeconds) : totalSeconds;
        events.publish(new ScanEvent.Progress(id, size, raw.expected(), Math.max(0, left)));
    }

    /** @param secondsSinceItsData that making it took */
    synchronized void previewMade(double secondsSinceItsData) {
        if (Double.isNaN(firstImageSeconds)) {
            firstPreviewSeconds = secondsSinceItsData;
            firstImageSeconds = secondsSinceStart();
        }
    }

    synchronized double secondsSinceStart() {
        return (System.nanoTime() - startNanos) * 1e-9;
    }

    /** Adds when the first image came, if one did. */
    synchronized void addTo(Map<String, Double> timingSeconds) {
        if (!Double.isNaN(firstImageSeconds)) {
            timingSeconds.put("firstImage", firstImageSeconds);
            timingSeconds.put("firstPreview", firstPreviewSeconds);
        }
    }
}
