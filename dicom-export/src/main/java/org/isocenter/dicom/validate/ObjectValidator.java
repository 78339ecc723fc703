package org.isocenter.dicom.validate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Dictionary;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.data.ValueRules;
import org.isocenter.dicom.file.DicomFile;
import org.isocenter.dicom.validate.Rules.Condition;
import org.isocenter.dicom.validate.Rules.Need;
import org.isocenter.dicom.validate.Rules.Rule;

/**
 * Checks MR, Enhanced MR and Secondary Capture images: attributes that must be there, values that their VRs allow, UIDs, pixels
 * as many as are declared, and a geometry that is one. Of objects of other classes only values, UIDs and pixels. Any thread.
 */
public final class ObjectValidator {
    private final DicomFile file;
    private final Attributes object;
    private final List<Finding> findings = new ArrayList<>();

    private ObjectValidator(DicomFile file) {
        this.file = file;
        this.object = file.dataset();
    }

    /** All that is wrong; nothing when the object is as it should be. */
    public static List<Finding> check(DicomFile file) {
        ObjectValidator validator = new ObjectValidator(file);
        validator.checkMeta();
        for (Rule rule : Rules.of(objectClass(file.dataset()))) {
            validator.check(rule);
        }
        if (validator.findings.isEmpty()) {
            // Of what is not there the rest would only repeat that it is not.
            validator.findings.addAll(new ImageChecks(file.dataset()).findings());
        }
        validator.findings.addAll(CodeChecks.findings(file.dataset()));
        ValueRules.problems(file.dataset())
                .forEach(problem -> validator.findings.add(new Finding(problem.where(), problem.problem())));
        return validator.findings;
    }

    private static String objectClass(Attributes object) {
        String uid = object.getString(Tag.SOPClassUID);
        if (UID.MRImageStorage.equals(uid)) {
            return "MR";
        }
        if (UID.EnhancedMRImageStorage.equals(uid)) {
            return "EMR";
        }
        return Set.of(UID.SecondaryCaptureImageStorage, UID.MultiFrameTrueColorSecondaryCaptureImageStorage)
                        .contains(String.valueOf(uid))
                ? "SC"
                : "";
    }

    private void checkMeta() {
        checkSame(Tag.MediaStorageSOPClassUID, Tag.SOPClassUID);
        checkSame(Tag.MediaStorageSOPInstanceUID, Tag.SOPInstanceUID);
    }

    private void checkSame(int metaTag, int tag) {
        String meta = file.meta().getString(metaTag);
        if (meta == null || !meta.equals(object.getString(tag))) {
            findings.add(new Finding(
                    Dictionary.describe(metaTag), "must be there and the same as " + Dictionary.describe(tag)));
        }
    }

    private void check(Rule rule) {
        if (!applies(rule.condition())) {
            return;
        }
        if (!rule.ofFrames()) {
            check(object, rule.path(), 0, rule.need(), "");
            return;
        }
        List<Attributes> shared = object.getSequence(Tag.SharedFunctionalGroupsSequence);
        List<Attributes> frames = object.getSequence(Tag.PerFrameFunctionalGroupsSequence);
        int macro = rule.path()[0];
        if (!shared.isEmpty() && shared.get(0).contains(macro)) {
            String where = Dictionary.describe(Tag.SharedFunctionalGroupsSequence) + "[1]/";
            check(shared.get(0), rule.path(), 0, rule.need(), where);
            return;
        }
        for (int i = 0; i < frames.size(); i++) {
            String where = Dictionary.describe(Tag.PerFrameFunctionalGroupsSequence) + "[" + (i + 1) + "]/";
            check(frames.get(i), rule.path(), 0, rule.need(), where);
        }
    }

    private void check(Attributes in, int[] path, int depth, Need need, String where) {
        int tag = path[depth];
        String here = where + Dictionary.describe(tag);
        if (depth < path.length - 1) {
            List<Attributes> items = in.getSequence(tag);
            for (int i = 0; i < items.size(); i++) {
                check(items.get(i), path, depth + 1, need, here + "[" + (i + 1) + "]/");
            }
        } else if (!in.contains(tag)) {
            if (!need.mayBeAbsent()) {
                findings.add(new Finding(here, "is missing"));
            }
        } else if (!need.mayBeEmpty()
                && in.getBytes(tag).length == 0
                && in.getSequence(tag).isEmpty()) {
            findings.add(new Finding(here, "has no value"));
        }
    }

    private boolean applies(Condition condition) {
        return switch (condition) {
            case ALWAYS -> true;
            case ORIGINAL -> isOriginal();
            case RECTILINEAR -> isOriginal() && is(object, Tag.GeometryOfKSpaceTraversal, "RECTILINEAR");
            case VOLUMETRIC -> isOriginal() && is(object, Tag.MRAcquisitionType, "3D");
            case SPIN ->
                isOriginal()
                        && (is(object, Tag.EchoPulseSequence, "SPIN") || is(object, Tag.EchoPulseSequence, "BOTH"));
            case DIFFUSION -> isOriginal() && is(object, Tag.AcquisitionContrast, "DIFFUSION");
            case INVERTED -> isModified(Tag.InversionRecovery);
            case PARALLEL -> isModified(Tag.ParallelAcquisition);
            case PARTIAL -> isModified(Tag.PartialFourier);
            case INVERSION -> is(object, Tag.ScanningSequence, "IR");
            case REPEATED -> !is(object, Tag.ScanningSequence, "EP") || is(object, Tag.SequenceVariant, "SK");
            case COLOUR -> object.getInt(Tag.SamplesPerPixel, 1) > 1;
        };
    }

    private boolean isOriginal() {
        String type = object.getString(Tag.ImageType);
        return !"DERIVED".equals(type);
    }

    private boolean isModified(int tag) {
        return object.getSequence(Tag.SharedFunctionalGroupsSequence).stream()
                .flatMap(group -> group.getSequence(Tag.MRModifierSequence).stream())
                .anyMatch(item -> is(item, tag, "YES"));
    }

    private static boolean is(Attributes in, int tag, String value) {
        return Arrays.asList(in.getStrings(tag)).contains(value);
    }
}
