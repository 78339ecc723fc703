package org.isocenter.hardware.emulate;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.isocenter.hardware.emulate.FaultSpec.Moment;
import org.isocenter.hardware.transport.FaultyTransport;
import org.isocenter.hardware.transport.Transport;

/** The faults that an emulated device is to have, and which of them are still to come. Any thread. */
public final class Faults {
    private final List<FaultSpec> lasting = new ArrayList<>();
    private final List<FaultSpec> toCome = new ArrayList<>();
    /** The open ones; the first carries the device's answers, others go beside it. */
    private final List<FaultyTransport> links = new ArrayList<>();

    private FaultyTransport first;

    public Faults(List<FaultSpec> faults) {
        for (FaultSpec fault : faults) {
            (fault.moment() == Moment.ALWAYS ? lasting : toCome).add(fault);
        }
    }

    /** A connection has come: its link, with the link's faults. Those at a byte strike one that comes when no other is open. */
    public synchronized Transport on(Transport connection) {
        links.removeIf(before -> !before.isOpen());
        FaultyTransport link = new FaultyTransport(connection);
        lasting.forEach(fault -> strike(fault, link, 0));
        if (links.isEmpty()) {
            atBytesOf(link);
        }
        links.add(link);
        return link;
    }

    private void atBytesOf(FaultyTransport link) {
        if (first != null) {
            long sent = first.sent();
            toCome.removeIf(fault -> fault.moment() == Moment.BYTE && fault.count() < sent);
        }
        first = link;
        for (FaultSpec fault : toCome) {
            if (fault.moment() == Moment.BYTE) {
                strike(fault, link, fault.count());
            }
        }
    }

    /**
     * The device is just before this moment. Faults of the link strike the connections that are open with their next byte.
     *
     * @param moment {@link Moment#READOUT} or {@link Moment#RUN}
     * @param count of it since the device was switched on, from 0
     * @return the faults of the device itself that strike now
     */
    public synchronized List<FaultSpec> at(Moment moment, long count) {
        List<FaultSpec> ofTheDevice = new ArrayList<>();
        for (Iterator<FaultSpec> faults = toCome.iterator(); faults.hasNext(); ) {
            FaultSpec fault = faults.next();
            if (fault.moment() == moment && fault.count() == count) {
                faults.remove();
                if (!fault.kind().isOfTheLink()) {
                    ofTheDevice.add(fault);
                } else {
                    links.forEach(link -> strike(fault, link, link.sent()));
                }
            }
        }
        return ofTheDevice;
    }

    private static void strike(FaultSpec fault, FaultyTransport link, long place) {
        switch (fault.kind()) {
            case DELAY -> link.delay(fault.amount());
            case SPLIT -> link.split(fault.amount());
            case COALESCE -> link.coalesce(fault.amount());
            case CORRUPT -> link.corruptByte(place);
            case CUT -> link.cutAtByte(place);
            case SILENCE -> link.silenceFromByte(place);
            default -> throw new IllegalArgumentException(fault + " is none of the link");
        }
    }
}
