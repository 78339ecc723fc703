package org.isocenter.session.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.file.DicomWriter;
import org.isocenter.dicom.iod.Extension;
import org.isocenter.dicom.iod.ImageGroup;
import org.isocenter.dicom.iod.MrImageWriter;
import org.isocenter.dicom.iod.Processing;
import org.isocenter.dicom.iod.SeriesIdentity;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.Vec3;
import org.isocenter.session.Examples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that work on files: {@code dicom validate}, {@code anonymize}, {@code media} and {@code nifti}. */
@ExtendWith(OwnHome.class)
class DicomObjectCommandsTest {
    private static final int SLICES = 3;

    @TempDir
    Path folder;

    private Path images;
    private List<Path> files;

    @BeforeEach
    void writeImages() throws Exception {
        images = folder.resolve("images");
        PatientGeometry geometry = new PatientGeometry(
                new Vec3(-0.05, -0.05, 0),
                new Vec3(1, 0, 0),
                new Vec3(0, 1, 0),
                new Vec3(0, 0, 1),
                0.01,
                0.01,
                0.006,
                0.005);
        float[] pixels = new float[8 * 10 * SLICES];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = i + 1;
        }
        ImageVolume volume = new ImageVolume("", 8, 10, SLICES, pixels, geometry, 0, 1);
        files = MrImageWriter.write(
                        ImageGroup.of(List.of(volume), Processing.UNKNOWN).get(0),
                        Examples.header("scan-1", Examples.study("1.2.3"), 16, 10),
                        SeriesIdentity.create(1, "Spin echo", 1, OffsetDateTime.parse("2026-03-04T10:20:00+01:00")),
                        Extension.NONE,
                        images)
                .files();
        Files.writeString(images.resolve("notes.txt"), "no image");
    }

    @Test
    void goodObjectsAreValidAndWhatIsWrongWithOthersIsNamed() throws Exception {
        CommandRun good = CommandRun.of("dicom", "validate", images, "--json");
        assertThat(good.exitCode()).as(good.out()).isZero();
        assertThat(good.json().path("valid").asBoolean()).isTrue();
        assertThat(good.json().path("files")).hasSize(SLICES);
        Attributes wrong = DicomReader.read(files.get(1)).dataset();
        wrong.remove(Tag.PixelSpacing);
        DicomWriter.write(files.get(1), wrong);
        byte[] whole = Files.readAllBytes(files.get(2));
        Files.write(files.get(2), Arrays.copyOf(whole, whole.length - 100));
        CommandRun bad = CommandRun.of("dicom", "validate", images, "--json");
        assertThat(bad.exitCode()).isEqualTo(1);
        assertThat(bad.json().path("valid").asBoolean()).isFalse();
        assertThat(bad.json().at("/files/0/findings")).isEmpty();
        assertThat(bad.json().at("/files/1/findings").toString()).contains("PixelSpacing");
        assertThat(bad.json().at("/files/2/findings")).isNotEmpty();
        assertThat(CommandRun.of("dicom", "validate", images).out()).contains("1 of 3 objects are valid");
    }

    @Test
    void copiesTellNobodyAndAreNotReplacedUnasked() throws Exception {
        Path out = folder.resolve("out");
        CommandRun copied = CommandRun.of("dicom", "anonymize", images, "--out", out, "--json");
        assertThat(copied.exitCode()).as(copied.err()).isZero();
        assertThat(copied.json().path("objects").asInt()).isEqualTo(SLICES);
        Path first = out.resolve("00001.dcm");
        Attributes copy = DicomReader.read(first).dataset();
        assertThat(copy.getString(Tag.PatientName)).isNotEqualTo("Roe^Richard");
        assertThat(copy.getString(Tag.PatientID)).isNotEqualTo("P42");
        assertThat(copy.getString(Tag.PatientIdentityRemoved)).isEqualTo("YES");
        assertThat(copy.getString(Tag.SOPInstanceUID))
                .isNotEqualTo(DicomReader.read(files.get(0)).dataset().getString(Tag.SOPInstanceUID));
        assertThat(CommandRun.of("dicom", "validate", out).exitCode()).isZero();
        byte[] before = Files.readAllBytes(first);
        CommandRun again = CommandRun.of("dicom", "anonymize", images, "--out", out, "--move-dates");
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.errorLine()).contains(first.toString(), "--force");
        assertThat(first).hasBinaryContent(before);
        CommandRun forced = CommandRun.of("dicom", "anonymize", images, "--out", out, "--move-dates", "--force");
        assertThat(forced.exitCode()).isZero();
        assertThat(Files.readAllBytes(first)).isNotEqualTo(before);
    }

    @Test
    void imagesToCarryAreAFileSetThatIsNotWrittenIntoAnother() throws Exception {
        Path out = folder.resolve("out");
        CommandRun written = CommandRun.of("dicom", "media", images, "--out", out, "--json");
        assertThat(written.exitCode()).as(written.err()).isZero();
        assertThat(written.json().path("images").asInt()).isEqualTo(SLICES);
        byte[] directory = Files.readAllBytes(out.resolve("DICOMDIR"));
        CommandRun again = CommandRun.of("dicom", "media", images, "--out", out);
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.errorLine()).contains("file-set", out.toString());
        assertThat(out.resolve("DICOMDIR")).hasBinaryContent(directory);
        assertThat(CommandRun.of("dicom", "validate", out).out()).contains("3 of 3 objects are valid");
    }

    @Test
    void aVolumeIsWrittenForResearchAndNotReplacedUnasked() throws Exception {
        Path out = folder.resolve("out");
        CommandRun written = CommandRun.of("dicom", "nifti", images, "--out", out, "--json");
        assertThat(written.exitCode()).as(written.err()).isZero();
        JsonNode volume = written.json().at("/volumes/0");
        assertThat(volume.path("matrix").toString()).isEqualTo("[8,10,3]");
        for (JsonNode file : volume.path("files")) {
            assertThat(Path.of(file.asText())).isNotEmptyFile();
        }
        CommandRun again = CommandRun.of("dicom", "nifti", images, "--out", out);
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.errorLine()).contains("--force");
        assertThat(CommandRun.of("dicom", "nifti", images, "--out", out, "--force")
                        .exitCode())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"anonymize", "media", "nifti"})
    void whatCannotBeReadLeavesNothing(String command) throws Exception {
        Path out = folder.resolve("out");
        Path empty = Files.createDirectories(folder.resolve("empty"));
        CommandRun nothing = CommandRun.of("dicom", command, empty, "--out", out, "--json");
        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.errorLine()).contains(empty.toString());
        assertThat(nothing.out()).isEmpty();
        CommandRun missing = CommandRun.of("dicom", command, folder.resolve("missing"), "--out", out);
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.errorLine()).contains("no such file");
        CommandRun nowhere = CommandRun.of("dicom", command, images);
        assertThat(nowhere.exitCode()).isEqualTo(2);
        assertThat(nowhere.errorLine()).contains("--out");
        assertThat(out).doesNotExist();
    }
}
