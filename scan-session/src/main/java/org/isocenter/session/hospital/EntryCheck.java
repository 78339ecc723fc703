package org.isocenter.session.hospital;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.isocenter.model.Anatomy;
import org.isocenter.model.Code;
import org.isocenter.model.ScheduledStep;
import org.isocenter.model.Side;

/** What does not agree between an entry of the worklist and the exam that is to be made of it: shown, never mended. */
public final class EntryCheck {
    private static final int POSSIBLY_PREGNANT = 2;
    private static final int PREGNANT = 3;

    private EntryCheck() {}

    /**
     * Between the entry and this console.
     *
     * @param ownAeTitle of this console
     * @return sentences for the operator
     */
    public static List<String> mismatches(ScheduledStep step, String ownAeTitle, LocalDate today, ProtocolCodes codes) {
        List<String> found = new ArrayList<>();
        if (!step.modality().isEmpty() && !step.modality().equals("MR")) {
            found.add("it is planned for modality " + step.modality() + ", not MR");
        }
        if (!step.stationAeTitle().isEmpty() && !step.stationAeTitle().equals(ownAeTitle)) {
            found.add("it is planned for scanner " + step.stationAeTitle() + "; this is " + ownAeTitle);
        }
        if (step.startDate() != null && !step.startDate().equals(today)) {
            found.add("it is planned for " + step.startDate() + "; today is " + today);
        }
        for (Code code : step.protocolCodes()) {
            if (codes.scans(code).isEmpty()) {
                found.add("protocol code " + code + " is not in " + ProtocolCodes.FILE_NAME + ": choose the protocol");
            }
        }
        Anatomy ofCodes = codes.anatomy(step);
        if (contradict(step.anatomy().part(), ofCodes.part(), null)
                || contradict(step.anatomy().side(), ofCodes.side(), Side.UNKNOWN)) {
            found.add("it is for " + step.anatomy().words() + ", but its protocol code stands for " + ofCodes.words()
                    + " (" + ProtocolCodes.FILE_NAME + "): choose what is imaged");
        }
        return found;
    }

    private static boolean contradict(Object one, Object other, Object unknown) {
        return one != unknown && other != unknown && one != other;
    }

    /** What is to be imaged, as entries and codes tell it; not known where they contradict each other or one does not tell. */
    public static Anatomy anatomy(List<ScheduledStep> steps, ProtocolCodes codes) {
        return Anatomy.common(steps.stream()
                .map(step -> Anatomy.agreed(List.of(step.anatomy(), codes.anatomy(step))))
                .toList());
    }

    /** Whether what is imaged is what was ordered, as far as both are known; else a sentence. */
    public static Optional<String> anatomyMismatch(Anatomy ordered, Anatomy imaged) {
        boolean other = contradict(ordered.part(), imaged.part(), null)
                || contradict(ordered.side(), imaged.side(), Side.UNKNOWN);
        return other
                ? Optional.of("it was ordered for " + ordered.words() + ", not " + imaged.words())
                : Optional.empty();
    }

    /** What whoever scans must know of the patient: alerts, allergies, pregnancy. */
    public static List<String> warnings(ScheduledStep step) {
        List<String> warnings = new ArrayList<>();
        if (!step.care().medicalAlerts().isEmpty()) {
            warnings.add("medical alerts: " + step.care().medicalAlerts());
        }
        if (!step.care().allergies().isEmpty()) {
            warnings.add("allergies: " + step.care().allergies());
        }
        if (step.care().pregnancyStatus() == POSSIBLY_PREGNANT) {
            warnings.add("the patient may be pregnant");
        }
        if (step.care().pregnancyStatus() == PREGNANT) {
            warnings.add("the patient is pregnant");
        }
        return warnings;
    }

    /** Whether several entries can be one exam: they are of one patient; else a sentence. */
    public static Optional<String> whyNotTogether(List<ScheduledStep> steps) {
        if (steps.stream().map(ScheduledStep::patient).distinct().count() > 1) {
            return Optional.of(
                    "the entries are not of one patient, as the worklist tells them: take one after the other");
        }
        return Optional.empty();
    }

    /** What becomes of entries that are of several studies and done as one exam; empty when they are of one. */
    public static Optional<String> groupNote(List<ScheduledStep> steps) {
        long studies = steps.stream()
                .map(step -> step.procedure().studyInstanceUid())
                .distinct()
                .count();
        return studies < 2
                ? Optional.empty()
                : Optional.of(
                        "the entries are of " + studies + " studies: done together, their images are a study of its"
                                + " own with a new UID, which refers to each of them");
    }

    /** Whether the sequence is one of what the codes of an exam stand for, as far as that is known; else a sentence. */
    public static Optional<String> sequenceMismatch(List<ProtocolCodes.PlannedScan> planned, String sequence) {
        if (planned.isEmpty()
                || planned.stream().anyMatch(scan -> scan.sequence().equals(sequence))) {
            return Optional.empty();
        }
        return Optional.of("the protocol code stands for "
                + planned.stream()
                        .map(ProtocolCodes.PlannedScan::sequence)
                        .distinct()
                        .collect(Collectors.joining(", "))
                + ", not " + sequence);
    }
}
