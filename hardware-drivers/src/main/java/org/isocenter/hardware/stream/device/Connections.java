package org.isocenter.hardware.stream.device;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The open connections of a device, of which there are never many. Guarded by the device. */
final class Connections {
    private static final int MOST = 8;
    /** After so long without a frame a TCP connection is of a host that is gone, or of nobody that we know. */
    private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final List<HostLink> links = new ArrayList<>();

    /**
     * A new one. When there are too many, the one of no session that has said nothing for longest goes.
     *
     * @param session that is served; may be null
     * @return false when there is no place for it
     */
    boolean add(HostLink link, Session session) {
        if (links.size() >= MOST) {
            links.stream()
                    .filter(each -> !isOf(session, each))
                    .min(Comparator.comparingLong(each -> each.line().heardNanos()))
                    .ifPresent(HostLink::close);
        }
        return links.size() < MOST && links.add(link);
    }

    void remove(HostLink link) {
        links.remove(link);
    }

    boolean has(HostLink link) {
        return links.contains(link);
    }

    /** As they are now. */
    List<HostLink> all() {
        return List.copyOf(links);
    }

    static boolean isOf(Session session, HostLink link) {
        return session != null && (link == session.main || link == session.control);
    }

    /** Closes those of the network that have had their last word, take nothing, or are silent. */
    void sweep(Session session) {
        long now = System.nanoTime();
        boolean hostIsSilent = session == null || silent(session.main, now) && silent(session.control, now);
        for (HostLink link : all()) {
            boolean gone =
                    link.isOver() || link.line().stuck() || silent(link, now) && (hostIsSilent || !isOf(session, link));
            if (!link.serial() && gone) {
                link.close();
            }
        }
    }

    private static boolean silent(HostLink link, long now) {
        return link == null || now - link.line().heardNanos() > SILENT_NANOS;
    }
}
