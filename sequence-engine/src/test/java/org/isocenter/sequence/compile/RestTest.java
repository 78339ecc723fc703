package org.isocenter.sequence.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Shape;
import org.isocenter.sequence.TestSystems;
import org.isocenter.sequence.check.SafetyCheck;
import org.junit.jupiter.api.Test;

class RestTest {
    private static final long US = 1_000_000;
    private static final long BLOCK = 2_000 * US;

    private final SystemLimits limits = TestSystems.generous();
    private final Sequence.Builder builder = new Sequence.Builder(Rasters.of(limits));

    /** A block of 2 ms with a pulse from 500 to 600 us. */
    private RestTest pulse(RfUse use) {
        double[] ones = new double[100];
        java.util.Arrays.fill(ones, 1);
        builder.block(
                BLOCK,
                builder.id(new RfPulse(100, new Shape(ones), null, null, 0, 500 * US, 0, 0, 0, 0, use)),
                0,
                0,
                0,
                0,
                0);
        return this;
    }

    /** A block of 2 ms with a window from 200 to 840 us. */
    private RestTest acquire() {
        builder.block(BLOCK, 0, 0, 0, 0, builder.id(new Adc(64, 10 * US, 200 * US, 0, 0, 0, 0, null)), 0);
        return this;
    }

    private RestTest wait(int blocks) {
        builder.delay(blocks * BLOCK);
        return this;
    }

    /** In microseconds; those of a kind only. */
    private List<List<Long>> rests(boolean afterReadout) throws Exception {
        EventTable table = EventCompiler.compile(SafetyCheck.check(builder.build(), limits));
        double ticksPerMicrosecond = table.clockHertz() * 1e-6;
        List<List<Long>> found = new ArrayList<>();
        for (Iterator<Rest> rests = table.rests(); rests.hasNext(); ) {
            Rest rest = rests.next();
            if (rest.afterReadout() == afterReadout) {
                found.add(List.of(
                        Math.round(rest.fromTick() / ticksPerMicrosecond),
                        Math.round(rest.toTick() / ticksPerMicrosecond)));
            }
        }
        return found;
    }

    @Test
    void liesBetweenTheLastWindowAndTheNextExcitation() throws Exception {
        pulse(RfUse.EXCITATION).acquire().wait(3).pulse(RfUse.EXCITATION).acquire();
        assertThat(rests(true)).containsExactly(List.of(2_840L, 10_500L));
    }

    @Test
    void noneIsWithinAnEchoTrainNorBetweenAPreparationAndItsReadout() throws Exception {
        pulse(RfUse.INVERSION)
                .wait(5)
                .pulse(RfUse.EXCITATION)
                .pulse(RfUse.REFOCUSING)
                .acquire();
        wait(5).pulse(RfUse.REFOCUSING).acquire();
        pulse(RfUse.INVERSION).wait(5).pulse(RfUse.EXCITATION).acquire();
        assertThat(rests(true)).containsExactly(List.of(30_840L, 32_500L));
    }

    @Test
    void dummyRepetitionsAreToldFromThoseThatWereRead() throws Exception {
        pulse(RfUse.INVERSION).pulse(RfUse.EXCITATION).wait(2);
        pulse(RfUse.INVERSION).pulse(RfUse.EXCITATION).acquire();
        assertThat(rests(false)).containsExactly(List.of(2_600L, 8_500L));
        assertThat(rests(true)).isEmpty();
    }
}
