package org.isocenter.dicom.nifti;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.model.Diffusion;
import org.isocenter.model.Vec3;

/**
 * One picture of a single-frame or multi-frame image, with its attributes wherever they are: its own functional groups, those
 * that all frames share, or the image itself.
 */
final class Frame {
    private static final int MAX_DEPTH = 3;

    private final Attributes object;
    private final List<Attributes> groups;
    private final int index;

    private Frame(Attributes object, List<Attributes> groups, int index) {
        this.object = object;
        this.groups = groups;
        this.index = index;
    }

    /** All of an image, in order. */
    static List<Frame> of(Attributes object) {
        List<Attributes> own = object.getSequence(Tag.PerFrameFunctionalGroupsSequence);
        if (own.isEmpty()) {
            return List.of(new Frame(object, List.of(), 0));
        }
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            List<Attributes> groups = new ArrayList<>();
            groups.add(own.get(i));
            groups.addAll(object.getSequence(Tag.SharedFunctionalGroupsSequence));
            frames.add(new Frame(object, groups, i));
        }
        return frames;
    }

    Attributes object() {
        return object;
    }

    /** The data set that holds the attribute; the image when none does. */
    private Attributes holder(int tag) {
        for (Attributes group : groups) {
            Attributes found = search(group, tag, MAX_DEPTH);
            if (found != null) {
                return found;
            }
        }
        return object;
    }

    private static Attributes search(Attributes in, int tag, int depth) {
        if (in.contains(tag)) {
            return in;
        }
        for (int each : depth > 0 ? in.tags() : new int[0]) {
            List<Attributes> items = in.getSequence(each);
            Attributes found = items.isEmpty() ? null : search(items.get(0), tag, depth - 1);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    double[] numbers(int tag) {
        return holder(tag).getDoubles(tag);
    }

    /** The first value; NaN when there is none. */
    double number(int tag) {
        double[] all = numbers(tag);
        return all.length == 0 ? Double.NaN : all[0];
    }

    /** The first text; empty when there is none. */
    String text(int tag) {
        String text = holder(tag).getString(tag);
        return text == null ? "" : text;
    }

    String[] texts(int tag) {
        return holder(tag).getStrings(tag);
    }

    List<Attributes> items(int tag) {
        return holder(tag).getSequence(tag);
    }

    int rows() {
        return object.getInt(Tag.Rows, 0);
    }

    int columns() {
        return object.getInt(Tag.Columns, 0);
    }

    boolean hasGeometry() {
        return numbers(Tag.ImagePositionPatient).length == 3
                && numbers(Tag.ImageOrientationPatient).length == 6
                && numbers(Tag.PixelSpacing).length == 2;
    }

    /** Centre of the first pixel in mm, LPS. */
    Vec3 position() {
        double[] position = numbers(Tag.ImagePositionPatient);
        return new Vec3(position[0], position[1], position[2]);
    }

    Vec3 row() {
        double[] directions = numbers(Tag.ImageOrientationPatient);
        return new Vec3(directions[0], directions[1], directions[2]);
    }

    Vec3 column() {
        double[] directions = numbers(Tag.ImageOrientationPatient);
        return new Vec3(directions[3], directions[4], directions[5]);
    }

    /** In ms; NaN when it is not told. */
    double echoTime() {
        double echoTime = number(Tag.EffectiveEchoTime);
        return Double.isNaN(echoTime) ? number(Tag.EchoTime) : echoTime;
    }

    /** Null when the image is not about diffusion. */
    Diffusion diffusion() {
        double b = number(Tag.DiffusionBValue);
        if (Double.isNaN(b)) {
            return null;
        }
        double[] direction = numbers(Tag.DiffusionGradientOrientation);
        boolean told = direction.length == 3;
        return new Diffusion(b * 1e6, told ? new Vec3(direction[0], direction[1], direction[2]) : Vec3.ZERO);
    }

    /** Which part of the complex image; empty for magnitudes and maps. */
    String component() {
        String told = text(Tag.ComplexImageComponent);
        String[] type = texts(Tag.ImageType);
        String component = told.isEmpty() && type.length > 3 ? type[3] : told;
        return switch (component) {
            case "PHASE", "REAL", "IMAGINARY" -> component;
            default -> "";
        };
    }

    boolean isSigned() {
        return object.getInt(Tag.PixelRepresentation, 0) == 1;
    }

    /** Whether the pixels are plain 16-bit numbers, all of them there. */
    boolean isReadable() {
        long bytes = 2L * rows() * columns();
        return object.getInt(Tag.BitsAllocated, 0) == 16
                && object.getInt(Tag.SamplesPerPixel, 1) == 1
                && bytes > 0
                && object.getBytes(Tag.PixelData).length >= (index + 1) * bytes;
    }

    /** The stored bytes of one row, as they are: little endian. */
    void copyRow(int row, byte[] to, int offset) {
        int bytes = 2 * columns();
        int from = (index * rows() + row) * bytes;
        System.arraycopy(object.getBytes(Tag.PixelData), from, to, offset, bytes);
    }
}
