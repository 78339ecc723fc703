package org.isocenter.session.hospital;

import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import org.isocenter.dicom.net.Association;
import org.isocenter.dicom.net.Services;
import org.isocenter.dicom.web.FhirClient;
import org.isocenter.dicom.web.Orders;
import org.isocenter.dicom.workflow.Worklist;
import org.isocenter.dicom.workflow.WorklistEntry;
import org.isocenter.dicom.workflow.WorklistQuery;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;

/** Asks one of the hospital's systems what is planned: a worklist server, or one with FHIR orders. */
public final class WorklistSearch {
    private WorklistSearch() {}

    /**
     * What it answered.
     *
     * @param notes sentences about the answer as a whole
     * @param refused whether the server said no, or failed in the midst of it; the notes say why
     */
    public record Listing(List<WorklistEntry> entries, List<String> notes, boolean refused) {
        public Listing {
            entries = List.copyOf(entries);
            notes = List.copyOf(notes);
        }
    }

    /**
     * Asks. Waits for the network.
     *
     * @param onOpen takes what ends the wait from another thread
     * @throws IOException when there is no answer; says why and what to do
     * @throws org.isocenter.dicom.data.DicomValueException when a key cannot be asked for like this
     */
    public static Listing ask(
            Destination destination, DicomSettings settings, WorklistQuery query, Consumer<Runnable> onOpen)
            throws IOException {
        if (destination instanceof Destination.Web web) {
            FhirClient client = new FhirClient(settings.web(web));
            onOpen.accept(client::abort);
            Orders orders = client.orders(query, ZoneId.systemDefault());
            return new Listing(orders.entries(), orders.notes(), false);
        }
        Destination.Dimse dimse = (Destination.Dimse) destination;
        try (Association association =
                Association.open(dimse.peer(), settings.net(dimse), List.of(Worklist.CONTEXT), Services.NONE, onOpen)) {
            Worklist.Answer answer = Worklist.find(association, query);
            List<String> notes =
                    answer.complete() ? List.of() : List.of(answer.status().describe());
            return new Listing(answer.entries(), notes, !answer.complete());
        }
    }
}
