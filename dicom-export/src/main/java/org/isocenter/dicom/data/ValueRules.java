package org.isocenter.dicom.data;

import java.util.ArrayList;
import java.util.List;

/** Whether the values of a data set, with all items, are what their VRs allow (PS3.5 6.2). Pure. */
public final class ValueRules {
    /**
     * A value that is not.
     *
     * @param where the attribute, within sequences with the number of the item
     * @param problem in words; the value is not repeated
     */
    public record Problem(String where, String problem) {}

    private ValueRules() {}

    public static List<Problem> problems(Attributes dataset) {
        List<Problem> problems = new ArrayList<>();
        collect(dataset, "", problems);
        if (dataset.getString(Tag.SpecificCharacterSet) == null
                && dataset.getStrings(Tag.SpecificCharacterSet).length < 2
                && hasOtherThanAscii(dataset)) {
            problems.add(new Problem(
                    Dictionary.describe(Tag.SpecificCharacterSet),
                    "has no value, and there is text that is not ASCII"));
        }
        return problems;
    }

    private static boolean hasOtherThanAscii(Attributes dataset) {
        for (int tag : dataset.tags()) {
            if (dataset.vr(tag).hasCharacterSet()) {
                for (byte b : dataset.getBytes(tag)) {
                    if (b < 0) {
                        return true;
                    }
                }
            }
            if (dataset.getSequence(tag).stream().anyMatch(ValueRules::hasOtherThanAscii)) {
                return true;
            }
        }
        return false;
    }

    private static void collect(Attributes dataset, String where, List<Problem> problems) {
        for (int tag : dataset.tags()) {
            String here = where + Dictionary.describe(tag);
            VR vr = dataset.vr(tag);
            if (vr == VR.SQ) {
                List<Attributes> items = dataset.getSequence(tag);
                for (int i = 0; i < items.size(); i++) {
                    collect(items.get(i), here + "[" + (i + 1) + "]/", problems);
                }
                continue;
            }
            VR known = Dictionary.vr(tag);
            boolean other = known != VR.UN && known != vr && !areBothPixelOrSigned(known, vr);
            if (other) {
                problems.add(new Problem(here, "is " + vr + ", not " + known));
            } else {
                String problem = problem(dataset, tag, vr);
                if (problem != null) {
                    problems.add(new Problem(here, problem));
                }
            }
        }
    }

    /** The dictionary has one where the standard leaves a choice by other attributes. */
    private static boolean areBothPixelOrSigned(VR known, VR vr) {
        return known == VR.OW && vr == VR.OB || known == VR.US && vr == VR.SS;
    }

    private static String problem(Attributes dataset, int tag, VR vr) {
        byte[] bytes = dataset.getBytes(tag);
        if (bytes.length % 2 != 0) {
            return "has an odd length";
        }
        if (vr.kind() != VR.Kind.TEXT) {
            boolean whole = vr == VR.UN || vr == VR.OB || bytes.length % vr.valueBytes() == 0;
            return whole ? null : "has " + bytes.length + " bytes, not whole values of " + vr;
        }
        try {
            for (String text : dataset.getStrings(tag)) {
                TextRules.check(tag, vr, text);
            }
            return null;
        } catch (DicomValueException e) {
            return e.getMessage().substring(Dictionary.describe(tag).length() + 1);
        }
    }
}
