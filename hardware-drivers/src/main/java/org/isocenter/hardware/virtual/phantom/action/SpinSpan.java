package org.isocenter.hardware.virtual.phantom.action;

import java.util.Arrays;

/** Which of the listed spins an action moves; these are the action's rows. Numbers count from 0. Immutable. */
public sealed interface SpinSpan {
    int count();

    /** The spin's place among those of the span, or -1 when it is not one of them. */
    int row(int spin);

    /** The spin in this row. */
    int spin(int row);

    /** Evenly spaced. */
    record Range(int first, int step, int count) implements SpinSpan {
        public Range {
            if (first < 0 || step < 1 || count < 1) {
                throw new IllegalArgumentException("a range of spins starts with spin " + (first + 1L) + " and has "
                        + count + " in steps of " + step + ": it must start at 1 or later and ascend");
            }
        }

        @Override
        public int row(int spin) {
            int from = spin - first;
            return from < 0 || from % step != 0 || from / step >= count ? -1 : from / step;
        }

        @Override
        public int spin(int row) {
            return first + row * step;
        }
    }

    /** One by one. */
    final class Listed implements SpinSpan {
        private final int[] spins;

        /** @param spins ascending */
        public Listed(int[] spins) {
            for (int i = 0; i < spins.length; i++) {
                if (spins[i] < 0 || i > 0 && spins[i] <= spins[i - 1]) {
                    throw new IllegalArgumentException("index " + (i + 1) + " of a list of spins is " + (spins[i] + 1L)
                            + ": indices count from 1 and must ascend");
                }
            }
            this.spins = spins.clone();
        }

        @Override
        public int count() {
            return spins.length;
        }

        @Override
        public int row(int spin) {
            return Math.max(-1, Arrays.binarySearch(spins, spin));
        }

        @Override
        public int spin(int row) {
            return spins[row];
        }
    }
}
