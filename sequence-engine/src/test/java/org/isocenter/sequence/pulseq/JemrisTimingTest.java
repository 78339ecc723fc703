package org.isocenter.sequence.pulseq;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Shape;
import org.isocenter.sequence.Waveform;
import org.junit.jupiter.api.Test;

class JemrisTimingTest {
    private static final long MICROSECOND_PS = 1_000_000;

    private static Sequence sequence(long dwellPs) {
        Gradient gradient = new Gradient.Uniform(1000, new Shape(0.25, 0.5, 1), 0, 1000, 0, false);
        Adc adc = new Adc(7, dwellPs, 0, 0, 0, 0, 0, null);
        return new Sequence.Builder(Rasters.BEFORE_1_4)
                .definition("Name", "a part of a spiral")
                .block(null, gradient, null, new Gradient.Trapezoid(500, 0, 30 * MICROSECOND_PS, 0, 0), adc, List.of())
                .delay(20 * MICROSECOND_PS)
                .build();
    }

    @Test
    void samplesLieAtTheStartsOfTheRastersAndLinesJoinThem() {
        Sequence read = JemrisTiming.of(sequence(4_285_000)).sequence();
        Waveform waveform = read.gradient(read.gradientId(0, Axis.X)).held(read.rasters());
        assertThat(waveform.at(0)).isEqualTo(250);
        assertThat(waveform.at(5 * MICROSECOND_PS)).isEqualTo(375);
        assertThat(waveform.at(10 * MICROSECOND_PS)).isEqualTo(500);
        assertThat(waveform.at(15 * MICROSECOND_PS)).isEqualTo(750);
        assertThat(waveform.at(25 * MICROSECOND_PS)).isEqualTo(1250);
        assertThat(waveform.timesPs()[3]).isEqualTo(30 * MICROSECOND_PS);
    }

    /** JEMRIS cuts 30 µs / 7 off to 4285 ns. */
    @Test
    void aWindowThatFillsAGradientGetsBackWhatItsDwellTimeLost() {
        assertThat(JemrisTiming.of(sequence(4_285_000)).sequence().adc(1).dwellPs())
                .isEqualTo(4_285_714);
    }

    @Test
    void otherWindowsAndEventsAndAllDurationsStay() {
        Sequence written = sequence(4_000_000);
        Sequence read = JemrisTiming.of(written).sequence();
        assertThat(read.adc(1)).isEqualTo(written.adc(1));
        assertThat(read.gradient(read.gradientId(0, Axis.Z)))
                .isEqualTo(written.gradient(written.gradientId(0, Axis.Z)));
        assertThat(read.definitions()).isEqualTo(written.definitions());
        assertThat(read.blockDurationPs(0)).isEqualTo(written.blockDurationPs(0));
        assertThat(read.blockDurationPs(1)).isEqualTo(20 * MICROSECOND_PS);
    }

    private static Gradient.Uniform shape(double... samples) {
        return new Gradient.Uniform(1000, new Shape(samples), 0, 0, 0, false);
    }

    private static Sequence sequence(Gradient x, Gradient y) {
        return new Sequence.Builder(Rasters.BEFORE_1_4)
                .block(null, x, y, null, null, List.of())
                .build();
    }

    /** As JEMRIS writes trapezoids that it has turned. */
    private static final double[] TURNED_TRAPEZOID = {0, 0.125, 0.375, 0.625, 0.875, 1, 1, 0.75, 0.25};

    @Test
    void turnedTrapezoidsAndConstantsMeanWhatPulseqMeansByThem() {
        Sequence written = sequence(shape(TURNED_TRAPEZOID), shape(1, 1, 1));
        JemrisTiming.Meant meant = JemrisTiming.of(written);
        assertThat(meant.changes()).isEmpty();
        assertThat(meant.sequence()).isSameAs(written);
    }

    @Test
    void aTurnedTrapezoidBesideAnotherShapeIsATrapezoid() {
        JemrisTiming.Meant meant = JemrisTiming.of(sequence(shape(TURNED_TRAPEZOID), shape(0.25, 0.5, 1)));
        assertThat(meant.changes())
                .containsExactly(
                        "a shaped gradient is straight lines between samples at the starts of the gradient raster");
        Sequence read = meant.sequence();
        Waveform waveform = read.gradient(read.gradientId(0, Axis.X)).held(read.rasters());
        assertThat(waveform.at(10 * MICROSECOND_PS)).isZero();
        assertThat(waveform.at(30 * MICROSECOND_PS)).isEqualTo(500);
        assertThat(waveform.at(50 * MICROSECOND_PS)).isEqualTo(1000);
        assertThat(waveform.at(70 * MICROSECOND_PS)).isEqualTo(1000);
        assertThat(waveform.at(80 * MICROSECOND_PS)).isEqualTo(500);
        assertThat(waveform.at(90 * MICROSECOND_PS)).isZero();
    }

    @Test
    void onACoarserSystemLinesAndDwellTimesKeepToItsRasters() {
        Rasters system = new Rasters(10 * MICROSECOND_PS, MICROSECOND_PS, 1000, 10 * MICROSECOND_PS);
        JemrisTiming.Meant meant = JemrisTiming.of(sequence(4_285_000), system);
        Sequence read = meant.sequence();
        assertThat(meant.changes()).hasSize(1);
        assertThat(read.rasters()).isEqualTo(system);
        assertThat(read.adc(1).dwellPs()).isEqualTo(4_285_000);
        assertThat(read.gradient(read.gradientId(0, Axis.X))
                        .held(read.rasters())
                        .at(15 * MICROSECOND_PS))
                .isEqualTo(750);
    }

    @Test
    void aWindowOnAFlatTopGetsBackWhatItsDwellTimeLost() {
        Adc adc = new Adc(7, 4_285_000, 10 * MICROSECOND_PS, 0, 0, 0, 0, null);
        Gradient trapezoid =
                new Gradient.Trapezoid(500, 10 * MICROSECOND_PS, 30 * MICROSECOND_PS, 10 * MICROSECOND_PS, 0);
        JemrisTiming.Meant meant = JemrisTiming.of(new Sequence.Builder(Rasters.BEFORE_1_4)
                .block(null, trapezoid, null, null, adc, List.of())
                .build());
        assertThat(meant.sequence().adc(1).dwellPs()).isEqualTo(4_285_714);
        assertThat(meant.changes()).containsExactly("the dwell time of 4285 ns has back what was cut off");
    }

    @Test
    void theWriterIsWhatAFileSaysThatItIsCreatedBy() throws Exception {
        String rest = "[VERSION]\nmajor 1\nminor 2\nrevision 1\n[BLOCKS]\n1 0 0 0 0 0 0\n";
        assertThat(writer("# Pulseq sequence file\n# Created by JEMRIS 2.9.0\n" + rest))
                .isEqualTo("JEMRIS 2.9.0");
        assertThat(writer("# Created by PyPulseq\r\n" + rest)).isEqualTo("PyPulseq");
        assertThat(writer(rest + "# Created by JEMRIS 2.9.0\n")).isEmpty();
    }

    private static String writer(String text) throws PulseqFormatException {
        return PulseqReader.read("a.seq", text.getBytes(StandardCharsets.UTF_8)).writer();
    }
}
