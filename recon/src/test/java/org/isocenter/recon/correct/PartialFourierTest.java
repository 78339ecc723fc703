package org.isocenter.recon.correct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.isocenter.recon.correct.SmoothPhaseObject.cut;
import static org.isocenter.recon.correct.SmoothPhaseObject.error;
import static org.isocenter.recon.correct.SmoothPhaseObject.image;
import static org.isocenter.recon.correct.SmoothPhaseObject.kSpace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.correct.PartialFourier.Method;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartialFourierTest {
    private static double errorAfter(ChannelGrid wanted, ChannelGrid measured, Method method) {
        ChannelGrid completed = SmoothPhaseObject.copy(measured);
        PartialFourier.complete(completed, method, PartialFourier.ITERATIONS);
        return error(image(completed), wanted);
    }

    /** The true image has all of its k-space; that of a measured matrix may lack only the line that has no partner. */
    @ParameterizedTest
    @CsvSource({
        "65, 63, 1, 1, 0.625, 0.35, 0.55",
        "65, 63, 1, 1, 0.75, 0.2, 0.5",
        "65, 63, 1, 0, 0.625, 0.3, 0.55",
        "97, 95, 1, 1, 0.75, 0.2, 0.5",
        "64, 96, 1, 1, 0.625, 0.35, 0.6",
        "31, 33, 25, 2, 0.75, 0.4, 0.75",
    })
    void anObjectOfSmoothPhaseIsFarNearerToTheTruthThanWithZeros(
            int x, int y, int z, int axis, double share, double pocs, double homodyne) {
        ChannelGrid wanted = SmoothPhaseObject.image(2, x, y, z);
        int size = new int[] {x, y, z}[axis];
        int missing = (int) Math.floor(size * (1 - share));
        for (boolean firstOnesMissing : new boolean[] {true, false}) {
            ChannelGrid measured = kSpace(wanted);
            cut(measured, axis, firstOnesMissing ? missing : 0, firstOnesMissing ? size - 1 : size - 1 - missing);

            double zeros = errorAfter(wanted, measured, Method.ZERO_FILL);

            assertThat(errorAfter(wanted, measured, Method.POCS) / zeros).isLessThan(pocs);
            assertThat(errorAfter(wanted, measured, Method.HOMODYNE) / zeros).isLessThan(homodyne);
        }
    }

    @Test
    void twoAxesAtOnceAreCompleted() {
        ChannelGrid wanted = SmoothPhaseObject.image(1, 65, 63, 1);
        ChannelGrid measured = kSpace(wanted);
        cut(measured, 0, 12, 64);
        cut(measured, 1, 0, 46);

        double zeros = errorAfter(wanted, measured, Method.ZERO_FILL);

        assertThat(errorAfter(wanted, measured, Method.POCS) / zeros).isLessThan(0.45);
        assertThat(errorAfter(wanted, measured, Method.HOMODYNE) / zeros).isLessThan(0.7);
    }

    @Test
    void whatWasMeasuredStaysUntouchedAndWhatItReachesNotIsLeftEmpty() {
        ChannelGrid measured = kSpace(SmoothPhaseObject.image(1, 32, 48, 1));
        cut(measured, 1, 14, 41);
        ChannelGrid completed = SmoothPhaseObject.copy(measured);

        PartialFourier.Outcome outcome = PartialFourier.complete(completed, Method.POCS, PartialFourier.ITERATIONS);

        assertThat(outcome.completed()).isTrue();
        assertThat(outcome.notes()).singleElement().asString().contains("28 of 35 lines were measured", "Haacke");
        for (int i = 0; i < measured.points(); i++) {
            int y = i / 32;
            if (y >= 14 && y <= 41) {
                assertThat(completed.real(0)[i]).isEqualTo(measured.real(0)[i]);
            } else if (y < 7) {
                assertThat(completed.real(0)[i]).isZero();
            } else if (y < 14) {
                assertThat(completed.real(0)[i]).isNotZero();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 31, 0", "4, 27, 0", "4, 28, 0", "17, 31, 1", "15, 31, 1"})
    void wholeInterpolatedAndHopelessKSpacesAreLeftAlone(int first, int last, int notes) {
        ChannelGrid measured = kSpace(SmoothPhaseObject.image(1, 16, 32, 1));
        cut(measured, 1, first, last);
        ChannelGrid completed = SmoothPhaseObject.copy(measured);

        PartialFourier.Outcome outcome = PartialFourier.complete(completed, Method.POCS, PartialFourier.ITERATIONS);

        assertThat(outcome.completed()).isFalse();
        assertThat(outcome.notes()).hasSize(notes);
        assertThat(completed.real(0)).isEqualTo(measured.real(0));
    }

    @Test
    void linesLeftOutInBetweenAreNotTakenForPartialFourier() {
        ChannelGrid measured = kSpace(SmoothPhaseObject.image(1, 16, 32, 1));
        cut(measured, 1, 8, 31);
        for (int x = 0; x < 16; x++) {
            measured.real(0)[20 * 16 + x] = 0;
            measured.imaginary(0)[20 * 16 + x] = 0;
        }

        PartialFourier.Outcome outcome = PartialFourier.complete(measured, Method.POCS, PartialFourier.ITERATIONS);

        assertThat(outcome.completed()).isFalse();
        assertThat(outcome.notes()).singleElement().asString().contains("with gaps");
    }

    @Test
    void bartsHomodyneIsNoNearerToTheTruth(@TempDir Path folder) throws IOException {
        ChannelGrid wanted = SmoothPhaseObject.image(1, 64, 64, 1);
        ChannelGrid measured = kSpace(wanted);
        cut(measured, 1, 0, 39);
        writeCfl(folder.resolve("in"), measured);
        String in = folder.resolve("in").toString();
        String out = folder.resolve("out").toString();
        assertThat(Peer.run(List.of("bart", "homodyne", "1", "0.625", in, out)).exitCode())
                .isZero();
        ChannelGrid barts = readCfl(folder.resolve("out"), 64, 64);

        double theirs = magnitudeError(barts, wanted);

        assertThat(theirs).as("BART's own").isLessThan(0.06);
        for (Method method : new Method[] {Method.HOMODYNE, Method.POCS}) {
            ChannelGrid ours = SmoothPhaseObject.copy(measured);
            PartialFourier.complete(ours, method, PartialFourier.ITERATIONS);
            assertThat(magnitudeError(image(ours), wanted)).as("%s", method).isLessThan(1.05 * theirs);
        }
    }

    /** After the best scale, which BART has otherwise. */
    private static double magnitudeError(ChannelGrid got, ChannelGrid wanted) {
        double product = 0;
        double norm = 0;
        double wantedNorm = 0;
        for (int i = 0; i < wanted.points(); i++) {
            double g = Math.hypot(got.real(0)[i], got.imaginary(0)[i]);
            double w = Math.hypot(wanted.real(0)[i], wanted.imaginary(0)[i]);
            product += g * w;
            norm += g * g;
            wantedNorm += w * w;
        }
        return Math.sqrt(Math.max(0, 1 - product * product / norm / wantedNorm));
    }

    private static void writeCfl(Path name, ChannelGrid grid) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 * grid.points()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < grid.points(); i++) {
            bytes.putFloat(grid.real(0)[i]).putFloat(grid.imaginary(0)[i]);
        }
        Files.write(Path.of(name + ".cfl"), bytes.array());
        Files.writeString(Path.of(name + ".hdr"), "# Dimensions\n" + grid.sizeX() + " " + grid.sizeY() + " 1\n");
    }

    private static ChannelGrid readCfl(Path name, int x, int y) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.wrap(Files.readAllBytes(Path.of(name + ".cfl"))).order(ByteOrder.LITTLE_ENDIAN);
        ChannelGrid grid = new ChannelGrid(1, x, y, 1);
        for (int i = 0; i < grid.points(); i++) {
            grid.real(0)[i] = bytes.getFloat();
            grid.imaginary(0)[i] = bytes.getFloat();
        }
        return grid;
    }
}
