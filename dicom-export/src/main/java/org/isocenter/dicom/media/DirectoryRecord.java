package org.isocenter.dicom.media;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomWriter;

/** A record of a DICOMDIR and those below it (PS3.3 F.3): the keys are fixed first, the offsets when all sizes are known. */
final class DirectoryRecord {
    private static final int ITEM_FRAME_BYTES = 16;
    private static final int IN_USE = 0xFFFF;

    private final Attributes attributes;
    private final Map<String, DirectoryRecord> below = new LinkedHashMap<>();
    private long offset;

    /** @param keys are taken over, and changed */
    DirectoryRecord(String type, Attributes keys) {
        attributes = keys;
        attributes.setString(Tag.DirectoryRecordType, type);
        attributes.setInt(Tag.RecordInUseFlag, IN_USE);
        setOffsets(0, 0);
    }

    /** The record of this name, if there is one. */
    DirectoryRecord below(String name) {
        return below.get(name);
    }

    DirectoryRecord add(String name, DirectoryRecord record) {
        below.put(name, record);
        return record;
    }

    /** This record and all below it, each before those that it leads to. */
    void collect(List<DirectoryRecord> all) {
        all.add(this);
        below.values().forEach(record -> record.collect(all));
    }

    Attributes attributes() {
        return attributes;
    }

    long offset() {
        return offset;
    }

    /** Gives the records their places, one after the other. */
    static void place(List<DirectoryRecord> records, long first) {
        long at = first;
        for (DirectoryRecord record : records) {
            record.offset = at;
            at += DicomWriter.toBytes(record.attributes, UID.ExplicitVRLittleEndian).length + ITEM_FRAME_BYTES;
        }
    }

    /** Links the records of one level and all levels below; they have their places. */
    static void link(List<DirectoryRecord> level) {
        for (int i = 0; i < level.size(); i++) {
            DirectoryRecord record = level.get(i);
            List<DirectoryRecord> lower = new ArrayList<>(record.below.values());
            long next = i + 1 < level.size() ? level.get(i + 1).offset : 0;
            record.setOffsets(next, lower.isEmpty() ? 0 : lower.get(0).offset);
            link(lower);
        }
    }

    private void setOffsets(long next, long lower) {
        attributes.setInt(Tag.OffsetOfTheNextDirectoryRecord, Math.toIntExact(next));
        attributes.setInt(Tag.OffsetOfReferencedLowerLevelDirectoryEntity, Math.toIntExact(lower));
    }
}
