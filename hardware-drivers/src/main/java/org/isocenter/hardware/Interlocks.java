package org.isocenter.hardware;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The interlocks of one device that are latched. Nothing leaves it unless somebody says so. Any thread. */
public final class Interlocks {
    private final String device;
    private final List<Interlock> latched = new ArrayList<>();
    private final Map<Interlock.Kind, Integer> reports = new EnumMap<>(Interlock.Kind.class);

    /** @param device as messages name it */
    public Interlocks(String device) {
        this.device = device;
    }

    /**
     * Latches an interlock. One of the same kind that is latched already stays as it is: the first reason is the one that
     * stopped the scan.
     *
     * @return the one that is latched
     */
    public synchronized Interlock latch(Interlock.Kind kind, String reason) {
        reports.merge(kind, 1, Integer::sum);
        for (Interlock each : latched) {
            if (each.kind() == kind) {
                return each;
            }
        }
        Interlock added = new Interlock(kind, reason, Instant.now());
        latched.add(added);
        return added;
    }

    /** Those that are latched, the oldest first. */
    public synchronized List<Interlock> latched() {
        return List.copyOf(latched);
    }

    /** Lets go of one, because a person said so and its cause is gone. */
    public synchronized void release(Interlock interlock) {
        latched.remove(interlock);
    }

    /** How often one of its kind was reported so far, for {@link #release(Interlock, int)}. */
    public synchronized int reports(Interlock interlock) {
        return reports.getOrDefault(interlock.kind(), 0);
    }

    /**
     * Lets go of one, for a device that tells of a fault only once.
     *
     * @param reportsBefore when the device began to be asked whether the cause is gone
     * @throws ScannerException with kind INTERLOCK when it was reported again meanwhile
     */
    public synchronized void release(Interlock interlock, int reportsBefore) throws ScannerException {
        if (reports(interlock) != reportsBefore) {
            throw persists(interlock);
        }
        release(interlock);
    }

    /** Throws with kind INTERLOCK while one is latched. */
    public void refuseWhileLatched() throws ScannerException {
        List<Interlock> now = latched();
        if (!now.isEmpty()) {
            throw new ScannerException(
                    ScannerException.Kind.INTERLOCK,
                    device,
                    "an interlock is latched (" + now.get(0).text() + "): mend the cause, then acknowledge it");
        }
    }

    /** What stops a run that this interlock tripped in. */
    public ScannerException tripped(Interlock interlock) {
        return new ScannerException(
                ScannerException.Kind.INTERLOCK,
                device,
                "stopped by an interlock (" + interlock.text() + "): mend the cause, then acknowledge it");
    }

    /** What an acknowledgement gets while the cause is still there. */
    public ScannerException persists(Interlock interlock) {
        return new ScannerException(
                ScannerException.Kind.INTERLOCK,
                device,
                "the interlock cannot be cleared yet (" + interlock.text()
                        + "): its cause is still there; mend it first");
    }
}
