package org.isocenter.recon.correct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.RawData;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.Vec3;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.ChainReconstruction;
import org.isocenter.recon.chain.ChainYaml;
import org.isocenter.recon.standard.StandardReconstruction;
import org.isocenter.recon.standard.StandardSteps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The corrections in chains, as somebody would write them. */
class CorrectionStepsTest {
    private static Reconstruction.Result run(RawData raw, String... steps) throws Exception {
        String yaml = "chain: test\nsteps:\n- " + String.join("\n- ", steps) + "\n";
        return new ChainReconstruction(new ChainYaml(StandardSteps.REGISTRY).parse(yaml, "test.yaml")).reconstruct(raw);
    }

    /** A point two pixels from the centre along each axis, of 20 cm. */
    private static RawData point(int sizeX, int sizeY, int sizeZ) {
        ChannelGrid kSpace = new ChannelGrid(1, sizeX, sizeY, sizeZ);
        for (int i = 0; i < kSpace.points(); i++) {
            double turns = 2.0 * (i % sizeX - sizeX / 2) / sizeX
                    + 2.0 * (i / sizeX % sizeY - sizeY / 2) / sizeY
                    + (sizeZ == 1 ? 0 : 2.0 * (i / sizeX / sizeY - sizeZ / 2) / sizeZ);
            kSpace.real(0)[i] = (float) Math.cos(-2 * Math.PI * turns);
            kSpace.imaginary(0)[i] = (float) Math.sin(-2 * Math.PI * turns);
        }
        return LineScan.of(kSpace);
    }

    private static Vec3 brightest(ImageVolume volume) {
        int best = 0;
        for (int i = 0; i < volume.pixels().length; i++) {
            best = volume.pixels()[i] > volume.pixels()[best] ? i : best;
        }
        int plane = volume.columns() * volume.rows();
        return volume.geometry()
                .voxelMeters(best % volume.columns(), best / volume.columns() % volume.rows(), best / plane);
    }

    @ParameterizedTest
    @CsvSource({
        "16, 16, 1, zero-fill",
        "15, 17, 1, zero-fill",
        "16, 15, 8, zero-fill: {factor: 3}",
        "15, 16, 9, 'zero-fill: {matrix-x: 30, matrix-y: 48, matrix-z: 27}'",
        "15, 16, 9, hann-filter",
        "16, 15, 8, gauss-filter: {fwhm: 2}",
    })
    void nothingMovesWhateverTheMatrix(int x, int y, int z, String step) throws Exception {
        ImageVolume volume = run(point(x, y, z), "cartesian-grid", step, "transform", "root-sum-of-squares")
                .volumes()
                .get(0);

        Vec3 at = brightest(volume);
        assertThat(at.x()).isEqualTo(0.4 / x, within(1e-9));
        assertThat(at.y()).isEqualTo(0.4 / y, within(1e-9));
        assertThat(at.z()).isEqualTo(z == 1 ? 0 : 0.4 / z, within(1e-9));
        if (step.startsWith("zero-fill")) {
            assertThat(volume.columns()).isGreaterThan(x);
            assertThat(volume.rows() * volume.geometry().rowSpacingMeters()).isEqualTo(0.2, within(1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zero-fill", "hann-filter"})
    void kSpaceStepsAfterTheTransformAreRefused(String step) {
        assertThatThrownBy(() -> run(point(8, 8, 1), "cartesian-grid", "transform", step, "root-sum-of-squares"))
                .hasMessageContaining("after the transform");
    }

    @Test
    void theStandardChainRepairsAndCompletesByItself() {
        ChannelGrid kSpace = SmoothPhaseObject.kSpace(SmoothPhaseObject.image(1, 64, 63, 1));
        SmoothPhaseObject.cut(kSpace, 1, 20, 62);
        kSpace.real(0)[50 * 64 + 10] = 3e4f;

        List<String> notes =
                new StandardReconstruction().reconstruct(LineScan.of(kSpace)).notes();

        assertThat(notes).anyMatch(note -> note.contains("spikes: 1 samples"));
        assertThat(notes).anyMatch(note -> note.contains("43 of 63 lines were measured") && note.contains("Haacke"));
    }

    @Test
    void channelsOfPureInterferenceAreLeftOutByTheirLabels() throws Exception {
        ChannelGrid kSpace = SmoothPhaseObject.kSpace(SmoothPhaseObject.image(2, 32, 32, 1));
        RawData raw = LineScan.of(kSpace);
        ScanHeader header = raw.header();
        RawData labelled = new RawData(
                new ScanHeader(
                        header.measurementId(),
                        header.protocolName(),
                        header.start(),
                        header.study(),
                        header.scanner().withChannels(2, List.of("head", "EMI 1")),
                        header.sequence(),
                        header.encodings(),
                        header.userParameters()),
                raw.size());
        for (int i = 0; i < raw.size(); i++) {
            labelled.append(raw.readout(i));
        }

        assertThat(new StandardReconstruction().reconstruct(labelled).notes())
                .anyMatch(note -> note.startsWith("interference: 1 reference channels"));
        assertThatThrownBy(() -> run(raw, "interference-removal: {references: 'EMI 1'}", "cartesian-grid", "transform"))
                .hasMessageContaining("'EMI 1'");
    }
}
