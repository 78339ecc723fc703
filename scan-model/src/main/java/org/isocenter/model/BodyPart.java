package org.isocenter.model;

import java.util.Locale;
import java.util.Optional;

/**
 * The parts of the body that are imaged with MR: the terms of PS3.16 annex L (table L-1), by which a constant is named, with their
 * SNOMED CT codes and whether there are two of them.
 */
public enum BodyPart {
    ABDOMEN("818981001", "Abdomen"),
    ABDOMENPELVIS("818982008", "Abdomen and Pelvis"),
    ANKLE("70258002", "Ankle joint", true),
    ARM("53120007", "Upper limb", true),
    AXILLA("91470000", "Axilla", true),
    BACK("77568009", "Back"),
    BLADDER("89837001", "Bladder"),
    BRAIN("12738006", "Brain"),
    BREAST("76752008", "Breast", true),
    BUTTOCK("46862004", "Buttock", true),
    CALCANEUS("80144004", "Calcaneus", true),
    CEREBELLUM("113305005", "Cerebellum"),
    CHEST("816094009", "Chest"),
    CHESTABDOMEN("416550000", "Chest and Abdomen"),
    CLAVICLE("51299004", "Clavicle", true),
    COCCYX("64688005", "Coccyx"),
    CSPINE("122494005", "Cervical spine"),
    CTSPINE("297171002", "Cervico-thoracic spine"),
    EAR("117590005", "Ear", true),
    ELBOW("16953009", "Elbow joint", true),
    EXTREMITY("66019005", "Extremity", true),
    EYE("81745001", "Eye", true),
    FACE("89545001", "Face"),
    FEMUR("71341001", "Femur", true),
    FINGER("7569003", "Finger", true),
    FOOT("56459004", "Foot", true),
    FOREARM("14975008", "Forearm", true),
    HAND("85562004", "Hand", true),
    HEAD("69536005", "Head"),
    HEADNECK("774007", "Head and Neck"),
    HEART("80891009", "Heart"),
    HIP("29836001", "Hip joint", true),
    HUMERUS("85050009", "Humerus", true),
    JAW("661005", "Jaw region"),
    KIDNEY("64033007", "Kidney", true),
    KNEE("72696002", "Knee", true),
    LEG("30021000", "Lower leg", true),
    LIVER("10200004", "Liver"),
    LSPINE("122496007", "Lumbar spine"),
    LSSPINE("297173004", "Lumbo-sacral spine"),
    LUNG("39607008", "Lung", true),
    NECK("45048000", "Neck"),
    NECKCHEST("417437006", "Neck and Chest"),
    NOSE("45206002", "Nose"),
    ORBIT("363654007", "Orbital structure", true),
    OVARY("15497006", "Ovary", true),
    PANCREAS("15776009", "Pancreas"),
    PATELLA("64234005", "Patella", true),
    PELVIS("816092008", "Pelvis"),
    PENIS("18911002", "Penis"),
    PROSTATE("41216001", "Prostate"),
    RECTUM("34402009", "Rectum"),
    SCAPULA("79601000", "Scapula", true),
    SHOULDER("16982005", "Shoulder", true),
    SKULL("89546000", "Skull"),
    SPINE("421060004", "Spine"),
    SPLEEN("78961009", "Spleen"),
    SSPINE("54735007", "Sacrum"),
    STERNUM("56873002", "Sternum"),
    STOMACH("69695003", "Stomach"),
    TESTIS("40689003", "Testis", true),
    THIGH("68367000", "Thigh", true),
    THUMB("76505004", "Thumb", true),
    THYROID("69748006", "Thyroid"),
    TLSPINE("297172009", "Thoraco-lumbar spine"),
    TMJ("53620006", "Temporomandibular joint", true),
    TOE("29707007", "Toe", true),
    TONGUE("21974007", "Tongue"),
    TSPINE("122495006", "Thoracic spine"),
    UTERUS("35039007", "Uterus"),
    WHOLEBODY("38266002", "Entire body"),
    WRIST("74670003", "Wrist joint", true);

    private final Code region;
    private final boolean paired;

    BodyPart(String code, String meaning) {
        this(code, meaning, false);
    }

    BodyPart(String code, String meaning, boolean paired) {
        this.region = new Code(code, "SCT", meaning);
        this.paired = paired;
    }

    /** The part as a coded concept. */
    public Code region() {
        return region;
    }

    /** Whether a person has two of them, so that a side belongs to it. */
    public boolean paired() {
        return paired;
    }

    /** The part of this term, in capitals or not; empty where there is none. */
    public static Optional<BodyPart> of(String term) {
        String wanted = term.strip().toUpperCase(Locale.ROOT);
        for (BodyPart part : values()) {
            if (part.name().equals(wanted)) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }

    /** The part that this code stands for; empty where none does. */
    public static Optional<BodyPart> of(Code code) {
        for (BodyPart part : values()) {
            if (part.region.means(code)) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }
}
