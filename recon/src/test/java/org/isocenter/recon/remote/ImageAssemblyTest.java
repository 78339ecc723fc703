package org.isocenter.recon.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.Quantity;
import org.isocenter.model.RawData;
import org.isocenter.model.Vec3;
import org.isocenter.recon.mrd.MrdImage;
import org.isocenter.recon.mrd.MrdImageHeader;
import org.isocenter.recon.mrd.MrdImageType;
import org.isocenter.recon.mrd.MrdMessage;
import org.isocenter.recon.mrd.MrdMessages;
import org.isocenter.recon.mrd.MrdMeta;
import org.isocenter.recon.mrd.MrdNotes;
import org.isocenter.recon.mrd.MrdPixelType;
import org.isocenter.recon.mrd.VolumeImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ImageAssemblyTest {
    private final MrdNotes notes = new MrdNotes();

    @ParameterizedTest
    @CsvSource({"2D,5,4,3", "2D,4,5,4", "2D,4,4,1", "3D,5,4,3", "3D,4,5,4"})
    void aVolumeComesBackAsItWasWhateverTheOrderOfItsSlices(String acquisition, int columns, int rows, int slices)
            throws Exception {
        RawData raw = Scans.small(acquisition, slices);
        ImageVolume sent = volume(columns, rows, slices, acquisition.equals("3D") ? 0.003 : 0.005);
        List<MrdImage> images = new ArrayList<>();
        for (MrdImage image : VolumeImages.of(sent, raw.header(), 3)) {
            images.add(((MrdMessage.Image) MrdMessages.read(MrdMessages.image(image), notes)).image());
        }
        assertThat(images).hasSize(acquisition.equals("3D") ? 1 : slices);
        Collections.shuffle(images, new Random(5));

        List<ImageVolume> got = assembled(raw, images);

        assertThat(got).hasSize(1);
        assertThat(got.get(0).pixels()).containsExactly(sent.pixels());
        assertThat(got.get(0).name()).isEqualTo("somewhere");
        PatientGeometry there = got.get(0).geometry();
        for (int[] voxel : new int[][] {{0, 0, 0}, {columns - 1, rows - 1, slices - 1}}) {
            Vec3 error = there.voxelMeters(voxel[0], voxel[1], voxel[2])
                    .minus(sent.geometry().voxelMeters(voxel[0], voxel[1], voxel[2]));
            assertThat(error.norm()).as("voxel").isLessThan(1e-7);
        }
        assertThat(there.sliceThicknessMeters()).isEqualTo(0.003, within(1e-9));
        assertThat(notes.toList()).isEmpty();
    }

    @Test
    void wholeNumbersAreScaledAsTheAttributesSay() {
        float[] stored = {0, 100, 4095, 7};
        MrdMeta gadgetron = MrdMeta.NONE.with("GADGETRON_ScaleRatio", "2.5").with("GADGETRON_ScaleOffset", "10");
        MrdMeta dicom = MrdMeta.NONE.with("RescaleSlope", "0.5").with("RescaleIntercept", "-3");
        assertThat(one(image(MrdPixelType.FLOAT, 0, 0, 1, gadgetron, stored)).pixels())
                .containsExactly(-4f, 36f, 1634f, -1.2f);
        assertThat(one(image(MrdPixelType.FLOAT, 0, 0, 1, dicom, stored)).pixels())
                .containsExactly(-3f, 47f, 2044.5f, 0.5f);
        assertThat(one(image(MrdPixelType.FLOAT, 0, 0, 1, MrdMeta.NONE.with("RescaleSlope", "x"), stored))
                        .pixels())
                .containsExactly(stored);
    }

    @Test
    void channelsAreCombinedAndANoteSaysSo() {
        assertThat(one(image(MrdPixelType.FLOAT, 0, 0, 2, MrdMeta.NONE, 3, 0, 1, 5, 4, 2, 0, 12))
                        .pixels())
                .containsExactly(5, 2, 1, 13);
        assertThat(notes.toList()).singleElement().asString().contains("2 channels");
    }

    @ParameterizedTest
    @EnumSource(Quantity.class)
    void whatTheValuesAreIsKept(Quantity quantity) {
        RawData raw = Scans.small("2D", 2);
        ImageVolume sent = volume(3, 4, 2, 0.005);
        ImageVolume map = sent.withMap("map", quantity, sent.pixels());
        List<ImageVolume> got = assembled(raw, VolumeImages.of(map, raw.header(), 0));
        assertThat(got).hasSize(1);
        assertThat(got.get(0).quantity()).isEqualTo(quantity);
    }

    @Test
    void aPhaseOfAnotherProgramIsAPhase() {
        MrdImage image = image(MrdPixelType.FLOAT, 0, 0, 1, MrdMeta.NONE, -1, 0, 1, 2);
        MrdImageHeader h = image.header();
        MrdImageHeader phase = new MrdImageHeader(
                h.pixelType(),
                h.columns(),
                h.rows(),
                h.slices(),
                h.channels(),
                h.fovMeters(),
                h.geometry(),
                h.counters(),
                MrdImageType.PHASE,
                h.index(),
                h.seriesIndex());
        ImageVolume got = one(new MrdImage(phase, MrdMeta.NONE, image.pixels()));
        assertThat(got.quantity()).isEqualTo(Quantity.PHASE);
        assertThat(got.pixels()).containsExactly(-1, 0, 1, 2);
    }

    @Test
    void repetitionsAndSeriesAreVolumesOfTheirOwn() {
        List<MrdImage> images = List.of(
                image(MrdPixelType.FLOAT, 0, 0, 1, MrdMeta.NONE, 1, 1, 1, 1),
                image(MrdPixelType.FLOAT, 0, 1, 1, MrdMeta.NONE, 2, 2, 2, 2),
                image(MrdPixelType.FLOAT, 1, 0, 1, MrdMeta.NONE, 3, 3, 3, 3),
                image(MrdPixelType.FLOAT, 1, 0, 1, MrdMeta.NONE, 4, 4, 4, 4));
        List<ImageVolume> got = assembled(Scans.small("2D", 1), images);
        assertThat(got.stream().map(ImageVolume::name))
                .containsExactly(
                        "series 0, repetition 1",
                        "series 0, repetition 2",
                        "series 1, repetition 1",
                        "series 1, repetition 1 2");
    }

    @Test
    void whatIsMissingOrSenselessIsMendedAndNoted() {
        MrdImage image = image(MrdPixelType.FLOAT, 0, 0, 1, MrdMeta.NONE, 1, Float.NaN, 3, Float.POSITIVE_INFINITY);
        MrdImageHeader bare = new MrdImageHeader(
                MrdPixelType.FLOAT,
                2,
                2,
                1,
                1,
                Vec3.ZERO,
                EncodingGeometry.AXIAL,
                EncodingCounters.ZERO,
                MrdImageType.UNKNOWN,
                0,
                0);
        ImageVolume got = one(new MrdImage(bare, MrdMeta.NONE, image.pixels()));
        assertThat(got.pixels()).containsExactly(1, 0, 3, 0);
        assertThat(got.geometry().columnSpacingMeters()).isEqualTo(Scans.FOV_METERS / 2);
        assertThat(notes.toList()).anyMatch(n -> n.contains("field of view")).anyMatch(n -> n.contains("2 values"));
    }

    @Test
    void colourAndEmptyImagesAreLeftOut() {
        MrdImageHeader colour = new MrdImageHeader(
                MrdPixelType.UNSIGNED_SHORT,
                1,
                1,
                1,
                3,
                new Vec3(1, 1, 1),
                EncodingGeometry.AXIAL,
                EncodingCounters.ZERO,
                MrdImageType.RGB,
                0,
                0);
        MrdImage rgb = new MrdImage(colour, MrdMeta.NONE, java.nio.ByteBuffer.allocate(6));
        assertThat(assembled(Scans.small("2D", 1), List.of(rgb))).isEmpty();
        assertThat(notes.toList()).singleElement().asString().contains("colour");
    }

    private List<ImageVolume> assembled(RawData raw, List<MrdImage> images) {
        return new ImageAssembly(raw, notes)
                .volumes(images).stream().map(ImageAssembly.Assembled::volume).toList();
    }

    private ImageVolume one(MrdImage image) {
        List<ImageVolume> volumes = assembled(Scans.small("2D", 1), List.of(image));
        assertThat(volumes).hasSize(1);
        return volumes.get(0);
    }

    private static MrdImage image(
            MrdPixelType type, int series, int repetition, int channels, MrdMeta meta, float... values) {
        MrdImageHeader header = new MrdImageHeader(
                type,
                2,
                values.length / 2 / channels,
                1,
                channels,
                new Vec3(0.2, 0.2, 0.005),
                EncodingGeometry.AXIAL,
                new EncodingCounters(0, 0, 0, 0, 0, 0, repetition, 0, 0),
                MrdImageType.MAGNITUDE,
                1,
                series);
        return MrdImage.of(header, meta, values);
    }

    private static ImageVolume volume(int columns, int rows, int slices, double spacing) {
        Random random = new Random(columns * 100L + slices);
        float[] pixels = new float[columns * rows * slices];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
        }
        Vec3 row = new Vec3(Math.cos(0.3), Math.sin(0.3), 0);
        Vec3 column = new Vec3(-Math.sin(0.3) * Math.cos(0.2), Math.cos(0.3) * Math.cos(0.2), Math.sin(0.2));
        return new ImageVolume(
                "somewhere",
                columns,
                rows,
                slices,
                pixels,
                new PatientGeometry(
                        new Vec3(0.01, -0.02, 0.03), row, column, row.cross(column), 0.001, 0.002, spacing, 0.003),
                0,
                1);
    }
}
