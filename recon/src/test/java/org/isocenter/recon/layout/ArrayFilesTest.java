package org.isocenter.recon.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.isocenter.testing.Peer;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayFilesTest {
    @TempDir
    Path folder;

    /** Element (i, j, k) of 2×3×4 is 100 i + 10 j + k, with its negative as imaginary part where it has one. */
    private static final String ARRAY = """
            import numpy, sys
            i, j, k = numpy.meshgrid(range(2), range(3), range(4), indexing='ij')
            a = 100 * i + 10 * j + k
            c = a - 1j * a
            """;

    @ParameterizedTest
    @ValueSource(strings = {"<c8", ">c8", "<c16", ">c16", "<f4", ">f8", "<i2", ">i4", "u1", "<i8"})
    void numpysTypesAndOrdersAreRead(String type) throws Exception {
        Path c = folder.resolve("c.npy");
        Path fortran = folder.resolve("f.npy");
        python(ARRAY + """
                x = (c if 'c' in sys.argv[1] else a).astype(sys.argv[1])
                numpy.save(sys.argv[2], x)
                numpy.save(sys.argv[3], numpy.asfortranarray(x))
                """, type, c, fortran);
        for (Path file : List.of(c, fortran)) {
            assertThat(ArrayFile.of(file).kind()).isEqualTo(ArrayFile.Kind.NUMPY);
            assertNumbers(ArrayFile.of(file).read(null), type.contains("c"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "5z"})
    void matlabsVariablesAreRead(String format) throws Exception {
        Path file = folder.resolve("data.mat");
        python("import scipy.io\n" + ARRAY + """
                scipy.io.savemat(sys.argv[2], {'ksp': c, 'single': c.astype('complex64'), 'real': a.astype('int16'),
                    'name': 'text', 'list': numpy.array([[1]], dtype=object)}, do_compression=sys.argv[1] == '5z')
                """, format, file);
        ArrayFile mat = ArrayFile.of(file);
        assertThat(mat.kind()).isEqualTo(ArrayFile.Kind.MATLAB);
        assertNumbers(mat.read("ksp"), true);
        assertNumbers(mat.read("single"), true);
        assertNumbers(mat.read("real"), false);
        assertThatThrownBy(() -> mat.read(null))
                .isInstanceOf(ArrayFormatException.class)
                .hasMessageContaining("--variable")
                .hasMessageContaining("ksp (2×3×4), single (2×3×4), real (2×3×4)");
        assertThatThrownBy(() -> mat.read("kspace"))
                .isInstanceOf(ArrayFormatException.class)
                .hasMessageContaining("no variable 'kspace'");
    }

    /** As MATLAB writes it: a block of its own, axes in the opposite order, parts by the names real and imag. */
    @Test
    void matlabsFilesOfTheNewestKindAreRead() throws Exception {
        Path file = folder.resolve("data.mat");
        python("import h5py\n" + ARRAY + """
                f = h5py.File(sys.argv[1], 'w', userblock_size=512)
                for name, part in (('ksp', 'f8'), ('single', 'f4')):
                    x = numpy.zeros((4, 3, 2), dtype=[('real', part), ('imag', part)])
                    x['real'], x['imag'] = c.T.real, c.T.imag
                    f.create_dataset(name, data=x, chunks=(2, 2, 2), compression='gzip')
                f.close()
                with open(sys.argv[1], 'r+b') as out:
                    out.write(b'MATLAB 7.3 MAT-file'.ljust(124) + bytes([0, 2, 73, 77]))
                """, file.toString());
        assertThat(ArrayFile.of(file).kind()).isEqualTo(ArrayFile.Kind.MATLAB);
        assertNumbers(ArrayFile.of(file).read("ksp"), true);
        assertNumbers(ArrayFile.of(file).read("single"), true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "7.3"})
    void theOnlyArrayBesideParametersIsMeant(String version) throws Exception {
        Path file = folder.resolve("console.mat");
        boolean newest = version.equals("7.3");
        python(ARRAY + (version.equals("7.3") ? """
                import h5py
                with h5py.File(sys.argv[1], 'w', userblock_size=512) as f:
                    f['lo_freq'] = numpy.ones((1, 1))
                    f['rawdata'] = numpy.arange(6.).reshape(3, 2)
                with open(sys.argv[1], 'r+b') as out:
                    out.write(b'MATLAB 7.3 MAT-file'.ljust(124) + bytes([0, 2, 73, 77]))
                """ : """
                import scipy.io
                scipy.io.savemat(sys.argv[1], {'lo_freq': 3.0, 'rawdata': numpy.arange(6.).reshape(2, 3)})
                """), file);
        assertThat(ArrayFile.need(file).read(null).shape()).containsExactly(2, 3);
        assertThat(ArrayFile.need(file).read("lo_freq").real()).hasSize(1);
    }

    @Test
    void bartsPairsAreReadByAnyOfTheirNames() throws Exception {
        python(ARRAY + """
                c.astype('complex64').T.tofile(sys.argv[1] + '/data.cfl')
                open(sys.argv[1] + '/data.hdr', 'w').write('# Dimensions\\n2 3 4 1 1 1 \\n# Command\\nsome \\n')
                """, folder);
        for (String name : List.of("data", "data.cfl", "data.hdr")) {
            ComplexArray array = ArrayFile.of(folder.resolve(name)).read(null);
            assertNumbers(array, true);
        }
    }

    @Test
    void whatWeWriteIsReadByNumpyAndBart() throws Exception {
        float[] real = {1, 2, 3, 4, 5, 6};
        float[] imaginary = {0, 0, 0, 0, -1, 0.5f};
        NpyFile.write(folder.resolve("c.npy"), new int[] {2, 3}, real, imaginary);
        NpyFile.write(folder.resolve("f.npy"), new int[] {6}, real, null);
        Peer.Output output = python("""
                import numpy, sys
                c, f = numpy.load(sys.argv[1] + '/c.npy'), numpy.load(sys.argv[1] + '/f.npy')
                print(c.dtype, c.shape, c[1, 1], f.dtype, f.shape, f[5])
                """, folder);
        assertThat(output.text().strip()).isEqualTo("complex64 (2, 3) (5-1j) float32 (6,) 6.0");
        CflFile.write(folder.resolve("b"), new int[] {3, 2}, real, imaginary);
        Peer.Output shown = Peer.run(List.of("bart", "show", folder.resolve("b").toString()));
        assertThat(shown.text().replaceAll("\\s+", " ")).contains("5.000000e+00-1.000000e+00i");
        assertThat(ArrayFile.of(folder.resolve("b")).read(null).imaginary()).containsExactly(imaginary);
    }

    @Test
    void realFilesAreReadByTheirKind() throws Exception {
        Path mat = SharedData.path("kspace/hku_0.055T/fig8A_0.055T_3DFSE_10mm_thickness_2D_kspace.mat");
        assertThat(ArrayFile.of(mat).read(null).shape()).containsExactly(128, 126);
        Path npy = SharedData.path("kspace/brain8ch/cartesian_ksp.npy");
        assertThat(ArrayFile.of(npy).read(null).shape()).containsExactly(8, 230, 180);
        Path cfl = SharedData.path("kspace/epi96_real/epi_96x96.cfl");
        assertThat(ArrayFile.of(cfl).read(null).shape()).containsExactly(96, 96);
    }

    @Test
    void pythonsObjectsAreNoNumbers() throws Exception {
        Path file = folder.resolve("objects.npy");
        python("""
                import numpy, sys
                numpy.save(sys.argv[1], numpy.array([None, 'x'], dtype=object), allow_pickle=True)
                """, file.toString());
        assertThatThrownBy(() -> ArrayFile.of(file).read(null))
                .isInstanceOf(ArrayFormatException.class)
                .hasMessageContaining("objects.npy");
    }

    @Test
    void aPairOfWhichOneIsMissingIsRefused() throws Exception {
        Files.writeString(folder.resolve("a.hdr"), "# Dimensions\n2 3\n");
        assertThatThrownBy(() -> ArrayFile.of(folder.resolve("a.cfl")).read(null))
                .isInstanceOf(ArrayFormatException.class)
                .hasMessageContaining("a.cfl: is not there");
        Files.write(folder.resolve("a.cfl"), new byte[40]);
        assertThatThrownBy(() -> ArrayFile.of(folder.resolve("a.cfl")).read(null))
                .hasMessageContaining("has 40 bytes")
                .hasMessageContaining("2×3");
    }

    /** Bytes changed, cut, or blown up, in the parts where sizes and types stand. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void damagedFilesAreReadOrRefused(long seed) throws Exception {
        Random random = new Random(seed);
        python("import scipy.io\n" + ARRAY + """
                numpy.save(sys.argv[1] + '/a.npy', c)
                scipy.io.savemat(sys.argv[1] + '/b.mat', {'ksp': c, 'other': a})
                scipy.io.savemat(sys.argv[1] + '/z.mat', {'ksp': numpy.tile(c, 9)}, do_compression=True)
                c.astype('complex64').T.tofile(sys.argv[1] + '/data.cfl')
                open(sys.argv[1] + '/data.hdr', 'w').write('# Dimensions\\n2 3 4 1 1 1 \\n')
                """, folder);
        for (String name : List.of("a.npy", "b.mat", "z.mat", "data.hdr")) {
            byte[] whole = Files.readAllBytes(folder.resolve(name));
            int refused = 0;
            for (int round = 0; round < 300; round++) {
                byte[] damaged = random.nextInt(5) == 0
                        ? Arrays.copyOf(whole, random.nextInt(whole.length))
                        : changed(whole, random);
                Path file = Files.write(folder.resolve(name), damaged);
                try {
                    ArrayFile found = ArrayFile.of(file);
                    if (found != null) {
                        found.read(found.kind() == ArrayFile.Kind.MATLAB ? "ksp" : null);
                    }
                } catch (IOException expected) {
                    assertThat(expected)
                            .as("seed %d, %s, round %d", seed, name, round)
                            .isInstanceOf(ArrayFormatException.class)
                            .hasMessageContaining(name.replaceFirst("\\..*", ""));
                    refused++;
                }
            }
            assertThat(refused).as(name).isGreaterThan(30);
        }
    }

    private static byte[] changed(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        int at = random.nextInt(Math.min(bytes.length, random.nextBoolean() ? 256 : 4096));
        for (int i = at; i < Math.min(bytes.length, at + 1 + random.nextInt(6)); i++) {
            bytes[i] = (byte) (random.nextInt(3) == 0 ? '9' : random.nextInt(256));
        }
        return bytes;
    }

    private static void assertNumbers(ComplexArray array, boolean complex) {
        assertThat(array.shape()).containsExactly(2, 3, 4);
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 4; k++) {
                    int at = i * array.strides()[0] + j * array.strides()[1] + k * array.strides()[2];
                    float expected = 100 * i + 10 * j + k;
                    assertThat(array.real()[at]).isEqualTo(expected);
                    assertThat(array.imaginary()[at] + 0f).isEqualTo(complex && expected != 0 ? -expected : 0f);
                }
            }
        }
    }

    private static Peer.Output python(String script, Object... arguments) {
        List<String> words = new ArrayList<>();
        for (Object argument : arguments) {
            words.add(argument.toString());
        }
        List<String> modules = new ArrayList<>(List.of("numpy"));
        if (script.contains("scipy")) {
            modules.add("scipy");
        }
        if (script.contains("h5py")) {
            modules.add("h5py");
        }
        Peer.Output output = Peer.python(modules, script, words.toArray(String[]::new));
        assertThat(output.exitCode()).as(output.text()).isZero();
        return output;
    }
}
