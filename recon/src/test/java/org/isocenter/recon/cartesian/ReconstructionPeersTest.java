package org.isocenter.recon.cartesian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.Vec3;
import org.isocenter.recon.Reconstruction.Result;
import org.isocenter.recon.image.SignalToNoise;
import org.isocenter.recon.mrd.MrdFile;
import org.isocenter.recon.standard.StandardChains;
import org.isocenter.testing.Peer;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same data through other people's programs. */
class ReconstructionPeersTest {
    @TempDir
    Path folder;

    /** Made by the ISMRMRD tools, reconstructed by both. */
    @Test
    void theIsmrmrdPhantomEqualsTheIsmrmrdImage() throws Exception {
        Path file = folder.resolve("phantom.h5");
        Peer.run(List.of(
                "ismrmrd_generate_cartesian_shepp_logan", "-m", "96", "-c", "5", "-r", "1", "-o", file.toString()));
        ImageVolume ours = reconstruct(file);
        assertThat(normalisedError(ours.pixels(), ismrmrdImage(file))).isLessThan(1e-6);
    }

    /** Written by us, reconstructed by both: this also proves that the file is what the tools expect. */
    @Test
    void ourFileGivesTheSameImageInTheIsmrmrdTools() throws Exception {
        Encoding encoding = PointScan.encoding(32, 24, 1, 1);
        List<Readout> readouts = PointScan.lines(encoding, EncodingGeometry.CORONAL, new Vec3(0.0071, 0, -0.0133), 0);
        Path file = folder.resolve("raw.h5");
        MrdFile.write(PointScan.raw(encoding, readouts), file);
        ImageVolume ours = reconstruct(file);
        assertThat(normalisedError(ours.pixels(), ismrmrdImage(file))).isLessThan(1e-6);
    }

    /** Eight channels of a brain, 230 × 180, compared with NumPy's double-precision transform. */
    @Test
    void aRealEightChannelBrainEqualsNumpy() throws Exception {
        Path kspace = SharedData.path("kspace/brain8ch/cartesian_ksp.npy");
        ImageVolume ours = StandardChains.reconstruction(StandardChains.CARTESIAN)
                .reconstruct(brain(kspace))
                .volumes()
                .get(0);
        Path image = folder.resolve("numpy.f32");
        String script = """
            import numpy as np, sys
            k = np.load(sys.argv[1]).astype(complex)
            a = (1, 2)
            m = np.fft.fftshift(np.fft.ifftn(np.fft.ifftshift(k, axes=a), axes=a), axes=a) * k.shape[1] * k.shape[2]
            np.sqrt((abs(m)**2).sum(0)).astype('<f4').tofile(sys.argv[2])
            """;
        Peer.python(List.of("numpy"), script, kspace.toString(), image.toString());
        assertThat(normalisedError(ours.pixels(), floats(image))).isLessThan(1e-6);
    }

    /** The file of a 48.5 mT console with its wrong header: a round phantom in the middle, dark around it. */
    @Test
    void aRealLowFieldFileGivesItsPhantom() throws Exception {
        MrdFile.Contents contents = MrdFile.read(SharedData.path("kspace/osi2/osi2_tse3d.mrd"));
        Result result = StandardChains.reconstruction(StandardChains.CARTESIAN).reconstruct(contents.raw());
        ImageVolume volume = result.volumes().get(0);
        assertThat(volume.columns() + "×" + volume.rows() + "×" + volume.slices())
                .isEqualTo("100×100×10");
        assertThat(SignalToNoise.byBackground(volume, 1).value()).isBetween(20.0, 60.0);
        double[] centroid = centroid(volume, 5);
        assertThat(centroid[0]).isEqualTo(50, within(3.0));
        assertThat(centroid[1]).isEqualTo(50, within(3.0));
        // The phantom is 100 mm wide and the field of view 150 mm: a ghost or a fold would be at the edge.
        assertThat(mean(volume, 5, 40, 60)).isGreaterThan(15 * mean(volume, 5, 0, 10));
        assertThat(result.notes()).singleElement().asString().contains("sample 44.5", "center_sample says 50");
    }

    private static ImageVolume reconstruct(Path file) throws IOException {
        Result result = StandardChains.reconstruction(StandardChains.CARTESIAN)
                .reconstruct(MrdFile.read(file).raw());
        assertThat(result.volumes()).hasSize(1);
        return result.volumes().get(0);
    }

    /** Runs the tool on a copy, since it writes into its input. */
    private float[] ismrmrdImage(Path file) throws IOException {
        Path copy = Files.copy(file, folder.resolve("copy.h5"));
        Peer.Output recon = Peer.run(List.of("ismrmrd_recon_cartesian_2d", copy.toString()));
        assertThat(recon.exitCode()).as(recon.text()).isZero();
        Path image = folder.resolve("image.f32");
        String script = """
            import h5py, sys
            h5py.File(sys.argv[1], 'r')['dataset/cpp/data'][0, 0, 0].astype('<f4').tofile(sys.argv[2])
            """;
        Peer.python(List.of("h5py"), script, copy.toString(), image.toString());
        return floats(image);
    }

    /** NumPy's own format, version 1: (8, 230, 180) complex64, rows last but one. */
    private static RawData brain(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int header = 10 + bytes.getShort(8);
        assertThat(new String(bytes.array(), 10, header - 10, StandardCharsets.US_ASCII))
                .contains("'<c8'", "False", "(8, 230, 180)");
        int channels = 8;
        int rows = 230;
        int columns = 180;
        Vec3 fov = new Vec3(0.18, 0.23, 0.005);
        Encoding encoding = new Encoding(
                columns,
                rows,
                1,
                fov,
                columns,
                rows,
                1,
                fov,
                EncodingLimits.ofCount(rows),
                EncodingLimits.NONE,
                1,
                1,
                1,
                1,
                0,
                Encoding.Trajectory.CARTESIAN,
                1);
        List<Readout> readouts = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            float[] real = new float[channels * columns];
            float[] imaginary = new float[channels * columns];
            for (int channel = 0; channel < channels; channel++) {
                for (int column = 0; column < columns; column++) {
                    int at = header + 8 * ((channel * rows + row) * columns + column);
                    real[channel * columns + column] = bytes.getFloat(at);
                    imaginary[channel * columns + column] = bytes.getFloat(at + 4);
                }
            }
            ReadoutHeader readout = new ReadoutHeader(
                    row,
                    0,
                    new EncodingCounters(row, 0, 0, 0, 0, 0, 0, 0, 0),
                    columns,
                    channels,
                    columns / 2,
                    0,
                    0,
                    1e-5,
                    0,
                    0,
                    EncodingGeometry.AXIAL);
            readouts.add(new Readout(readout, real, imaginary));
        }
        return PointScan.raw(encoding, readouts);
    }

    private static float[] floats(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / 4];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    private static double normalisedError(float[] got, float[] expected) {
        assertThat(got).hasSameSizeAs(expected);
        double difference = 0;
        double total = 0;
        for (int i = 0; i < got.length; i++) {
            difference += Math.pow(got[i] - (double) expected[i], 2);
            total += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / total);
    }

    private static double[] centroid(ImageVolume volume, int slice) {
        double sum = 0;
        double x = 0;
        double y = 0;
        for (int row = 0; row < volume.rows(); row++) {
            for (int column = 0; column < volume.columns(); column++) {
                double square = Math.pow(volume.pixel(column, row, slice), 2);
                sum += square;
                x += square * column;
                y += square * row;
            }
        }
        return new double[] {x / sum, y / sum};
    }

    private static double mean(ImageVolume volume, int slice, int from, int to) {
        double sum = 0;
        for (int row = from; row < to; row++) {
            for (int column = from; column < to; column++) {
                sum += volume.pixel(column, row, slice);
            }
        }
        return sum / ((to - from) * (to - from));
    }
}
