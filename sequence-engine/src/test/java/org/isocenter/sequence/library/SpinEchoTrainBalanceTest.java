package org.isocenter.sequence.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.TestSystems;
import org.isocenter.sequence.Waveform;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What concomitant fields go with, ∫g² of each axis, in the halves of the intervals of a train. */
class SpinEchoTrainBalanceTest {
    private static final SystemLimits LIMITS = TestSystems.lowField();
    private static final long STEP_PS = 10_000_000;
    private static final int REPETITIONS = 40;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tse3d",
                "tse3d partitions=5 viewOrder=linear TE=60ms",
                "tse2d",
                "tse2d drivenEquilibrium=yes TR=4s",
                "dwitse2d ETL=4"
            })
    void concomitantFieldsTurnSpinsAlikeInAllHalvesOfATrain(String settings) {
        List<List<double[]>> trains = halves(sequence(settings));

        assertThat(trains).hasSizeGreaterThan(2);
        for (List<double[]> halves : trains) {
            double[] first = halves.get(0);
            double largest = Math.max(first[0], first[2]);
            for (double[] half : halves) {
                assertThat(half[0]).as("read").isCloseTo(first[0], within(0.01 * largest));
                assertThat(half[2]).as("slice").isCloseTo(first[2], within(0.01 * largest));
            }
            for (int echo = 2; echo < halves.size(); echo += 2) {
                assertThat(halves.get(echo)[1]).as("phase").isCloseTo(halves.get(echo - 1)[1], within(1e-3 * largest));
            }
        }
    }

    private static Sequence sequence(String settings) {
        String[] words = settings.split(" ");
        SequenceBuilder builder = SequenceLibrary.find(words[0]).orElseThrow();
        Protocol protocol = SequenceLibrary.defaults(builder, LIMITS);
        for (int i = 1; i < words.length; i++) {
            String[] pair = words[i].split("=");
            protocol = protocol.withText(pair[0], pair[1]);
        }
        return builder.build(protocol, LIMITS, PatientPosition.HFS).sequence();
    }

    /** By train, from pulse to echo and from echo to pulse: ∫g² along read, phase and slice. */
    private static List<List<double[]>> halves(Sequence sequence) {
        List<List<double[]>> trains = new ArrayList<>();
        double[] sum = new double[3];
        for (int block = 0; block < sequence.blockCount() && trains.size() <= REPETITIONS; block++) {
            long mark = -1;
            RfPulse rf = sequence.rfId(block) == 0 ? null : sequence.rfPulse(sequence.rfId(block));
            if (rf != null) {
                long center = Math.round(rf.centerSeconds() * 1e12);
                // What turns the magnetisation back is the mirror image of the excitation.
                boolean mirrored = rf.use() == RfUse.PREPARATION;
                mark = rf.delayPs() + (mirrored ? rf.shapeDurationPs(sequence.rasters()) - center : center);
            } else if (sequence.adcId(block) != 0) {
                Adc adc = sequence.adc(sequence.adcId(block));
                mark = adc.delayPs() + adc.samples() * adc.dwellPs() / 2;
            }
            long middle = mark < 0 ? sequence.blockDurationPs(block) : mark;
            add(sequence, block, 0, middle, sum);
            if (mark >= 0) {
                boolean excites = rf != null && rf.use() == RfUse.EXCITATION;
                if (excites) {
                    trains.add(new ArrayList<>());
                } else if (!trains.isEmpty()) {
                    trains.get(trains.size() - 1).add(sum);
                }
                sum = new double[3];
            }
            add(sequence, block, middle, sequence.blockDurationPs(block), sum);
        }
        trains.remove(trains.size() - 1);
        // Dummies measure no echoes.
        int most = trains.stream().mapToInt(List::size).max().orElseThrow();
        return trains.stream().filter(train -> train.size() == most).toList();
    }

    private static void add(Sequence sequence, int block, long fromPs, long toPs, double[] sum) {
        for (Axis axis : Axis.values()) {
            int id = sequence.gradientId(block, axis);
            if (id == 0) {
                continue;
            }
            Waveform waveform = sequence.gradient(id).waveform(sequence.rasters());
            for (long at = fromPs; at < toPs; at += STEP_PS) {
                long to = Math.min(toPs, at + STEP_PS);
                double a = waveform.at(at);
                double b = waveform.at(to);
                sum[axis.ordinal()] += (a * a + a * b + b * b) / 3 * (to - at) * 1e-12;
            }
        }
    }
}
