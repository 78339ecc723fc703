package org.isocenter.sequence.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.SpectrumKind;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.TestSystems;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpectrumScanTest {
    /** Half an RF raster, on which windows start. */
    private static final double HALF_RASTER = 0.51e-6;

    static Stream<SystemLimits> systems() {
        return TestSystems.all().stream();
    }

    private static SequencePlan plan(String name, SystemLimits limits, String... settings) {
        SequenceBuilder builder = SequenceLibrary.find(name).orElseThrow();
        Protocol protocol = SequenceLibrary.defaults(builder, limits);
        for (String setting : settings) {
            String[] parts = setting.split("=");
            protocol = protocol.withText(parts[0], parts[1]);
        }
        return builder.build(protocol, limits, PatientPosition.HFS);
    }

    /** When pulses of a use have their centres, in seconds. */
    private static List<Double> centers(Sequence sequence, RfUse use) {
        List<Double> times = new ArrayList<>();
        for (int block = 0; block < sequence.blockCount(); block++) {
            if (sequence.rfId(block) != 0) {
                RfPulse pulse = sequence.rfPulse(sequence.rfId(block));
                if (pulse.use() == use) {
                    times.add((sequence.startPs(block) + pulse.delayPs()) * 1e-12 + pulse.centerSeconds());
                }
            }
        }
        return times;
    }

    private static double sampleSeconds(ReadoutHeader header, int sample) {
        return header.startSeconds() + (sample + 0.5) * header.dwellSeconds();
    }

    @ParameterizedTest
    @MethodSource("systems")
    void aSpinEchoIsReadFromItsTopAndRefocusedHalfWay(SystemLimits limits) {
        SequencePlan plan = plan("spse", limits, "TE=30ms", "averages=2");

        double excited = centers(plan.sequence(), RfUse.EXCITATION).get(0);
        assertThat(sampleSeconds(plan.readouts().get(0), 0) - excited).isCloseTo(30e-3, within(HALF_RASTER));
        assertThat(centers(plan.sequence(), RfUse.REFOCUSING).get(0) - excited).isCloseTo(15e-3, within(1e-9));
        assertThat(plan.parameters().echoTimesSeconds()).containsExactly(30e-3);
    }

    @ParameterizedTest
    @MethodSource("systems")
    void everySecondAverageTurnsExcitationAndReceiver(SystemLimits limits) {
        Sequence sequence = plan("spse", limits, "averages=2").sequence();
        List<Double> pulses = new ArrayList<>();
        List<Double> windows = new ArrayList<>();
        for (int block = 0; block < sequence.blockCount(); block++) {
            if (sequence.rfId(block) != 0
                    && sequence.rfPulse(sequence.rfId(block)).use() == RfUse.EXCITATION) {
                pulses.add(sequence.rfPulse(sequence.rfId(block)).phaseRadians());
            }
            if (sequence.adcId(block) != 0) {
                windows.add(sequence.adc(sequence.adcId(block)).phaseRadians());
            }
        }
        assertThat(pulses).containsExactly(0.0, Math.PI);
        assertThat(windows).containsExactly(0.0, Math.PI);
    }

    @ParameterizedTest
    @MethodSource("systems")
    void echoesOfATrainComeAtWholeSpacingsInTheMiddleOfTheirWindows(SystemLimits limits) {
        SequencePlan plan = plan("cpmg", limits, "ESP=12ms", "echoes=9", "averages=1", "samples=33");

        double excited = centers(plan.sequence(), RfUse.EXCITATION).get(0);
        List<Double> refocused = centers(plan.sequence(), RfUse.REFOCUSING);
        assertThat(plan.readouts()).hasSize(9);
        for (int echo = 0; echo < 9; echo++) {
            ReadoutHeader header = plan.readouts().get(echo);
            assertThat(header.counters().contrast()).isEqualTo(echo);
            assertThat(header.centerSample()).isEqualTo(16);
            double echoTime = plan.parameters().echoTimesSeconds().get(echo);
            assertThat(echoTime).isCloseTo(12e-3 * (echo + 1), within(1e-9));
            assertThat(sampleSeconds(header, 16) - excited).isCloseTo(echoTime, within(HALF_RASTER));
            assertThat(refocused.get(echo) - excited).isCloseTo(12e-3 * (echo + 0.5), within(1e-9));
        }
    }

    @ParameterizedTest
    @MethodSource("systems")
    void inversionTimesAreEvenlySpacedByTheirLogarithmAndTheRestIsTheSameForAll(SystemLimits limits) {
        SequencePlan plan = plan("irspec", limits, "TImin=20ms", "TImax=1280ms", "points=7", "dummies=0");

        List<Double> inverted = centers(plan.sequence(), RfUse.INVERSION);
        List<Double> excited = centers(plan.sequence(), RfUse.EXCITATION);
        List<Double> times = SpectrumKind.recoverySeconds(plan.encodings().get(0));
        assertThat(SpectrumKind.of(plan.encodings().get(0))).contains(SpectrumKind.INVERSION_RECOVERY);
        for (int i = 0; i < 7; i++) {
            assertThat(times.get(i)).isCloseTo(20e-3 * Math.pow(2, i), within(20.1e-6));
            assertThat(excited.get(i) - inverted.get(i)).isCloseTo(times.get(i), within(1e-9));
            assertThat(plan.readouts().get(i).counters().repetition()).isEqualTo(i);
        }
        for (int i = 1; i < 6; i++) {
            assertThat(inverted.get(i + 1) - excited.get(i)).isCloseTo(inverted.get(1) - excited.get(0), within(1e-9));
        }
    }

    @ParameterizedTest
    @MethodSource("systems")
    void recoveryCountsFromTheLastSaturation(SystemLimits limits) {
        SequencePlan plan = plan("srspec", limits, "points=4", "dummies=0");

        List<Double> saturated = centers(plan.sequence(), RfUse.SATURATION);
        List<Double> excited = centers(plan.sequence(), RfUse.EXCITATION);
        List<Double> times = SpectrumKind.recoverySeconds(plan.encodings().get(0));
        for (int i = 0; i < 4; i++) {
            assertThat(excited.get(i) - saturated.get(3 * i + 2)).isCloseTo(times.get(i), within(1e-9));
        }
    }

    @ParameterizedTest
    @MethodSource("systems")
    void aNoiseScanPlaysNothingAndSaysThatItIsNoise(SystemLimits limits) {
        SequencePlan plan = plan("noise", limits, "windows=3", "BW=25kHz");

        Sequence sequence = plan.sequence();
        assertThat(sequence.rfCount()).isZero();
        assertThat(sequence.gradientCount()).isZero();
        assertThat(plan.readouts()).hasSize(3).allMatch(h -> h.has(AcquisitionFlags.NOISE_MEASUREMENT));
        assertThat(sequence.extensions(sequence.extensionId(0))).contains(new Extension.Label(false, "NOISE", 1));
        assertThat(sequence.definitions()).doesNotContainKey("FA");
        Adc window = sequence.adc(1);
        assertThat(window.dwellPs()).isCloseTo(40_000_000, within(1_000_000L));
    }
}
