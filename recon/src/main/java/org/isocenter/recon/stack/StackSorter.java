package org.isocenter.recon.stack;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.recon.mrd.MrdNotes;

/** First step of any reconstruction: which readout belongs to which volume and slice. */
public final class StackSorter {
    /** Directions closer than this are the same. */
    private static final double SAME_DIRECTION = 1e-3;

    private static final Comparator<Stack.Kind> KIND_ORDER = Comparator.comparingInt(Stack.Kind::contrast)
            .thenComparingInt(Stack.Kind::phase)
            .thenComparingInt(Stack.Kind::repetition)
            .thenComparingInt(Stack.Kind::set)
            .thenComparingInt(Stack.Kind::average);

    private final MrdNotes notes;

    public StackSorter(MrdNotes notes) {
        this.notes = notes;
    }

    /** As {@link #sort(RawData, int, boolean)}, with all averages of an image in one stack. */
    public List<Stack> sort(RawData raw, int size) {
        return sort(raw, size, false);
    }

    /**
     * Sorts imaging readouts of all encoding spaces by their counters and geometry.
     *
     * @param size how many of the readouts to use
     * @param averagesApart whether each average becomes a stack of its own
     */
    public List<Stack> sort(RawData raw, int size, boolean averagesApart) {
        List<Encoding> encodings = raw.header().encodings();
        List<List<Readout>> bySpace = new ArrayList<>();
        encodings.forEach(encoding -> bySpace.add(new ArrayList<>()));
        for (int i = 0; i < size; i++) {
            Readout readout = raw.readout(i);
            ReadoutHeader header = readout.header();
            if (header.has(AcquisitionFlags.NOT_IMAGING)) {
                continue;
            }
            if (header.encodingSpace() >= encodings.size()) {
                notes.addForReadout(
                        header.scanCounter(), "encoding_space_ref names an encoding that is not there: left out");
            } else if (header.samples() == 0 || header.channels() == 0) {
                notes.addForReadout(header.scanCounter(), "no samples: left out");
            } else {
                bySpace.get(header.encodingSpace()).add(readout);
            }
        }
        List<Stack> stacks = new ArrayList<>();
        for (int space = 0; space < encodings.size(); space++) {
            stacks.addAll(sortSpace(space, encodings.get(space), bySpace.get(space), averagesApart));
        }
        return stacks;
    }

    private static boolean isCalibrationOnly(ReadoutHeader header) {
        return header.has(AcquisitionFlags.PARALLEL_CALIBRATION)
                && !header.has(AcquisitionFlags.PARALLEL_CALIBRATION_AND_IMAGING);
    }

    private List<Stack> sortSpace(int space, Encoding encoding, List<Readout> readouts, boolean averagesApart) {
        if (readouts.isEmpty()) {
            return List.of();
        }
        List<EncodingGeometry> orientations = new ArrayList<>();
        Map<Stack.Kind, Map<Integer, Map<Integer, Slab>>> slabs = new TreeMap<>(KIND_ORDER);
        Map<List<Integer>, Map<Stack.Kind, List<Readout>>> calibration = new HashMap<>();
        int channels = readouts.get(0).header().channels();
        // Most readouts go where the one before went: scans have many, and looking each up takes its time.
        Stack.Kind lastKind = null;
        int lastOrientation = -1;
        Slab last = null;
        for (Readout readout : readouts) {
            ReadoutHeader header = readout.header();
            if (header.channels() != channels) {
                notes.addForReadout(header.scanCounter(), "not the same number of channels as the others: left out");
                continue;
            }
            EncodingCounters c = header.counters();
            int average = averagesApart ? c.average() : 0;
            Stack.Kind kind = lastKind != null && lastKind.has(c, average)
                    ? lastKind
                    : new Stack.Kind(c.contrast(), c.phase(), c.repetition(), c.set(), average);
            int orientation = orientation(orientations, header.geometry());
            if (isCalibrationOnly(header)) {
                calibration
                        .computeIfAbsent(List.of(orientation, c.slice()), place -> new TreeMap<>(KIND_ORDER))
                        .computeIfAbsent(kind, k -> new ArrayList<>())
                        .add(readout);
            } else {
                if (kind != lastKind || orientation != lastOrientation || c.slice() != last.sliceCounter()) {
                    last = slabs.computeIfAbsent(kind, k -> new TreeMap<>())
                            .computeIfAbsent(orientation, index -> new TreeMap<>())
                            .computeIfAbsent(c.slice(), slice -> new Slab(slice, header.geometry(), new ArrayList<>()));
                    lastKind = kind;
                    lastOrientation = orientation;
                }
                last.readouts().add(readout);
            }
        }
        slabs.forEach((kind, byOrientation) -> byOrientation.forEach((orientation, bySlice) -> bySlice.replaceAll(
                (slice, slab) -> calibrated(slab, kind, calibration.get(List.of(orientation, slice))))));
        List<Stack> stacks = new ArrayList<>();
        slabs.forEach((kind, byOrientation) -> byOrientation.forEach((orientation, bySlice) ->
                stacks.addAll(stacks(space, encoding, kind, orientation, List.copyOf(bySlice.values())))));
        return stacks;
    }

    /** Calibrated by lines of its own kind, or by those of the first that has any: most scans measure them once. */
    private static Slab calibrated(Slab slab, Stack.Kind kind, Map<Stack.Kind, List<Readout>> calibration) {
        if (calibration == null) {
            return slab;
        }
        List<Readout> lines =
                calibration.getOrDefault(kind, calibration.values().iterator().next());
        return new Slab(slab.sliceCounter(), slab.geometry(), slab.readouts(), lines);
    }

    /** The index of the known orientation that this one equals, or of a new one. */
    private static int orientation(List<EncodingGeometry> known, EncodingGeometry geometry) {
        for (int i = 0; i < known.size(); i++) {
            EncodingGeometry other = known.get(i);
            if (other.read() == geometry.read() && other.phase() == geometry.phase()
                    || other.read().minus(geometry.read()).norm() < SAME_DIRECTION
                            && other.phase().minus(geometry.phase()).norm() < SAME_DIRECTION) {
                return i;
            }
        }
        known.add(geometry);
        return known.size() - 1;
    }

    /** Slices are sorted along their normal; every slab of a 3D scan is a volume of its own. */
    private static List<Stack> stacks(
            int space, Encoding encoding, Stack.Kind kind, int orientation, List<Slab> slabs) {
        if (encoding.encodedZ() > 1 || encoding.reconZ() > 1) {
            return slabs.stream()
                    .map(slab -> new Stack(space, encoding, kind, orientation, List.of(slab)))
                    .toList();
        }
        List<Slab> sorted = new ArrayList<>(slabs);
        sorted.sort(Comparator.comparingDouble(
                slab -> slab.geometry().centerMeters().dot(slab.geometry().slice())));
        return List.of(new Stack(space, encoding, kind, orientation, sorted));
    }
}
