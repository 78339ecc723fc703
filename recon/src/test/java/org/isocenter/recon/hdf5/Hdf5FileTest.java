package org.isocenter.recon.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against files of h5py, which uses the HDF5 library. */
class Hdf5FileTest {
    @TempDir
    Path folder;

    /** The old format (superblock 0, symbol tables, B-trees) and the new (superblock 3, links, arrays of chunks). */
    @ParameterizedTest
    @ValueSource(strings = {"earliest", "v108", "latest"})
    void everyWayOfStoringNumbersIsRead(String version) throws Exception {
        Path file = made(version, """
                a = numpy.arange(5 * 7 * 9, dtype='<i4').reshape(5, 7, 9)
                f['plain'] = a
                f.create_dataset('compact', data=a[:1, :1], dcpl=compact())
                f.create_dataset('one', data=a, chunks=(5, 7, 9))
                f.create_dataset('odd', data=a, chunks=(2, 3, 4))
                f.create_dataset('grows', data=a, chunks=(1, 7, 9), maxshape=(None, 7, 9))
                f.create_dataset('grows in pieces', data=a, chunks=(2, 3, 4), maxshape=(None, 7, 9))
                f.create_dataset('packed', data=a, chunks=(2, 3, 4), compression='gzip', shuffle=True, fletcher32=True)
                f.create_dataset('packed whole', data=a, chunks=(5, 7, 9), compression='gzip')
                f.create_dataset('packed growing', data=a, chunks=(1, 3, 9), maxshape=(None, 7, 9), compression='gzip')
                """);
        try (Hdf5File hdf5 = Hdf5File.open(file)) {
            assertThat(hdf5.root().names()).hasSize(9);
            for (String name : hdf5.root().names()) {
                Hdf5DataSet dataSet = hdf5.root().dataSet(name);
                assertThat(dataSet.type()).isEqualTo(new Hdf5Type.Number(4, false, true, false));
                int row = (int) (dataSet.bytesPerRow() / 4);
                for (int from = 0; from < dataSet.rows(); from++) {
                    for (int count = 1; count <= dataSet.rows() - from; count++) {
                        ByteBuffer rows = dataSet.read(from, count).order(ByteOrder.LITTLE_ENDIAN);
                        assertThat(rows.remaining()).isEqualTo(4 * row * count);
                        for (int i = 0; i < row * count; i++) {
                            assertThat(rows.getInt(4 * i))
                                    .as("%s: %d of %d rows from %d", name, i, count, from)
                                    .isEqualTo(from * row + i);
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"earliest", "v108", "latest"})
    void thousandsOfChunksAndDozensOfMembersAreFound(String version) throws Exception {
        Path file = made(version, """
                f.create_dataset('many', data=numpy.arange(20000, dtype='<u2'), chunks=(1,), maxshape=(None,))
                f.create_dataset('fixed', data=numpy.arange(3000, dtype='<u2'), chunks=(1,))
                g = f.create_group('crowded')
                for i in range(40):
                    g['member with a long name ' + str(i)] = i
                """);
        try (Hdf5File hdf5 = Hdf5File.open(file)) {
            for (String name : List.of("many", "fixed")) {
                Hdf5DataSet many = hdf5.root().dataSet(name);
                ByteBuffer all = many.read(0, (int) many.rows()).order(ByteOrder.LITTLE_ENDIAN);
                for (int i = 0; i < many.rows(); i++) {
                    assertThat(all.getShort(2 * i)).as("%s %d", name, i).isEqualTo((short) i);
                }
            }
            Hdf5Group crowded = hdf5.root().group("crowded");
            assertThat(crowded.names()).hasSize(40);
            for (int i = 0; i < 40; i++) {
                Hdf5DataSet member = crowded.dataSet("member with a long name " + i);
                assertThat(member.shape()).isEmpty();
                assertThat(member.read(0, 1).getLong(0)).isEqualTo(i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"earliest", "v108", "latest"})
    void typesOfAllKindsAreUnderstood(String version) throws Exception {
        Path file = made(version, """
                inner = numpy.dtype([('b', '>f8'), ('c', 'u1', (2, 3))])
                t = numpy.dtype([('first', '<i2'), ('in', inner), ('v', h5py.special_dtype(vlen=numpy.float32))])
                d = f.create_dataset('records', (2,), dtype=t, chunks=(1,), maxshape=(None,))
                d[1] = (7, (1.5, [[1, 2, 3], [4, 5, 6]]), numpy.array([1, 2, 4], dtype='f4'))
                f['complex'] = numpy.array([1 + 2j], dtype='complex64')
                f['truth'] = numpy.array([True])
                f.create_dataset('text', data=['häuser'], dtype=h5py.string_dtype())
                f['short'] = numpy.array([b'abc'])
                """);
        try (Hdf5File hdf5 = Hdf5File.open(file)) {
            Hdf5DataSet records = hdf5.root().dataSet("records");
            Hdf5Type.Compound type = (Hdf5Type.Compound) records.type();
            Hdf5Type.Compound inner = (Hdf5Type.Compound) type.member("in").type();
            assertThat(inner.member("b").type()).isEqualTo(new Hdf5Type.Number(8, true, true, true));
            assertThat(inner.member("c").type())
                    .isEqualTo(new Hdf5Type.Array(new Hdf5Type.Number(1, false, false, false), 6));
            ByteBuffer record = records.read(1, 1);
            int at = type.member("v").offset();
            assertThat(hdf5.heap().value(record, at, 4, "it").getFloat(8)).isEqualTo(4f);
            assertThat(record.getShort(type.member("first").offset())).isEqualTo((short) 7);
            Hdf5Type.Compound complex =
                    (Hdf5Type.Compound) hdf5.root().dataSet("complex").type();
            assertThat(complex.members()).extracting(Hdf5Type.Member::name).containsExactly("r", "i");
            assertThat(hdf5.root().dataSet("truth").type().bytes()).isEqualTo(1);
            Hdf5DataSet text = hdf5.root().dataSet("text");
            assertThat(((Hdf5Type.VariableLength) text.type()).text()).isTrue();
            byte[] bytes = new byte[7];
            hdf5.heap().value(text.read(0, 1), 0, 1, "it").get(bytes);
            assertThat(bytes).isEqualTo("häuser".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(hdf5.root().dataSet("short").type()).isEqualTo(new Hdf5Type.Text(3));
        }
    }

    @Test
    void aBlockOfTheUsersOwnMayComeFirst() throws Exception {
        Path file = folder.resolve("made.h5");
        Peer.Output output = Peer.python(List.of("h5py"), """
                import h5py, sys
                f = h5py.File(sys.argv[1], 'w', userblock_size=1024)
                f['x'] = 3
                """, file.toString());
        assertThat(output.exitCode()).as(output.text()).isZero();
        assertThat(Hdf5File.isHdf5(file)).isTrue();
        try (Hdf5File hdf5 = Hdf5File.open(file)) {
            assertThat(hdf5.root().dataSet("x").read(0, 1).getLong(0)).isEqualTo(3);
        }
    }

    @Test
    void aCompressionThatIsNotReadIsNamed() throws Exception {
        Path file = made("earliest", "f.create_dataset('x', data=numpy.zeros(99), chunks=(9,), compression='lzf')\n");
        try (Hdf5File hdf5 = Hdf5File.open(file)) {
            assertThatThrownBy(() -> hdf5.root().dataSet("x"))
                    .isInstanceOf(Hdf5Exception.class)
                    .hasMessageContaining("'/x' is compressed by filter 32000")
                    .hasMessageContaining("h5repack");
        }
    }

    @Test
    void whatIsNoHdf5IsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("text.h5"), "x".repeat(3000));
        assertThat(Hdf5File.isHdf5(file)).isFalse();
        assertThatThrownBy(() -> Hdf5File.open(file))
                .isInstanceOf(Hdf5Exception.class)
                .hasMessageContaining("no HDF5");
    }

    @Test
    void whatPeopleTakeForHdf5IsNamed() throws Exception {
        Path pointer =
                Files.writeString(folder.resolve("a.h5"), "version https://git-lfs.github.com/spec/v1\noid sha256:0");
        assertThatThrownBy(() -> Hdf5File.open(pointer)).hasMessageContaining("git lfs pull");
        Path stream = Files.writeString(folder.resolve("b.mrd"), "yardl" + "x".repeat(3000));
        assertThatThrownBy(() -> Hdf5File.open(stream)).hasMessageContaining("MRD version 2");
    }

    @ParameterizedTest
    @CsvSource({
        "meas.dat, 00000000 02000000 0100000002000000, siemens_to_ismrmrd",
        "meas.dat, 00280000 05000000 436F6E66696700, siemens_to_ismrmrd",
        "P12345.7, 6DE7D041, ge_to_ismrmrd",
        "20261123.lab, 00000000, philips_to_ismrmrd",
        "fid, 01000000, bruker_to_ismrmrd",
        "a.tnt, 544E5431 2E303035, Tecmag",
        "acqu.par, 62616E64, Prospa",
        "image.nii.gz, 1F8B0800, gunzip",
        "arrays.npz, 504B0304, unpack it",
        "se.seq, 232050756C736571, isocenter scan",
        "empty.h5, '', it is empty"
    })
    void whatIsOfOthersIsToldWithWhatToDo(String name, String firstBytes, String words) throws Exception {
        Path file = Files.write(folder.resolve(name), HexFormat.of().parseHex(firstBytes.replace(" ", "")));
        assertThatThrownBy(() -> Hdf5File.open(file))
                .isInstanceOf(Hdf5Exception.class)
                .hasMessageContaining(words);
        byte[] dicom = new byte[400];
        dicom[128] = 'D';
        dicom[129] = 'I';
        dicom[130] = 'C';
        dicom[131] = 'M';
        Files.write(file, dicom);
        assertThatThrownBy(() -> Hdf5File.open(file)).hasMessageContaining("DICOM");
    }

    private Path made(String version, String script) {
        Path file = folder.resolve("made.h5");
        String before = """
                import h5py, numpy, sys
                def compact():
                    p = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
                    p.set_layout(h5py.h5d.COMPACT)
                    return p
                bounds = ('v108', 'v108') if sys.argv[2] == 'v108' else sys.argv[2]
                f = h5py.File(sys.argv[1], 'w', libver=bounds)
                """;
        Peer.Output output = Peer.python(List.of("h5py"), before + script, file.toString(), version);
        assertThat(output.exitCode()).as(output.text()).isZero();
        return file;
    }
}
