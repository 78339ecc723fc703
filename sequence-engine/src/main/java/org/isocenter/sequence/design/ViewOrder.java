package org.isocenter.sequence.design;

import java.util.ArrayList;
import java.util.List;

/** In what order k-space lines are measured. */
public final class ViewOrder {
    private ViewOrder() {}

    /** k of line {@code index} of {@code count}, in 1/m: index count/2 is the centre. */
    public static double kPerMeter(int index, int count, double fovMeters) {
        return (index - count / 2) / fovMeters;
    }

    /** Largest |k| of {@code count} lines, in 1/m. */
    public static double largestKPerMeter(int count, double fovMeters) {
        return count / 2 / fovMeters;
    }

    /** From the centre outwards. */
    public static int[] centric(int count) {
        int[] order = new int[count];
        int center = count / 2;
        for (int i = 0; i < count; i++) {
            int away = (i + 1) / 2;
            order[i] = i % 2 == 1 ? center - away : center + away;
        }
        return order;
    }

    /** Even ones first, then odd ones: neighbours are not excited one after the other. */
    public static int[] interleaved(int count) {
        int[] order = new int[count];
        int half = (count + 1) / 2;
        for (int i = 0; i < count; i++) {
            order[i] = i < half ? 2 * i : 2 * (i - half) + 1;
        }
        return order;
    }

    /**
     * An order cut into interleaved trains: train t measures entries t, t + trains, t + 2·trains, … So each train goes through
     * the order from its beginning to its end.
     *
     * @param longest train
     * @return the trains, their lengths alike to within one
     */
    public static <T> List<List<T>> segmented(List<T> order, int longest) {
        int trains = (order.size() + longest - 1) / longest;
        List<List<T>> result = new ArrayList<>();
        for (int train = 0; train < trains; train++) {
            List<T> entries = new ArrayList<>();
            for (int i = train; i < order.size(); i += trains) {
                entries.add(order.get(i));
            }
            result.add(entries);
        }
        return result;
    }
}
