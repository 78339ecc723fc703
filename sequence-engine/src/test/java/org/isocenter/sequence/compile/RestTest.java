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
    private List<List<Long>> rests(boolean certain) throws Exception {
        EventTable table = EventCompiler.compile(SafetyCheck.check(builder.build(), limits));
        double ticksPerMicrosecond = table.clockHertz() * 1e-6;
        List<List<Long>> found = new ArrayList<>();
        for (Iterator<Rest> rests = table.rests(); rests.hasNext(); ) {
            Rest rest = rests.next();
            if (rest.certain() == certain) {
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
    void liesBetweenWindowsOnlyAsLongAsNoPulseWasPlayed() throws Exception {
        acquire().acquire().wait(1).pulse(RfUse.EXCITATION).acquire().acquire();
        assertThat(rests(true)).containsExactly(List.of(840L, 2_200L), List.of(2_840L, 6_500L));
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
    void dummyRepetitionsAreCertainWhenThoseThatAreReadHaveTheirTiming() throws Exception {
        for (int dummy = 0; dummy < 2; dummy++) {
            pulse(RfUse.INVERSION).pulse(RfUse.EXCITATION).wait(2);
        }
        for (int read = 0; read < 3; read++) {
            pulse(RfUse.INVERSION).pulse(RfUse.EXCITATION).acquire().wait(1);
        }
        assertThat(rests(true))
                .containsExactly(
                        List.of(2_600L, 8_500L),
                        List.of(10_600L, 16_500L),
                        List.of(20_840L, 24_500L),
                        List.of(28_840L, 32_500L));
        assertThat(rests(false)).isEmpty();
    }

    @Test
    void aRepetitionWithoutReadoutThatIsLikeNoOtherIsNotCertain() throws Exception {
        pulse(RfUse.EXCITATION).wait(3);
        for (int read = 0; read < 3; read++) {
            pulse(RfUse.EXCITATION).acquire();
        }
        assertThat(rests(false)).containsExactly(List.of(600L, 8_500L));
        assertThat(rests(true)).hasSize(2);
    }

    /** The mixing time is as long as what follows the readout, so that only what comes next tells them apart. */
    @Test
    void theMixingTimesOfStimulatedEchoesAreNotTakenForDummyRepetitions() throws Exception {
        for (int repetition = 0; repetition < 4; repetition++) {
            pulse(RfUse.EXCITATION).pulse(RfUse.EXCITATION).wait(2).pulse(RfUse.EXCITATION);
            if (repetition == 0) {
                wait(2);
            } else {
                acquire().wait(1);
            }
        }
        assertThat(rests(true))
                .containsExactly(List.of(8_600L, 14_500L), List.of(24_840L, 28_500L), List.of(38_840L, 42_500L));
        assertThat(rests(false)).hasSize(8);
    }
}
