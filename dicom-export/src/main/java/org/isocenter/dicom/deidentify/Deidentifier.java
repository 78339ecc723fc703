package org.isocenter.dicom.deidentify;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.VR;
import org.isocenter.dicom.iod.Codes;
import org.isocenter.model.Code;

/**
 * Makes objects of which nobody can tell whose they are: PS3.15's Basic Application Level Confidentiality Profile. Patients get
 * pseudonyms and objects new UIDs, the same whenever the key is the same, so that what belongs together stays together. Pixels
 * stay as they are: what they show of a face is stated, not removed. Any thread.
 */
public final class Deidentifier {
    /** What becomes of the moments of a study. */
    public enum Moments {
        /** They are removed, or replaced where they may not be missing. */
        REMOVED,
        /** All of a patient are moved by the same number of days: the option Retain Longitudinal Temporal Information. */
        MOVED
    }

    private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;
    private static final String NO_DATE = "19000101";
    private static final String NO_TIME = "000000";
    /** Of which a picture of the surface is no face. */
    private static final Set<String> FACELESS = Set.of(
            "ABDOMEN",
            "ABDOMENPELVIS",
            "ANKLE",
            "ARM",
            "BLADDER",
            "CHEST",
            "ELBOW",
            "FOOT",
            "HAND",
            "HEART",
            "HIP",
            "KNEE",
            "LEG",
            "LIVER",
            "LSPINE",
            "PELVIS",
            "PROSTATE",
            "SHOULDER",
            "TSPINE",
            "WRIST");

    private final Pseudonyms pseudonyms;
    private final Moments moments;

    /** @param key secret, at least 16 bytes */
    public Deidentifier(byte[] key, Moments moments) {
        if (key.length < 16) {
            throw new IllegalArgumentException("a key of " + key.length + " bytes is too short: give at least 16");
        }
        this.pseudonyms = new Pseudonyms(key.clone());
        this.moments = moments;
    }

    /** Another object; the given one is not changed. */
    public Attributes apply(Attributes object) {
        Attributes from = object.inUnicode();
        String subject = subject(from);
        Attributes to = new Attributes();
        copy(from, to, subject);
        to.setString(Tag.PatientIdentityRemoved, "YES");
        boolean moved = moments == Moments.MOVED;
        to.setString(
                Tag.DeidentificationMethod,
                "PS3.15 Basic Profile" + (moved ? ", dates moved" : "") + "; pixels unchanged");
        List<Code> methods = new ArrayList<>();
        methods.add(new Code("113100", "DCM", "Basic Application Confidentiality Profile"));
        if (moved) {
            methods.add(new Code("113107", "DCM", "Retain Longitudinal Temporal Information Modified Dates Option"));
        }
        Codes.write(to, Tag.DeidentificationMethodCodeSequence, methods);
        to.setString(Tag.LongitudinalTemporalInformationModified, moved ? "MODIFIED" : "REMOVED");
        if (to.contains(Tag.PixelData)) {
            to.setString(Tag.RecognizableVisualFeatures, mayShowAFace(from) ? "YES" : "NO");
        }
        return to;
    }

    /** Whom all that is done to this object's patient depends on: never a name that others may have too, if there is a number. */
    private static String subject(Attributes from) {
        for (int tag : new int[] {Tag.PatientID, Tag.PatientName, Tag.StudyInstanceUID}) {
            String text = from.getString(tag);
            if (text != null) {
                return tag + "=" + text;
            }
        }
        return "";
    }

    private static boolean mayShowAFace(Attributes from) {
        String part = from.getString(Tag.BodyPartExamined);
        boolean phantom = "YES".equals(from.getString(Tag.QualityControlImage));
        return !phantom && (part == null || !FACELESS.contains(part));
    }

    private void copy(Attributes from, Attributes to, String subject) {
        for (int tag : from.tags()) {
            if (moments == Moments.MOVED && Profile.isMoment(tag)) {
                to.setBytes(tag, from.vr(tag), from.getBytes(tag));
                move(to, tag, pseudonyms.days(subject));
                continue;
            }
            switch (Profile.of(tag)) {
                case K -> keep(from, to, tag, subject);
                case Z -> to.setEmpty(tag);
                case D -> replace(from, to, tag, subject);
                case U -> mapUids(from, to, tag);
                case X -> {
                    // Left behind.
                }
            }
        }
    }

    private void keep(Attributes from, Attributes to, int tag, String subject) {
        if (from.vr(tag) != VR.SQ) {
            to.setBytes(tag, from.vr(tag), from.getBytes(tag));
            return;
        }
        List<Attributes> items = new ArrayList<>();
        for (Attributes item : from.getSequence(tag)) {
            Attributes kept = to.newItem();
            copy(item, kept, subject);
            items.add(kept);
        }
        to.setSequence(tag, items);
    }

    private void replace(Attributes from, Attributes to, int tag, String subject) {
        VR vr = from.vr(tag);
        String text = switch (vr) {
            case DA -> NO_DATE;
            case TM -> NO_TIME;
            case DT -> NO_DATE + NO_TIME;
            case PN -> "ANONYMOUS^" + pseudonyms.name(subject);
            default -> tag == Tag.PatientID ? pseudonyms.name(subject) : "REMOVED";
        };
        to.setString(tag, text);
    }

    /** The standard's own UIDs mean the same everywhere and stay. */
    private void mapUids(Attributes from, Attributes to, int tag) {
        String[] uids = from.getStrings(tag);
        for (int i = 0; i < uids.length; i++) {
            uids[i] = uids[i].startsWith("1.2.840.10008.") ? uids[i] : pseudonyms.uid(uids[i]);
        }
        to.setString(tag, uids);
    }

    /** Times of day stay; a date that is none goes. */
    private static void move(Attributes to, int tag, int days) {
        String text = to.getString(tag);
        if (text == null || to.vr(tag) == VR.TM) {
            return;
        }
        try {
            LocalDate date = LocalDate.parse(text.substring(0, Math.min(8, text.length())), DATE);
            String rest = text.length() > 8 ? text.substring(8) : "";
            to.setString(tag, date.minusDays(days).format(DATE) + rest);
        } catch (DateTimeException e) {
            to.setEmpty(tag);
        }
    }
}
