package org.isocenter.dicom.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.isocenter.testing.Peer;

/** Worklist files as servers that read folders take them, made by DCMTK's dump2dcm. */
final class WorklistFiles {
    private WorklistFiles() {}

    /**
     * An entry for today's MR of station ISOCENTER.
     *
     * @param number tells entries apart
     * @param term of SpecificCharacterSet
     * @param charset in which the text is written
     */
    static void write(Path folder, int number, String term, String charset, String name, String description)
            throws IOException {
        String dump = """
                # Dicom-File-Format
                (0002,0010) UI =LittleEndianExplicit
                (0008,0005) CS [%2$s]
                (0008,0050) SH [ACC%1$d]
                (0008,0090) PN [%3$s]
                (0010,0010) PN [%3$s]
                (0010,0020) LO [PID-%1$d]
                (0010,0030) DA [19800229]
                (0010,0040) CS [F]
                (0010,1030) DS [61.5]
                (0010,2000) LO [%4$s]
                (0020,000d) UI [1.2.826.0.1.3680043.2.1.%1$d]
                (0032,1032) PN [%3$s]
                (0032,1060) LO [%4$s]
                (0040,0100) SQ
                (fffe,e000) -
                (0008,0060) CS [MR]
                (0040,0001) AE [ISOCENTER]
                (0040,0002) DA [20260301]
                (0040,0003) TM [094500]
                (0040,0006) PN [%3$s]
                (0040,0007) LO [%4$s]
                (0040,0008) SQ
                (fffe,e000) -
                (0008,0100) SH [T2AX]
                (0008,0102) SH [99IHE]
                (0008,0104) LO [%4$s]
                (fffe,e00d) -
                (fffe,e0dd) -
                (0040,0009) SH [SPS%1$d]
                (fffe,e00d) -
                (fffe,e0dd) -
                (0040,1001) SH [RP%1$d]
                """.formatted(number, term, name, description);
        Path text = folder.resolve(number + ".dump");
        Files.write(text, dump.getBytes(Charset.forName(charset)));
        Path file = folder.resolve(number + ".wl");
        Peer.Output made = Peer.run(List.of("dump2dcm", text.toString(), file.toString()));
        assertThat(made.exitCode()).as(made.text()).isZero();
    }

    /**
     * A name as a worklist has it.
     *
     * @param terms of SpecificCharacterSet
     * @param name its last component group, as words, is also the text of all descriptions
     */
    record Encoded(String terms, String name) {
        String description() {
            return name.substring(name.lastIndexOf('=') + 1).replace('^', ' ');
        }
    }

    /** Entries as {@link #write} makes them, numbered from 1, in encodings that pydicom writes. */
    static void write(Path folder, List<Encoded> entries) {
        String lines = entries.stream()
                .map(entry -> String.join("\t", entry.terms(), entry.name(), entry.description()))
                .collect(Collectors.joining("\n"));
        Peer.Output made = Peer.python(List.of("pydicom"), """
                import sys
                import pydicom.charset
                from pydicom.dataset import Dataset, FileMetaDataset
                from pydicom.sequence import Sequence
                from pydicom.uid import ExplicitVRLittleEndian, generate_uid
                # With the escape sequence of PS3.5 annex K, which pydicom leaves out.
                pydicom.charset.custom_encoders['iso_ir_58'] = lambda text, errors: b'\\x1b$)A' + text.encode('gb2312')
                def entry(number, terms, name, text):
                    d = Dataset()
                    d.file_meta = FileMetaDataset()
                    d.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
                    d.file_meta.MediaStorageSOPClassUID = '1.2.840.10008.5.1.4.31'
                    d.file_meta.MediaStorageSOPInstanceUID = generate_uid()
                    d.is_little_endian, d.is_implicit_VR = True, False
                    d.SpecificCharacterSet = terms.split('\\\\')
                    d.PatientName = d.ReferringPhysicianName = d.RequestingPhysician = name
                    d.PatientID, d.AccessionNumber = f'PID-{number}', f'ACC{number}'
                    d.PatientBirthDate, d.PatientSex, d.PatientWeight = '19800229', 'F', '61.5'
                    d.MedicalAlerts = d.RequestedProcedureDescription = text
                    d.RequestedProcedureID = f'RP{number}'
                    d.StudyInstanceUID = f'1.2.826.0.1.3680043.2.1.{number}'
                    step = Dataset()
                    step.Modality, step.ScheduledStationAETitle = 'MR', 'ISOCENTER'
                    step.ScheduledProcedureStepStartDate, step.ScheduledProcedureStepStartTime = '20260301', '094500'
                    step.ScheduledPerformingPhysicianName = name
                    step.ScheduledProcedureStepDescription = text
                    step.ScheduledProcedureStepID = f'SPS{number}'
                    d.ScheduledProcedureStepSequence = Sequence([step])
                    return d
                for number, line in enumerate(sys.argv[2].split('\\n'), 1):
                    entry(number, *line.split('\\t')).save_as(f'{sys.argv[1]}/{number}.wl', write_like_original=False)
                """, folder.toString(), lines);
        assertThat(made.exitCode()).as(made.text()).isZero();
    }
}
