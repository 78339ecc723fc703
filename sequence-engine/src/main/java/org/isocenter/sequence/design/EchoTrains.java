package org.isocenter.sequence.design;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Which echo of a train measures which lines of k-space (Hennig et al., Magn Reson Med 3:823, 1986). The lines are cut into
 * as many bands as there are echoes, and each shot takes one line of every band, so that neighbouring lines have the same
 * echo time but at the bands' edges. The echo that measures the central line gives the effective echo time.
 *
 * <p>{@link LineOrder} says how bands follow one another in a train:
 * <ul>
 *   <li>CENTRIC: the band about the centre comes with any wanted echo, bands farther out with echoes farther from it;
 *   <li>LINEAR: from one edge of k-space to the other; the centre comes where it lies among the measured lines;
 *   <li>IN_OUT: a band has lines on both sides of the centre, and bands go outwards: the centre is the first echo's;
 *   <li>OUT_IN: the same backwards: the centre is the last echo's.
 * </ul>
 */
public final class EchoTrains {
    private EchoTrains() {}

    /**
     * The echo (from 0) of the line nearest to the centre, for an order that leaves no choice; for CENTRIC the wanted one.
     *
     * @param lines measured lines, ascending
     * @param center line at the centre of k-space
     * @param echoes of a train
     * @param wanted from 0
     */
    public static int centralEcho(LineOrder order, int[] lines, int center, int echoes, int wanted) {
        return switch (order) {
            case CENTRIC -> wanted;
            case LINEAR -> nearest(lines, center) / shots(lines, echoes);
            case IN_OUT -> 0;
            case OUT_IN -> echoes - 1;
        };
    }

    /**
     * The lines in the order of time.
     *
     * @param lines measured lines, ascending
     * @param center line at the centre of k-space
     * @param echoes of a train
     * @param wanted echo (from 0) of the centre, for CENTRIC
     * @return {@code [shot][echo]}: the line, or -1 for an echo that measures nothing
     */
    public static int[][] trains(LineOrder order, int[] lines, int center, int echoes, int wanted) {
        int shots = shots(lines, echoes);
        int[][] trains = new int[shots][echoes];
        int[][] bands = switch (order) {
            case LINEAR -> stripes(lines, 0, shots, echoes);
            case CENTRIC -> stripes(lines, nearest(lines, center) - shots / 2, shots, echoes);
            case IN_OUT, OUT_IN -> rings(lines, center, shots, echoes);
        };
        int[] bandOfEcho = bandOfEcho(order, bands, center, echoes, wanted);
        for (int shot = 0; shot < shots; shot++) {
            for (int echo = 0; echo < echoes; echo++) {
                trains[shot][echo] = bands[bandOfEcho[echo]][shot];
            }
        }
        return trains;
    }

    private static int shots(int[] lines, int echoes) {
        return (lines.length + echoes - 1) / echoes;
    }

    private static int nearest(int[] lines, int center) {
        int best = 0;
        for (int i = 1; i < lines.length; i++) {
            if (Math.abs(lines[i] - center) < Math.abs(lines[best] - center)) {
                best = i;
            }
        }
        return best;
    }

    /** Neighbouring lines from index {@code first} on; what goes over one edge of k-space comes in at the other. */
    private static int[][] stripes(int[] lines, int first, int shots, int echoes) {
        int[][] bands = new int[echoes][shots];
        for (int i = 0; i < shots * echoes; i++) {
            int index = Math.floorMod(first + i, shots * echoes);
            bands[i / shots][i % shots] = index < lines.length ? lines[index] : -1;
        }
        return bands;
    }

    /** Lines of like distance from the centre, from the centre outwards. */
    private static int[][] rings(int[] lines, int center, int shots, int echoes) {
        Integer[] byDistance = Arrays.stream(lines).boxed().toArray(Integer[]::new);
        Arrays.sort(byDistance, Comparator.comparingInt(line -> Math.abs(line - center)));
        int[][] bands = new int[echoes][shots];
        for (int band = 0; band < echoes; band++) {
            Arrays.fill(bands[band], -1);
            int from = Math.min(band * shots, lines.length);
            int to = Math.min(from + shots, lines.length);
            int[] ring = Arrays.stream(byDistance, from, to)
                    .mapToInt(i -> i)
                    .sorted()
                    .toArray();
            System.arraycopy(ring, 0, bands[band], 0, ring.length);
        }
        return bands;
    }

    private static int[] bandOfEcho(LineOrder order, int[][] bands, int center, int echoes, int wanted) {
        int[] result = new int[echoes];
        List<Integer> byPlace = upTo(echoes);
        List<Integer> byTime = upTo(echoes);
        if (order == LineOrder.CENTRIC) {
            // The first stripe is the one about the centre, whatever is left out of it.
            byPlace.subList(1, echoes).sort(Comparator.comparingDouble(band -> distance(bands[band], center)));
            byTime.sort(Comparator.comparingInt(echo -> Math.abs(echo - wanted)));
        } else if (order == LineOrder.OUT_IN) {
            byTime.sort(Comparator.reverseOrder());
        }
        for (int i = 0; i < echoes; i++) {
            result[byTime.get(i)] = byPlace.get(i);
        }
        return result;
    }

    /** Mean distance of a band from the centre; that without lines is the farthest. */
    private static double distance(int[] band, int center) {
        return Arrays.stream(band)
                .filter(line -> line >= 0)
                .map(line -> Math.abs(line - center))
                .average()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private static List<Integer> upTo(int count) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(i);
        }
        return all;
    }
}
