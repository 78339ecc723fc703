package org.isocenter.dicom.iod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.validate.ObjectValidator;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.ScanHeader;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecondaryCaptureTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aPictureIsValidAndReadAlikeByAnotherProgram(int samplesPerPixel) throws IOException {
        byte[] samples = new byte[7 * 5 * samplesPerPixel];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (37 * i);
        }
        RasterImage picture = new RasterImage(7, 5, samplesPerPixel, samples);
        ScanHeader header =
                Examples.header(Examples.study(Examples.JANE, PatientPosition.HFS, "", false), Examples.SPIN_ECHO);
        Path file = SecondaryCaptureWriter.write(List.of(picture), "Spectrum", header, Examples.series(9), folder)
                .files()
                .get(0);
        assertThat(Peer.run(List.of("dciodvfy", "-new", file.toString())).lines())
                .noneMatch(line -> line.startsWith("Error") || line.startsWith("Warning"));
        Attributes dataset = DicomReader.read(file).dataset();
        assertThat(dataset.getInt(Tag.InstanceNumber, 0)).isEqualTo(1);
        Peer.Output output = Peer.python(List.of("pydicom", "numpy"), """
                import sys
                from pydicom import dcmread
                d = dcmread(sys.argv[1])
                print(d.pixel_array.shape, d.pixel_array.tobytes().hex())
                """, file.toString());
        String shape = samplesPerPixel == 1 ? "(5, 7) " : "(5, 7, 3) ";
        assertThat(output.text()).isEqualTo(shape + HexFormat.of().formatHex(samples) + "\n");
    }

    @Test
    void severalPagesAreOneValidObjectThatAnotherProgramReadsAlike() throws IOException {
        List<RasterImage> pages = new ArrayList<>();
        StringBuilder all = new StringBuilder();
        for (int page = 0; page < 3; page++) {
            byte[] samples = new byte[7 * 5 * 3];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (byte) (37 * i + page);
            }
            pages.add(new RasterImage(7, 5, 3, samples));
            all.append(HexFormat.of().formatHex(samples));
        }
        ScanHeader header =
                Examples.header(Examples.study(Examples.JANE, PatientPosition.HFS, "HEAD", false), Examples.SPIN_ECHO);
        List<Path> files = SecondaryCaptureWriter.write(pages, "Report", header, Examples.series(9), folder)
                .files();
        assertThat(files).hasSize(1);
        String file = files.get(0).toString();
        assertThat(Peer.run(List.of("dciodvfy", "-new", file)).lines())
                .noneMatch(line -> line.startsWith("Error") || line.startsWith("Warning"));
        assertThat(ObjectValidator.check(DicomReader.read(files.get(0)))).isEmpty();
        Peer.Output output = Peer.python(List.of("pydicom", "numpy"), """
                import sys
                from pydicom import dcmread
                d = dcmread(sys.argv[1])
                print(d.pixel_array.shape, d.SOPClassUID.name, list(d.PageNumberVector), d.pixel_array.tobytes().hex())
                """, file);
        assertThat(output.text())
                .isEqualTo("(3, 5, 7, 3) Multi-frame True Color Secondary Capture Image Storage ['1', '2', '3'] " + all
                        + "\n");
    }

    @Test
    void pagesOfDifferentSizesAreRefused() {
        ScanHeader header = Examples.header(Examples.head(), Examples.SPIN_ECHO);
        List<RasterImage> pages = List.of(new RasterImage(1, 1, 3, new byte[3]), new RasterImage(2, 1, 3, new byte[6]));
        assertThatThrownBy(() -> SecondaryCaptureWriter.write(pages, "", header, Examples.series(1), folder))
                .hasMessage("pages of one object must be of one size, and in colour");
    }

    @Test
    void aPictureWithoutAllItsSamplesIsRefused() {
        assertThatThrownBy(() -> new RasterImage(2, 2, 3, new byte[11]))
                .hasMessage("11 samples for 2×2 pixels of 3 samples");
    }
}
