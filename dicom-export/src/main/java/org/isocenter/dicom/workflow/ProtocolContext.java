package org.isocenter.dicom.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.iod.Codes;
import org.isocenter.model.Anatomy;
import org.isocenter.model.BodyPart;
import org.isocenter.model.Code;
import org.isocenter.model.Side;

/**
 * Which part of the body an order is about, as far as the worklist tells it by codes: in the context of a protocol (PS3.3 C.4.10,
 * Protocol Context Sequence), and the side also of the procedure (C.4.11, Requested Laterality Code Sequence).
 */
final class ProtocolContext {
    private static final List<Code> PART_NAMES =
            List.of(new Code("123014", "DCM", "Target Region"), new Code("363698007", "SCT", "Finding Site"));
    private static final List<Code> SIDE_NAMES = List.of(new Code("272741003", "SCT", "Laterality"));

    private ProtocolContext() {}

    /**
     * @param step item of the scheduled step
     * @param procedure data set that tells of the requested procedure
     */
    static Anatomy read(Attributes step, Attributes procedure) {
        List<BodyPart> parts = new ArrayList<>();
        List<Side> sides = new ArrayList<>();
        for (Code code : Codes.read(procedure, Tag.RequestedLateralityCodeSequence)) {
            Side.of(code).ifPresent(sides::add);
        }
        for (Attributes protocol : step.getSequence(Tag.ScheduledProtocolCodeSequence)) {
            for (Attributes context : protocol.getSequence(Tag.ProtocolContextSequence)) {
                value(context, PART_NAMES, BodyPart::of).ifPresent(parts::add);
                value(context, SIDE_NAMES, Side::of).ifPresent(sides::add);
            }
        }
        List<Anatomy> told = new ArrayList<>();
        parts.forEach(part -> told.add(new Anatomy(part, Side.UNKNOWN)));
        sides.forEach(side -> told.add(new Anatomy(null, side)));
        return Anatomy.agreed(told);
    }

    private static <T> Optional<T> value(Attributes context, List<Code> names, Function<Code, Optional<T>> known) {
        boolean named = Codes.read(context, Tag.ConceptNameCodeSequence).stream()
                .anyMatch(name -> names.stream().anyMatch(name::means));
        return !named
                ? Optional.empty()
                : Codes.read(context, Tag.ConceptCodeSequence).stream()
                        .map(known)
                        .flatMap(Optional::stream)
                        .findFirst();
    }
}
