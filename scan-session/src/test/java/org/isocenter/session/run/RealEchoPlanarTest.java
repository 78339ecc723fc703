package org.isocenter.session.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.isocenter.model.ImageVolume;
import org.isocenter.model.RawData;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.layout.ArrayFile;
import org.isocenter.recon.layout.ArrayReader;
import org.isocenter.recon.layout.ArrayScan;
import org.isocenter.recon.standard.StandardReconstruction;
import org.isocenter.session.raw.SequenceRawData;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.api.Test;

/** Readouts of a clinical 3 T scanner (BART's format) with the Pulseq file that made them: a bottle, 96×96, no navigators. */
class RealEchoPlanarTest {
    private static final int MATRIX = 96;
    /** Pixels around the object that it rings into. */
    private static final int RIM = 2;

    @Test
    void realLinesWithoutNavigatorsGiveAnImageWithoutAGhost() throws Exception {
        ArrayFile samples = ArrayFile.need(SharedData.path("kspace/epi96_real/epi_96x96.cfl"));
        RawData raw = SequenceRawData.of(
                        ArrayReader.read(samples, ArrayScan.UNTOLD), SharedData.path("kspace/epi96_real/epi_96x96.seq"))
                .raw();

        Reconstruction.Result result = new StandardReconstruction().reconstruct(raw);

        ImageVolume image = result.volumes().get(0);
        assertThat(ghost(image)).isLessThan(0.02);
        assertThat(result.notes()).anyMatch(note -> note.contains("the images themselves"));
    }

    /** Mean where only the object's ghost can be, half the field of view away along phase, over the object's mean. */
    private static double ghost(ImageVolume image) {
        float brightest = 0;
        for (float pixel : image.pixels()) {
            brightest = Math.max(brightest, pixel);
        }
        double signal = 0;
        int inside = 0;
        double ghost = 0;
        int outside = 0;
        for (int row = 0; row < MATRIX; row++) {
            for (int column = 0; column < MATRIX; column++) {
                if (isObject(image, column, row, 0, brightest)) {
                    signal += image.pixel(column, row, 0);
                    inside++;
                } else if (isObject(image, column, row + MATRIX / 2, 0, brightest)
                        && !isObject(image, column, row, RIM, brightest)) {
                    ghost += image.pixel(column, row, 0);
                    outside++;
                }
            }
        }
        assertThat(outside).isGreaterThan(1000);
        return ghost / outside / (signal / inside);
    }

    /** Whether any pixel so near belongs to the object; rows go round. */
    private static boolean isObject(ImageVolume image, int column, int row, int rim, float brightest) {
        for (int y = row - rim; y <= row + rim; y++) {
            for (int x = Math.max(0, column - rim); x <= Math.min(MATRIX - 1, column + rim); x++) {
                if (image.pixel(x, Math.floorMod(y, MATRIX), 0) > 0.1f * brightest) {
                    return true;
                }
            }
        }
        return false;
    }
}
