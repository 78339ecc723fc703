package org.isocenter.sequence.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Violation;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.TestSystems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpinEchoTimingTest {
    private static final SystemLimits LIMITS = TestSystems.lowField();

    private static SequenceBuilder builder(String name) {
        return SequenceLibrary.find(name).orElseThrow();
    }

    private static Protocol protocol(String settings) {
        String[] words = settings.split(" ");
        Protocol protocol = SequenceLibrary.defaults(builder(words[0]), LIMITS).with("matrixPhase", 4);
        for (int i = 1; i < words.length; i++) {
            String[] pair = words[i].split("=");
            protocol = protocol.withText(pair[0], pair[1]);
        }
        return protocol;
    }

    /** Slices are told apart by the offset of their pulses in units of the gradient that selects them. */
    @ParameterizedTest
    @CsvSource({
        "ir2d slices=1 TI=400ms, TI",
        "ir2d slices=7 TI=400ms TR=1503.1ms, TI",
        "ir2d slices=5 TI=20ms TR=1s, TI",
        "ir2d slices=11 TI=707.7ms TR=2s, TI",
        "ir2d slices=12 TI=600ms TR=1.3s inversionPulse=plain, TI",
        "sr2d slices=6 TS=300ms, TS",
        "tse2d slices=7 TI=1.1s TR=4s ETL=4 TE=30ms, TI"
    })
    void everySliceIsPreparedAndRepeatedOnTime(String settings, String parameter) {
        Protocol protocol = protocol(settings);
        assertThat(builder(protocol.sequence()).validate(protocol, LIMITS)).isEmpty();
        SequencePlan plan = builder(protocol.sequence()).build(protocol, LIMITS, PatientPosition.HFS);
        Sequence sequence = plan.sequence();
        Map<Long, Double> prepared = new HashMap<>();
        Map<Long, Double> excited = new HashMap<>();
        int checked = 0;
        for (int block = 0; block < sequence.blockCount(); block++) {
            if (sequence.rfId(block) == 0) {
                continue;
            }
            RfPulse rf = sequence.rfPulse(sequence.rfId(block));
            double center = (sequence.startPs(block) + rf.delayPs()) * 1e-12 + rf.centerSeconds();
            long slice = sliceOf(sequence, block, rf);
            if (rf.use() == RfUse.INVERSION || rf.use() == RfUse.SATURATION) {
                assertThat(prepared.put(slice, center)).isNull();
            } else if (rf.use() == RfUse.EXCITATION) {
                // Effective centres lie up to half a step off the grid; that of a saturation is its middle.
                assertThat(center - prepared.remove(slice)).isCloseTo(protocol.number(parameter), within(10e-6));
                if (excited.containsKey(slice)) {
                    assertThat(center - excited.get(slice)).isCloseTo(protocol.number("TR"), within(10e-6));
                    checked++;
                }
                excited.put(slice, center);
            }
        }
        assertThat(excited).hasSize(protocol.count("slices"));
        assertThat(checked).isPositive();
    }

    private static long sliceOf(Sequence sequence, int block, RfPulse rf) {
        long middle = rf.delayPs() + Math.round(rf.centerSeconds() * 1e12);
        double gradient = sequence.gradient(sequence.gradientId(block, Axis.Z))
                .waveform(sequence.rasters())
                .at(middle);
        return Math.round(rf.frequencyHertz() / gradient * 1e6);
    }

    @Test
    void slicesThatDoNotFitComeWithWaysOut() {
        Protocol protocol = protocol("ir2d slices=30 TI=700ms TR=1.5s");

        List<Violation> violations = builder("ir2d").validate(protocol, LIMITS);

        assertThat(violations).isNotEmpty();
        for (Violation violation : violations) {
            assertThat(violation.remedies()).isNotEmpty();
            for (Violation.Remedy remedy : violation.remedies()) {
                Protocol mended = protocol.with(remedy.parameter(), remedy.value());
                assertThat(builder("ir2d").validate(mended, LIMITS))
                        .as("%s, then %s", violation, remedy)
                        .noneMatch(left -> left.message().equals(violation.message()));
            }
        }
    }

    @Test
    void aFirstEchoAndASpacingThatAreTooShortAreBothNamed() {
        assertThat(builder("se2d").validate(protocol("se2d echoes=2 TE=20ms ESP=5ms"), LIMITS))
                .extracting(Violation::parameter)
                .containsExactly("ESP");
        assertThat(builder("se2d").validate(protocol("se2d echoes=2 TE=5ms ESP=5ms"), LIMITS))
                .extracting(Violation::parameter)
                .containsExactly("TE", "ESP");
        assertThat(builder("se2d").validate(protocol("se2d echoes=1 TE=20ms ESP=5ms"), LIMITS))
                .isEmpty();
    }

    @Test
    void accelerationOnOneChannelAndViewOrdersThatMissTheEchoTimeSayWhy() {
        assertThat(builder("tse2d").validate(protocol("tse2d accelPhase=2 ETL=2 TE=15ms"), LIMITS))
                .extracting(Violation::parameter, Violation::message)
                .singleElement()
                .asString()
                .contains("accelPhase", "receive channels");
        List<Violation> violations = builder("tse2d")
                .validate(protocol("tse2d matrixPhase=64 ETL=8 ESP=15ms TE=60ms viewOrder=in-out"), LIMITS);
        assertThat(violations).hasSize(1);
        assertThat(violations.get(0).message()).startsWith("TE must be 15 ms: with the view order in-out");
        assertThat(violations.get(0).remedies())
                .extracting(Violation.Remedy::parameter)
                .containsExactly("TE", "viewOrder");
    }
}
