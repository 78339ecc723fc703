package org.isocenter.recon.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import org.isocenter.model.Diffusion;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.Vec3;

/** Names that tell a scan's volumes apart, of what differs between them: "coronal, echo 2". */
public final class StackNames {
    private final List<Stack> stacks;
    /** Volumes of the same encoding space and orientation are pictures of the same place. */
    private final List<String> places;

    private final List<Diffusion> diffusion;

    /** @param sequence which may tell how the counter SET weights images by diffusion */
    public StackNames(List<Stack> stacks, SequenceParameters sequence) {
        this.stacks = stacks;
        this.diffusion = sequence.diffusion();
        this.places = stacks.stream().map(StackNames::place).distinct().toList();
    }

    public String of(Stack stack) {
        List<String> parts = new ArrayList<>();
        if (places.size() > 1) {
            parts.add(placeName(stack));
        }
        addIfVarying(parts, "echo", stack, s -> s.kind().contrast());
        addIfVarying(parts, "phase", stack, s -> s.kind().phase());
        addIfVarying(parts, "repetition", stack, s -> s.kind().repetition());
        if (stack.kind().set() < diffusion.size()) {
            parts.add(diffusionName(stack.kind().set()));
        } else {
            addIfVarying(parts, "set", stack, s -> s.kind().set());
        }
        return String.join(", ", parts);
    }

    /** "b 500", and the number of the direction where there are several. */
    private String diffusionName(int set) {
        double b = diffusion.get(set).secondsPerSquareMeter();
        String name = String.format(Locale.ROOT, "b %.0f", diffusion.get(set).secondsPerSquareMillimeter());
        long alike =
                diffusion.stream().filter(d -> d.secondsPerSquareMeter() == b).count();
        long before = diffusion.subList(0, set).stream()
                .filter(d -> d.secondsPerSquareMeter() == b)
                .count();
        return alike == 1 ? name : name + " direction " + (before + 1);
    }

    private String placeName(Stack stack) {
        String orientation = orientation(stack);
        List<String> alike = stacks.stream()
                .filter(other -> orientation(other).equals(orientation))
                .map(StackNames::place)
                .distinct()
                .toList();
        return alike.size() == 1 ? orientation : orientation + " " + (alike.indexOf(place(stack)) + 1);
    }

    private void addIfVarying(List<String> parts, String word, Stack stack, ToIntFunction<Stack> counter) {
        int value = counter.applyAsInt(stack);
        if (stacks.stream().anyMatch(other -> counter.applyAsInt(other) != value)) {
            parts.add(word + " " + (value + 1));
        }
    }

    private static String place(Stack stack) {
        boolean slab = stack.encoding().reconZ() > 1;
        return stack.encodingSpace() + "/" + stack.orientation() + "/"
                + (slab ? stack.slabs().get(0).sliceCounter() : 0);
    }

    /** By the axis that the slice direction is nearest to. */
    private static String orientation(Stack stack) {
        Vec3 normal = stack.slabs().get(0).geometry().slice();
        double x = Math.abs(normal.x());
        double y = Math.abs(normal.y());
        double z = Math.abs(normal.z());
        if (z >= x && z >= y) {
            return "axial";
        }
        return y >= x ? "coronal" : "sagittal";
    }
}
