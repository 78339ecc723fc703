package org.isocenter.recon.cartesian;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.Readout;
import org.isocenter.model.Vec3;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.Chain;
import org.isocenter.recon.chain.ChainReconstruction;
import org.isocenter.recon.chain.Sampling;
import org.isocenter.recon.chain.SlabData;
import org.isocenter.recon.chain.StepType;
import org.isocenter.recon.standard.StandardSteps;
import org.junit.jupiter.api.Test;

/** What steps of a slab are told of the lines that were measured. */
class CalibrationLinesTest {
    private static final Encoding ENCODING = PointScan.encoding(6, 8, 1, 1);
    private static final Vec3 POINT = EncodingGeometry.AXIAL.pointMeters(2e-3, 3e-3, 0);

    private static Readout line(int step1, long flags) {
        return line(step1, 0, flags);
    }

    private static Readout line(int step1, int repetition, long flags) {
        EncodingCounters counters = new EncodingCounters(step1, 0, 0, 0, 0, 0, repetition, 0, 0);
        return PointScan.line(ENCODING, EncodingGeometry.AXIAL, POINT, counters, 0, flags, 12, 6, 1);
    }

    private static SlabData slabOf(List<Readout> readouts) {
        return slabsOf(readouts).get(0);
    }

    /** Of each repetition. */
    private static List<SlabData> slabsOf(List<Readout> readouts) {
        List<SlabData> seen = Collections.synchronizedList(new ArrayList<>());
        StepType look = StepType.slab("look", "", values -> (slab, context) -> {
            ChannelGrid v = slab.values();
            ChannelGrid copy = new ChannelGrid(
                    new float[][] {v.real(0).clone()},
                    new float[][] {v.imaginary(0).clone()},
                    v.sizeX(),
                    v.sizeY(),
                    1);
            seen.add(slab.withValues(copy));
            return slab;
        });
        Chain chain = new Chain(
                "test",
                "",
                List.of(
                        StandardSteps.REGISTRY.named("cartesian-grid").with(Map.of()),
                        look.with(Map.of()),
                        StandardSteps.REGISTRY.named("transform").with(Map.of())));
        new ChainReconstruction(chain).reconstruct(PointScan.raw(ENCODING, readouts));
        return seen;
    }

    @Test
    void linesForCalibrationOnlyLieOnAGridJustLargeEnoughWithTheCentreInItsMiddle() {
        List<Readout> readouts = new ArrayList<>();
        for (int y = 0; y < 8; y += 2) {
            readouts.add(line(y, 0));
        }
        for (int y = 3; y <= 5; y++) {
            readouts.add(line(y, AcquisitionFlags.PARALLEL_CALIBRATION));
        }
        SlabData slab = slabOf(readouts);

        assertThat(slab.sampling().rows()).containsExactly(true, false, true, false, true, false, true, false);
        ChannelGrid calibration = slab.calibration().values();
        assertThat(calibration.sizeY()).isEqualTo(3);
        assertThat(slab.calibration().sampling().isWhole(12)).isTrue();
        for (int row = 0; row < 3; row++) {
            float[] expected = line(3 + row, 0).real();
            for (int x = 0; x < 12; x++) {
                assertThat(calibration.real(0)[row * 12 + x]).isEqualTo(expected[x]);
            }
        }
    }

    @Test
    void repetitionsThatMeasuredOtherLinesCalibrateOneAnother() {
        List<Readout> readouts = new ArrayList<>();
        for (int y = 0; y < 8; y++) {
            readouts.add(line(y, y % 2, 0));
        }
        List<SlabData> slabs = slabsOf(readouts);

        assertThat(slabs).hasSize(2);
        for (SlabData slab : slabs) {
            assertThat(slab.sampling().count()).isEqualTo(4);
            ChannelGrid calibration = slab.calibration().values();
            assertThat(calibration.sizeY()).isEqualTo(8);
            for (int row = 0; row < 8; row++) {
                float[] expected = line(row, 0).real();
                for (int x = 0; x < 12; x++) {
                    assertThat(calibration.real(0)[row * 12 + x]).isEqualTo(expected[x]);
                }
            }
        }
    }

    @Test
    void repetitionsWithAMiddleOfTheirOwnOrTheSameGapsDoNotBorrowLines() {
        List<Readout> own = new ArrayList<>();
        List<Readout> same = new ArrayList<>();
        for (int repetition = 0; repetition < 2; repetition++) {
            for (int y = 0; y < 8; y++) {
                if (y % 2 == repetition || y > 1 && y < 6) {
                    own.add(line(y, repetition, 0));
                }
                if (y % 2 == 0) {
                    same.add(line(y, repetition, 0));
                }
            }
        }
        assertThat(slabsOf(own)).hasSize(2).allMatch(slab -> slab.calibration() == null);
        assertThat(slabsOf(same)).hasSize(2).allMatch(slab -> slab.calibration() == null);
    }

    @Test
    void theRangeAlongReadIsThatOfEveryLine() {
        List<Readout> readouts = new ArrayList<>();
        for (int y = 0; y < 8; y++) {
            EncodingCounters counters = new EncodingCounters(y, 0, 0, 0, 0, 0, 0, 0, 0);
            // Begins three samples late.
            readouts.add(PointScan.line(ENCODING, EncodingGeometry.AXIAL, POINT, counters, 0, 0, 9, 3, 1));
        }
        Sampling sampling = slabOf(readouts).sampling();
        assertThat(sampling.fromX()).isEqualTo(3);
        assertThat(sampling.toX()).isEqualTo(12);
        assertThat(sampling.isWhole(12)).isFalse();
        assertThat(sampling.count()).isEqualTo(8);
    }
}
