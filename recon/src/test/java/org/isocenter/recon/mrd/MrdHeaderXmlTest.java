package org.isocenter.recon.mrd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.isocenter.model.Diffusion;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.ScannerInfo;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.Study;
import org.isocenter.model.Vec3;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MrdHeaderXmlTest {
    private static final Path SCHEMA = Path.of("/usr/share/ismrmrd/schema/ismrmrd.xsd");

    /** The faults of a real console's file, reduced. */
    private static final String WRONG = """
            <ismrmrdHeader xmlns="http://www.ismrm.org/ISMRMRD">
             <measurementInformation><measurementID>m</measurementID>
              <seriesDate>2025-08-05</seriesDate><seriesTime>11:15:28</seriesTime></measurementInformation>
             <acquisitionSystemInformation><systemFieldStrength_T>48511.9775</systemFieldStrength_T>
             </acquisitionSystemInformation>
             <experimentalConditions><H1resonanceFrequency_Hz>2065640000000</H1resonanceFrequency_Hz>
             </experimentalConditions>
             <encoding>
              <encodedSpace><matrixSize><x>100</x><y>90</y><z>10</z></matrixSize>
               <fieldOfView_mm><x>150.0</x><y>150.0</y><z>150.0</z></fieldOfView_mm></encodedSpace>
              <reconSpace><matrixSize><x>100</x><y>90</y><z>10</z></matrixSize>
               <fieldOfView_mm><x>150.0</x><y>150.0</y><z>150.0</z></fieldOfView_mm></reconSpace>
              <encodingLimits/><trajectory>cartesian</trajectory>
             </encoding>
            </ismrmrdHeader>""";

    @Test
    void aHeaderComesBackAsItWasAndWithoutComplaint() throws Exception {
        MrdHeaderXml.Parsed parsed = MrdHeaderXml.read(MrdHeaderXml.write(MrdExamples.header()));
        assertThat(parsed.header()).isEqualTo(MrdExamples.header());
        assertThat(parsed.notes()).isEmpty();
    }

    @Test
    void theCoilsOfChannelsComeBackAtTheirNumbers() throws Exception {
        ScanHeader header = MrdExamples.header();
        List<String> coils = List.of("knee 1", "", "EMI 1");
        ScanHeader labelled = new ScanHeader(
                header.measurementId(),
                header.protocolName(),
                header.start(),
                header.study(),
                header.scanner().withChannels(3, coils),
                header.sequence(),
                header.encodings(),
                header.userParameters());

        ScannerInfo back =
                MrdHeaderXml.read(MrdHeaderXml.write(labelled)).header().scanner();

        assertThat(back.channelCoils()).isEqualTo(coils);
        assertThat(back.coilName()).isEqualTo("knee 1");
    }

    @Test
    void diffusionWeightingsComeBackInTheirOrder() throws Exception {
        ScanHeader header = MrdExamples.header();
        SequenceParameters p = header.sequence();
        ScanHeader weighted = new ScanHeader(
                header.measurementId(),
                header.protocolName(),
                header.start(),
                header.study(),
                header.scanner(),
                new SequenceParameters(
                        p.sequenceName(),
                        p.scanningSequence(),
                        p.sequenceVariant(),
                        p.acquisitionType(),
                        p.repetitionTimeSeconds(),
                        p.echoTimesSeconds(),
                        p.inversionTimeSeconds(),
                        p.flipAngleRadians(),
                        p.echoTrainLength(),
                        p.averages(),
                        p.sliceThicknessMeters(),
                        p.dwellSeconds(),
                        List.of(Diffusion.NONE, new Diffusion(500e6, new Vec3(0.6, 0, -0.8)))),
                header.encodings(),
                header.userParameters());

        assertThat(MrdHeaderXml.read(MrdHeaderXml.write(weighted)).header()).isEqualTo(weighted);
    }

    @Test
    void whatIsNotKnownStaysUnknown() throws Exception {
        ScanHeader sparse = sparse();
        ScanHeader got = MrdHeaderXml.read(MrdHeaderXml.write(sparse)).header();
        assertThat(got).isEqualTo(sparse);
    }

    @Test
    void headersAreValidByTheSchema() throws Exception {
        Assumptions.assumeTrue(Files.exists(SCHEMA), "skipped: ismrmrd-schema is not installed");
        var validator = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(SCHEMA.toFile())
                .newValidator();
        for (ScanHeader header : List.of(MrdExamples.header(), sparse())) {
            validator.validate(new StreamSource(new StringReader(MrdHeaderXml.write(header))));
        }
    }

    @Test
    void aFieldAndFrequencyInTheWrongUnitAreReadAndNamed() throws Exception {
        MrdHeaderXml.Parsed parsed = MrdHeaderXml.read(WRONG);
        assertThat(parsed.header().scanner().fieldTesla()).isEqualTo(0.0485119775, within(1e-12));
        assertThat(parsed.header().scanner().larmorHertz()).isEqualTo(2065640.0, within(1e-6));
        assertThat(parsed.header().study().position()).isEqualTo(PatientPosition.HFS);
        assertThat(parsed.notes()).hasSize(3);
        assertThat(parsed.notes().get(0)).contains("patientPosition is missing", "assumed HFS");
        assertThat(parsed.notes().get(1))
                .contains("systemFieldStrength_T is 48511.9775 T", "0.0485119775 T", "1000000");
        assertThat(parsed.notes().get(2))
                .contains("H1resonanceFrequency_Hz is 2065640000000 Hz", "2065640 Hz", "1000000");
    }

    @Test
    void missingLimitsMeanTheWholeMatrix() throws Exception {
        Encoding encoding = MrdHeaderXml.read(WRONG).header().encodings().get(0);
        assertThat(encoding.step1()).isEqualTo(new EncodingLimits(0, 89, 45));
        assertThat(encoding.step2()).isEqualTo(new EncodingLimits(0, 9, 5));
        assertThat(encoding.averages()).isEqualTo(1);
    }

    @Test
    void elementsOutOfOrderAreReadAndNamed() throws Exception {
        String xml = WRONG.replace("<measurementID>m</measurementID>", "")
                .replace("</measurementInformation>", "<measurementID>m</measurementID></measurementInformation>");
        MrdHeaderXml.Parsed parsed = MrdHeaderXml.read(xml);
        assertThat(parsed.header().measurementId()).isEqualTo("m");
        assertThat(parsed.notes()).anyMatch(note -> note.contains("measurementID stands after seriesTime"));
    }

    @Test
    void aFieldAndFrequencyThatContradictAreNamed() throws Exception {
        String xml = WRONG.replace("48511.9775", "0.5").replace("2065640000000", "2065640");
        assertThat(MrdHeaderXml.read(xml).notes()).anyMatch(note -> note.contains("do not belong together"));
    }

    @Test
    void senselessNumbersAreNamedAndReplaced() throws Exception {
        String xml = WRONG.replace("<x>150.0</x>", "<x>-3</x>").replace("<z>10</z>", "<z>ten</z>");
        MrdHeaderXml.Parsed parsed = MrdHeaderXml.read(xml);
        assertThat(parsed.header().encodings().get(0).reconZ()).isEqualTo(1);
        assertThat(parsed.header().encodings().get(0).reconFovMeters().x()).isEqualTo(0.1, within(1e-12));
        assertThat(parsed.notes()).anyMatch(note -> note.contains("matrixSize/z is 'ten'"));
        assertThat(parsed.notes()).anyMatch(note -> note.contains("reconSpace/fieldOfView_mm/x is -3.0 mm"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not xml",
                "<a/>",
                "<ismrmrdHeader xmlns=\"http://www.ismrm.org/ISMRMRD\"/>",
                "<ismrmrdHeader><encoding/></ismrmrdHeader>",
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><ismrmrdHeader>&x;</ismrmrdHeader>",
                "<!DOCTYPE a [<!ENTITY x \"y\">]><ismrmrdHeader>&x;</ismrmrdHeader>"
            })
    void whatIsNoHeaderIsRefused(String xml) {
        assertThatThrownBy(() -> MrdHeaderXml.read(xml)).isInstanceOf(MrdFormatException.class);
    }

    @Test
    void bottomlessNestingIsRefused() {
        assertThatThrownBy(() -> MrdHeaderXml.read("<a>".repeat(100_000)))
                .isInstanceOf(MrdFormatException.class)
                .hasMessageContaining("nested");
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22})
    void aHeaderWithDamageIsReadOrRefused(long seed) {
        Random random = new Random(seed);
        String whole = MrdHeaderXml.write(MrdExamples.header());
        for (int round = 0; round < 500; round++) {
            char[] damaged = whole.toCharArray();
            for (int i = random.nextInt(6); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (char) (32 + random.nextInt(96));
            }
            try {
                assertThat(MrdHeaderXml.read(new String(damaged)).header())
                        .as("seed %d round %d", seed, round)
                        .isNotNull();
            } catch (MrdFormatException expected) {
                assertThat(expected).hasMessageContaining("XML header");
            }
        }
    }

    private static ScanHeader sparse() {
        Study study = new Study("", "", "", "", "", "", null, Patient.UNKNOWN, PatientPosition.HFS, "", false);
        ScannerInfo scanner = new ScannerInfo("", "", "", "", "", "", Double.NaN, Double.NaN, 0, "");
        SequenceParameters sequence = new SequenceParameters(
                "", List.of(), List.of(), "2D", Double.NaN, List.of(), Double.NaN, Double.NaN, 1, 1, 0.005, Double.NaN);
        Encoding encoding = new Encoding(
                8,
                8,
                1,
                new Vec3(0.2, 0.2, 0.005),
                8,
                8,
                1,
                new Vec3(0.2, 0.2, 0.005),
                EncodingLimits.ofCount(8),
                EncodingLimits.ofCount(1),
                1,
                1,
                1,
                1,
                0,
                Encoding.Trajectory.CARTESIAN,
                1);
        return new ScanHeader("", "", null, study, scanner, sequence, List.of(encoding), Map.of());
    }
}
