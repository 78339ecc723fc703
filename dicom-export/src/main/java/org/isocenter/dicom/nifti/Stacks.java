package org.isocenter.dicom.nifti;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;

/** Sorts frames into volumes: by series, echo, part of the complex image, size and orientation; then by place, then in time. */
final class Stacks {
    private static final double SAME_PLACE_MILLIMETERS = 1e-3;
    private static final double SAME_DIRECTION = 1e-4;

    private Stacks() {}

    /** @throws NiftiException when frames of a series do not make whole volumes */
    static List<Stack> of(List<Attributes> objects) throws NiftiException {
        Map<List<Object>, List<Frame>> alike = new LinkedHashMap<>();
        List<Attributes> sorted = new ArrayList<>(objects);
        sorted.sort(Comparator.comparingInt((Attributes object) -> object.getInt(Tag.SeriesNumber, 0))
                .thenComparingInt(object -> object.getInt(Tag.InstanceNumber, 0)));
        for (Attributes object : sorted) {
            for (Frame frame : Frame.of(object)) {
                if (frame.hasGeometry() && frame.isReadable()) {
                    alike.computeIfAbsent(key(frame), k -> new ArrayList<>()).add(frame);
                }
            }
        }
        List<Stack> stacks = new ArrayList<>();
        for (List<Frame> frames : alike.values()) {
            stacks.add(stack(frames));
        }
        return stacks;
    }

    private static List<Object> key(Frame frame) {
        return List.of(
                frame.text(Tag.SeriesInstanceUID),
                frame.echoTime(),
                frame.component(),
                frame.rows(),
                frame.columns(),
                Arrays.stream(frame.numbers(Tag.ImageOrientationPatient))
                        .mapToObj(number -> Math.rint(number / SAME_DIRECTION))
                        .toList());
    }

    private static Stack stack(List<Frame> frames) throws NiftiException {
        String series = frames.get(0).text(Tag.SeriesNumber);
        List<List<Frame>> places = new ArrayList<>();
        for (Frame frame : frames) {
            List<Frame> same = null;
            for (List<Frame> place : places) {
                double apart = place.get(0).position().minus(frame.position()).norm();
                same = apart < SAME_PLACE_MILLIMETERS ? place : same;
            }
            if (same == null) {
                same = new ArrayList<>();
                places.add(same);
            }
            same.add(frame);
        }
        int volumes = places.get(0).size();
        if (places.stream().anyMatch(place -> place.size() != volumes)) {
            throw new NiftiException(series, "not every slice has the same number of images: some are missing");
        }
        Stack stack = Stack.of(places);
        if (!stack.isEven()) {
            throw new NiftiException(series, "the slices do not lie one above the other at even distances");
        }
        return stack;
    }
}
