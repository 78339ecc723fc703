package org.isocenter.dicom.iod;

import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.model.SopReference;

/** Pointers to instances as items of a sequence (PS3.3 table 10-11). */
public final class SopReferences {
    private SopReferences() {}

    /**
     * Writes the references as sequence {@code tag}; without any, the sequence is present and empty.
     *
     * @throws org.isocenter.dicom.data.DicomValueException when one holds no UIDs
     */
    public static void write(Attributes to, int tag, List<SopReference> references) {
        to.setSequence(
                tag,
                references.stream()
                        .map(reference -> {
                            Attributes item = to.newItem();
                            item.setString(Tag.ReferencedSOPClassUID, reference.sopClassUid());
                            item.setString(Tag.ReferencedSOPInstanceUID, reference.sopInstanceUid());
                            return item;
                        })
                        .toList());
    }

    /** The references of sequence {@code tag}; an item without both UIDs points nowhere and is left out. */
    public static List<SopReference> read(Attributes from, int tag) {
        return from.getSequence(tag).stream()
                .filter(item -> item.getString(Tag.ReferencedSOPClassUID) != null
                        && item.getString(Tag.ReferencedSOPInstanceUID) != null)
                .map(item -> new SopReference(
                        item.getString(Tag.ReferencedSOPClassUID), item.getString(Tag.ReferencedSOPInstanceUID)))
                .toList();
    }
}
