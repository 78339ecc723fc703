package org.isocenter.dicom.iod;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.model.Code;
import org.isocenter.model.PerformedStep;
import org.isocenter.model.RequestedProcedure;
import org.isocenter.model.ScheduledStep;
import org.isocenter.model.SopReference;

/**
 * How images point to what was ordered and to the step that made them (PS3.3 C.7.2.1, C.7.3.1 and table 10-9). Descriptions
 * that are too long are shortened: whoever took the order from the worklist was told. What identifies is refused instead.
 */
final class OrderModules {
    private OrderModules() {}

    /**
     * @param steps of one study; at least one
     * @throws org.isocenter.dicom.data.DicomValueException when something cannot be written as it came
     */
    static void writeOrders(Attributes to, List<ScheduledStep> steps) {
        codesIfAny(
                to,
                Tag.ProcedureCodeSequence,
                all(steps, step -> step.procedure().codes()));
        List<SopReference> studies = all(steps, step -> step.procedure().referencedStudies());
        if (!studies.isEmpty()) {
            SopReferences.write(to, Tag.ReferencedStudySequence, studies);
        }
        List<String> physicians = all(steps, step -> List.of(step.performingPhysician())).stream()
                .filter(name -> !name.isEmpty())
                .toList();
        if (!physicians.isEmpty()) {
            to.setString(Tag.PerformingPhysicianName, physicians.toArray(String[]::new));
        }
        to.setSequence(
                Tag.RequestAttributesSequence,
                steps.stream().map(step -> request(to, step)).toList());
    }

    private static Attributes request(Attributes parent, ScheduledStep step) {
        RequestedProcedure procedure = step.procedure();
        Attributes item = parent.newItem();
        TextWriter description = new TextWriter(item, new ArrayList<>());
        textIfAny(item, Tag.AccessionNumber, procedure.accessionNumber());
        textIfAny(item, Tag.StudyInstanceUID, procedure.studyInstanceUid());
        description.describe(Tag.RequestedProcedureDescription, procedure.description());
        codesIfAny(item, Tag.RequestedProcedureCodeSequence, procedure.codes());
        description.describe(Tag.ScheduledProcedureStepDescription, step.description());
        codesIfAny(item, Tag.ScheduledProtocolCodeSequence, step.protocolCodes());
        textIfAny(item, Tag.ScheduledProcedureStepID, step.id());
        textIfAny(item, Tag.RequestedProcedureID, procedure.id());
        return item;
    }

    private static <T> List<T> all(List<ScheduledStep> steps, Function<ScheduledStep, List<T>> values) {
        return steps.stream()
                .flatMap(step -> values.apply(step).stream())
                .distinct()
                .toList();
    }

    /** @throws org.isocenter.dicom.data.DicomValueException when something cannot be written as it is */
    static void writePerformed(Attributes to, PerformedStep step, ZoneOffset zone) {
        SopReferences.write(
                to,
                Tag.ReferencedPerformedProcedureStepSequence,
                List.of(new SopReference(UID.ModalityPerformedProcedureStep, step.instanceUid())));
        textIfAny(to, Tag.PerformedProcedureStepID, step.id());
        StudyModules.writeMoment(
                to, Tag.PerformedProcedureStepStartDate, Tag.PerformedProcedureStepStartTime, step.start(), zone);
        new TextWriter(to, new ArrayList<>()).describe(Tag.PerformedProcedureStepDescription, step.description());
    }

    private static void textIfAny(Attributes to, int tag, String text) {
        if (!text.isEmpty()) {
            to.setString(tag, text);
        }
    }

    private static void codesIfAny(Attributes to, int tag, List<Code> codes) {
        if (!codes.isEmpty()) {
            Codes.write(to, tag, codes);
        }
    }
}
