package org.isocenter.sequence.pulseq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Shape;
import org.isocenter.sequence.trajectory.KspaceTrajectory;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PulseqRoundTripTest {
    /** Compressed text is rounded to 1e-7; of binary shapes, each difference may be off by 6e-8. */
    private static final double SHAPE_ERROR = 2.1e-7;

    static Stream<Path> realFiles() throws IOException {
        try (Stream<Path> files = Files.list(SharedData.path("seq"))) {
            return files
                    .filter(f -> f.toString().endsWith(".seq") && !f.toString().contains("LOSSY"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("realFiles")
    void whatWasWrittenAs151ReadsBackTheSame(Path file) throws IOException {
        Sequence original = PulseqReader.read(file).sequence();
        check(original, PulseqVersion.V1_5_1);
    }

    @ParameterizedTest
    @MethodSource("realFiles")
    void whatWasWrittenAs142ReadsBackTheSame(Path file) throws IOException {
        Sequence original = PulseqReader.read(file).sequence();
        assumeThat(PulseqWriter.losses(original, PulseqVersion.V1_4_2)).isEmpty();
        check(original, PulseqVersion.V1_4_2);
    }

    @ParameterizedTest
    @MethodSource("realFiles")
    void whatWasWrittenAsBinaryReadsBackTheSame(Path file) throws IOException {
        Sequence original = PulseqReader.read(file).sequence();
        assumeThat(PulseqWriter.losses(original, PulseqVersion.BINARY_1_5_2)).isEmpty();
        check(original, PulseqVersion.BINARY_1_5_2);
    }

    @ParameterizedTest
    @CsvSource({
        "v120_fid, 1.2.1",
        "v120_mprage, 1.2.1",
        "v120_mprage, 1.3.1",
        "v121_epi_jemris, 1.2.1",
        "v121_spiral_jemris, 1.3.1",
        "v131_cest, 1.3.1",
        "v131_gre_labels, 1.3.1",
        "v140_epi_trig_fatsat, 1.5.0",
        "v141_spiral, 1.5.0",
        "v150_epi_label, 1.5.0",
        "v150_gre_softdelay, 1.5.0",
        "v151_se2d, 1.5.0",
        "v151_spiral_os, 1.5.0"
    })
    void whatWasWrittenAsAnOlderVersionReadsBackTheSame(String name, String version) throws IOException {
        Sequence original =
                PulseqReader.read(SharedData.path("seq/" + name + ".seq")).sequence();
        check(original, PulseqVersion.of(version).orElseThrow());
    }

    private static void check(Sequence original, PulseqVersion version) throws IOException {
        byte[] bytes = PulseqWriter.write(original, version);
        PulseqFile read = PulseqReader.read("written.seq", bytes);
        Sequence copy = read.sequence();
        assertThat(read.signature())
                .isEqualTo(
                        version.isBefore(PulseqVersion.V1_4_2)
                                ? PulseqFile.Signature.ABSENT
                                : PulseqFile.Signature.VALID);
        assertThat(read.version()).isEqualTo(version.number());
        assertThat(read.binary()).isEqualTo(version.isBinary());
        assertThat(version.isBinary() ? Stream.<String>empty() : new String(bytes, StandardCharsets.UTF_8).lines())
                .allMatch(line -> line.length() < 255 || original.definitions().containsKey(line.split(" ")[0]));
        assertThat(copy.rasters().gradientPs()).isEqualTo(original.rasters().gradientPs());
        assertThat(copy.rasters().rfPs()).isEqualTo(original.rasters().rfPs());
        assertThat(copy.rasters().adcPs()).isEqualTo(original.rasters().adcPs());
        assertThat(original.rasters().blockPs() % copy.rasters().blockPs()).isZero();
        assertThat(own(copy)).isEqualTo(own(original));
        assertThat(copy.blockCount()).isEqualTo(original.blockCount());
        boolean edgesKept = !version.isBefore(PulseqVersion.V1_5_0);
        Set<String> compared = new HashSet<>();
        for (int block = 0; block < original.blockCount(); block++) {
            if (copy.startPs(block) != original.startPs(block)) {
                assertThat(copy.startPs(block)).as("start of block %d", block).isEqualTo(original.startPs(block));
            }
            if (compared.add("rf " + copy.rfId(block) + " " + original.rfId(block))) {
                compareRf(copy, original, block, edgesKept);
            }
            for (Axis axis : Axis.values()) {
                if (compared.add("g " + copy.gradientId(block, axis) + " " + original.gradientId(block, axis))) {
                    compareGradient(copy, original, block, axis, edgesKept);
                }
            }
            if (compared.add("x " + copy.extensionId(block) + " " + original.extensionId(block))) {
                compareExtensions(
                        copy.extensions(copy.extensionId(block)), original.extensions(original.extensionId(block)));
            }
            if (compared.add("adc " + copy.adcId(block) + " " + original.adcId(block))) {
                assertThat(copy.adcId(block) == 0).isEqualTo(original.adcId(block) == 0);
                if (copy.adcId(block) != 0) {
                    compareAdc(copy.adc(copy.adcId(block)), original.adc(original.adcId(block)));
                }
            }
        }
        assertThat(copy.durationPs()).isEqualTo(original.durationPs());
        if (edgesKept) {
            compareTrajectories(copy, original, version.isBinary() ? 2e-3 : 1e-4);
        }
    }

    private static Map<String, String> own(Sequence sequence) {
        Map<String, String> own = new TreeMap<>(sequence.definitions());
        own.remove("TotalDuration");
        own.remove("RequiredExtensions");
        return own;
    }

    private static void compareAdc(Adc copy, Adc original) {
        assertThat(without(copy)).isEqualTo(without(original));
        compareShapes(copy.phaseShapeRadians(), original.phaseShapeRadians());
    }

    private static Adc without(Adc a) {
        return new Adc(
                a.samples(),
                a.dwellPs(),
                a.delayPs(),
                a.frequencyPpm(),
                a.phasePpm(),
                a.frequencyHertz(),
                a.phaseRadians(),
                null);
    }

    private static void compareRf(Sequence copy, Sequence original, int block, boolean all) {
        assertThat(copy.rfId(block) == 0).isEqualTo(original.rfId(block) == 0);
        if (copy.rfId(block) == 0) {
            return;
        }
        RfPulse a = copy.rfPulse(copy.rfId(block));
        RfPulse b = original.rfPulse(original.rfId(block));
        assertThat(a.amplitudeHertz()).isEqualTo(b.amplitudeHertz());
        assertThat(a.delayPs()).isEqualTo(b.delayPs());
        assertThat(a.frequencyHertz()).isEqualTo(b.frequencyHertz());
        assertThat(a.phaseRadians()).isEqualTo(b.phaseRadians());
        compareShapes(a.magnitude(), b.magnitude());
        if (b.phaseCycles() == null && a.phaseCycles() != null) {
            assertThat(a.phaseCycles().samples())
                    .as("a phase that old versions need")
                    .containsOnly(0);
        } else {
            compareShapes(a.phaseCycles(), b.phaseCycles());
        }
        compareShapes(a.timeRaster(), b.timeRaster());
        if (all) {
            assertThat(a.use()).isEqualTo(b.use());
            assertThat(a.centerSeconds()).isCloseTo(b.centerSeconds(), Offset.offset(1e-15));
            assertThat(a.frequencyPpm()).isEqualTo(b.frequencyPpm());
            assertThat(a.phasePpm()).isEqualTo(b.phasePpm());
        }
    }

    private static void compareGradient(Sequence copy, Sequence original, int block, Axis axis, boolean edgesKept) {
        int a = copy.gradientId(block, axis);
        int b = original.gradientId(block, axis);
        assertThat(a == 0).isEqualTo(b == 0);
        if (a == 0) {
            return;
        }
        if (original.gradient(b) instanceof Gradient.Uniform wanted) {
            Gradient.Uniform got = (Gradient.Uniform) copy.gradient(a);
            assertThat(got.amplitudeHertzPerMeter()).isEqualTo(wanted.amplitudeHertzPerMeter());
            assertThat(got.delayPs()).isEqualTo(wanted.delayPs());
            assertThat(got.oversampled()).isEqualTo(wanted.oversampled());
            compareShapes(got.shape(), wanted.shape());
            if (edgesKept) {
                assertThat(got.first()).isEqualTo(wanted.first());
                assertThat(got.last()).isEqualTo(wanted.last());
            }
        } else if (original.gradient(b) instanceof Gradient.Corners wanted) {
            Gradient.Corners got = (Gradient.Corners) copy.gradient(a);
            assertThat(got.amplitudeHertzPerMeter()).isEqualTo(wanted.amplitudeHertzPerMeter());
            assertThat(got.delayPs()).isEqualTo(wanted.delayPs());
            compareShapes(got.shape(), wanted.shape());
            compareShapes(got.timeRaster(), wanted.timeRaster());
        } else {
            assertThat(copy.gradient(a)).isEqualTo(original.gradient(b));
        }
    }

    private static void compareShapes(Shape copy, Shape original) {
        if (original == null || copy == null || copy.equals(original)) {
            assertThat(copy).isEqualTo(original);
            return;
        }
        double[] got = copy.samples();
        double[] wanted = original.samples();
        assertThat(got.length).isEqualTo(wanted.length);
        double worst = 0;
        for (int i = 0; i < got.length; i++) {
            worst = Math.max(worst, Math.abs(got[i] - wanted[i]) / Math.max(1, Math.abs(wanted[i])));
        }
        assertThat(worst).isLessThan(SHAPE_ERROR);
    }

    private static void compareExtensions(List<Extension> copy, List<Extension> original) {
        assertThat(copy).hasSameSizeAs(original);
        for (int i = 0; i < copy.size(); i++) {
            if (original.get(i) instanceof Extension.Turn wanted) {
                Rotation got = ((Extension.Turn) copy.get(i)).rotation();
                assertThat(got.w()).isCloseTo(wanted.rotation().w(), Offset.offset(1e-15));
                assertThat(got.x()).isCloseTo(wanted.rotation().x(), Offset.offset(1e-15));
                assertThat(got.y()).isCloseTo(wanted.rotation().y(), Offset.offset(1e-15));
                assertThat(got.z()).isCloseTo(wanted.rotation().z(), Offset.offset(1e-15));
            } else {
                assertThat(copy.get(i)).isEqualTo(original.get(i));
            }
        }
    }

    private static void compareTrajectories(Sequence copy, Sequence original, double tolerancePerMeter) {
        assertThat(largestDifference(ends(copy), ends(original))).isLessThan(tolerancePerMeter);
    }

    private static double largestDifference(double[] a, double[] b) {
        assertThat(a.length).isEqualTo(b.length);
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }

    /** k at the first and last sample of each window. */
    private static double[] ends(Sequence sequence) {
        List<double[]> all = new ArrayList<>();
        KspaceTrajectory.forEachWindow(sequence, w -> {
            int n = w.samples() - 1;
            all.add(new double[] {w.kx()[0], w.ky()[0], w.kz()[0], w.kx()[n], w.ky()[n], w.kz()[n]});
        });
        return all.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    private static Sequence everything() {
        Rasters rasters = new Rasters(10_000_000, 1_000_000, 100_000, 10_000_000);
        Sequence.Builder b = new Sequence.Builder(rasters);
        b.definition("Name", "all kinds of events").definition("FOV", "0.2 0.2 0.005");
        Shape rfShape = new Shape(0.1, 0.5, 1, 0.5, 0.1);
        RfPulse rf = new RfPulse(
                Math.PI * 100,
                rfShape,
                new Shape(0, 0, 0.5, 0, 0),
                new Shape(0, 100, 200, 300, 400),
                200e-6,
                100_000_000,
                -3.45,
                0.25,
                123.456789,
                Math.E,
                RfUse.PREPARATION);
        Gradient corners = new Gradient.Corners(1e5 / 3, new Shape(0, 1, 1, 0.5), new Shape(0, 5, 30, 60), 0);
        Gradient uniform = new Gradient.Uniform(-12345.678, new Shape(0.1, 0.2, -1, 0.2, 0.1), 0, 0.5, 0, true);
        Gradient trapezoid = new Gradient.Trapezoid(1.0 / 3, 100_000_000, 200_000_000, 110_000_000, 50_000_000);
        Adc adc = new Adc(3, 15_625_000, 20_000_000, 1.5, -0.5, 1e-7, 1, new Shape(0, 3.5, -7));
        List<Extension> extensions = List.of(
                new Extension.Label(true, "LIN", 3),
                new Extension.Label(false, "MYOWN", -1),
                new Extension.Trigger(1, 2, 10_000_000, 20_000_000),
                new Extension.Turn(Rotation.about(new Vec3(1, 2, 3), 0.7)),
                new Extension.RfShim(List.of(1.0, 0.0, 0.5, Math.PI)));
        b.block(rf, corners, uniform, null, null, extensions);
        b.block(null, null, null, trapezoid, adc, extensions.subList(1, 3));
        b.block(
                50_000_000_000L,
                null,
                null,
                null,
                null,
                null,
                List.of(new Extension.SoftDelay(0, -10_000_000, 1.5, "TE")));
        b.block(0, null, null, null, null, null, List.of(new Extension.Unknown("FUTURE", "1 2 three")));
        return b.build();
    }

    @Test
    void everyKindOfEventSurvives() throws IOException {
        check(everything(), PulseqVersion.V1_5_1);
    }

    @Test
    void version142RefusesWhatItWouldLose() {
        assertThatThrownBy(() -> PulseqWriter.write(everything(), PulseqVersion.V1_4_2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "rotations",
                        "RF shims",
                        "soft delays",
                        "RF offsets in ppm",
                        "ADC offsets in ppm",
                        "ADC phase shapes",
                        "oversampled gradients",
                        "write it as 1.5.1");
    }

    @Test
    void aRotationMakesTheExtensionRequired() throws IOException {
        Sequence copy = PulseqReader.read("all", PulseqWriter.write(everything(), PulseqVersion.V1_5_1))
                .sequence();
        assertThat(copy.definitions()).containsEntry("RequiredExtensions", "ROTATIONS");
    }

    @Test
    void aBlockOffTheRasterMakesTheRasterFiner() throws IOException {
        Sequence odd = new Sequence.Builder(Rasters.BEFORE_1_4)
                .delay(15_000_000)
                .delay(20_000_000)
                .build();
        check(odd, PulseqVersion.V1_5_1);
        Sequence tooOdd = new Sequence.Builder(Rasters.BEFORE_1_4)
                .delay(15_000_001)
                .delay(20_000_000_000L)
                .build();
        assertThatThrownBy(() -> PulseqWriter.write(tooOdd, PulseqVersion.V1_5_1))
                .hasMessageContaining("the duration of block 2 (20000000000 ps)");
    }

    @ParameterizedTest
    @EnumSource(PulseqVersion.class)
    void aFileIsReplacedWholeAndLeavesNothingBeside(PulseqVersion version, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("a.seq");
        Files.writeString(file, "old");
        Sequence delay =
                new Sequence.Builder(Rasters.BEFORE_1_4).delay(20_000_000).build();
        PulseqWriter.write(delay, version, file);
        assertThat(PulseqReader.read(file).sequence().durationPs()).isEqualTo(20_000_000);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
        assertThat(PulseqReader.read(file).binary()).isEqualTo(version.isBinary());
    }
}
