package org.isocenter.dicom.iod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.media.FileSetWriter;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.Study;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other programs say of a file-set. */
class FileSetTest {
    @TempDir
    Path folder;

    private FileSetWriter twoPatients() throws IOException {
        FileSetWriter writer = new FileSetWriter(folder.resolve("cd"));
        Patient hong = new Patient("Hong^Gildong=洪^吉洞=홍^길동", "K-1", null, "M", 70);
        for (Study study :
                List.of(Examples.head(), Examples.head(), Examples.study(hong, PatientPosition.HFS, "HEAD", false))) {
            for (int series = 1; series <= 2; series++) {
                ScanHeader header = Examples.header(study, Examples.SPIN_ECHO);
                for (Attributes object : MrImageWriter.objects(
                        Examples.only(Examples.volume(EncodingGeometry.AXIAL, 3)),
                        header,
                        Examples.series(series),
                        Extension.NONE,
                        new ArrayList<>())) {
                    assertThat(writer.add(object)).isTrue();
                }
            }
        }
        writer.finish();
        return writer;
    }

    @Test
    void anotherProgramWalksThroughIt() throws IOException {
        assertThat(twoPatients().images()).isEqualTo(18);
        Path directory = folder.resolve("cd").resolve(FileSetWriter.DIRECTORY);
        Peer.Output output = Peer.python(List.of("pydicom"), """
                import sys
                from pydicom import dcmread
                from pydicom.fileset import FileSet
                sys.stdout.reconfigure(encoding='utf-8')
                fs = FileSet(dcmread(sys.argv[1]))
                print(len(fs), fs.ID)
                print(sorted(fs.find_values('PatientID')))
                print(len(fs.find_values('StudyInstanceUID')), len(fs.find_values('SeriesInstanceUID')))
                print(all(i.load().SOPInstanceUID == i.SOPInstanceUID for i in fs))
                print([str(p.PatientName) for p in dcmread(sys.argv[1]).DirectoryRecordSequence
                       if p.DirectoryRecordType == 'PATIENT'])
                """, directory.toString());
        assertThat(output.lines())
                .containsExactly(
                        "18 ISOCENTER", "['K-1', 'P-17']", "3 6", "True", "['Doe^Jane', 'Hong^Gildong=洪^吉洞=홍^길동']");
    }

    /** But for ImageType, which dcmmkdir adds and dciodvfy warns of. */
    @Test
    void itHasTheRecordsAndKeysThatAnotherProgramWrites() throws IOException {
        twoPatients();
        Path root = folder.resolve("cd");
        Path theirs = folder.resolve("THEIRS");
        Peer.Output made =
                Peer.run(List.of("dcmmkdir", "+I", "+r", "+id", root.toString(), "+D", theirs.toString(), "IMAGES"));
        assertThat(made.exitCode()).as(made.text()).isZero();
        String script = """
                import sys
                from pydicom import dcmread
                for r in dcmread(sys.argv[1]).DirectoryRecordSequence:
                    print(r.DirectoryRecordType, *(f'{e.keyword}={e.value}' for e in r
                          if 'Offset' not in e.keyword and e.keyword != 'ImageType'))
                """;
        List<String> wanted = Peer.python(List.of("pydicom"), script, theirs.toString()).lines().stream()
                .sorted()
                .toList();
        Path ours = root.resolve(FileSetWriter.DIRECTORY);
        assertThat(wanted).hasSize(2 + 3 + 6 + 18);
        assertThat(Peer.python(List.of("pydicom"), script, ours.toString()).lines().stream()
                        .sorted()
                        .toList())
                .isEqualTo(wanted);
    }

    @Test
    void theValidatorsFindNothingWrong() throws IOException {
        twoPatients();
        Path directory = folder.resolve("cd").resolve(FileSetWriter.DIRECTORY);
        assertThat(Peer.run(List.of("dciodvfy", "-new", directory.toString())).lines())
                .noneMatch(line -> line.startsWith("Error") || line.startsWith("Warning"));
        Peer.Output dump = Peer.run(List.of("dcmdump", directory.toString()));
        assertThat(dump.exitCode()).isZero();
        assertThat(dump.lines()).noneMatch(line -> line.startsWith("E:") || line.startsWith("W:"));
        assertThat(dump.lines())
                .filteredOn(line -> line.contains("ReferencedFileID"))
                .hasSize(18)
                .allMatch(line -> line.matches(".*\\[IMAGES\\\\IM\\d{6}\\].*"));
    }

    @Test
    void aFileSetIsNotWrittenTwiceAndWhatIsNoImageIsLeftOut() throws IOException {
        twoPatients();
        assertThatThrownBy(() -> new FileSetWriter(folder.resolve("cd")))
                .isInstanceOf(FileAlreadyExistsException.class);
        FileSetWriter other = new FileSetWriter(folder.resolve("usb"));
        Attributes report = new Attributes();
        report.setString(Tag.SOPInstanceUID, "1.2.3");
        assertThat(other.add(report)).isFalse();
        assertThat(Files.exists(folder.resolve("usb").resolve(FileSetWriter.DIRECTORY)))
                .isFalse();
    }
}
