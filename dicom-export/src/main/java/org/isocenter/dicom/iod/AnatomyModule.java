package org.isocenter.dicom.iod;

import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.model.Anatomy;
import org.isocenter.model.BodyPart;
import org.isocenter.model.Side;
import org.isocenter.model.Study;

/**
 * What of the body is imaged, and on which side. A side is asked of one of a pair only: not of a phantom, and not where no part is
 * named, as then the images are of the body, of which everybody has one.
 */
final class AnatomyModule {
    private static final String UNPAIRED = "U";

    private final Anatomy anatomy;
    private final boolean phantom;

    AnatomyModule(Study study) {
        anatomy = study.anatomy();
        phantom = study.phantom();
    }

    /** As single images tell it (PS3.3 C.7.3.1, C.7.6.1). */
    void writeSingle(Attributes to) {
        writePart(to);
        if (sideMissing()) {
            // Type 2C: there and empty where it is one of a pair and nobody knows which.
            to.setEmpty(Tag.Laterality);
        } else {
            // Instead of the series' attribute, which has no word for both and may not be there beside it.
            to.setString(Tag.ImageLaterality, letter());
        }
    }

    /** The term of the part, if one is named. */
    void writePart(Attributes to) {
        if (anatomy.part() != null) {
            to.setString(Tag.BodyPartExamined, anatomy.term());
        }
    }

    /** The frame anatomy macro (PS3.3 C.7.6.16.2.8): a part whose side is not known is told as part of the body only. */
    void writeFrame(Attributes group) {
        Attributes item = group.newItem();
        BodyPart part = anatomy.part() == null || sideMissing() ? BodyPart.WHOLEBODY : anatomy.part();
        Codes.write(item, Tag.AnatomicRegionSequence, List.of(part.region()));
        item.setString(Tag.FrameLaterality, sideMissing() ? UNPAIRED : letter());
        group.setSequence(Tag.FrameAnatomySequence, List.of(item));
    }

    private boolean sideMissing() {
        return !phantom && anatomy.sideMissing();
    }

    private String letter() {
        return anatomy.side() == Side.UNKNOWN ? UNPAIRED : anatomy.side().letter();
    }
}
