package org.isocenter.recon.correct;

import org.isocenter.recon.array.ChannelGrid;
import org.junit.jupiter.api.Test;

class ScratchTest {
    @Test
    void a() {
        int[][] cases = {{64, 64, 1}, {65, 63, 1}, {128, 96, 1}, {32, 48, 24}};
        for (int[] c : cases) {
            ChannelGrid truth = SmoothPhaseObject.image(2, c[0], c[1], c[2]);
            for (int axis = 0; axis < 3; axis++) {
                if (c[axis] == 1) continue;
                for (double f : new double[] {0.5625, 0.625, 0.75, 0.875}) {
                    StringBuilder b =
                            new StringBuilder(c[0] + "x" + c[1] + "x" + c[2] + " axis " + axis + " f " + f + ": ");
                    for (PartialFourier.Method m : PartialFourier.Method.values()) {
                        for (int it :
                                m == PartialFourier.Method.POCS ? new int[] {1, 2, 4, 6, 10, 20} : new int[] {1}) {
                            ChannelGrid k = SmoothPhaseObject.kSpace(truth);
                            int n = c[axis];
                            SmoothPhaseObject.cut(k, axis, n - (int) Math.ceil(n * f), n - 1);
                            PartialFourier.complete(k, m, it);
                            b.append(m + " " + it + " "
                                    + String.format(
                                            "%.4f ", SmoothPhaseObject.error(SmoothPhaseObject.image(k), truth)));
                        }
                    }
                    System.out.println(b);
                }
            }
        }
    }
}
