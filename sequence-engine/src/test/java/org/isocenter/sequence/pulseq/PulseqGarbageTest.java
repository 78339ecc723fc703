package org.isocenter.sequence.pulseq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that have Pulseq's structure and nonsense in it are read or refused, in memory that their size bounds. */
@Timeout(120)
class PulseqGarbageTest {
    private static final int ROUNDS = 300;

    /** How often there is nonsense in a file: never, here and there, often. */
    private static final double[] NONSENSE = {0, 0.005, 0.05};

    private final StringBuilder out = new StringBuilder();
    private Random random;
    private double nonsense;

    private static String nonsense(Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> "-1";
            case 1 -> "1e" + (random.nextInt(40) - 20);
            case 2 -> "" + random.nextInt();
            case 3 -> "" + random.nextLong();
            case 4 -> "nan";
            case 5 -> "";
            case 6 -> "0";
            case 7 -> "1 1";
            default -> "" + random.nextGaussian();
        };
    }

    /** Four lines; of each column 'i' is an id or a number from 1 to 4, other digits are themselves. */
    private String section(String heading, String columns, String suffix) {
        out.setLength(0);
        out.append(heading).append('\n');
        for (int id = 1; id <= 4; id++) {
            out.append(random.nextDouble() < nonsense ? 1 : id);
            for (char column : columns.toCharArray()) {
                out.append(random.nextInt(9) == 0 ? '\t' : ' ');
                boolean sense = random.nextDouble() >= nonsense;
                out.append(sense ? column == 'i' ? "" + (1 + random.nextInt(4)) : "" + column : nonsense(random));
            }
            out.append(' ').append(suffix).append(random.nextInt(20) == 0 ? " # note\n" : "\n");
        }
        return out.append(random.nextBoolean() ? "\n" : "").toString();
    }

    private String shapes() {
        StringBuilder shapes = new StringBuilder("[SHAPES]\n");
        int samples = 5 + random.nextInt(6);
        for (int id = 1; id <= 4; id++) {
            int announced = random.nextDouble() < nonsense ? random.nextInt(Integer.MAX_VALUE) : samples;
            shapes.append("shape_id ")
                    .append(id)
                    .append("\nnum_samples ")
                    .append(announced)
                    .append('\n');
            if (random.nextInt(3) == 0) {
                shapes.append("1\n0\n0\n")
                        .append(random.nextInt(4) == 0 ? announced - 3 : samples - 3)
                        .append('\n');
            } else {
                for (int i = 0; i < samples; i++) {
                    shapes.append(random.nextDouble() < nonsense ? nonsense(random) : "" + i * i * 0.125)
                            .append('\n');
                }
            }
            shapes.append('\n');
        }
        return shapes.toString();
    }

    private String garbage() {
        nonsense = NONSENSE[random.nextInt(NONSENSE.length)];
        int minor = 2 + random.nextInt(4);
        boolean v14 = minor >= 4;
        boolean v15 = minor >= 5;
        List<String> sections = new ArrayList<>();
        sections.add("[VERSION]\nmajor 1\nminor " + minor + "\nrevision " + random.nextInt(3) + "\n");
        sections.add("[DEFINITIONS]\nGradientRasterTime 1e-5\nRadiofrequencyRasterTime 1e-6\nAdcRasterTime 1e-7\n"
                + "BlockDurationRaster 1e-5\nName " + nonsense(random) + "\n");
        sections.add(section("[BLOCKS]", minor == 2 ? "iiiiii" : "iiiiiii", ""));
        sections.add(section("[RF]", v15 ? "iiiiii0000" : v14 ? "iiiiii0" : "iiiii0", v15 ? "e" : ""));
        sections.add(
                random.nextBoolean()
                        ? section("[GRADIENTS]", v15 ? "i00iii" : v14 ? "iiii" : "iii", "")
                        : section("[TRAP]", "iiiii", ""));
        sections.add(section("[ADC]", v15 ? "iii00000" : "iii00", ""));
        sections.add(shapes());
        if (!v14) {
            sections.add(section("[DELAYS]", "i", ""));
        }
        sections.add(section("[EXTENSIONS]", "ii0", ""));
        sections.add(section("extension LABELSET 1", "i", "LIN"));
        sections.add(section("extension TRIGGERS 2", "iiii", ""));
        sections.add(section("extension DELAYS 3", "iii", "TE"));
        sections.add(
                random.nextBoolean()
                        ? section("extension RF_SHIMS 4", "1ii", "")
                        : section("extension ROTATIONS 4", "0100", ""));
        Collections.shuffle(sections, random);
        return String.join(random.nextInt(5) == 0 ? "" : "\n", sections);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void structuredNonsenseIsReadOrRefused(long seed) {
        random = new Random(seed);
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = garbage().getBytes(StandardCharsets.UTF_8);
            PulseqFuzzTest.readOrRefuse(bytes, "seed " + seed + " round " + round);
            read += isRead(bytes) ? 1 : 0;
        }
        assertThat(read).as("some of it makes sense").isBetween(ROUNDS / 20, ROUNDS - ROUNDS / 20);
    }

    private static boolean isRead(byte[] bytes) {
        try {
            PulseqReader.read("garbage.seq", bytes);
            return true;
        } catch (PulseqFormatException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void binaryNonsenseIsReadOrRefused(long seed) {
        random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            LittleEndian out = new LittleEndian().raw(BinaryCode.MAGIC);
            out.longInteger(1).longInteger(5).longInteger(2);
            for (int sections = random.nextInt(8); sections >= 0; sections--) {
                BinaryCode[] codes = BinaryCode.values();
                BinaryCode code = codes[random.nextInt(codes.length)];
                out.longInteger(code.code);
                if (code.isExtension()) {
                    out.integer(random.nextInt(4));
                }
                int count = random.nextInt(4);
                out.longInteger(random.nextInt(10) == 0 ? random.nextLong() : count);
                for (int i = count * Math.max(20, code.entryBytes); i > 0; i--) {
                    out.letter((char) (random.nextInt(3) == 0 ? random.nextInt(256) : 0));
                }
            }
            PulseqFuzzTest.readOrRefuse(out.bytes(), "seed " + seed + " round " + round);
        }
    }

    @Test
    void countsWithoutContentAllocateNothing() {
        String text = PulseqReaderTest.SMALL.replace("num_samples 1000", "num_samples 2000000");
        byte[] shape = text.getBytes(StandardCharsets.UTF_8);
        assertRefusedInLessThan(shape, 1 << 20);
        LittleEndian blocks = new LittleEndian().raw(BinaryCode.MAGIC);
        blocks.longInteger(1).longInteger(5).longInteger(2);
        blocks.longInteger(BinaryCode.BLOCKS.code).longInteger(Integer.MAX_VALUE);
        assertRefusedInLessThan(blocks.bytes(), 1 << 20);
        LittleEndian hint = new LittleEndian().raw(BinaryCode.MAGIC);
        hint.longInteger(1).longInteger(5).longInteger(2);
        hint.longInteger(BinaryCode.DEFINITIONS.code).longInteger(1).integer(Integer.MAX_VALUE);
        assertRefusedInLessThan(hint.bytes(), 1 << 20);
    }

    private static void assertRefusedInLessThan(byte[] bytes, long most) {
        long before = Allocation.ofThisThread();
        PulseqFormatException refusal = null;
        try {
            PulseqReader.read("hostile.seq", bytes);
        } catch (PulseqFormatException e) {
            refusal = e;
        }
        long allocated = Allocation.ofThisThread() - before;
        assertThat(refusal).isNotNull();
        assertThat(allocated).isLessThan(most);
    }

    @Test
    void manyPulsesOfOneLongShapeAreLookedAtOnce() throws PulseqFormatException {
        StringBuilder text =
                new StringBuilder("[VERSION]\nmajor 1\nminor 3\nrevision 1\n[BLOCKS]\n1 0 1 0 0 0 0\n[RF]\n");
        for (int id = 1; id <= 20_000; id++) {
            text.append(id).append(" 100 1 0 0 ").append(id).append(" 0\n");
        }
        text.append("[SHAPES]\nshape_id 1\nnum_samples 1000000\n1\n0\n0\n999997\n");
        long before = Allocation.ofThisThread();
        PulseqFile file = PulseqReader.read("many.seq", text.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(file.sequence().rfPulse(1).magnitude().length()).isEqualTo(1_000_000);
        assertThat(Allocation.ofThisThread() - before).isLessThan(100L << 20);
    }

    @Test
    void aShapeOfSecondsAtAMicrosecondIsRead() throws PulseqFormatException {
        String text = PulseqReaderTest.SMALL
                .replace("num_samples 1000", "num_samples 2000000")
                .replace("997", "1999997")
                .replace("1 300 1", "1 200100 1");
        assertThat(PulseqReader.read("cw.seq", text.getBytes(StandardCharsets.UTF_8))
                        .sequence()
                        .rfPulse(1)
                        .endPs(PulseqReader.read("cw.seq", text.getBytes(StandardCharsets.UTF_8))
                                .sequence()
                                .rasters()))
                .isEqualTo(2_000_100_000_000L);
        assertThatThrownBy(() -> PulseqReader.read(
                        "bomb.seq",
                        text.replace("2000000", "30000000")
                                .replace("1999997", "29999997")
                                .getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(PulseqFormatException.class)
                .hasMessageContaining("num_samples is 30000000");
    }
}
