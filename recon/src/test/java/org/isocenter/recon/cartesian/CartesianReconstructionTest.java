package org.isocenter.recon.cartesian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.ParallelImaging;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.Reconstruction.Result;
import org.isocenter.recon.standard.StandardChains;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CartesianReconstructionTest {
    private static final EncodingCounters ZERO = EncodingCounters.ZERO;
    private final Reconstruction reconstruction = StandardChains.reconstruction(StandardChains.CARTESIAN);

    static Stream<Arguments> orientationsAndSizes() {
        Rotation turn = Rotation.about(new Vec3(1, 2, -0.5), 0.7);
        EncodingGeometry oblique = new EncodingGeometry(
                new Vec3(0.01, -0.02, 0.03), turn.apply(Vec3.X), turn.apply(Vec3.Y), turn.apply(Vec3.Z));
        return Stream.of(EncodingGeometry.AXIAL, EncodingGeometry.CORONAL, EncodingGeometry.SAGITTAL, oblique)
                .flatMap(geometry -> Stream.of(
                        Arguments.of(geometry, 16, 12, 1),
                        Arguments.of(geometry, 15, 9, 1),
                        Arguments.of(geometry, 8, 10, 6),
                        Arguments.of(geometry, 7, 11, 5)));
    }

    /** The closed form: x·y·z times 2 for the oversampling at the point's voxel, nothing anywhere else. */
    @ParameterizedTest
    @MethodSource("orientationsAndSizes")
    void aPointAppearsWhereItIsAndNowhereElse(EncodingGeometry geometry, int x, int y, int z) {
        Encoding encoding = PointScan.encoding(x, y, z, 1);
        Vec3 point = geometry.pointMeters(2 * 2e-3, -3 * 3e-3, z > 1 ? 4e-3 : 0);

        ImageVolume volume = only(PointScan.raw(encoding, PointScan.lines(encoding, geometry, point, 0)));

        assertThat(volume.columns()).isEqualTo(x);
        assertThat(volume.rows()).isEqualTo(y);
        assertThat(volume.slices()).isEqualTo(z);
        int[] brightest = brightest(volume);
        Vec3 found = volume.geometry().voxelMeters(brightest[0], brightest[1], brightest[2]);
        assertThat(found.minus(point).norm()).isLessThan(1e-9);
        double height = 2.0 * x * y * z;
        assertThat((double) volume.pixel(brightest[0], brightest[1], brightest[2]))
                .isEqualTo(height, within(1e-5 * height));
        assertThat(sum(volume)).isEqualTo(height, within(1e-3 * height));
    }

    @Test
    void slicesMeasuredInAnyOrderAreStackedAlongTheirNormal() {
        Encoding encoding = PointScan.encoding(8, 8, 1, 3);
        List<Readout> readouts = new ArrayList<>();
        double[] positions = {0.005, -0.005, 0};
        for (int slice = 0; slice < 3; slice++) {
            EncodingGeometry geometry = EncodingGeometry.SAGITTAL.centredAt(new Vec3(positions[slice], 0.01, 0));
            Vec3 point = geometry.pointMeters((slice - 1) * 2e-3, 0, 0);
            readouts.addAll(PointScan.lines(encoding, geometry, point, slice));
        }
        Collections.shuffle(readouts, new Random(5));

        ImageVolume volume = only(PointScan.raw(encoding, readouts));

        assertThat(volume.geometry().sliceSpacingMeters()).isEqualTo(0.005, within(1e-12));
        // Sagittal slices run to the right: the leftmost, counter 0, comes first.
        assertThat(volume.geometry().firstVoxelMeters().x()).isEqualTo(0.005, within(1e-12));
        assertThat(volume.pixel(3, 4, 0)).isGreaterThan(100);
        assertThat(volume.pixel(5, 4, 1)).isGreaterThan(100);
        assertThat(volume.pixel(4, 4, 2)).isGreaterThan(100);
    }

    /** Shifts by whole pixels, so that the closed form stays one bright voxel; k-space is exact for any. */
    @Test
    void slicesCentredElsewhereInTheirPlaneAreMovedToTheFirstOnes() {
        Encoding encoding = PointScan.encoding(8, 9, 1, 3);
        Rotation turn = Rotation.about(new Vec3(1, 2, -0.5), 0.7);
        EncodingGeometry oblique =
                new EncodingGeometry(Vec3.ZERO, turn.apply(Vec3.X), turn.apply(Vec3.Y), turn.apply(Vec3.Z));
        List<Readout> readouts = new ArrayList<>();
        for (int slice = 0; slice < 3; slice++) {
            double along = slice * 5e-3;
            EncodingGeometry own = oblique.centredAt(oblique.pointMeters(slice * 4e-3, slice * -3e-3, along));
            readouts.addAll(PointScan.lines(encoding, own, oblique.pointMeters(2e-3, -6e-3, along), slice));
        }

        Result result = reconstruction.reconstruct(PointScan.raw(encoding, readouts));

        assertThat(result.notes())
                .containsExactly("the slices' fields of view lie up to 10.00 mm apart in their plane:"
                        + " the images were moved to the first one's");
        ImageVolume volume = result.volumes().get(0);
        double height = 2.0 * 8 * 9;
        for (int slice = 0; slice < 3; slice++) {
            assertThat((double) volume.pixel(5, 2, slice))
                    .as("slice %d", slice)
                    .isEqualTo(height, within(1e-4 * height));
        }
        assertThat(sum(volume)).isEqualTo(3 * height, within(1e-3 * height));
    }

    @Test
    void threeEncodingSpacesAreThreeNamedVolumes() {
        Encoding encoding = PointScan.encoding(8, 8, 1, 1);
        List<EncodingGeometry> planes =
                List.of(EncodingGeometry.AXIAL, EncodingGeometry.CORONAL, EncodingGeometry.SAGITTAL);
        List<Readout> readouts = new ArrayList<>();
        for (int space = 0; space < 3; space++) {
            for (int y = 0; y < 8; y++) {
                readouts.add(PointScan.line(encoding, planes.get(space), Vec3.ZERO, steps(y, 0), space, 0, 16, 8, 1));
            }
        }
        Result result =
                reconstruction.reconstruct(RawData.of(PointScan.header(encoding, encoding, encoding), readouts));
        assertThat(result.volumes()).extracting(ImageVolume::name).containsExactly("axial", "coronal", "sagittal");
        assertThat(result.notes()).isEmpty();
    }

    @Test
    void echoesAndRepetitionsAreVolumesOfTheirOwn() {
        Encoding encoding = PointScan.encoding(4, 4, 1, 1);
        List<Readout> readouts = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            EncodingCounters counters = new EncodingCounters(i % 4, 0, 0, 0, i / 4 % 2, 0, i / 8, 0, 0);
            readouts.add(PointScan.line(encoding, EncodingGeometry.AXIAL, Vec3.ZERO, counters, 0, 0, 8, 4, 1));
        }
        Result result = reconstruction.reconstruct(PointScan.raw(encoding, readouts));
        assertThat(result.volumes())
                .extracting(ImageVolume::name)
                .containsExactly(
                        "echo 1, repetition 1", "echo 1, repetition 2", "echo 2, repetition 1", "echo 2, repetition 2");
        assertThat(result.volumes()).extracting(ImageVolume::contrast).containsExactly(0, 0, 1, 1);
    }

    @Test
    void linesMeasuredMoreOftenAreNotBrighter() {
        Encoding encoding = PointScan.encoding(8, 8, 1, 1);
        List<Readout> once = PointScan.lines(encoding, EncodingGeometry.AXIAL, new Vec3(2e-3, 3e-3, 0), 0);
        List<Readout> unevenly = new ArrayList<>(once);
        unevenly.addAll(once.subList(2, 5));
        assertThat(only(PointScan.raw(encoding, unevenly)).pixels())
                .containsExactly(only(PointScan.raw(encoding, once)).pixels(), within(1e-4f));
    }

    @Test
    void readoutsThatAreNoImageAreLeftOut() {
        Encoding encoding = PointScan.encoding(8, 8, 1, 1);
        List<Readout> readouts = PointScan.lines(encoding, EncodingGeometry.AXIAL, Vec3.ZERO, 0);
        float[] expected = only(PointScan.raw(encoding, readouts)).pixels();
        for (long flag : new long[] {
            AcquisitionFlags.NAVIGATION,
            AcquisitionFlags.PHASE_CORRECTION,
            AcquisitionFlags.DUMMY_SCAN,
            AcquisitionFlags.PARALLEL_CALIBRATION
        }) {
            List<Readout> more = new ArrayList<>(readouts);
            more.add(PointScan.line(
                    encoding, EncodingGeometry.AXIAL, new Vec3(0.1, 0, 0), steps(4, 0), 0, flag, 16, 8, 1));
            assertThat(only(PointScan.raw(encoding, more)).pixels()).containsExactly(expected);
        }
    }

    @Test
    void noiseReadoutsMakeTheNoiseTheUnitAndChangeNothingElse() {
        Encoding encoding = PointScan.encoding(8, 8, 1, 1);
        List<Readout> readouts = PointScan.lines(encoding, EncodingGeometry.AXIAL, Vec3.ZERO, 0);
        float[] without = only(PointScan.raw(encoding, readouts)).pixels();
        List<Readout> more = new ArrayList<>(readouts);
        more.add(PointScan.line(
                encoding,
                EncodingGeometry.AXIAL,
                new Vec3(0.1, 0, 0),
                steps(4, 0),
                0,
                AcquisitionFlags.NOISE_MEASUREMENT,
                16,
                8,
                1));
        float[] with = only(PointScan.raw(encoding, more)).pixels();
        int center = 4 * 8 + 4;
        assertThat(with[center]).isPositive().isNotEqualTo(without[center]);
        for (int i = 0; i < with.length; i++) {
            assertThat(with[i] * without[center]).isCloseTo(without[i] * with[center], within(1e-3f));
        }
    }

    /** k = 0 of a line that runs backwards comes one sample earlier; some consoles count it after turning the line round. */
    @ParameterizedTest
    @ValueSource(ints = {7, 8})
    void reversedLinesAreTurnedRound(int writtenCenter) {
        Encoding encoding = PointScan.encoding(8, 8, 1, 1);
        Vec3 point = new Vec3(4e-3, -3e-3, 0);
        List<Readout> readouts = new ArrayList<>();
        for (int y = 0; y < 8; y++) {
            boolean odd = y % 2 == 1;
            Readout line = PointScan.line(
                    encoding,
                    EncodingGeometry.AXIAL,
                    point,
                    steps(y, 0),
                    0,
                    odd ? AcquisitionFlags.REVERSE : 0,
                    16,
                    odd ? 7 : 8,
                    odd ? -1 : 1);
            readouts.add(odd ? withCenter(line, writtenCenter) : line);
        }
        assertThat(only(PointScan.raw(encoding, readouts)).pixels())
                .containsExactly(
                        only(PointScan.raw(encoding, PointScan.lines(encoding, EncodingGeometry.AXIAL, point, 0)))
                                .pixels(),
                        within(1e-4f));
    }

    /** A readout of three quarters: the point keeps its place, and its height is that of the samples that are there. */
    @Test
    void anAsymmetricEchoKeepsThePointInItsPlace() {
        Encoding encoding = PointScan.encoding(16, 8, 1, 1);
        Vec3 point = new Vec3(-6e-3, 6e-3, 0);
        List<Readout> readouts = new ArrayList<>();
        for (int y = 0; y < 8; y++) {
            readouts.add(PointScan.line(encoding, EncodingGeometry.AXIAL, point, steps(y, 0), 0, 0, 24, 8, 1));
        }
        ImageVolume volume = only(PointScan.raw(encoding, readouts));
        assertThat(brightest(volume)).containsExactly(8 - 3, 4 + 2, 0);
        // 24 of 32 samples were measured, and most of the others found.
        assertThat((double) volume.pixel(5, 6, 0)).isBetween(30.0 * 8, 32.0 * 8);
    }

    @ParameterizedTest
    @CsvSource({"8,16", "9,16", "10,15", "16,8"})
    void anotherReconMatrixOverTheSameExtentInterpolates(int encodedY, int reconY) {
        Encoding e = PointScan.encoding(8, encodedY, 1, 1);
        double fov = e.encodedFovMeters().y();
        Encoding wanted = new Encoding(
                16,
                encodedY,
                1,
                e.encodedFovMeters(),
                8,
                reconY,
                1,
                e.reconFovMeters(),
                e.step1(),
                e.step2(),
                1,
                1,
                1,
                1,
                0,
                Encoding.Trajectory.CARTESIAN,
                1);
        Vec3 point = new Vec3(0, 2 * fov / reconY, 0);
        ImageVolume volume = only(PointScan.raw(wanted, PointScan.lines(wanted, EncodingGeometry.AXIAL, point, 0)));
        assertThat(volume.rows()).isEqualTo(reconY);
        int[] at = brightest(volume);
        assertThat(volume.geometry().voxelMeters(at[0], at[1], 0).minus(point).norm())
                .isLessThan(1e-9);
        assertThat((double) volume.pixel(at[0], at[1], 0)).isEqualTo(16.0 * Math.min(encodedY, reconY), within(1e-3));
    }

    @Test
    void channelsAreCombinedByTheRootOfTheSumOfSquares() {
        Encoding encoding = PointScan.encoding(4, 4, 1, 1);
        List<Readout> readouts = new ArrayList<>();
        for (Readout one : PointScan.lines(encoding, EncodingGeometry.AXIAL, Vec3.ZERO, 0)) {
            float[] real = new float[16];
            float[] imaginary = new float[16];
            for (int s = 0; s < 8; s++) {
                real[s] = 3 * one.real()[s];
                imaginary[8 + s] = 4 * one.real()[s];
            }
            readouts.add(new Readout(one.header().withChannels(2), real, imaginary));
        }
        assertThat((double) only(PointScan.raw(encoding, readouts)).pixel(2, 2, 0))
                .isEqualTo(5 * 8 * 4, within(1e-3));
    }

    @Test
    void aPartOfAScanGivesAPreview() {
        Encoding encoding = PointScan.encoding(8, 8, 1, 1);
        RawData raw = new RawData(PointScan.header(encoding), 8);
        assertThat(reconstruction.reconstruct(raw).volumes()).isEmpty();
        PointScan.lines(encoding, EncodingGeometry.AXIAL, Vec3.ZERO, 0)
                .subList(2, 6)
                .forEach(raw::append);
        ImageVolume preview = only(raw);
        assertThat(preview.acquiredFraction()).isEqualTo(0.5);
        assertThat(brightest(preview)).containsExactly(4, 4, 0);
    }

    @Test
    void partialFourierLeavesThePointInItsPlaceAndIsToldOf() {
        Encoding whole = PointScan.encoding(16, 16, 1, 1);
        Encoding partial = sampled(whole, new EncodingLimits(5, 15, 8), ParallelImaging.NONE);
        Vec3 point = EncodingGeometry.AXIAL.pointMeters(4e-3, 6e-3, 0);
        RawData raw = PointScan.raw(
                partial,
                PointScan.lines(whole, EncodingGeometry.AXIAL, point, 0).subList(5, 16));

        Reconstruction.Result result = reconstruction.reconstruct(raw);

        assertThat(result.notes())
                .containsExactly(
                        "partial Fourier: 11 of 16 lines were measured; the others were completed by projections onto"
                                + " convex sets (Haacke 1991)");
        assertThat(brightest(result.volumes().get(0))).containsExactly(10, 10, 0);
    }

    @Test
    void undersampledScansThatCannotBeUnfoldedSayThatTheyAreFolded() {
        Encoding whole = PointScan.encoding(8, 8, 1, 1);
        Encoding half = sampled(whole, whole.step1(), new ParallelImaging(2, 1, ParallelImaging.Calibration.OTHER));
        List<Readout> lines = PointScan.lines(whole, EncodingGeometry.AXIAL, Vec3.ZERO, 0);
        List<Readout> everySecond = IntStream.range(0, lines.size())
                .filter(i -> i % 2 == 0)
                .mapToObj(lines::get)
                .toList();

        assertThat(reconstruction.reconstruct(PointScan.raw(half, everySecond)).notes())
                .singleElement()
                .asString()
                .startsWith("undersampled 2×1, and there are too few calibration data");
    }

    @Test
    void aHeaderThatPromisesGapsThatAreNotThereIsNotBelieved() {
        Encoding whole = PointScan.encoding(8, 8, 1, 1);
        Encoding half = sampled(whole, whole.step1(), new ParallelImaging(2, 1, ParallelImaging.Calibration.OTHER));
        RawData raw = PointScan.raw(half, PointScan.lines(whole, EncodingGeometry.AXIAL, Vec3.ZERO, 0));

        assertThat(reconstruction.reconstruct(raw).notes())
                .containsExactly("the header says undersampled 2×1, the data are 1×1: the data were believed");
    }

    private static Encoding sampled(Encoding e, EncodingLimits step1, ParallelImaging parallel) {
        return new Encoding(
                e.encodedX(),
                e.encodedY(),
                e.encodedZ(),
                e.encodedFovMeters(),
                e.reconX(),
                e.reconY(),
                e.reconZ(),
                e.reconFovMeters(),
                step1,
                e.step2(),
                e.slices(),
                e.averages(),
                e.contrasts(),
                e.repetitions(),
                e.sliceSpacingMeters(),
                e.trajectory(),
                e.echoTrainLength(),
                parallel);
    }

    @Test
    void linesWithoutCountersAreSortedByTheirTrajectory() {
        Encoding encoding = PointScan.encoding(8, 8, 1, 1);
        Vec3 point = new Vec3(2e-3, 6e-3, 0);
        List<Readout> readouts = new ArrayList<>();
        for (Readout line : PointScan.lines(encoding, EncodingGeometry.AXIAL, point, 0)) {
            ReadoutHeader h = line.header();
            float[] trajectory = new float[2 * h.samples()];
            for (int s = 0; s < h.samples(); s++) {
                trajectory[2 * s] = (s - 8) * 31.25f;
                trajectory[2 * s + 1] = (h.counters().step1() - 4) * 41.6666f;
            }
            ReadoutHeader blind = new ReadoutHeader(
                    0, 0, ZERO, h.samples(), 1, h.centerSample(), 0, 0, h.dwellSeconds(), 0, 0, h.geometry());
            readouts.add(new Readout(blind, line.real(), line.imaginary(), 2, trajectory));
        }
        Result result = reconstruction.reconstruct(PointScan.raw(encoding, readouts));
        assertThat(brightest(result.volumes().get(0))).containsExactly(5, 6, 0);
        assertThat(result.notes()).singleElement().asString().contains("sorted by their trajectory");
    }

    @Test
    void countersOutsideOfTheMatrixAreNamedAndDoNoHarm() {
        Encoding encoding = PointScan.encoding(8, 8, 1, 1);
        List<Readout> readouts = PointScan.lines(encoding, EncodingGeometry.AXIAL, Vec3.ZERO, 0);
        float[] expected = only(PointScan.raw(encoding, readouts)).pixels();
        readouts.add(PointScan.line(encoding, EncodingGeometry.AXIAL, Vec3.ZERO, steps(65535, 0), 0, 0, 16, 8, 1));
        readouts.add(PointScan.line(encoding, EncodingGeometry.AXIAL, Vec3.ZERO, ZERO, 7, 0, 16, 8, 1));
        Result result = reconstruction.reconstruct(PointScan.raw(encoding, readouts));
        assertThat(result.volumes().get(0).pixels()).containsExactly(expected);
        assertThat(result.notes())
                .anyMatch(note -> note.contains("outside of the encoded matrix"))
                .anyMatch(note -> note.contains("encoding_space_ref"));
    }

    @Test
    void aMatrixThatNoMemoryHoldsIsRefusedInWords() {
        Encoding huge = PointScan.encoding(30000, 60000, 60000, 1);
        Readout line = PointScan.line(huge, EncodingGeometry.AXIAL, Vec3.ZERO, ZERO, 0, 0, 8, 4, 1);
        Result result = reconstruction.reconstruct(PointScan.raw(huge, List.of(line)));
        assertThat(result.volumes()).isEmpty();
        assertThat(result.notes()).anyMatch(note -> note.contains("does not fit into memory"));
    }

    private ImageVolume only(RawData raw) {
        List<ImageVolume> volumes = reconstruction.reconstruct(raw).volumes();
        assertThat(volumes).hasSize(1);
        return volumes.get(0);
    }

    private static Readout withCenter(Readout line, int center) {
        ReadoutHeader h = line.header();
        ReadoutHeader changed = new ReadoutHeader(
                0, h.flags(), h.counters(), h.samples(), 1, center, 0, 0, h.dwellSeconds(), 0, 0, h.geometry());
        return new Readout(changed, line.real(), line.imaginary());
    }

    private static EncodingCounters steps(int step1, int step2) {
        return new EncodingCounters(step1, step2, 0, 0, 0, 0, 0, 0, 0);
    }

    private static int[] brightest(ImageVolume volume) {
        int best = 0;
        for (int i = 0; i < volume.pixels().length; i++) {
            if (volume.pixels()[i] > volume.pixels()[best]) {
                best = i;
            }
        }
        int plane = volume.columns() * volume.rows();
        return new int[] {best % volume.columns(), best % plane / volume.columns(), best / plane};
    }

    private static double sum(ImageVolume volume) {
        double sum = 0;
        for (float pixel : volume.pixels()) {
            sum += pixel;
        }
        return sum;
    }
}
