package org.isocenter.dicom.iod;

import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.VR;
import org.isocenter.model.Code;

/** Coded concepts as items of a sequence (PS3.3 table 8.8-1). */
public final class Codes {
    private Codes() {}

    /**
     * Writes the codes as sequence {@code tag}; without any, the sequence is present and empty.
     *
     * @throws org.isocenter.dicom.data.DicomValueException when one cannot be written as it is
     */
    public static void write(Attributes to, int tag, List<Code> codes) {
        to.setSequence(tag, codes.stream().map(code -> item(to, code)).toList());
    }

    private static Attributes item(Attributes parent, Code code) {
        Attributes item = parent.newItem();
        item.setString(valueTag(code.value()), code.value());
        if (!code.scheme().isEmpty()) {
            item.setString(Tag.CodingSchemeDesignator, code.scheme());
        }
        if (!code.schemeVersion().isEmpty()) {
            item.setString(Tag.CodingSchemeVersion, code.schemeVersion());
        }
        item.setString(Tag.CodeMeaning, code.meaning());
        return item;
    }

    private static int valueTag(String value) {
        if (value.startsWith("urn:") || value.contains("://")) {
            return Tag.URNCodeValue;
        }
        return value.length() <= VR.SH.maxCharacters() ? Tag.CodeValue : Tag.LongCodeValue;
    }

    /** The codes of sequence {@code tag}; what an item does not tell is empty. */
    public static List<Code> read(Attributes from, int tag) {
        return from.getSequence(tag).stream().map(Codes::code).toList();
    }

    private static Code code(Attributes item) {
        String value = null;
        for (int tag : new int[] {Tag.CodeValue, Tag.LongCodeValue, Tag.URNCodeValue}) {
            value = value == null ? item.getString(tag) : value;
        }
        return new Code(
                value,
                item.getString(Tag.CodingSchemeDesignator),
                item.getString(Tag.CodeMeaning),
                item.getString(Tag.CodingSchemeVersion));
    }
}
