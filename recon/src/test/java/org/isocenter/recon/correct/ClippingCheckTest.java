package org.isocenter.recon.correct;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.mrd.MrdNotes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClippingCheckTest {
    /** Sampled so finely that the middle of k-space is several samples wide. */
    private static ChannelGrid fine() {
        ChannelGrid image = new ChannelGrid(2, 256, 32, 1);
        for (int y = 8; y < 24; y++) {
            for (int x = 118; x < 138; x++) {
                for (int channel = 0; channel < 2; channel++) {
                    image.real(channel)[y * 256 + x] = (float) Math.cos(0.7 + 0.05 * x);
                    image.imaginary(channel)[y * 256 + x] = (float) Math.sin(0.7 + 0.05 * x);
                }
            }
        }
        return SmoothPhaseObject.kSpace(image);
    }

    private static List<String> notes(ChannelGrid kSpace) {
        MrdNotes notes = new MrdNotes();
        ClippingCheck.tell(LineScan.of(kSpace), notes);
        return notes.toList();
    }

    @Test
    void aReceiverThatIsNotOverdrivenIsNotBlamed() {
        assertThat(notes(fine())).isEmpty();
        assertThat(notes(SmoothPhaseObject.kSpace(SmoothPhaseObject.image(1, 64, 64, 1))))
                .isEmpty();
    }

    /** A point in the middle of the field of view has the same value everywhere in k-space. */
    @Test
    void aSignalThatNeverChangesIsNotBlamed() {
        ChannelGrid kSpace = new ChannelGrid(1, 32, 32, 1);
        Arrays.fill(kSpace.real(0), 1);
        assertThat(notes(kSpace)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.7})
    void partsThatStayAtTheLargestValueAreCountedInTheirChannel(double limit) {
        ChannelGrid kSpace = fine();
        float most = 0;
        for (float value : kSpace.real(1)) {
            most = Math.max(most, Math.abs(value));
        }
        float rail = (float) limit * most;
        for (int i = 0; i < kSpace.points(); i++) {
            kSpace.real(1)[i] = Math.max(-rail, Math.min(rail, kSpace.real(1)[i]));
            kSpace.imaginary(1)[i] = Math.max(-rail, Math.min(rail, kSpace.imaginary(1)[i]));
        }
        assertThat(notes(kSpace)).singleElement().asString().contains("in channel 1", "lower the receive gain");
    }

    /** As a converter at radio frequency clips: of a sine wave that is cut off, the fundamental is left. */
    @ParameterizedTest
    @ValueSource(doubles = {0.4, 0.2, 0.05})
    void magnitudesWithAFlatTopAreCounted(double range) {
        ChannelGrid kSpace = fine();
        double most = 0;
        for (int i = 0; i < kSpace.points(); i++) {
            most = Math.max(most, Math.hypot(kSpace.real(0)[i], kSpace.imaginary(0)[i]));
        }
        for (int i = 0; i < kSpace.points(); i++) {
            double magnitude = Math.hypot(kSpace.real(0)[i], kSpace.imaginary(0)[i]);
            double share = Math.min(1, range * most / magnitude);
            float factor = (float) (2 / Math.PI * (Math.asin(share) + share * Math.sqrt(1 - share * share)));
            kSpace.real(0)[i] *= factor;
            kSpace.imaginary(0)[i] *= factor;
        }
        assertThat(notes(kSpace)).singleElement().asString().contains("in channel 0");
    }
}
