package org.isocenter.session.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.RawData;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.Vec3;
import org.isocenter.recon.layout.ArrayFile;
import org.isocenter.recon.layout.ArrayReader;
import org.isocenter.recon.layout.ArrayScan;
import org.isocenter.recon.layout.NpyFile;
import org.isocenter.recon.mrd.MrdFile;
import org.isocenter.recon.mrd.MrdImage;
import org.isocenter.recon.mrd.MrdImageHeader;
import org.isocenter.recon.mrd.MrdImageType;
import org.isocenter.recon.mrd.MrdMeta;
import org.isocenter.recon.mrd.MrdPixelType;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawInAndOutTest {
    @TempDir
    Path folder;

    @Test
    void anEpisLinesLieWhereItsSequenceHasThem() throws Exception {
        Path sequence = SharedData.path("kspace/epi96_real/epi_96x96.seq");
        ArrayFile file = ArrayFile.need(SharedData.path("kspace/epi96_real/epi_96x96.cfl"));
        RawData raw = SequenceRawData.of(ArrayReader.read(file, ArrayScan.UNTOLD), sequence)
                .raw();
        assertThat(raw.size()).isEqualTo(96);
        Encoding encoding = raw.header().encodings().get(0);
        assertThat(encoding.trajectory()).isEqualTo(Encoding.Trajectory.EPI);
        assertThat(encoding.reconFovMeters().x()).isCloseTo(0.22, within(1e-4));
        assertThat(raw.header().userParameters()).containsEntry(ScanHeader.TRAJECTORY_UNIT, "1/m");
        float[] there = raw.readout(0).trajectoryPerMeter();
        float[] back = raw.readout(1).trajectoryPerMeter();
        int dimensions = raw.readout(0).trajectoryDimensions();
        boolean forward = there[dimensions] > there[0];
        assertThat(back[dimensions] > back[0]).isEqualTo(!forward);
        assertThat(raw.readout(forward ? 1 : 0).header().has(AcquisitionFlags.REVERSE))
                .isTrue();
    }

    @Test
    void anotherSequenceIsNotTheOneThatWasPlayed() throws Exception {
        Path sequence = SharedData.path("kspace/epi96_real/epi_96x96.seq");
        assertThatThrownBy(() -> SequenceRawData.of(array(7, 96), sequence))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has 96 ADC windows")
                .hasMessageContaining("the array has 7 lines");
        assertThatThrownBy(() -> SequenceRawData.of(array(96, 64), sequence))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("96 samples, the array's lines have 64");
    }

    private ArrayReader.Result array(int lines, int samples) throws IOException {
        float[] values = new float[lines * samples];
        java.util.Arrays.fill(values, 1);
        Path file = folder.resolve("a.npy");
        NpyFile.write(file, new int[] {lines, samples}, values, values);
        return ArrayReader.read(ArrayFile.need(file), ArrayScan.UNTOLD);
    }

    @Test
    void imagesBecomeArraysThatReadBack() throws Exception {
        MrdImageHeader header = new MrdImageHeader(
                MrdPixelType.COMPLEX_FLOAT,
                3,
                2,
                1,
                1,
                new Vec3(0.3, 0.2, 0.005),
                EncodingGeometry.AXIAL,
                EncodingCounters.ZERO,
                MrdImageType.COMPLEX,
                1,
                0);
        MrdImage first = MrdImage.of(header, MrdMeta.NONE, new float[] {1, 2, 3, 4, 5, 6}, new float[6]);
        MrdImage second = MrdImage.of(header, MrdMeta.NONE, new float[6], new float[] {7, 8, 9, 10, 11, 12});
        ScanHeader scan = array(2, 3).raw().header();
        Path images = folder.resolve("images.h5");
        MrdFile.writeImages(scan, Map.of("complex_0", List.of(first, second)), images);

        ImageExport.write(images, ImageExport.Format.NPY);
        ImageExport.write(images, ImageExport.Format.CFL);

        var npy = ArrayFile.need(folder.resolve("complex_0.npy")).read(null);
        assertThat(npy.shapeText()).isEqualTo("2×1×1×2×3");
        assertThat(npy.imaginary()[11]).isEqualTo(12);
        var cfl = ArrayFile.need(folder.resolve("complex_0.cfl")).read(null);
        assertThat(cfl.shape()).containsExactly(3, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2);
        assertThat(cfl.real()).containsExactly(1, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0, 0);
    }
}
