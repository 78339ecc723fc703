package org.isocenter.recon.mrd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.testing.Peer;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MrdFileTest {
    @TempDir
    Path folder;

    @Test
    void aScanComesBackAsItWas() throws Exception {
        RawData raw = MrdExamples.raw(new Random(1), 700, 33, 2, 3);
        Path file = folder.resolve("raw.h5");
        MrdFile.write(raw, file);

        MrdFile.Contents contents = MrdFile.read(file);

        assertThat(contents.notes()).isEmpty();
        assertThat(contents.raw().header()).isEqualTo(raw.header());
        assertThat(contents.raw().size()).isEqualTo(700);
        assertThat(contents.raw().isComplete()).isTrue();
        for (int i = 0; i < 700; i++) {
            assertSame(contents.raw().readout(i), raw.readout(i));
        }
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void samplesThatStayInTheFileAreTheSame() throws Exception {
        RawData raw = MrdExamples.raw(new Random(11), 20, 33, 2, 3);
        raw.readout(7).real()[40] = Float.NaN;
        Path file = folder.resolve("raw.h5");
        MrdFile.write(raw, file);

        MrdFile.Contents contents = MrdFile.read(file, null, MrdIntake.ALL, 0);

        assertThat(contents.notes()).singleElement().asString().contains("not a number");
        raw.readout(7).real()[40] = 0;
        float[] real = new float[35];
        float[] imaginary = new float[35];
        for (int i = 0; i < 20; i++) {
            Readout readout = contents.raw().readout(i);
            assertSame(readout, raw.readout(i));
            readout.channel(1, real, imaginary, 2);
            assertThat(Arrays.copyOfRange(real, 2, 35))
                    .containsExactly(Arrays.copyOfRange(raw.readout(i).real(), 33, 66));
        }
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100));
        assertThatThrownBy(() -> contents.raw().readout(0).channel(0, real, imaginary, 0))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("has become shorter");
    }

    @Test
    void aHeaderOfManyMegabytesIsNotRead() throws Exception {
        Path file = folder.resolve("raw.h5");
        MrdFile.write(RawData.of(MrdExamples.header(), List.of()), "x".repeat((1 << 24) + 1), file);
        assertThatThrownBy(() -> MrdFile.read(file))
                .isInstanceOf(MrdFormatException.class)
                .hasMessageContaining("16777217 bytes, at most 16777216 are read");
    }

    @Test
    void aScanCutShortRemembersHowMuchItWasToBring() throws Exception {
        RawData raw = new RawData(MrdExamples.header(), 9);
        raw.append(MrdExamples.readout(new Random(2), 0, 4, 1, 0));
        MrdFile.write(raw, folder.resolve("raw.h5"));

        RawData got = MrdFile.read(folder.resolve("raw.h5")).raw();

        assertThat(got.expected()).isEqualTo(9);
        assertThat(got.size()).isEqualTo(1);
        assertThat(got.header()).isEqualTo(raw.header());
    }

    @Test
    void aScanWithoutReadoutsCanBeKept() throws Exception {
        Path file = folder.resolve("raw.h5");
        MrdFile.write(RawData.of(MrdExamples.header(), List.of()), file);
        assertThat(MrdFile.read(file).raw().size()).isZero();
    }

    @Test
    void anExistingFileIsReplacedOnlyByAWholeOne() throws Exception {
        Path file = Files.writeString(folder.resolve("raw.h5"), "old");
        RawData tooLong = RawData.of(MrdExamples.header(), List.of(MrdExamples.readout(new Random(3), 0, 65536, 1, 0)));
        assertThatThrownBy(() -> MrdFile.write(tooLong, file)).isInstanceOf(IllegalArgumentException.class);
        assertThat(file).hasContent("old");
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void h5pyReadsWhatWeWrite() throws Exception {
        RawData raw = MrdExamples.raw(new Random(4), 5, 6, 2, 1);
        Path file = folder.resolve("raw.h5");
        MrdFile.write(raw, file);
        String script = """
                import h5py, sys
                f = h5py.File(sys.argv[1], 'r')
                r = f['dataset/data'][3]
                h = r['head']
                print(f['dataset/data'].dtype.itemsize, h['scan_counter'], h['idx']['set'], h['position'][0])
                print(r['data'][13], r['traj'][5], len(r['data']), f['dataset/xml'][0][:5].decode())
                """;
        Peer.Output output = Peer.python(List.of("h5py"), script, file.toString());
        Readout readout = raw.readout(3);
        List<String> words = List.of(String.join(" ", output.lines()).split(" "));
        assertThat(words.subList(0, 4)).containsExactly("376", "3", "65535", "12.5");
        assertThat(Float.parseFloat(words.get(4))).isEqualTo(readout.imaginary()[6]);
        assertThat(Float.parseFloat(words.get(5))).isEqualTo(readout.trajectoryPerMeter()[5]);
        assertThat(words.subList(6, 8)).containsExactly("24", "<?xml");
    }

    /** As ismrmrd-python writes it, in a group of another name, with the header as a fixed-length string. */
    @Test
    void packedRecordsInAGroupOfAnyNameAreRead() throws Exception {
        RawData raw = MrdExamples.raw(new Random(5), 12, 6, 2, 1);
        MrdFile.write(raw, folder.resolve("raw.h5"));
        MrdFile.Contents contents = MrdFile.read(rewritten("""
                for name in ('scan 7', 'scan 8'):
                    g = out.create_group(name)
                    g.create_dataset('xml', data=numpy.array([xml], dtype='S' + str(len(xml) + 9)))
                    t = numpy.dtype([('head', packed(data.dtype['head'])), ('traj', v), ('data', v)])
                    d = g.create_dataset('data', (12,), dtype=t)
                    for i in range(12):
                        d[i] = tuple(data[i])
                """));
        assertThat(contents.raw().header()).isEqualTo(raw.header());
        for (int i = 0; i < 12; i++) {
            assertSame(contents.raw().readout(i), raw.readout(i));
        }
        assertThat(contents.notes()).singleElement().asString().contains("2 measurements", "'scan 7' was read");
    }

    @Test
    void recordsThatAreNotMrdsAreRefusedByName() throws Exception {
        MrdFile.write(MrdExamples.raw(new Random(6), 12, 6, 2, 1), folder.resolve("raw.h5"));
        Path wrong = rewritten("""
                g = out.create_group('dataset')
                g.create_dataset('xml', data=[xml])
                t = numpy.dtype([('head', [('flags', 'f4')]), ('traj', v), ('data', v)])
                g.create_dataset('data', (12,), dtype=t)
                """);
        assertThatThrownBy(() -> MrdFile.read(wrong))
                .isInstanceOf(MrdFormatException.class)
                .hasMessageContaining(wrong.toString())
                .hasMessageContaining("'data/head/flags' is not of the type");
    }

    /** @param script fills {@code out} from the {@code xml} and the {@code data} of raw.h5 */
    private Path rewritten(String script) {
        Path file = folder.resolve("rewritten.h5");
        String before = """
                import h5py, numpy, sys
                v = h5py.special_dtype(vlen=numpy.float32)
                def packed(t):
                    if t.names is None:
                        return t
                    return numpy.dtype([(n, packed(t[n])) for n in t.names])
                f = h5py.File(sys.argv[1], 'r')
                xml = f['dataset/xml'][0]
                data = f['dataset/data']
                out = h5py.File(sys.argv[2], 'w')
                """;
        Peer.Output output = Peer.python(
                List.of("h5py"), before + script, folder.resolve("raw.h5").toString(), file.toString());
        assertThat(output.exitCode()).as(output.text()).isZero();
        return file;
    }

    @Test
    void weReadWhatTheIsmrmrdToolsWrite() throws Exception {
        Path file = folder.resolve("phantom.h5");
        Peer.run(List.of("ismrmrd_generate_cartesian_shepp_logan", "-m", "32", "-c", "3", "-o", file.toString()));
        RawData raw = MrdFile.read(file).raw();
        assertThat(raw.size()).isEqualTo(32);
        assertThat(raw.header().encodings().get(0).encodedX()).isEqualTo(64);
        assertThat(raw.header().encodings().get(0).reconX()).isEqualTo(32);
        assertThat(raw.readout(7).header().counters().step1()).isEqualTo(7);
        assertThat(raw.readout(7).header().channels()).isEqualTo(3);
    }

    /** Packed records of 372 bytes, a trajectory, no flags, and a header that is wrong in three places. */
    @Test
    void aRealConsolesFileIsReadWithItsFaultsNamed() throws Exception {
        MrdFile.Contents contents = MrdFile.read(SharedData.path("kspace/osi2/osi2_tse3d.mrd"));
        assertThat(contents.raw().size()).isEqualTo(1000);
        assertThat(contents.raw().readout(1).header().counters().step1()).isEqualTo(47);
        assertThat(contents.raw().readout(1).trajectoryPerMeter()[1]).isEqualTo(-20f);
        assertThat(contents.raw().header().sequence().dwellSeconds()).isEqualTo(50e-6, within(1e-12));
        assertThat(contents.notes()).hasSize(3);
        assertThat(String.join("\n", contents.notes()))
                .contains("patientPosition", "systemFieldStrength_T", "H1resonanceFrequency_Hz");
    }

    @Test
    void whatIsNotThereIsSaidToBeMissing() {
        assertThatThrownBy(() -> MrdFile.read(folder.resolve("none.h5")))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("none.h5");
    }

    @Test
    void whatIsNoHdf5IsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("text.h5"), "hello");
        assertThatThrownBy(() -> MrdFile.read(file))
                .isInstanceOf(MrdFormatException.class)
                .hasMessageContaining("text.h5")
                .hasMessageContaining("no HDF5");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aFileCutShortAnywhereIsRefused(long seed) throws Exception {
        Random random = new Random(seed);
        Path whole = folder.resolve("raw.h5");
        MrdFile.write(MrdExamples.raw(random, 300, 16, 1, 0), whole);
        byte[] bytes = Files.readAllBytes(whole);
        for (int round = 0; round < 40; round++) {
            int cut = random.nextInt(bytes.length);
            Path part = Files.write(folder.resolve("part.h5"), Arrays.copyOf(bytes, cut));
            assertThatThrownBy(() -> MrdFile.read(part))
                    .as("seed %d cut at %d of %d", seed, cut, bytes.length)
                    .isInstanceOf(MrdFormatException.class)
                    .hasMessageContaining("part.h5");
        }
    }

    /** The heap where samples and header lie; the library itself would end the process on most of these files. */
    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void aDamagedHeapIsReadOrRefused(long seed) throws Exception {
        Random random = new Random(seed);
        Path whole = folder.resolve("raw.h5");
        MrdFile.write(MrdExamples.raw(random, 40, 16, 1, 1), whole);
        byte[] bytes = Files.readAllBytes(whole);
        List<Integer> collections = new ArrayList<>();
        for (int at = 0; at + 4 < bytes.length; at++) {
            if (bytes[at] == 'G' && bytes[at + 1] == 'C' && bytes[at + 2] == 'O' && bytes[at + 3] == 'L') {
                collections.add(at);
            }
        }
        assertThat(collections).hasSizeGreaterThan(1);
        int refused = 0;
        for (int round = 0; round < 200; round++) {
            byte[] damaged = bytes.clone();
            int from = collections.get(random.nextInt(collections.size())) + random.nextInt(64);
            for (int i = from; i < from + 1 + random.nextInt(8); i++) {
                damaged[i] = (byte) (random.nextBoolean() ? 0xff : random.nextInt(256));
            }
            Path file = Files.write(folder.resolve("damaged.h5"), damaged);
            try {
                MrdFile.read(file);
            } catch (MrdFormatException expected) {
                assertThat(expected).as("seed %d round %d", seed, round).hasMessageNotContaining("null");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(50);
    }

    private static void assertSame(Readout got, Readout expected) {
        assertThat(got.header().scanCounter()).isEqualTo(expected.header().scanCounter());
        assertThat(got.header().counters()).isEqualTo(expected.header().counters());
        assertThat(got.header().geometry()).isEqualTo(expected.header().geometry());
        assertThat(got.header().startSeconds()).isEqualTo(expected.header().startSeconds(), within(1e-9));
        assertThat(got.real()).containsExactly(expected.real());
        assertThat(got.imaginary()).containsExactly(expected.imaginary());
        assertThat(got.trajectoryPerMeter()).containsExactly(expected.trajectoryPerMeter());
    }
}
