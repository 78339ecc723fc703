package org.isocenter.session.outbox;

import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomWriter;
import org.isocenter.dicom.net.DimseHandler;
import org.isocenter.dicom.net.DimseRequest;
import org.isocenter.dicom.net.DimseResponse;
import org.isocenter.dicom.net.DimseStatus;
import org.isocenter.dicom.net.Operation;
import org.isocenter.dicom.net.Services;
import org.isocenter.dicom.workflow.PerformedSeries;
import org.isocenter.dicom.workflow.PerformedStepMessages;
import org.isocenter.model.PerformedStep;
import org.isocenter.model.Study;
import org.isocenter.session.Examples;
import org.isocenter.session.archive.OutboxEntry;
import org.isocenter.session.archive.OutboxKind;

/** A hospital's side of performed steps, which keeps to PS3.4 F.7.2: no step twice, and none changed that has ended. Any thread. */
public final class PerformedSteps {
    private static final String IN_PROGRESS = "IN PROGRESS";

    private final Map<String, String> states = new HashMap<>();
    private int requests;

    /** What is told of a step: its beginning, a series, its end. */
    public static List<OutboxEntry> messages(String destination, String uid) {
        OffsetDateTime start = OffsetDateTime.parse("2026-03-01T09:30:00+01:00");
        PerformedStep step = new PerformedStep(uid, "PPS1", start, "head");
        Study study = Examples.study("2.25.1").withPerformed(step);
        List<PerformedSeries> series = List.of(new PerformedSeries("2.25.2", "T2", "", "", "", List.of(), List.of()));
        return List.of(
                message(
                        destination,
                        OutboxKind.PERFORMED_STEP_CREATE,
                        uid,
                        PerformedStepMessages.create(study, List.of(), "MR", "")),
                message(destination, OutboxKind.PERFORMED_STEP_SET, uid, PerformedStepMessages.progress(series)),
                message(
                        destination,
                        OutboxKind.PERFORMED_STEP_SET,
                        uid,
                        PerformedStepMessages.completed(step, start, series)));
    }

    private static OutboxEntry message(String destination, OutboxKind kind, String uid, Attributes message) {
        return OutboxEntry.message(
                destination, kind, uid, DicomWriter.toBytes(message, UID.ExplicitVRLittleEndian), Optional.empty());
    }

    /** @param around what is to happen besides */
    public Services addTo(Services services, UnaryOperator<DimseHandler> around) {
        return services.with(Operation.N_CREATE, UID.ModalityPerformedProcedureStep, around.apply(this::create))
                .with(Operation.N_SET, UID.ModalityPerformedProcedureStep, around.apply(this::set));
    }

    private synchronized DimseResponse create(DimseRequest request) throws IOException {
        requests++;
        String state = request.dataset().getString(Tag.PerformedProcedureStepStatus);
        boolean isNew = states.putIfAbsent(request.sopInstanceUid(), state) == null;
        return status(Operation.N_CREATE, isNew ? 0 : 0x0111);
    }

    private synchronized DimseResponse set(DimseRequest request) throws IOException {
        requests++;
        Attributes message = request.dataset();
        String before = states.get(request.sopInstanceUid());
        if (!IN_PROGRESS.equals(before)) {
            return status(Operation.N_SET, before == null ? 0x0112 : 0x0110);
        }
        if (message.contains(Tag.PerformedProcedureStepStatus)) {
            end(request.sopInstanceUid(), message.getString(Tag.PerformedProcedureStepStatus));
        }
        return status(Operation.N_SET, 0);
    }

    /** As somebody in the hospital could, too. */
    synchronized void end(String uid, String state) {
        states.put(uid, state);
    }

    private static DimseResponse status(Operation operation, int code) {
        return DimseResponse.of(code == 0 ? DimseStatus.success() : DimseStatus.of(operation, code));
    }

    /** Of each step by its UID. */
    public synchronized Map<String, String> states() {
        return Map.copyOf(states);
    }

    /** How many messages came. */
    synchronized int requests() {
        return requests;
    }
}
