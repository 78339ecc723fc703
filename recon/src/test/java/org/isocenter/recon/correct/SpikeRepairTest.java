package org.isocenter.recon.correct;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.isocenter.model.RawData;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.correct.SpikeRepair.Repair;
import org.isocenter.recon.mrd.MrdNotes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpikeRepairTest {
    private static final int SIZE_X = 128;
    private static final int SIZE_Y = 64;

    private static ChannelGrid kSpace(int sizeZ, double noise, long seed) {
        ChannelGrid kSpace = SmoothPhaseObject.kSpace(SmoothPhaseObject.image(2, SIZE_X, SIZE_Y, sizeZ));
        Random random = new Random(seed);
        for (int channel = 0; channel < 2; channel++) {
            for (int i = 0; i < kSpace.points(); i++) {
                kSpace.real(channel)[i] += (float) (noise * random.nextGaussian());
                kSpace.imaginary(channel)[i] += (float) (noise * random.nextGaussian());
            }
        }
        return kSpace;
    }

    private static RawData repaired(RawData raw, Repair repair, MrdNotes notes) {
        return SpikeRepair.repair(raw, SpikeRepair.THRESHOLD, repair, notes);
    }

    @ParameterizedTest
    @EnumSource(Repair.class)
    void spikesAreTakenOutWhereverTheyAreAndNothingElse(Repair repair) {
        ChannelGrid clean = kSpace(1, 3, 7);
        ChannelGrid spiked = SmoothPhaseObject.copy(clean);
        int[][] places = {{3, 5}, {60, 50}, {90, 50}, {91, 50}, {40, 28}, {127, 63}};
        for (int[] place : places) {
            spiked.real(1)[place[1] * SIZE_X + place[0]] += 2500;
        }
        MrdNotes notes = new MrdNotes();

        RawData repaired = repaired(LineScan.of(spiked), repair, notes);

        ChannelGrid got = LineScan.kSpace(repaired, 2, clean);
        assertThat(notes.toList()).singleElement().asString().contains("6 samples", "4 readouts", "5, 28, 50, 63");
        assertThat(got.real(0)).isEqualTo(clean.real(0));
        assertThat(SmoothPhaseObject.error(spiked, clean)).isGreaterThan(0.1);
        assertThat(SmoothPhaseObject.error(got, clean)).isLessThan(0.01);
        int changed = 0;
        for (int i = 0; i < clean.points(); i++) {
            changed += got.real(1)[i] == clean.real(1)[i] ? 0 : 1;
        }
        assertThat(changed).isEqualTo(places.length);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 1, 30})
    void signalAndNoiseAreNoSpikes(double noise) {
        for (int sizeZ : new int[] {1, 6}) {
            RawData raw = LineScan.of(kSpace(sizeZ, noise, 11));
            MrdNotes notes = new MrdNotes();

            assertThat(repaired(raw, Repair.ZERO, notes)).isSameAs(raw);
            assertThat(notes.toList()).isEmpty();
        }
    }

    /** Data of others may have zeros where nothing was measured, here and there in every line. */
    @Test
    void whatIsLeftOfLinesThatWereThinnedOutIsNoSpike() {
        ChannelGrid kSpace = kSpace(1, 3, 21);
        Random random = new Random(21);
        for (int i = 0; i < kSpace.points(); i++) {
            if (random.nextInt(8) > 0) {
                for (int channel = 0; channel < 2; channel++) {
                    kSpace.real(channel)[i] = 0;
                    kSpace.imaginary(channel)[i] = 0;
                }
            }
        }
        RawData raw = LineScan.of(kSpace);

        assertThat(repaired(raw, Repair.ZERO, new MrdNotes())).isSameAs(raw);
    }

    @Test
    void aPartOfAScanStaysAPart() {
        ChannelGrid kSpace = kSpace(1, 3, 5);
        kSpace.imaginary(0)[10 * SIZE_X + 12] = 4000;
        RawData whole = LineScan.of(kSpace);
        RawData part = new RawData(whole.header(), whole.expected());
        for (int i = 0; i < 20; i++) {
            part.append(whole.readout(i));
        }

        RawData repaired = repaired(part, Repair.INTERPOLATE, new MrdNotes());

        assertThat(repaired.size()).isEqualTo(20);
        assertThat(repaired.isComplete()).isFalse();
        assertThat(repaired.readout(10).imaginary()[12]).isBetween(-500f, 500f);
    }
}
