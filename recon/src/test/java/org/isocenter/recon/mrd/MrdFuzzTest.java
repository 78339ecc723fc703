package org.isocenter.recon.mrd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.isocenter.model.RawData;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged and hostile files end in what could be read or in an {@link MrdFormatException}, never in anything else. */
class MrdFuzzTest {
    /** What structures begin with: object headers, trees, symbol nodes, heaps of names and of values. */
    private static final List<String> SIGNATURES =
            List.of("TREE", "SNOD", "HEAP", "GCOL", "OHDR", "FRHP", "BTHD", "EAHD");

    /** Values that break careless sums. */
    private static final long[] NASTY = {
        0,
        1,
        -1,
        8,
        0x7f,
        0xff,
        0x7fff,
        0xffff,
        Integer.MAX_VALUE,
        0xffffffffL,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        1L << 40
    };

    private static final int ROUNDS = Integer.getInteger("isocenter.fuzzRounds", 200);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void bytesOfStructuresMayBeAnything(long seed) throws Exception {
        Random random = new Random(seed);
        Path whole = folder.resolve("whole.h5");
        RawData raw = MrdExamples.raw(random, 40, 16, 2, 2);
        raw.appendWaveforms(List.of(MrdExamples.waveform(random)));
        MrdFile.write(raw, "config", whole);
        fuzz(Files.readAllBytes(whole), random, seed, ROUNDS);
    }

    /** Written by h5py in the new format: other headers, links and indices. */
    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void bytesOfNewStructuresMayBeAnything(long seed) throws Exception {
        Random random = new Random(seed);
        Path old = folder.resolve("old.h5");
        Path whole = folder.resolve("whole.h5");
        MrdFile.write(MrdExamples.raw(random, 60, 8, 1, 0), old);
        Peer.Output output = Peer.python(List.of("h5py"), """
                import h5py, sys
                a, b = h5py.File(sys.argv[1], 'r'), h5py.File(sys.argv[2], 'w', libver='latest')
                g = b.create_group('dataset')
                g.create_dataset('xml', data=a['dataset/xml'][:], dtype=h5py.string_dtype())
                d = g.create_dataset('data', (60,), maxshape=(None,), chunks=(1,), dtype=a['dataset/data'].dtype)
                for i in range(60):
                    d[i] = a['dataset/data'][i]
                for i in range(12):
                    g['some other member ' + str(i)] = i
                """, old.toString(), whole.toString());
        assertThat(output.exitCode()).as(output.text()).isZero();
        assertThat(MrdFile.read(whole).raw().size()).isEqualTo(60);
        fuzz(Files.readAllBytes(whole), random, seed, ROUNDS);
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8})
    void bytesOfImagesMayBeAnything(long seed) throws Exception {
        Random random = new Random(seed);
        Path whole = folder.resolve("whole.h5");
        List<MrdImage> images = List.of(
                MrdExamples.image(random, MrdPixelType.COMPLEX_FLOAT),
                MrdExamples.image(random, MrdPixelType.COMPLEX_FLOAT));
        MrdFile.writeImages(MrdExamples.header(), Map.of("image_0", images), whole);
        fuzz(Files.readAllBytes(whole), random, seed, ROUNDS);
    }

    private void fuzz(byte[] whole, Random random, long seed, int rounds) throws IOException {
        List<Integer> places = places(whole);
        Path file = folder.resolve("damaged.h5");
        int refused = 0;
        for (int round = 0; round < rounds; round++) {
            byte[] damaged = random.nextInt(20) == 0
                    ? Arrays.copyOf(whole, random.nextInt(whole.length))
                    : damaged(whole, places, random);
            Files.write(file, damaged);
            refused += refused(() -> MrdFile.read(file), seed, round);
            refused += refused(() -> MrdFile.readImages(file, null), seed, round);
        }
        assertThat(refused).isGreaterThan(rounds / 10);
    }

    private interface Reading {
        void read() throws IOException;
    }

    private static int refused(Reading reading, long seed, int round) throws IOException {
        try {
            reading.read();
            return 0;
        } catch (MrdFormatException expected) {
            assertThat(expected)
                    .as("seed %d, round %d", seed, round)
                    .hasMessageContaining("damaged.h5")
                    .hasMessageNotContaining("null");
            return 1;
        } catch (RuntimeException | Error e) {
            throw new AssertionError("seed " + seed + ", round " + round, e);
        }
    }

    /** Where structures begin, and the superblock. */
    private static List<Integer> places(byte[] whole) {
        List<Integer> places = new ArrayList<>(List.of(0));
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        for (String signature : SIGNATURES) {
            for (int at = text.indexOf(signature); at >= 0; at = text.indexOf(signature, at + 1)) {
                places.add(at);
            }
        }
        return places;
    }

    private static byte[] damaged(byte[] whole, List<Integer> places, Random random) {
        byte[] bytes = whole.clone();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int change = random.nextInt(3); change >= 0; change--) {
            boolean near = random.nextInt(4) != 0;
            int start = near ? places.get(random.nextInt(places.size())) : 0;
            int at = start + random.nextInt(near ? 300 : bytes.length);
            long value = switch (random.nextInt(3)) {
                case 0 -> NASTY[random.nextInt(NASTY.length)];
                case 1 -> random.nextInt(bytes.length);
                // To another structure: circles and trees that meet.
                default -> places.get(random.nextInt(places.size()));
            };
            switch (random.nextInt(4)) {
                case 0 -> put(buffer, at, 1, value);
                case 1 -> put(buffer, at, 2, value);
                case 2 -> put(buffer, at / 4 * 4, 4, value);
                default -> put(buffer, at / 8 * 8, 8, value);
            }
        }
        return bytes;
    }

    private static void put(ByteBuffer buffer, int at, int bytes, long value) {
        for (int i = 0; i < bytes && at + i < buffer.capacity(); i++) {
            buffer.put(at + i, (byte) (value >>> 8 * i));
        }
    }

    /** What h5py can make and no MRD should be: by name of the case. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "number_of_samples = 65535 | readout 0",
                "active_channels = 7 | ",
                "number_of_samples = 0 | readout 0",
                "many rows | more than the file can hold",
                "the same values a thousand times | more values than the file holds",
                "a circle of groups | no group holds 'xml' and 'data'",
                "numbers for records | not made of MRD's records",
                "a deep header | nested deeper",
                "entities | DOCTYPE",
                "an external entity | DOCTYPE",
                "a long header | at most"
            })
    void hostileFilesAreRefusedInWords(String line) throws Exception {
        String name = line.substring(0, line.indexOf(" | "));
        String expected = line.substring(line.indexOf(" | ") + 3);
        Path whole = folder.resolve("whole.h5");
        Path file = folder.resolve("damaged.h5");
        MrdFile.write(MrdExamples.raw(new Random(9), 4, 8, 2, 0), whole);
        Peer.Output output = Peer.python(List.of("h5py", "numpy"), """
                import h5py, numpy, shutil, sys
                name, whole, out = sys.argv[1:]
                shutil.copy(whole, out)
                f = h5py.File(out, 'r+')
                d = f['dataset/data']
                def header(text):
                    del f['dataset/xml']
                    f['dataset'].create_dataset('xml', data=[text], dtype=h5py.string_dtype())
                if ' = ' in name:
                    field, value = name.split(' = ')
                    r = d[0]
                    r['head'][field] = int(value)
                    d[0] = r
                elif name == 'many rows':
                    d.resize((2 ** 40,))
                elif name.startswith('the same values'):
                    f.close()
                    b = bytearray(open(out, 'rb').read())
                    import struct
                    # References of all records to the samples of the first, and records as many as there is room for.
                    f = h5py.File(out, 'r+')
                    d = f['dataset/data']
                    del f['dataset/data']
                    d = f['dataset'].create_dataset('data', (3000,), dtype=d.dtype, chunks=(3000,))
                    r = h5py.File(whole, 'r')['dataset/data'][0]
                    r['head']['number_of_samples'] = 20000
                    r['head']['active_channels'] = 1
                    r['data'] = numpy.zeros(40000, dtype='f4')
                    d[0] = r
                    offset, size = d.id.get_chunk_info(0).byte_offset, d.id.get_chunk_info(0).size // 3000
                    f.close()
                    b = bytearray(open(out, 'rb').read())
                    first = bytes(b[offset:offset + size])
                    b[offset:offset + 3000 * size] = first * 3000
                    open(out, 'wb').write(b)
                elif name == 'a circle of groups':
                    del f['dataset/data']
                    f['dataset/root'] = f['/']
                    f['dataset/self'] = f['dataset']
                elif name == 'numbers for records':
                    del f['dataset/data']
                    f['dataset/data'] = numpy.zeros(4)
                elif name == 'a deep header':
                    header('<a>' * 100000 + '</a>' * 100000)
                elif name == 'entities':
                    header('<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>')
                elif name == 'an external entity':
                    header('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>')
                elif name == 'a long header':
                    header('<a>' + ' ' * (1 << 25) + '</a>')
                """, name, whole.toString(), file.toString());
        assertThat(output.exitCode()).as(output.text()).isZero();
        if (expected.isBlank()) {
            assertThat(MrdFile.read(file).notes()).singleElement().asString().contains("active_channels is 7");
            return;
        }
        assertThatThrownBy(() -> MrdFile.read(file))
                .isInstanceOf(MrdFormatException.class)
                .hasMessageContaining("damaged.h5")
                .hasMessageContaining(expected);
    }

    @Test
    void samplesThatAreNoNumbersBecomeZeroAndAreNamed() throws Exception {
        RawData raw = MrdExamples.raw(new Random(10), 3, 8, 1, 0);
        raw.readout(1).real()[3] = Float.NaN;
        raw.readout(2).imaginary()[4] = Float.NEGATIVE_INFINITY;
        Path file = folder.resolve("raw.h5");
        MrdFile.write(raw, file);
        assertThat(MrdFile.holds(file, raw)).isTrue();
        MrdFile.Contents contents = MrdFile.read(file);
        assertThat(contents.raw().readout(1).real()[3]).isZero();
        assertThat(contents.raw().readout(2).imaginary()[4]).isZero();
        assertThat(contents.notes())
                .singleElement()
                .asString()
                .contains("not a number or infinite", "2 readouts, the first is number 1");
    }

    /** Most of a header can be done without. */
    @Test
    void recordsThatLackMembersAreReadWithTheirNames() throws Exception {
        Path whole = folder.resolve("whole.h5");
        Path file = folder.resolve("less.h5");
        MrdFile.write(MrdExamples.raw(new Random(11), 4, 8, 2, 1), whole);
        Peer.Output output = Peer.python(List.of("h5py", "numpy"), """
                import h5py, numpy, sys
                a, b = h5py.File(sys.argv[1], 'r'), h5py.File(sys.argv[2], 'w')
                t = a['dataset/data'].dtype
                h = t['head']
                less = numpy.dtype([(n, h[n]) for n in h.names if n not in ('user_float', 'physiology_time_stamp')])
                d = b.create_dataset('dataset/data', (4,), dtype=numpy.dtype([('head', less), ('data', t['data'])]))
                for i in range(4):
                    r = a['dataset/data'][i]
                    d[i] = (tuple(r['head'][n] for n in less.names), r['data'])
                b['dataset/xml'] = a['dataset/xml'][:]
                """, whole.toString(), file.toString());
        assertThat(output.exitCode()).as(output.text()).isZero();
        MrdFile.Contents contents = MrdFile.read(file);
        assertThat(contents.raw().size()).isEqualTo(4);
        assertThat(contents.raw().readout(3).header().counters().repetition()).isEqualTo(7);
        assertThat(String.join("\n", contents.notes()))
                .contains("'data/head/user_float' is missing", "'data/head/physiology_time_stamp'", "'data/traj'");
    }
}
