package org.isocenter.recon.layout;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the axes of an array count, in the order in which whoever wrote the file names them: NumPy's {@code shape}, MATLAB's
 * {@code size}, BART's dimensions.
 */
public record Layout(List<Axis> axes) {
    /** By bart/src/misc/mri.h: read, two phases, coils, maps, echoes, coefficients …, time, …, slices, averages. */
    private static final Layout BART = parse("x,y,z,channel,1,contrast,1,1,1,1,repetition,set,1,slice,average,1");

    /** Planes across the readouts, with which BART's own examples begin: read has one element, and lines run along the first phase. */
    private static final Layout BART_PLANES =
            parse("1,x,y,channel,1,contrast,1,1,1,1,repetition,set,1,slice,average,1");

    private static final List<Layout> NUMPY =
            List.of(parse("x"), parse("y,x"), parse("channel,y,x"), parse("channel,z,y,x"));
    private static final List<Layout> MATLAB =
            List.of(parse("x"), parse("y,x"), parse("y,x,channel"), parse("y,x,z,channel"));

    public Layout {
        axes = List.copyOf(axes);
        Set<Axis> seen = EnumSet.noneOf(Axis.class);
        for (Axis axis : axes) {
            if (axis != Axis.NONE && !seen.add(axis)) {
                throw new IllegalArgumentException("the axis " + axis + " comes twice");
            }
        }
        if (!seen.contains(Axis.X)) {
            throw new IllegalArgumentException("no axis is x, the samples of a readout");
        }
    }

    /**
     * Of "channel,y,x".
     *
     * @throws IllegalArgumentException for an axis that is none, comes twice, or is missing
     */
    public static Layout parse(String text) {
        List<Axis> axes = new ArrayList<>();
        for (String name : text.split(",", -1)) {
            axes.add(Axis.of(name));
        }
        return new Layout(axes);
    }

    /**
     * What such arrays mostly are, axes of one element left out: BART's fixed order, or planes of it; "y,x", "channel,y,x", "channel,z,y,x" in NumPy; "y,x", "y,x,channel",
     * "y,x,z,channel" in MATLAB.
     *
     * @throws ArrayFormatException when there is no telling
     */
    static Layout usual(ArrayFile file, ComplexArray array) throws ArrayFormatException {
        int axes = array.shape().length;
        if (file.kind() == ArrayFile.Kind.BART) {
            Layout bart = axes > 1 && array.shape()[0] == 1 ? BART_PLANES : BART;
            return new Layout(bart.axes.subList(0, Math.max(1, Math.min(axes, bart.axes.size()))));
        }
        axes = Math.max(1, array.squeezed().shape().length);
        if (axes < 1 || axes > NUMPY.size()) {
            throw new ArrayFormatException(
                    file.path(), "is " + array.shapeText() + ": name its axes, as in --layout channel,slice,y,x");
        }
        return (file.kind() == ArrayFile.Kind.MATLAB ? MATLAB : NUMPY).get(axes - 1);
    }

    /** With x and y exchanged. */
    Layout withReadoutsFirst() {
        return new Layout(axes.stream()
                .map(axis -> axis == Axis.X ? Axis.Y : axis == Axis.Y ? Axis.X : axis)
                .toList());
    }

    /**
     * The array with as many axes as this names. Where it has more, those of one element are left out.
     *
     * @throws ArrayFormatException with the array's shape, when it does not fit
     */
    ComplexArray fit(Path file, ComplexArray array) throws ArrayFormatException {
        ComplexArray fitting = array;
        if (array.shape().length != axes.size()) {
            fitting = array.squeezed();
        }
        if (fitting.shape().length != axes.size()) {
            throw new ArrayFormatException(
                    file,
                    "is " + array.shapeText() + " (" + array.shape().length + " axes), the layout " + this + " has "
                            + axes.size() + ": name each axis by --layout");
        }
        for (int i = 0; i < axes.size(); i++) {
            int extent = fitting.shape()[i];
            if (extent < 1 || axes.get(i) == Axis.NONE && extent != 1) {
                throw new ArrayFormatException(
                        file,
                        "is " + array.shapeText() + ", and " + extent + " elements do not fit the axis " + axes.get(i)
                                + " of the layout " + this + ": name each axis by --layout");
            }
        }
        return fitting;
    }

    /** "channel,y,x". */
    @Override
    public String toString() {
        return axes.stream().map(Axis::toString).collect(Collectors.joining(","));
    }
}
