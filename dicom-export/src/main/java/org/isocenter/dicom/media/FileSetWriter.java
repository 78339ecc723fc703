package org.isocenter.dicom.media;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomWriter;

/**
 * Writes a file-set for media: images under short names, and a DICOMDIR that leads to them by patient, study and series (PS3.10
 * chapter 8, PS3.3 annex F, PS3.11 profile STD-GEN-CD). The directory comes last, and whole. One thread.
 */
public final class FileSetWriter {
    /** The name of a file-set's directory. */
    public static final String DIRECTORY = "DICOMDIR";

    private static final String FOLDER = "IMAGES";
    private static final int SEQUENCE_HEADER_BYTES = 12;
    private static final String NO_DATE = "19000101";
    private static final String NO_TIME = "000000";

    private final Path root;
    private final Map<String, DirectoryRecord> patients = new LinkedHashMap<>();
    private int images;
    private int studies;

    /**
     * @param root of the file-set; made when missing
     * @throws FileAlreadyExistsException when there is a file-set already: a medium is written once
     */
    public FileSetWriter(Path root) throws IOException {
        this.root = root;
        for (String name : List.of(DIRECTORY, FOLDER)) {
            if (Files.exists(root.resolve(name))) {
                throw new FileAlreadyExistsException(root.resolve(name).toString());
            }
        }
        Files.createDirectories(root.resolve(FOLDER));
    }

    /** How many images are in it. */
    public int images() {
        return images;
    }

    /** Adds an image. Returns false, and adds nothing, when the object is none. */
    public boolean add(Attributes object) throws IOException {
        if (!object.contains(Tag.PixelData)) {
            return false;
        }
        images++;
        String name = String.format(Locale.ROOT, "IM%06d", images);
        DicomWriter.write(root.resolve(FOLDER).resolve(name), object);
        Attributes from = object.inUnicode();
        DirectoryRecord series = series(from);
        Attributes keys = keys(from);
        orElse(keys, from, Tag.InstanceNumber, Integer.toString(images));
        keys.setString(Tag.ReferencedFileID, FOLDER, name);
        keys.setString(Tag.ReferencedSOPClassUIDInFile, from.getString(Tag.SOPClassUID));
        keys.setString(Tag.ReferencedSOPInstanceUIDInFile, from.getString(Tag.SOPInstanceUID));
        keys.setString(Tag.ReferencedTransferSyntaxUIDInFile, UID.ExplicitVRLittleEndian);
        series.add(from.getString(Tag.SOPInstanceUID), new DirectoryRecord("IMAGE", keys));
        return true;
    }

    private DirectoryRecord series(Attributes from) {
        String patientId = from.getString(Tag.PatientID);
        String patientName = from.getString(Tag.PatientName);
        String patientKey = patientId + "\\" + patientName;
        DirectoryRecord patient = patients.get(patientKey);
        if (patient == null) {
            Attributes keys = keys(from, Tag.PatientName);
            orElse(keys, from, Tag.PatientID, "UNNAMED-" + (patients.size() + 1));
            patient = new DirectoryRecord("PATIENT", keys);
            patients.put(patientKey, patient);
        }
        String studyUid = from.getString(Tag.StudyInstanceUID);
        DirectoryRecord study = patient.below(studyUid);
        if (study == null) {
            studies++;
            Attributes keys = keys(from, Tag.StudyDescription, Tag.StudyInstanceUID, Tag.AccessionNumber);
            orElse(keys, from, Tag.StudyDate, NO_DATE);
            orElse(keys, from, Tag.StudyTime, NO_TIME);
            orElse(keys, from, Tag.StudyID, Integer.toString(studies));
            study = patient.add(studyUid, new DirectoryRecord("STUDY", keys));
        }
        String seriesUid = from.getString(Tag.SeriesInstanceUID);
        DirectoryRecord series = study.below(seriesUid);
        if (series == null) {
            Attributes keys = keys(from, Tag.Modality, Tag.SeriesInstanceUID);
            orElse(keys, from, Tag.SeriesNumber, "0");
            series = study.add(seriesUid, new DirectoryRecord("SERIES", keys));
        }
        return series;
    }

    /**
     * Of these attributes those that the object has; type 2 ones of a record are there and empty otherwise. Records with texts have
     * a character set.
     */
    private static Attributes keys(Attributes from, int... tags) {
        Attributes keys = new Attributes();
        for (int tag : tags) {
            boolean wanted = tag == Tag.PatientName || tag == Tag.StudyDescription || tag == Tag.AccessionNumber;
            if (wanted) {
                keys.setString(Tag.SpecificCharacterSet, "ISO_IR 192");
            }
            if (from.contains(tag)) {
                keys.setBytes(tag, from.vr(tag), from.getBytes(tag));
            } else if (wanted) {
                keys.setEmpty(tag);
            }
        }
        return keys;
    }

    /** What a directory must tell by, and an object need not: a placeholder that means nothing. */
    private static void orElse(Attributes keys, Attributes from, int tag, String placeholder) {
        String text = from.getString(tag);
        keys.setString(tag, text == null ? placeholder : text);
    }

    /** Writes the directory. */
    public void finish() throws IOException {
        List<DirectoryRecord> top = new ArrayList<>(patients.values());
        List<DirectoryRecord> all = new ArrayList<>();
        top.forEach(record -> record.collect(all));
        Attributes directory = new Attributes();
        directory.setString(Tag.FileSetID, "ISOCENTER");
        directory.setInt(Tag.OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity, 0);
        directory.setInt(Tag.OffsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity, 0);
        directory.setInt(Tag.FileSetConsistencyFlag, 0);
        byte[] start = DicomWriter.toFileStart(UID.MediaStorageDirectory, UID.create(), UID.ExplicitVRLittleEndian);
        int before = DicomWriter.toBytes(directory, UID.ExplicitVRLittleEndian).length;
        DirectoryRecord.place(all, (long) start.length + before + SEQUENCE_HEADER_BYTES);
        DirectoryRecord.link(top);
        if (!top.isEmpty()) {
            directory.setInt(
                    Tag.OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity,
                    Math.toIntExact(top.get(0).offset()));
            directory.setInt(
                    Tag.OffsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity,
                    Math.toIntExact(top.get(top.size() - 1).offset()));
        }
        directory.setSequence(
                Tag.DirectoryRecordSequence,
                all.stream().map(DirectoryRecord::attributes).toList());
        Path part = root.resolve("." + DIRECTORY + ".part");
        try {
            Files.write(part, start);
            Files.write(part, DicomWriter.toBytes(directory, UID.ExplicitVRLittleEndian), StandardOpenOption.APPEND);
            Files.move(part, root.resolve(DIRECTORY));
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
