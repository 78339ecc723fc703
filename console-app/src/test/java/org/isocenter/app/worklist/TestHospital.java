package org.isocenter.app.worklist;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.iod.Codes;
import org.isocenter.dicom.net.DicomListener;
import org.isocenter.dicom.net.DimseRequest;
import org.isocenter.dicom.net.DimseResponse;
import org.isocenter.dicom.net.DimseStatus;
import org.isocenter.dicom.net.ListenerSettings;
import org.isocenter.dicom.net.NetSettings;
import org.isocenter.dicom.net.Operation;
import org.isocenter.dicom.net.Peer;
import org.isocenter.dicom.net.Services;
import org.isocenter.model.Code;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.dicom.Service;

/** A hospital that answers with a worklist and keeps what it is told of exams. */
public final class TestHospital implements AutoCloseable {
    public static final String NAME = "Yamada^Tarou=山田^太郎=やまだ^たろう";

    private final DicomListener listener;
    private final List<Attributes> entries;
    private final CountDownLatch answers;
    private final Queue<Attributes> told = new ConcurrentLinkedQueue<>();

    private TestHospital(List<Attributes> entries, CountDownLatch answers) throws IOException {
        this.entries = entries;
        this.answers = answers;
        Services services = Services.NONE
                .with(Operation.C_FIND, UID.ModalityWorklistFind, this::find)
                .with(Operation.N_CREATE, UID.ModalityPerformedProcedureStep, this::take)
                .with(Operation.N_SET, UID.ModalityPerformedProcedureStep, this::take);
        listener = DicomListener.open(
                ListenerSettings.of(0, List.of(Peer.of("ISOCENTER", "localhost", 104))),
                NetSettings.of("HOSPITAL"),
                services);
    }

    public static TestHospital with(Attributes... entries) throws IOException {
        return new TestHospital(List.of(entries), new CountDownLatch(0));
    }

    /** It answers a question about the worklist only when it is closed. */
    public static TestHospital silent() throws IOException {
        return new TestHospital(List.of(), new CountDownLatch(1));
    }

    /** @param studyUid empty for an entry that cannot be used */
    public static Attributes entry(String name, String studyUid, LocalDate day, String station, String code) {
        Attributes entry = new Attributes();
        entry.setString(Tag.SpecificCharacterSet, "ISO_IR 192");
        entry.setString(Tag.PatientName, name);
        entry.setString(Tag.PatientID, "P-" + studyUid);
        entry.setString(Tag.PatientBirthDate, "19800229");
        entry.setString(Tag.PatientSex, "F");
        entry.setString(Tag.StudyInstanceUID, studyUid);
        entry.setString(Tag.AccessionNumber, "ACC-7");
        entry.setString(Tag.RequestedProcedureID, "RP1");
        entry.setString(Tag.RequestedProcedureDescription, "head");
        Attributes step = entry.newItem();
        step.setString(Tag.ScheduledProcedureStepID, "SPS1");
        step.setString(Tag.ScheduledProcedureStepDescription, "head, plain");
        Codes.write(step, Tag.ScheduledProtocolCodeSequence, List.of(new Code(code, "99HOSP", "plain")));
        step.setString(Tag.Modality, "MR");
        step.setString(Tag.ScheduledStationAETitle, station);
        step.setDate(Tag.ScheduledProcedureStepStartDate, day);
        step.setString(Tag.ScheduledProcedureStepStartTime, "094500");
        entry.setSequence(Tag.ScheduledProcedureStepSequence, List.of(step));
        return entry;
    }

    public Destination destination() {
        return new Destination.Dimse(
                "HIS",
                "HOSPITAL",
                "127.0.0.1",
                listener.port(),
                Optional.empty(),
                Set.of(Service.WORKLIST, Service.MPPS),
                false);
    }

    /** Makes it the only system that the console of this home knows. */
    public void settleIn(Path home) throws IOException {
        new DicomSettings("ISOCENTER", Optional.empty(), List.of(destination())).write(home);
    }

    private DimseResponse find(DimseRequest request) throws IOException {
        try {
            answers.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Attributes entry : entries) {
            request.sendMatch(entry);
        }
        return DimseResponse.of(DimseStatus.success());
    }

    private DimseResponse take(DimseRequest request) throws IOException {
        told.add(request.dataset());
        return DimseResponse.of(DimseStatus.success());
    }

    /** The messages about exams, oldest first. */
    public List<Attributes> told() {
        return List.copyOf(told);
    }

    @Override
    public void close() {
        answers.countDown();
        listener.close();
    }
}
