package org.isocenter.dicom.validate;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Dictionary;
import org.isocenter.dicom.data.Tag;

/** Whether coded concepts say what they mean, and by whose scheme (PS3.3 table 8.8-1). */
final class CodeChecks {
    private CodeChecks() {}

    static List<Finding> findings(Attributes object) {
        List<Finding> findings = new ArrayList<>();
        collect(object, "", findings);
        return findings;
    }

    private static void collect(Attributes in, String where, List<Finding> findings) {
        for (int tag : in.tags()) {
            String name = Dictionary.describe(tag);
            boolean coded = tag == Tag.AnatomicRegionSequence || name.contains("CodeSequence");
            List<Attributes> items = in.getSequence(tag);
            for (int i = 0; i < items.size(); i++) {
                String here = where + name + "[" + (i + 1) + "]/";
                if (coded) {
                    check(items.get(i), here, findings);
                }
                collect(items.get(i), here, findings);
            }
        }
    }

    private static void check(Attributes code, String where, List<Finding> findings) {
        boolean plain = code.getString(Tag.CodeValue) != null || code.getString(Tag.LongCodeValue) != null;
        require(plain || code.getString(Tag.URNCodeValue) != null, where, Tag.CodeValue, findings);
        require(
                !plain || code.getString(Tag.CodingSchemeDesignator) != null,
                where,
                Tag.CodingSchemeDesignator,
                findings);
        require(code.getString(Tag.CodeMeaning) != null, where, Tag.CodeMeaning, findings);
    }

    private static void require(boolean told, String where, int tag, List<Finding> findings) {
        if (!told) {
            findings.add(new Finding(where + Dictionary.describe(tag), "has no value"));
        }
    }
}
