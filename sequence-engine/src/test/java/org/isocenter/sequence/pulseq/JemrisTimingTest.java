package org.isocenter.sequence.pulseq;

import static org.assertj.core.api.Assertions.assertThat;

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
        Sequence read = JemrisTiming.of(sequence(4_285_000));
        Waveform waveform = read.gradient(read.gradientId(0, Axis.X)).held(read.rasters());
        assertThat(waveform.at(0)).isEqualTo(250);
        assertThat(waveform.at(5 * MICROSECOND_PS)).isEqualTo(375);
        assertThat(waveform.at(10 * MICROSECOND_PS)).isEqualTo(500);
        assertThat(waveform.at(15 * MICROSECOND_PS)).isEqualTo(750);
        assertThat(waveform.at(25 * MICROSECOND_PS)).isEqualTo(1000);
        assertThat(waveform.timesPs()[3]).isEqualTo(30 * MICROSECOND_PS);
    }

    /** JEMRIS cuts 30 µs / 7 off to 4285 ns. */
    @Test
    void aWindowThatFillsAGradientGetsBackWhatItsDwellTimeLost() {
        assertThat(JemrisTiming.of(sequence(4_285_000)).adc(1).dwellPs()).isEqualTo(4_285_714);
    }

    @Test
    void otherWindowsAndEventsAndAllDurationsStay() {
        Sequence written = sequence(4_000_000);
        Sequence read = JemrisTiming.of(written);
        assertThat(read.adc(1)).isEqualTo(written.adc(1));
        assertThat(read.gradient(read.gradientId(0, Axis.Z)))
                .isEqualTo(written.gradient(written.gradientId(0, Axis.Z)));
        assertThat(read.definitions()).isEqualTo(written.definitions());
        assertThat(read.blockDurationPs(0)).isEqualTo(written.blockDurationPs(0));
        assertThat(read.blockDurationPs(1)).isEqualTo(20 * MICROSECOND_PS);
    }
}
