package org.isocenter.dicom.validate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.DicomValueException;
import org.isocenter.dicom.data.Dictionary;
import org.isocenter.dicom.data.Tag;

/** Whether an image's pixels, frames and places fit together. */
final class ImageChecks {
    private static final double UNIT_TOLERANCE = 1e-3;
    private static final int BITS_A_BYTE = 8;

    private final Attributes object;
    private final List<Finding> findings = new ArrayList<>();

    ImageChecks(Attributes object) {
        this.object = object;
    }

    List<Finding> findings() {
        try {
            if (object.contains(Tag.PixelData)) {
                checkPixels();
            }
            checkPlanes(object, "");
            checkFrames();
            checkSide();
        } catch (DicomValueException e) {
            findings.add(new Finding(Dictionary.describe(e.tag()), "cannot be read as a number"));
        }
        return findings;
    }

    private void report(int tag, String problem) {
        findings.add(new Finding(Dictionary.describe(tag), problem));
    }

    private void checkPixels() {
        int allocated = object.getInt(Tag.BitsAllocated, 0);
        int stored = object.getInt(Tag.BitsStored, 0);
        if (stored < 1 || stored > allocated) {
            report(Tag.BitsStored, "must be from 1 to the " + allocated + " that are allocated, not " + stored);
        }
        if (object.getInt(Tag.HighBit, -1) != stored - 1) {
            report(Tag.HighBit, "must be one less than the bits that are stored");
        }
        long pixels = (long) object.getInt(Tag.Rows, 0)
                * object.getInt(Tag.Columns, 0)
                * object.getInt(Tag.SamplesPerPixel, 1)
                * object.getInt(Tag.NumberOfFrames, 1);
        long wanted = (pixels * allocated + BITS_A_BYTE - 1) / BITS_A_BYTE;
        long found = object.getBytes(Tag.PixelData).length;
        if (found != wanted + wanted % 2) {
            report(Tag.PixelData, "has " + found + " bytes; rows, columns, frames and bits make " + wanted);
        }
    }

    private void checkPlanes(Attributes in, String where) {
        double[] directions = in.getDoubles(Tag.ImageOrientationPatient);
        if (in.contains(Tag.ImageOrientationPatient) && !areOrthonormal(directions)) {
            findings.add(new Finding(
                    where + Dictionary.describe(Tag.ImageOrientationPatient),
                    "must be two unit vectors at a right angle"));
        }
        for (double spacing : in.getDoubles(Tag.PixelSpacing)) {
            if (!(spacing > 0)) {
                findings.add(new Finding(where + Dictionary.describe(Tag.PixelSpacing), "must be positive"));
            }
        }
        if (in.contains(Tag.ImagePositionPatient) && in.getDoubles(Tag.ImagePositionPatient).length != 3) {
            findings.add(new Finding(where + Dictionary.describe(Tag.ImagePositionPatient), "must be three numbers"));
        }
        for (int tag : in.tags()) {
            List<Attributes> items = in.getSequence(tag);
            for (int i = 0; i < items.size(); i++) {
                checkPlanes(items.get(i), where + Dictionary.describe(tag) + "[" + (i + 1) + "]/");
            }
        }
    }

    private static boolean areOrthonormal(double[] v) {
        if (v.length != 6) {
            return false;
        }
        double row = Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
        double column = Math.sqrt(v[3] * v[3] + v[4] * v[4] + v[5] * v[5]);
        double product = v[0] * v[3] + v[1] * v[4] + v[2] * v[5];
        return Math.abs(row - 1) < UNIT_TOLERANCE
                && Math.abs(column - 1) < UNIT_TOLERANCE
                && Math.abs(product) < UNIT_TOLERANCE;
    }

    private void checkFrames() {
        List<Attributes> frames = object.getSequence(Tag.PerFrameFunctionalGroupsSequence);
        if (frames.isEmpty()) {
            return;
        }
        if (frames.size() != object.getInt(Tag.NumberOfFrames, 1)) {
            report(Tag.PerFrameFunctionalGroupsSequence, "must have an item for each frame, not " + frames.size());
        }
        int dimensions = object.getSequence(Tag.DimensionIndexSequence).size();
        for (Attributes frame : frames) {
            for (Attributes content : frame.getSequence(Tag.FrameContentSequence)) {
                int[] values = content.getInts(Tag.DimensionIndexValues);
                boolean fromOne = Arrays.stream(values).allMatch(value -> value >= 1);
                if (values.length != dimensions || !fromOne) {
                    report(
                            Tag.DimensionIndexValues,
                            "must have " + dimensions + " numbers from 1, one for each dimension");
                    return;
                }
            }
        }
    }

    /** Of single images: where no part of the body is named, the side must be told, were it only that it is not known. */
    private void checkSide() {
        boolean single = object.getSequence(Tag.SharedFunctionalGroupsSequence).isEmpty();
        boolean told = object.getString(Tag.BodyPartExamined) != null
                || object.contains(Tag.Laterality)
                || object.getString(Tag.ImageLaterality) != null;
        if (single && !told && object.contains(Tag.PixelData)) {
            report(Tag.Laterality, "is missing, and no body part is named for which it may be");
        }
    }
}
