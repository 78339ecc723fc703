package org.isocenter.dicom.iod;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.model.Diffusion;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Quantity;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.Vec3;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** dcm2niix makes the same volumes of an enhanced image and of single ones, and the validators accept both. */
class SameVolumesTest {
    private static final SequenceParameters GRE = Examples.sequence("gre2d", List.of("GR"), List.of("SP"), "2D", 1);
    private static final SequenceParameters DWI =
            Examples.sequence("dwi2d", List.of("EP", "SE"), List.of("SK"), "2D", 8);

    @TempDir
    Path folder;

    static Stream<Arguments> groups() {
        EncodingGeometry oblique = ConvertedGeometryTest.doubleOblique();
        SequenceParameters volume = Examples.sequence("tse3d", List.of("SE"), List.of("SK"), "3D", 16);
        double third = 1 / Math.sqrt(3);
        List<Diffusion> weightings = List.of(
                Diffusion.NONE,
                new Diffusion(500e6, Vec3.X),
                new Diffusion(500e6, new Vec3(0, 0.6, -0.8)),
                new Diffusion(1000e6, new Vec3(third, third, third)));
        return Stream.of(
                Arguments.of("axial", GRE, List.of(volume(EncodingGeometry.AXIAL, 5, 1))),
                Arguments.of("sagittal", GRE, List.of(volume(EncodingGeometry.SAGITTAL, 5, 2))),
                Arguments.of("coronal", GRE, List.of(volume(EncodingGeometry.CORONAL, 5, 3))),
                Arguments.of("oblique", GRE, List.of(volume(oblique, 6, 4))),
                Arguments.of("one slice", GRE, List.of(volume(oblique, 1, 5))),
                Arguments.of("3D", volume, List.of(volume(oblique, 9, 6))),
                Arguments.of(
                        "two echoes",
                        GRE,
                        IntStream.range(0, 2)
                                .mapToObj(echo -> echo(volume(oblique, 4, 7 + echo), echo))
                                .toList()),
                Arguments.of(
                        "three moments",
                        GRE,
                        IntStream.range(0, 3)
                                .mapToObj(time -> volume(EncodingGeometry.CORONAL, 4, 10 + time))
                                .toList()),
                Arguments.of(
                        "diffusion",
                        DWI,
                        IntStream.range(0, 4)
                                .mapToObj(i -> weighted(volume(oblique, 3, 20 + i), weightings.get(i)))
                                .toList()),
                Arguments.of(
                        "diffusion, twice",
                        DWI,
                        IntStream.range(0, 8)
                                .mapToObj(
                                        i -> weighted(volume(EncodingGeometry.AXIAL, 3, 30 + i), weightings.get(i / 2)))
                                .toList()),
                Arguments.of("phase", GRE, List.of(signed(volume(oblique, 4, 40), Quantity.PHASE))),
                Arguments.of("real", GRE, List.of(signed(volume(oblique, 4, 41), Quantity.REAL))),
                Arguments.of("imaginary", GRE, List.of(signed(volume(oblique, 4, 42), Quantity.IMAGINARY))),
                Arguments.of("field map", GRE, List.of(signed(volume(oblique, 4, 43), Quantity.FIELD_OFFSET))),
                Arguments.of("field map, 3D", volume, List.of(signed(volume(oblique, 4, 46), Quantity.FIELD_OFFSET))),
                Arguments.of(
                        "field map of a straight slab",
                        volume,
                        List.of(signed(volume(EncodingGeometry.AXIAL, 4, 47), Quantity.FIELD_OFFSET))),
                Arguments.of("T1 map", GRE, List.of(volume(oblique, 4, 44).withMap("T1", Quantity.T1, pixels(45)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("groups")
    void bothBecomeTheSameVolumes(String name, SequenceParameters sequence, List<ImageVolume> volumes)
            throws IOException {
        ScanHeader header = Examples.header(Examples.head(), sequence);
        List<ImageGroup> groups = ImageGroup.of(volumes, Examples.PROCESSING);
        Path classic = folder.resolve("classic");
        Path enhanced = folder.resolve("enhanced");
        List<Path> single = new ArrayList<>();
        List<Path> multi = new ArrayList<>();
        for (ImageGroup group : groups) {
            SeriesIdentity series = Examples.series(single.size() + 1);
            single.addAll(MrImageWriter.write(group, header, series, Extension.FULL, classic)
                    .files());
            multi.addAll(EnhancedMrWriter.write(group, header, series, Extension.NONE, enhanced)
                    .files());
        }
        assertThat(single).hasSize(volumes.size() * volumes.get(0).slices());
        assertThat(multi).hasSize(groups.size());

        assertThat(pixelsOf(multi)).isEqualTo(pixelsOf(single));
        List<Object> wanted = converted(classic, folder.resolve("n1"));
        assertThat(wanted).isNotEmpty();
        assertThat(converted(enhanced, folder.resolve("n2"))).isEqualTo(wanted);
        assertThat(complaints(multi)).isEmpty();
    }

    private static List<String> complaints(List<Path> files) {
        return Peer.run(List.of("dciodvfy", "-new", files.get(0).toString())).lines().stream()
                .filter(line -> line.startsWith("Error") || line.startsWith("Warning"))
                .toList();
    }

    private static byte[] pixelsOf(List<Path> files) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Path file : files) {
            Attributes dataset = DicomReader.read(file).dataset();
            all.writeBytes(dataset.getBytes(Tag.PixelData));
        }
        return all.toByteArray();
    }

    /** The volumes (header but for free text, and voxels), and what belongs to them as text, whatever the files' names. */
    private static List<Object> converted(Path dicom, Path to) throws IOException {
        Files.createDirectories(to);
        Peer.Output output =
                Peer.run(List.of("dcm2niix", "-z", "n", "-b", "n", "-f", "%s_", "-o", to.toString(), dicom.toString()));
        assertThat(output.exitCode()).as(output.text()).isZero();
        List<Path> files;
        try (Stream<Path> all = Files.list(to)) {
            files = all.sorted().toList();
        }
        List<Object> found = new ArrayList<>();
        for (Path file : files) {
            String type = file.toString().replaceAll(".*\\.", "");
            if (type.equals("nii")) {
                ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
                List<Object> volume = new ArrayList<>(List.of("nii"));
                for (int dimension = 0; dimension < 8; dimension++) {
                    volume.add(in.getShort(40 + 2 * dimension));
                }
                volume.add(in.getShort(70));
                for (int offset : IntStream.rangeClosed(0, 17)
                        .map(i -> i < 12 ? 280 + 4 * i : i < 16 ? 76 + 4 * (i - 12) : 112 + 4 * (i - 16))
                        .toArray()) {
                    volume.add(Math.round(in.getFloat(offset) * 1e4) / 1e4);
                }
                byte[] bytes = in.array();
                volume.add(Arrays.hashCode(Arrays.copyOfRange(bytes, 352, bytes.length)));
                found.add(volume);
            } else {
                found.add(type + Files.readString(file));
            }
        }
        return found;
    }

    private static float[] pixels(long seed) {
        Random random = new Random(seed);
        float[] pixels = new float[16 * 20 * 4];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
        }
        return pixels;
    }

    private static ImageVolume volume(EncodingGeometry directions, int slices, long seed) {
        Random random = new Random(seed);
        ImageVolume plain = Examples.volume(directions, slices);
        for (int i = 0; i < plain.pixels().length; i++) {
            plain.pixels()[i] = random.nextFloat();
        }
        return plain;
    }

    private static ImageVolume echo(ImageVolume v, int echo) {
        return new ImageVolume(
                "echo " + (echo + 1), v.columns(), v.rows(), v.slices(), v.pixels(), v.geometry(), echo, 1);
    }

    private static ImageVolume weighted(ImageVolume v, Diffusion diffusion) {
        return new ImageVolume("b", v.columns(), v.rows(), v.slices(), v.pixels(), v.geometry(), 0, 1, diffusion);
    }

    private static ImageVolume signed(ImageVolume v, Quantity quantity) {
        float[] pixels = v.pixels().clone();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (pixels[i] - 0.5f) * 6;
        }
        return v.withMap("signed", quantity, pixels);
    }
}
