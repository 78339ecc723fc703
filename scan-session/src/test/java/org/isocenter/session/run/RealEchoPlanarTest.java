package org.isocenter.session.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.ScannerInfo;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.standard.StandardReconstruction;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.pulseq.PulseqReader;
import org.isocenter.sequence.trajectory.EncodingPlanner;
import org.isocenter.sequence.trajectory.ReadoutTrajectories;
import org.isocenter.session.Examples;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.api.Test;

/** Readouts of a clinical 3 T scanner (BART's format) with the Pulseq file that made them: a bottle, 96×96, no navigators. */
class RealEchoPlanarTest {
    private static final int MATRIX = 96;
    /** Pixels around the object that it rings into. */
    private static final int RIM = 2;

    @Test
    void realLinesWithoutNavigatorsGiveAnImageWithoutAGhost() throws Exception {
        Path file = SharedData.path("kspace/epi96_real/epi_96x96.seq");
        Sequence sequence = PulseqReader.read("epi", Files.readAllBytes(file)).sequence();
        SequencePlan plan = EncodingPlanner.plan(sequence, 123.2e6, PatientPosition.HFS);
        ReadoutTrajectories trajectories = ReadoutTrajectories.of(plan, PatientPosition.HFS);
        ByteBuffer samples = ByteBuffer.wrap(Files.readAllBytes(SharedData.path("kspace/epi96_real/epi_96x96.cfl")))
                .order(ByteOrder.LITTLE_ENDIAN);
        List<Readout> readouts = new ArrayList<>();
        for (int line = 0; line < MATRIX; line++) {
            float[] real = new float[MATRIX];
            float[] imaginary = new float[MATRIX];
            for (int s = 0; s < MATRIX; s++) {
                real[s] = samples.getFloat();
                imaginary[s] = samples.getFloat();
            }
            readouts.add(new Readout(
                    plan.readouts().get(line),
                    real,
                    imaginary,
                    trajectories.dimensions(line),
                    trajectories.perMeter(line)));
        }
        ScanHeader header = new ScanHeader(
                "test",
                "",
                null,
                Examples.study("1.2.3"),
                new ScannerInfo("", "", "", "", "", "", 2.9, 123.2e6, 1, ""),
                plan.parameters(),
                plan.encodings(),
                Map.of(ScanHeader.TRAJECTORY_UNIT, "1/m"));

        Reconstruction.Result result = new StandardReconstruction().reconstruct(RawData.of(header, readouts));

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
