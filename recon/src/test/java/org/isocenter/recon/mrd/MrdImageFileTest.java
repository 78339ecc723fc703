package org.isocenter.recon.mrd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.isocenter.model.RawData;
import org.isocenter.model.Waveform;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MrdImageFileTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(MrdPixelType.class)
    void imagesOfAnyTypeComeBackAsTheyWere(MrdPixelType type) throws Exception {
        Random random = new Random(type.code());
        Path file = folder.resolve("images.h5");
        Map<String, List<MrdImage>> series = new LinkedHashMap<>();
        series.put("image_1", List.of(MrdExamples.image(random, type), MrdExamples.image(random, type)));
        series.put("image_0", List.of(MrdExamples.image(random, type)));

        MrdFile.writeImages(MrdExamples.header(), series, file);
        MrdFile.Images got = MrdFile.readImages(file, null);

        assertThat(got.notes()).isEmpty();
        assertThat(got.series()).isEqualTo(series);
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void imagesAreToldWhereReadoutsAreWanted() throws Exception {
        Path file = folder.resolve("images.h5");
        MrdImage image = MrdExamples.image(new Random(2), MrdPixelType.FLOAT);
        MrdFile.writeImages(MrdExamples.header(), Map.of("image_0", List.of(image)), file);
        assertThatThrownBy(() -> MrdFile.read(file)).hasMessageContaining("images only, no readouts");
    }

    @Test
    void h5pyReadsOurImages() throws Exception {
        Random random = new Random(9);
        Path file = folder.resolve("images.h5");
        MrdImage real = MrdExamples.image(random, MrdPixelType.SHORT);
        MrdImage complex = MrdExamples.image(random, MrdPixelType.COMPLEX_FLOAT);
        MrdFile.writeImages(MrdExamples.header(), Map.of("a", List.of(real), "b", List.of(complex)), file);
        Peer.Output output = Peer.python(List.of("h5py"), """
                import h5py, sys
                g = h5py.File(sys.argv[1], 'r')['dataset']
                h, d = g['a/header'], g['a/data']
                print(h.dtype.itemsize, h[0]['matrix_size'].tolist(), h[0]['image_type'], h[0]['field_of_view'][0])
                print(d.shape, d.dtype, d[0, 1, 2, 3, 4], len(g['a/attributes'][0]) == h[0]['attribute_string_len'])
                print(g['b/data'].dtype.names, g['b/data'][0, 0, 0, 1, 2]['imag'])
                """, file.toString());
        assertThat(output.lines())
                .containsExactly(
                        "198 [5, 4, 3] 1 200.0",
                        "(1, 2, 3, 4, 5) int16 " + (int) real.real()[119] + " True",
                        "('real', 'imag') " + pythonFloat(complex.imaginary()[7]));
    }

    private static String pythonFloat(float value) {
        return Peer.python(
                        List.of("numpy"),
                        "import numpy; print(numpy.array([" + Float.floatToIntBits(value)
                                + "], dtype='i4').view('f4')[0])")
                .text()
                .strip();
    }

    @Test
    void imagesThatDifferInSizeAreNoSeries() {
        MrdImageHeader flat = MrdExamples.imageHeader(MrdPixelType.FLOAT);
        MrdImage one = MrdImage.of(flat, MrdMeta.NONE, new float[120]);
        MrdImage other = MrdExamples.image(new Random(1), MrdPixelType.SHORT);
        assertThatThrownBy(() -> MrdFile.writeImages(
                        MrdExamples.header(), Map.of("x", List.of(one, other)), folder.resolve("x.h5")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'x' differ");
        assertThat(folder.resolve("x.h5")).doesNotExist();
    }

    @Test
    void waveformsAndTheConfigurationGoWithTheReadouts() throws Exception {
        Random random = new Random(3);
        RawData raw = MrdExamples.raw(random, 9, 6, 2, 1);
        List<Waveform> waveforms = List.of(MrdExamples.waveform(random), MrdExamples.waveform(random));
        Path file = folder.resolve("raw.h5");

        raw.appendWaveforms(waveforms);
        MrdFile.write(raw, "<config/>", file);
        MrdFile.Contents got = MrdFile.read(file);

        assertThat(got.notes()).isEmpty();
        assertThat(got.config()).isEqualTo("<config/>");
        assertThat(got.raw().waveforms()).usingRecursiveComparison().isEqualTo(waveforms);
        assertThat(got.raw().size()).isEqualTo(9);
        assertThat(MrdFile.holds(file, raw)).isTrue();
        assertThat(MrdFile.holds(file, MrdExamples.raw(new Random(4), 9, 6, 2, 1)))
                .isFalse();
        assertThat(MrdFile.holds(file, RawData.of(raw.header(), List.of(raw.readout(0)))))
                .isFalse();
        Peer.Output output = Peer.python(List.of("h5py"), """
                import h5py, sys
                w = h5py.File(sys.argv[1], 'r')['dataset/waveforms'][1]
                print(w['head']['waveform_id'], w['head']['number_of_samples'], w['head']['scan_counter'], w['data'][13])
                """, file.toString());
        assertThat(output.text().strip())
                .isEqualTo("2 7 12 " + Integer.toUnsignedString(waveforms.get(1).values()[13]));
    }

    /** In single precision both ways, of the same 2D transform: what the tool makes of our file equals our sum. */
    @Test
    void theIsmrmrdToolsReconstructOurFileAndWeReadTheirImage() throws Exception {
        Path theirs = folder.resolve("phantom.h5");
        Peer.run(List.of("ismrmrd_generate_cartesian_shepp_logan", "-m", "32", "-c", "3", "-o", theirs.toString()));
        Path ours = folder.resolve("ours.h5");
        MrdFile.write(MrdFile.read(theirs).raw(), ours);
        Peer.Output output = Peer.run(List.of("ismrmrd_recon_cartesian_2d", ours.toString()));
        assertThat(output.exitCode()).as(output.text()).isZero();
        Peer.run(List.of("ismrmrd_recon_cartesian_2d", theirs.toString()));

        List<MrdImage> images = MrdFile.readImages(ours, null).series().get("cpp");
        List<MrdImage> expected = MrdFile.readImages(theirs, "dataset").series().get("cpp");

        assertThat(images).hasSize(1);
        assertThat(images.get(0).header().columns()).isEqualTo(32);
        assertThat(images.get(0).header().pixelType())
                .isEqualTo(expected.get(0).header().pixelType());
        float[] a = images.get(0).magnitude();
        float[] b = expected.get(0).magnitude();
        double difference = 0;
        double power = 0;
        for (int i = 0; i < a.length; i++) {
            difference += (a[i] - b[i]) * (a[i] - b[i]);
            power += b[i] * b[i];
        }
        assertThat(power).isGreaterThan(0);
        assertThat(Math.sqrt(difference / power)).isEqualTo(0, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-c 8", "-a 2 -w 8", "-C", "-k", "-r 3", "-a 3 -r 2 -C", "-n 0.5"})
    void allThatTheIsmrmrdGeneratorMakesIsRead(String options) throws Exception {
        Path file = folder.resolve("phantom.h5");
        List<String> command = new java.util.ArrayList<>(
                List.of("ismrmrd_generate_cartesian_shepp_logan", "-m", "16", "-o", file.toString()));
        command.addAll(List.of(options.split(" ")));
        Peer.Output output = Peer.run(command);
        assertThat(output.exitCode()).as(output.text()).isZero();

        MrdFile.Contents contents = MrdFile.read(file);

        assertThat(contents.raw().size()).isGreaterThanOrEqualTo(8);
        boolean noise = contents.raw().readout(0).header().has(org.isocenter.model.AcquisitionFlags.NOISE_MEASUREMENT);
        assertThat(noise).isEqualTo(options.contains("-C"));
        int last = contents.raw().size() - 1;
        assertThat(contents.raw().readout(last).trajectoryDimensions()).isEqualTo(options.contains("-k") ? 2 : 0);
        if (options.contains("-r")) {
            assertThat(contents.raw().readout(last).header().counters().repetition())
                    .isPositive();
        }
        // Beside the measurement, the generator leaves plain arrays, which are no MRD images.
        assertThatThrownBy(() -> MrdFile.readImages(file, null)).hasMessageContaining("no group holds MRD images");
    }

    @Test
    void aMeasurementIsChosenByItsName() throws Exception {
        Path file = folder.resolve("several.h5");
        MrdFile.write(MrdExamples.raw(new Random(5), 3, 4, 1, 0), file);
        Peer.Output output = Peer.python(List.of("h5py"), """
                import h5py, sys
                f = h5py.File(sys.argv[1], 'r+')
                f.copy('dataset', f.create_group('day 2'), name='scan 3')
                f['day 2/circle'] = f['/']
                """, file.toString());
        assertThat(output.exitCode()).as(output.text()).isZero();
        assertThat(MrdFile.measurements(file)).containsExactly("dataset", "day 2/scan 3");
        assertThat(MrdFile.read(file, "day 2/scan 3", MrdIntake.ALL).raw().size())
                .isEqualTo(3);
        assertThat(MrdFile.read(file).notes()).singleElement().asString().contains("'dataset' was read");
        assertThatThrownBy(() -> MrdFile.read(file, "scan 3", MrdIntake.ALL))
                .isInstanceOf(MrdFormatException.class)
                .hasMessageContaining("no measurement 'scan 3': there are 'dataset', 'day 2/scan 3'");
    }
}
