package org.isocenter.testing;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.isocenter.model.Code;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientCare;
import org.isocenter.model.RequestedProcedure;
import org.isocenter.model.ScheduledStep;
import org.isocenter.model.SopReference;

/** Orders for tests: every field is told, and differs from all others. */
public final class Orders {
    private Orders() {}

    /** Of a made-up patient with a name in three component groups. */
    public static ScheduledStep knee(String studyInstanceUid) {
        Patient patient = new Patient("Yamada^Tarou=山田^太郎=やまだ^たろう", "P-42", LocalDate.of(1980, 2, 29), "M", 81.5);
        RequestedProcedure procedure = new RequestedProcedure(
                "RP1",
                "knee <both>",
                List.of(new Code("MRKNEE", "99IHE", "膝", "2026")),
                studyInstanceUid,
                List.of(new SopReference("1.2.840.10008.3.1.2.3.1", "1.2.3.7")),
                "HIGH",
                "ACC-0042",
                "House^Gregory",
                "Wilson^James");
        return step("SPS1", "T2 axial", new Code("T2AX", "99IHE", "T2 axial plane"), procedure, patient);
    }

    /** A second step of the same order. */
    public static ScheduledStep kneeAgain(String studyInstanceUid) {
        ScheduledStep first = knee(studyInstanceUid);
        return step(
                "SPS2", "T1 axial", new Code("T1AX", "99IHE", "T1 axial plane"), first.procedure(), first.patient());
    }

    private static ScheduledStep step(
            String id, String description, Code protocol, RequestedProcedure procedure, Patient patient) {
        return new ScheduledStep(
                id,
                description,
                List.of(protocol),
                "MR",
                "ISOCENTER",
                "ROOM 2",
                "basement",
                LocalDate.of(2026, 3, 1),
                LocalTime.of(9, 45, 30),
                "Cuddy^Lisa",
                "no food",
                "gadolinium",
                procedure,
                patient,
                new PatientCare("pacemaker", "latex", 1, "chair", "awake", "A1", "ward", "bed", "R"),
                null);
    }
}
