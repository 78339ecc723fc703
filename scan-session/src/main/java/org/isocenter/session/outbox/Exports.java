package org.isocenter.session.outbox;

import java.util.List;
import org.isocenter.session.archive.OutboxKind;
import org.isocenter.session.archive.ScanExport;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.Service;

/** What a scan's images become for each place where they go. */
public final class Exports {
    private Exports() {}

    public static List<ScanExport> to(List<Destination> destinations) {
        return destinations.stream().map(Exports::to).toList();
    }

    private static ScanExport to(Destination destination) {
        boolean study = destination instanceof Destination.Web web && web.kind() == Destination.WebKind.FHIR;
        return new ScanExport(
                destination.name(),
                study ? OutboxKind.IMAGING_STUDY : OutboxKind.INSTANCE,
                destination.offers(Service.COMMITMENT));
    }
}
