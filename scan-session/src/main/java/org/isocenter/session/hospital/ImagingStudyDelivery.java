package org.isocenter.session.hospital;

import java.io.IOException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.web.FhirClient;
import org.isocenter.dicom.web.ImagingStudy;
import org.isocenter.dicom.web.WebException;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.ArchivedFile;
import org.isocenter.session.archive.ArchivedScan;
import org.isocenter.session.archive.OutboxKind;
import org.isocenter.session.archive.OutboxOutcome;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.outbox.Batch;
import org.isocenter.session.outbox.Delivery;

/** Tells a hospital's record system of the images that a scan has made, as a FHIR R4 ImagingStudy. */
public final class ImagingStudyDelivery implements Delivery {
    private final Archive archive;

    public ImagingStudyDelivery(Archive archive) {
        this.archive = archive;
    }

    @Override
    public boolean takes(OutboxKind kind, Destination destination) {
        return kind == OutboxKind.IMAGING_STUDY
                && destination instanceof Destination.Web web
                && web.kind() == Destination.WebKind.FHIR;
    }

    @Override
    public void deliver(Batch batch) {
        try {
            FhirClient client = new FhirClient(batch.settings().web((Destination.Web) batch.destination()));
            batch.whenStopped(client::abort);
            for (OutboxRow row : batch.rows()) {
                batch.outcome(row, tell(client, row, batch.settings()));
            }
        } catch (WebException e) {
            if (!batch.isStopped()) {
                batch.outcome(batch.open(), WebStoreDelivery.outcome(e));
            }
        }
    }

    /** @throws WebException when the server cannot be spoken with now: what it finds wrong with one study is an outcome */
    private OutboxOutcome tell(FhirClient client, OutboxRow row, DicomSettings settings) throws WebException {
        Optional<ArchivedScan> scan = row.scanId().flatMap(archive::scan);
        if (scan.isEmpty()) {
            return OutboxOutcome.permanent("its scan is no longer in the archive: cancel this");
        }
        try {
            client.tell(study(row, scan.get(), settings));
            return OutboxOutcome.SENT;
        } catch (WebException e) {
            if (e.isTemporary()) {
                throw e;
            }
            return WebStoreDelivery.outcome(e);
        } catch (IOException | IllegalArgumentException e) {
            return OutboxOutcome.permanent("the scan's images cannot be read: " + e.getMessage());
        }
    }

    private ImagingStudy study(OutboxRow row, ArchivedScan scan, DicomSettings settings) throws IOException {
        ImagingStudy study = new ImagingStudy(row.subjectUid(), ZoneId.systemDefault(), images(scan, settings));
        for (ArchivedFile file : archive.files(scan.id())) {
            if (file.path().startsWith("dicom/") && file.path().endsWith(".dcm")) {
                study.add(
                        DicomReader.read(scan.directory().resolve(file.path())).dataset());
            }
        }
        return study;
    }

    /** The DICOMweb service that the scan's images go to, where there is one. */
    private Optional<String> images(ArchivedScan scan, DicomSettings settings) {
        Set<String> receivers = archive.outbox().ofScan(scan.id()).stream()
                .filter(other -> other.kind() == OutboxKind.INSTANCE)
                .map(OutboxRow::destination)
                .collect(Collectors.toSet());
        return settings.destinations().stream()
                .filter(destination -> receivers.contains(destination.name()))
                .filter(destination ->
                        destination instanceof Destination.Web web && web.kind() == Destination.WebKind.DICOMWEB)
                .map(Destination::address)
                .findFirst();
    }
}
