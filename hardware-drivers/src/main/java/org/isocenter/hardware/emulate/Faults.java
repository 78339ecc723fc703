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
    private FaultyTransport link;

    public Faults(List<FaultSpec> faults) {
        for (FaultSpec fault : faults) {
            (fault.moment() == Moment.ALWAYS ? lasting : toCome).add(fault);
        }
    }

    /** A connection has come: its link, with the link's faults. */
    public synchronized Transport on(Transport connection) {
        if (link != null) {
            long sent = link.sent();
            toCome.removeIf(fault -> fault.moment() == Moment.BYTE && fault.count() < sent);
        }
        link = new FaultyTransport(connection);
        lasting.forEach(fault -> strike(fault, 0));
        toCome.stream().filter(fault -> fault.moment() == Moment.BYTE).forEach(fault -> strike(fault, fault.count()));
        return link;
    }

    /**
     * The device is just before this moment. Faults of the link strike the present connection with its next byte.
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
                } else if (link != null) {
                    strike(fault, link.sent());
                }
            }
        }
        return ofTheDevice;
    }

    private void strike(FaultSpec fault, long place) {
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
