package org.isocenter.recon.noncartesian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.isocenter.model.Encoding.Trajectory;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.Vec3;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.Watch;
import org.isocenter.recon.standard.StandardChains;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GriddingReconstructionTest {
    private static final int MATRIX = 48;
    private static final double FOV = 0.2;
    private static final Map<String, String> PER_METER = Map.of(ScanHeader.TRAJECTORY_UNIT, "1/m");

    private final Reconstruction gridding = StandardChains.reconstruction(StandardChains.GRIDDING);
    private final BlobScan plane = new BlobScan(MATRIX, 2, FOV);

    @Test
    void wholeSpokesGiveTheImageAsBrightAndWhereItIsLineByLine() {
        RawData raw = plane.raw(plane.spokes(90), Trajectory.RADIAL, PER_METER);
        assertThat(error(plane, only(raw))).isLessThan(1e-2);
    }

    @Test
    void halfSpokesGiveTheSameImage() {
        RawData raw = plane.raw(plane.halfSpokes(160), Trajectory.RADIAL, PER_METER);
        assertThat(error(plane, only(raw))).isLessThan(1e-2);
    }

    @Test
    void spiralsGiveTheSameImage() {
        RawData raw = plane.raw(plane.spirals(12, 600), Trajectory.SPIRAL, PER_METER);
        assertThat(error(plane, only(raw))).isLessThan(2e-2);
    }

    @Test
    void halfSpokesOverTheSphereGiveAVolume() {
        BlobScan volume = new BlobScan(20, 3, FOV);
        RawData raw = volume.raw(volume.halfSpokes(1600), Trajectory.RADIAL, PER_METER);
        ImageVolume image = only(raw);
        assertThat(image.slices()).isEqualTo(20);
        assertThat(error(volume, image)).isLessThan(2e-2);
    }

    @Test
    void theUnitOfOtherPeoplesTrajectoriesIsFoundFromTheirExtent() {
        List<float[]> perPixel = new ArrayList<>();
        RawData inMeters = plane.raw(plane.spokes(90), Trajectory.RADIAL, PER_METER);
        List<Readout> readouts = new ArrayList<>();
        for (int i = 0; i < inMeters.size(); i++) {
            Readout r = inMeters.readout(i);
            float[] scaled = r.trajectoryPerMeter().clone();
            for (int j = 0; j < scaled.length; j++) {
                scaled[j] *= (float) (FOV / MATRIX);
            }
            perPixel.add(scaled);
            readouts.add(new Readout(r.header(), r.real(), r.imaginary(), 2, scaled));
        }
        RawData raw = RawData.of(plane.header(Trajectory.RADIAL, 90, 1, Map.of()), readouts);
        Reconstruction.Result result = gridding.reconstruct(raw);
        assertThat(error(plane, result.volumes().get(0))).isLessThan(1e-2);
        assertThat(result.notes()).anyMatch(note -> note.contains("cycles per pixel"));
    }

    @Test
    void channelsAreCombinedByTheRootOfTheSumOfTheirSquares() {
        List<Readout> readouts = new ArrayList<>();
        for (float[] spoke : plane.spokes(90)) {
            readouts.add(plane.readout(readouts.size(), spoke, EncodingGeometry.AXIAL, 0, 4));
        }
        RawData raw = RawData.of(plane.header(Trajectory.RADIAL, 90, 1, PER_METER), readouts);
        ImageVolume image = only(raw);
        int column = MATRIX / 2 + 5;
        int row = MATRIX / 2 - 3;
        assertThat(image.pixel(column, row, 0))
                .isCloseTo((float) (2 * plane.expected(column, row, 0)), within((float) (0.01 * FOV * FOV)));
    }

    @Test
    void slicesLieWhereTheirGeometrySaysAndAreMovedInPlaneToTheFirst() {
        List<Readout> readouts = new ArrayList<>();
        EncodingGeometry low = EncodingGeometry.AXIAL.centredAt(new Vec3(0, 0, -4e-3));
        double pixel = FOV / MATRIX;
        EncodingGeometry high = EncodingGeometry.AXIAL.centredAt(new Vec3(3 * pixel, 0, 4e-3));
        for (float[] spoke : plane.spokes(90)) {
            readouts.add(plane.readout(readouts.size(), spoke, low, 0, 1));
            readouts.add(plane.readout(readouts.size(), spoke, high, 1, 1));
        }
        ImageVolume image = only(RawData.of(plane.header(Trajectory.RADIAL, 180, 2, PER_METER), readouts));
        assertThat(image.slices()).isEqualTo(2);
        assertThat(image.geometry().sliceSpacingMeters()).isCloseTo(8e-3, within(1e-9));
        int column = MATRIX / 2 + 5;
        int row = MATRIX / 2 - 3;
        float peak = (float) plane.expected(column, row, 0);
        assertThat(image.pixel(column, row, 0)).isCloseTo(peak, within(0.01f * peak));
        assertThat(image.pixel(column + 3, row, 1)).isCloseTo(peak, within(0.01f * peak));
    }

    @Test
    void aPartOfAScanGivesAPreviewOfTheSameBrightness() {
        RawData whole = plane.raw(plane.spokes(90), Trajectory.RADIAL, PER_METER);
        RawData part = new RawData(whole.header(), 90);
        for (int i = 0; i < 34; i++) {
            part.append(whole.readout(i));
        }
        ImageVolume image = only(part);
        int column = MATRIX / 2 + 5;
        int row = MATRIX / 2 - 3;
        float peak = (float) plane.expected(column, row, 0);
        assertThat(image.pixel(column, row, 0)).isCloseTo(peak, within(0.1f * peak));
        assertThat(image.acquiredFraction()).isCloseTo(34 / 90.0, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(strings = {StandardChains.NUFFT, StandardChains.NUFFT_SENSE})
    void iterationsTellHowFarTheImageIs(String chain) {
        List<Double> told = Collections.synchronizedList(new ArrayList<>());
        RawData raw = plane.raw(plane.spokes(60), Trajectory.RADIAL, PER_METER);
        StandardChains.reconstruction(chain).reconstruct(raw, new Watch() {
            @Override
            public boolean isStopped() {
                return false;
            }

            @Override
            public void done(double share) {
                told.add(share);
            }
        });
        assertThat(told).hasSizeGreaterThan(15).isSorted();
        assertThat(told.get(told.size() - 1)).isBetween(0.98, 1.0);
    }

    @Test
    void readoutsWithoutPositionsGiveANoteInsteadOfAnImage() {
        RawData with = plane.raw(plane.spokes(4), Trajectory.RADIAL, PER_METER);
        List<Readout> without = new ArrayList<>();
        for (int i = 0; i < with.size(); i++) {
            Readout r = with.readout(i);
            without.add(new Readout(r.header(), r.real(), r.imaginary()));
        }
        Reconstruction.Result result = gridding.reconstruct(RawData.of(with.header(), without));
        assertThat(result.volumes()).isEmpty();
        assertThat(result.notes()).anyMatch(note -> note.contains("no positions in k-space"));
    }

    private ImageVolume only(RawData raw) {
        Reconstruction.Result result = gridding.reconstruct(raw);
        assertThat(result.notes()).isEmpty();
        assertThat(result.volumes()).hasSize(1);
        return result.volumes().get(0);
    }

    /** Normalised root mean square. */
    private static double error(BlobScan scan, ImageVolume image) {
        double difference = 0;
        double norm = 0;
        for (int slice = 0; slice < image.slices(); slice++) {
            for (int row = 0; row < image.rows(); row++) {
                for (int column = 0; column < image.columns(); column++) {
                    double expected = scan.expected(column, row, slice);
                    double found = image.pixel(column, row, slice);
                    difference += (found - expected) * (found - expected);
                    norm += expected * expected;
                }
            }
        }
        return Math.sqrt(difference / norm);
    }
}
