package org.isocenter.recon.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.ImageVolume;
import org.isocenter.recon.Reconstruction.Result;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.mrd.MrdFile;
import org.isocenter.recon.standard.StandardChains;
import org.isocenter.recon.standard.StandardReconstruction;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same undersampled data through other people's programs. */
class ParallelPeersTest {
    @TempDir
    Path folder;

    /**
     * A real brain, undersampled with 24 calibration lines. The file itself holds one of eight samples of k-space (a Poisson disc), so
     * that BART makes the full k-space of it first: its image by compressed sensing, seen by uncropped sensitivities.
     */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aRealBrainIsUnfoldedAsWellAsByBart(int step) throws Exception {
        TestGrids.writeCfl(file("disc"), TestGrids.brain());
        bart("ecalib", "-m1", "-c0", "-r24", file("disc"), file("wide-maps"));
        bart("pics", "-S", "-l1", "-r", "0.003", "-i", "30", file("disc"), file("wide-maps"), file("image"));
        bart("fmac", file("image"), file("wide-maps"), file("images"));
        bart("fft", "-u", "3", file("images"), file("full"));
        ChannelGrid full = TestGrids.readCfl(file("full"));
        ChannelGrid part = TestGrids.keeping(full, y -> Math.floorMod(y - 115, step) == 0 || y >= 103 && y < 127);
        TestGrids.writeCfl(file("part"), part);
        bart("ecalib", "-m1", "-r24", file("part"), file("maps"));
        bart("pics", "-S", "-l2", "-r", "0.001", file("part"), file("maps"), file("unfolded"));
        float[] expected = TestGrids.magnitude(TestGrids.image(full));
        double theirs = TestGrids.scaledError(TestGrids.magnitude(TestGrids.readCfl(file("unfolded"))), expected);

        SamplingPattern pattern = SamplingPattern.of(part);
        Lattice lattice = Lattice.of(pattern).orElseThrow();
        ChannelGrid middle = CalibrationRegion.find(part, 24, 24, 1).cut(part);
        Sensitivities maps =
                Espirit.sensitivities(middle, 180, Sense.enlargedY(lattice, 230), 1, Espirit.Settings.DEFAULT);
        ChannelGrid sense = new Sense(maps, lattice, 1).unfold(part, pattern);
        assertThat(TestGrids.scaledError(TestGrids.magnitude(sense), expected))
                .as("SENSE")
                .isLessThan(1.05 * theirs);

        ChannelGrid lines = CalibrationRegion.find(part, 180, 48, 1).cut(part);
        new Grappa(lines, Grappa.Settings.DEFAULT).fill(part, pattern, lattice);
        assertThat(TestGrids.scaledError(TestGrids.magnitude(TestGrids.image(part)), expected))
                .as("GRAPPA")
                .isLessThan(1.05 * theirs);
    }

    /** Interleaved repetitions, each with calibration lines or only all together, a noise scan before them: unfolded without asking. */
    @ParameterizedTest
    @ValueSource(strings = {"24", "0"})
    void anAcceleratedFileOfTheIsmrmrdToolsIsUnfolded(String calibrationLines) throws Exception {
        Path accelerated = phantom("2", calibrationLines, "0.005");
        Result result = new StandardReconstruction()
                .reconstruct(MrdFile.read(accelerated).raw());
        assertThat(result.volumes()).hasSize(2);
        assertThat(result.notes()).anyMatch(note -> note.startsWith("undersampled 2×1: the lines between were made"));
        ImageVolume full = new StandardReconstruction()
                .reconstruct(MrdFile.read(phantom("1", "0", "0")).raw())
                .volumes()
                .get(0);
        Result sense = StandardChains.reconstruction(StandardChains.SENSE)
                .reconstruct(MrdFile.read(accelerated).raw());
        List<ImageVolume> images = new ArrayList<>(result.volumes());
        images.addAll(sense.volumes());
        for (ImageVolume image : images) {
            // Folding alone would leave an error of one half and more.
            assertThat(TestGrids.scaledError(image.pixels(), full.pixels())).isLessThan(0.06);
        }
    }

    private Path phantom(String acceleration, String calibrationLines, String noise) {
        Path file = folder.resolve("phantom" + acceleration + ".h5");
        Peer.Output run = Peer.run(List.of(
                "ismrmrd_generate_cartesian_shepp_logan",
                "-m",
                "96",
                "-c",
                "8",
                "-C",
                "-w",
                calibrationLines,
                "-a",
                acceleration,
                "-n",
                noise,
                "-o",
                file.toString()));
        assertThat(run.exitCode()).as(run.text()).isZero();
        return file;
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private static void bart(Object... arguments) {
        List<String> command = new ArrayList<>(List.of("bart"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Peer.Output run = Peer.run(command);
        assertThat(run.exitCode()).as(run.text()).isZero();
    }
}
