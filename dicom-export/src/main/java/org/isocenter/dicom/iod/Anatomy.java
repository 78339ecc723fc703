package org.isocenter.dicom.iod;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.model.Code;
import org.isocenter.model.Study;

/**
 * What of the body is imaged, and whether DICOM has to know on which side. A side is asked of one of a pair only: not of a
 * phantom, and not where no part is named, as then the images are of the body, of which everybody has one.
 *
 * @param bodyPart in capitals, as PS3.16 annex L has it; empty when none is named
 */
record Anatomy(String bodyPart, boolean phantom) {
    /** Body parts that are no pairs (PS3.16 annex L): for them no side is asked. */
    private static final Set<String> UNPAIRED = Set.of(
            "ABDOMEN",
            "ABDOMENPELVIS",
            "BACK",
            "BLADDER",
            "BRAIN",
            "CEREBELLUM",
            "CHEST",
            "CHESTABDOMEN",
            "CSPINE",
            "CTSPINE",
            "FACE",
            "HEAD",
            "HEADNECK",
            "HEART",
            "JAW",
            "LIVER",
            "LSPINE",
            "LSSPINE",
            "NECK",
            "NECKCHEST",
            "NOSE",
            "PANCREAS",
            "PELVIS",
            "PENIS",
            "PROSTATE",
            "RECTUM",
            "SKULL",
            "SPINE",
            "SPLEEN",
            "SSPINE",
            "STERNUM",
            "STOMACH",
            "THYROID",
            "TLSPINE",
            "TONGUE",
            "TSPINE",
            "UTERUS",
            "WHOLEBODY");

    /** Of PS3.16 CID 4, for the parts that are imaged most. */
    private static final Map<String, Code> REGIONS = Map.ofEntries(
            region("ABDOMEN", "818981001", "Abdomen"),
            region("BRAIN", "12738006", "Brain"),
            region("CHEST", "816094009", "Chest"),
            region("CSPINE", "122494005", "Cervical spine"),
            region("HEAD", "69536005", "Head"),
            region("HEADNECK", "774007", "Head and Neck"),
            region("HEART", "80891009", "Heart"),
            region("LIVER", "10200004", "Liver"),
            region("LSPINE", "122496007", "Lumbar spine"),
            region("NECK", "45048000", "Neck"),
            region("PELVIS", "816092008", "Pelvis"),
            region("PROSTATE", "41216001", "Prostate"),
            region("SPINE", "421060004", "Spine"),
            region("TSPINE", "122495006", "Thoracic spine"));

    private static final Code BODY = new Code("38266002", "SCT", "Entire body");

    static Anatomy of(Study study) {
        String part = study.bodyPart() == null ? "" : study.bodyPart();
        return new Anatomy(part.strip().toUpperCase(Locale.ROOT), study.phantom());
    }

    boolean isNamed() {
        return !bodyPart.isEmpty();
    }

    boolean isUnpaired() {
        return UNPAIRED.contains(bodyPart);
    }

    /** Whether a side is missed. */
    boolean mayBeOneOfTwo() {
        return isNamed() && !isUnpaired() && !phantom;
    }

    /** The frame anatomy macro (PS3.3 C.7.6.16.2.8): a part whose side is not known is told as part of the body only. */
    void writeFrameAnatomy(Attributes group) {
        Attributes item = group.newItem();
        Codes.write(item, Tag.AnatomicRegionSequence, List.of(REGIONS.getOrDefault(bodyPart, BODY)));
        item.setString(Tag.FrameLaterality, "U");
        group.setSequence(Tag.FrameAnatomySequence, List.of(item));
    }

    private static Map.Entry<String, Code> region(String part, String code, String meaning) {
        return Map.entry(part, new Code(code, "SCT", meaning));
    }
}
