package org.isocenter.sequence.pulseq;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.TestSystems;
import org.isocenter.sequence.library.SequenceLibrary;
import org.isocenter.sequence.trajectory.KspaceTrajectory;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files are read or refused with a {@link PulseqFormatException}; nothing else may come out. */
@Timeout(120)
class PulseqFuzzTest {
    private static final int ROUNDS = 60;
    private static final long[] EXTREMES = {
        0,
        -1,
        1,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 31,
        1L << 40,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        0x7ff8L << 48
    };
    private static final String[] NUMBERS = {
        "0",
        "-1",
        "1",
        "2147483647",
        "2147483648",
        "-2147483648",
        "1e308",
        "-1e-308",
        "9e18",
        "0.5",
        "nan",
        "inf",
        "x",
        ""
    };

    @ParameterizedTest(name = "{0}, seed {1}")
    @CsvSource({
        "v120_mprage.seq, 1",
        "v121_epi_jemris.seq, 2",
        "v131_gre_labels.seq, 3",
        "v140_fid_gammastar.seq, 4",
        "v141_gr_timeshaped.seq, 5",
        "v141_gre_grappa.seq, 6",
        "v146_rfshim_ptx.seq, 7",
        "v150_gre_softdelay.seq, 8",
        "v150_tse.seq, 9",
        "v150_unknown_ext.seq, 10",
        "v151_rot_tiny.seq, 11",
        "v151_rot_radial.seq, 12",
        "gen151_trufi.seq, 13",
        "gen152_fid.bseq, 14",
        "gen152_epi_label_softdelay.bseq, 15",
        "gen152_radial_rotext.bseq, 16"
    })
    void aDamagedRealFileIsReadOrRefused(String name, long seed) throws IOException {
        damageAndRead(Files.readAllBytes(SharedData.path("seq/" + name)), name, seed);
    }

    static Stream<Arguments> writtenFiles() {
        List<Arguments> files = new ArrayList<>();
        for (String name : List.of("se2d", "gre2d", "localizer", "tse3d")) {
            Sequence sequence = small(name);
            for (PulseqVersion version : PulseqVersion.values()) {
                if (PulseqWriter.losses(sequence, version).isEmpty()) {
                    files.add(Arguments.of(name + " as " + version, 21 + files.size(), sequence, version));
                }
            }
        }
        return files.stream();
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("writtenFiles")
    void aDamagedFileOfOursIsReadOrRefused(String name, long seed, Sequence sequence, PulseqVersion version) {
        damageAndRead(PulseqWriter.write(sequence, version), name, seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {41, 42, 43})
    void aDamagedFileWrittenByHandIsReadOrRefused(long seed) {
        damageAndRead(PulseqReaderTest.SMALL.getBytes(StandardCharsets.UTF_8), "small file", seed);
    }

    @Test
    void theFilesOfOursCoverRotationsAndBothVersions() {
        assertThat(writtenFiles().map(arguments -> (String) arguments.get()[0]))
                .contains("localizer as 1.5.1", "tse3d as 1.5.1")
                .anyMatch(name -> name.endsWith("as 1.4.2"));
    }

    private static Sequence small(String name) {
        SequenceBuilder builder = SequenceLibrary.find(name).orElseThrow();
        SystemLimits limits = TestSystems.generous();
        Protocol protocol =
                SequenceLibrary.defaults(builder, limits).with("matrix", 16).with("matrixPhase", 16);
        protocol = protocol.has("partitions") ? protocol.with("partitions", 8) : protocol.with("slices", 2);
        return builder.build(protocol, limits, PatientPosition.HFS).sequence();
    }

    private static void damageAndRead(byte[] original, String name, long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            readOrRefuse(damaged(original, random), name + " seed " + seed + " round " + round);
        }
    }

    private static byte[] damaged(byte[] original, Random random) {
        byte[] bytes = original.clone();
        switch (random.nextInt(7)) {
            case 0:
                return Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1:
                for (int i = random.nextInt(20); i >= 0; i--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                return bytes;
            case 2:
                for (int i = random.nextInt(5); i >= 0; i--) {
                    int at = random.nextInt(bytes.length);
                    bytes[at] = (byte) (bytes[at] ^ 1 << random.nextInt(8));
                }
                return bytes;
            case 3:
                return withOtherNumbers(bytes, random);
            case 4:
                return withoutAPiece(bytes, random);
            case 5:
                return withExtremeIntegers(bytes, random);
            default:
                return withLinesMoved(bytes, random);
        }
    }

    private static byte[] withOtherNumbers(byte[] bytes, Random random) {
        String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int line = random.nextInt(lines.length);
            String[] words = lines[line].split(" +");
            words[random.nextInt(words.length)] = NUMBERS[random.nextInt(NUMBERS.length)];
            lines[line] = String.join(" ", words);
        }
        return String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What binary files count and point with. */
    private static byte[] withExtremeIntegers(byte[] bytes, Random random) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = random.nextInt(3); i >= 0 && bytes.length >= Long.BYTES; i--) {
            int at = random.nextInt(bytes.length - Long.BYTES + 1);
            long value = EXTREMES[random.nextInt(EXTREMES.length)];
            if (random.nextBoolean()) {
                buffer.putInt(at, (int) value);
            } else {
                buffer.putLong(at, value);
            }
        }
        return bytes;
    }

    private static byte[] withoutAPiece(byte[] bytes, Random random) {
        int from = random.nextInt(bytes.length);
        int to = from + random.nextInt(bytes.length - from);
        byte[] rest = Arrays.copyOf(bytes, bytes.length - (to - from));
        System.arraycopy(bytes, to, rest, from, bytes.length - to);
        return rest;
    }

    private static byte[] withLinesMoved(byte[] bytes, Random random) {
        String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1);
        for (int i = random.nextInt(6); i >= 0; i--) {
            lines[random.nextInt(lines.length)] = lines[random.nextInt(lines.length)];
        }
        return String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What is read must also be usable; the trajectory of short ones is walked. */
    static void readOrRefuse(byte[] bytes, String what) {
        long before = Allocation.ofThisThread();
        try {
            Sequence sequence = PulseqReader.read("damaged.seq", bytes).sequence();
            assertThat(Allocation.ofThisThread() - before).as(what).isLessThan(Allocation.most(bytes.length));
            assertThat(sequence.durationPs()).as(what).isNotNegative();
            long samples = 0;
            for (int block = 0; block < sequence.blockCount(); block++) {
                samples += sequence.adcId(block) == 0
                        ? 0
                        : sequence.adc(sequence.adcId(block)).samples();
            }
            if (samples < 1_000_000) {
                KspaceTrajectory.forEachWindow(
                        sequence, window -> assertThat(window.samples()).isPositive());
            }
        } catch (PulseqFormatException e) {
            assertThat(Allocation.ofThisThread() - before).as(what).isLessThan(Allocation.most(bytes.length));
            assertThat(e).as(what).hasMessageStartingWith("damaged.seq");
        } catch (RuntimeException | OutOfMemoryError e) {
            throw new AssertionError(what + " gave " + e, e);
        }
    }
}
