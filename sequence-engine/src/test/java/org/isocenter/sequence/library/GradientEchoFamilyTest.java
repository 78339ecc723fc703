package org.isocenter.sequence.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.ParallelImaging;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Violation;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.TestSystems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gradient-echo family measures, when, and with what flags. */
class GradientEchoFamilyTest {
    private static final SystemLimits LIMITS = TestSystems.lowField();

    private static Protocol protocol(String description) {
        String[] parts = description.split(" ");
        Protocol protocol =
                SequenceLibrary.defaults(SequenceLibrary.find(parts[0]).orElseThrow(), LIMITS);
        for (int i = 1; i < parts.length; i++) {
            String[] setting = parts[i].split("=");
            protocol = protocol.withText(setting[0], setting[1]);
        }
        return protocol;
    }

    private static SequencePlan plan(Protocol protocol, SystemLimits limits) {
        return SequenceLibrary.find(protocol.sequence()).orElseThrow().build(protocol, limits, PatientPosition.HFS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gre3d", "bssfp3d", "mprage"})
    void undersamplingIsRefusedWhereNoCoilsCanUndoIt(String name) {
        SequenceBuilder builder = SequenceLibrary.find(name).orElseThrow();
        Protocol protocol = protocol(name + " accelPhase=2 accelSlice=2");

        List<Violation> alone = builder.validate(protocol, LIMITS);
        assertThat(alone).extracting(Violation::parameter).containsExactly("accelPhase", "accelSlice");
        assertThat(alone.get(0).message()).contains("this scanner has 1");
        assertThat(alone.get(0).remedies().get(0).value()).isEqualTo(1);

        List<Violation> two = builder.validate(protocol, TestSystems.withReceiveChannels(LIMITS, 2));
        assertThat(two).extracting(Violation::parameter).containsExactly("accelSlice");
        assertThat(builder.validate(protocol, TestSystems.withReceiveChannels(LIMITS, 4)))
                .isEmpty();
    }

    @Test
    void anUndersampledScanSaysWhatItLeftOutAndWhatCalibrates() {
        Protocol protocol =
                protocol("gre2d slices=1 matrixPhase=32 partialFourier=75% accelPhase=2 calibrationLines=8");
        SequencePlan plan = plan(protocol, TestSystems.withReceiveChannels(LIMITS, 2));

        assertThat(plan.encodings().get(0).parallelImaging())
                .isEqualTo(new ParallelImaging(2, 1, ParallelImaging.Calibration.EMBEDDED));
        assertThat(plan.encodings().get(0).step1()).isEqualTo(new EncodingLimits(8, 31, 16));
        // 8 10 … 30 are on the grid; 12 to 19 calibrate, of which 13 15 17 19 are measured for that alone.
        assertThat(plan.readouts()).hasSize(16);
        assertThat(lines(plan, AcquisitionFlags.PARALLEL_CALIBRATION)).containsExactly(13, 15, 17, 19);
        assertThat(lines(plan, AcquisitionFlags.PARALLEL_CALIBRATION_AND_IMAGING))
                .containsExactly(12, 14, 16, 18);
    }

    private static List<Integer> lines(SequencePlan plan, long flag) {
        return plan.readouts().stream()
                .filter(header -> header.has(flag))
                .map(header -> header.counters().step1())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mprage",
                "mprage viewOrder=centric TI=250ms",
                "mprage trainAxis=lines ETL=16 TI=500ms matrixPhase=40",
                "mprage trainAxis=lines ETL=128 viewOrder=out-in TI=700ms TR=2s matrixPhase=33 partialFourier=60%"
            })
    void theCentreOfKspaceIsMeasuredAtTheInversionTime(String description) {
        Protocol protocol = protocol(description);
        SequencePlan plan = plan(protocol, LIMITS);
        int window = IntStream.range(0, plan.readouts().size())
                .filter(i -> isCentre(plan, plan.readouts().get(i)))
                .findFirst()
                .orElseThrow();

        Sequence sequence = plan.sequence();
        double start = plan.readouts().get(window).startSeconds();
        double inversion = lastBefore(sequence, RfUse.INVERSION, start);
        double excitation = lastBefore(sequence, RfUse.EXCITATION, start);
        assertThat(excitation - inversion).isCloseTo(protocol.number("TI"), within(10.5e-6));
        assertThat(plan.parameters().inversionTimeSeconds()).isCloseTo(excitation - inversion, within(1e-9));
    }

    private static boolean isCentre(SequencePlan plan, ReadoutHeader header) {
        return header.counters().step1() == plan.encodings().get(0).step1().center()
                && header.counters().step2() == plan.encodings().get(0).step2().center();
    }

    private static double lastBefore(Sequence sequence, RfUse use, double seconds) {
        double last = Double.NaN;
        for (int block = 0; block < sequence.blockCount(); block++) {
            if (sequence.rfId(block) == 0) {
                continue;
            }
            RfPulse rf = sequence.rfPulse(sequence.rfId(block));
            double center = (sequence.startPs(block) + rf.delayPs()) * 1e-12 + rf.centerSeconds();
            if (rf.use() == use && center < seconds) {
                last = center;
            }
        }
        return last;
    }

    @Test
    void balancedTimingIsShortestByDefaultAndTellsItsBands() {
        SequenceBuilder builder = SequenceLibrary.find("bssfp2d").orElseThrow();
        Protocol protocol = protocol("bssfp2d");
        double tr = protocol.number("TR");

        assertThat(builder.validate(protocol.with("TR", tr - 2e-5), LIMITS))
                .extracting(Violation::parameter)
                .containsExactly("TR");
        SequencePlan plan = plan(protocol, LIMITS);
        assertThat(plan.parameters().repetitionTimeSeconds()).isCloseTo(tr, within(2e-5));
        assertThat(plan.parameters().echoTimesSeconds().get(0)).isCloseTo(tr / 2, within(2e-5));
        assertThat(plan.notes()).singleElement().asString().contains(String.format("%.0f Hz", 0.5 / tr));
    }
}
