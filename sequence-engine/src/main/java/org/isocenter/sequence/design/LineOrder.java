package org.isocenter.sequence.design;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** In which order indices along one encoding axis are measured. */
public enum LineOrder {
    /** From one edge of k-space through its centre to the other. */
    LINEAR,
    /** From the centre outwards, from side to side: the contrast is that of the first lines. */
    CENTRIC,
    /** From the centre to the upper edge, then from the centre to the lower one: no jumps but one. */
    IN_OUT,
    /** {@link #CENTRIC} backwards: the contrast is that of the last lines. */
    OUT_IN;

    /** What people write: "in-out". */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static List<String> labels() {
        return Arrays.stream(values()).map(LineOrder::label).toList();
    }

    /**
     * The indices in this order.
     *
     * @param indices in any order, no two alike
     * @param center the index of k = 0
     */
    public List<Integer> arranged(List<Integer> indices, int center) {
        List<Integer> result = indices.stream().sorted(comparator(center)).toList();
        if (this != OUT_IN) {
            return result;
        }
        List<Integer> backwards = new ArrayList<>(result);
        Collections.reverse(backwards);
        return List.copyOf(backwards);
    }

    private Comparator<Integer> comparator(int center) {
        Comparator<Integer> byDistance = Comparator.comparingInt(i -> Math.abs(i - center));
        return switch (this) {
            case LINEAR -> Comparator.naturalOrder();
            case CENTRIC, OUT_IN -> byDistance.thenComparing(Comparator.naturalOrder());
            case IN_OUT -> Comparator.comparing((Integer i) -> i < center).thenComparing(byDistance);
        };
    }
}
