package org.isocenter.session.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Path;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.model.Protocol;
import org.isocenter.model.RawData;
import org.isocenter.model.SystemLimits;
import org.isocenter.recon.mrd.MrdFile;
import org.isocenter.recon.spectrum.Figure;
import org.isocenter.recon.spectrum.SpectrumAnalysis;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.library.SequenceLibrary;
import org.isocenter.session.Examples;
import org.isocenter.session.archive.Archive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scans without spatial encoding, from the library through the virtual scanner to their figures. */
class SpectrumScansTest {
    /** Of the bottle, as its phantom says. */
    private static final double T1 = 0.25;

    private static final double T2 = 0.21;
    private static final double MILLILITRES = Math.PI * 5.5 * 5.5 * 16;

    @TempDir
    Path home;

    private Archive archive;
    private ScanSession session;

    @BeforeEach
    void open() {
        archive = Archive.open(home.resolve("archive"));
        session = new ScanSession(archive);
    }

    @AfterEach
    void close() {
        session.close();
        archive.close();
    }

    private ScanResult scan(String name, String profile, String... settings) throws Exception {
        SystemLimits limits = ScannerProfile.builtIn(profile.split("\\?")[0]).limits();
        SequenceBuilder builder = SequenceLibrary.find(name).orElseThrow();
        Protocol protocol = SequenceLibrary.defaults(builder, limits);
        for (String setting : settings) {
            String[] parts = setting.split("=");
            protocol = protocol.withText(parts[0], parts[1]);
        }
        URI device = URI.create("virtual:" + profile + (profile.contains("?") ? "&" : "?") + "phantom=bottle");
        return session.scan(new ScanRequest(
                Examples.study("1.2.3.4"), protocol, null, name, 1, device, home.resolve("out"), null, true));
    }

    private static Figure figure(ScanResult result, String name) {
        return result.measurement().orElseThrow().figures().stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFreeInductionDecayHasTheBottlesVolumeAndItsT2() throws Exception {
        ScanResult result = scan("fid", "ideal", "samples=800", "BW=1kHz");

        assertThat(figure(result, "t2Star").value()).isCloseTo(T2, within(0.005 * T2));
        assertThat(figure(result, "amplitude").value()).isCloseTo(MILLILITRES, within(0.01 * MILLILITRES));
        assertThat(figure(result, "peakFrequency").value()).isCloseTo(0, within(0.05));
    }

    @Test
    void aSpinEchoHasLostWhatT2TakesInItsEchoTime() throws Exception {
        ScanResult result = scan("spse", "ideal", "samples=64", "BW=2kHz", "TE=100ms", "averages=1");

        double expected = MILLILITRES * Math.exp(-0.1 / T2);
        assertThat(figure(result, "amplitude").value()).isCloseTo(expected, within(0.01 * expected));
        assertThat(result.header().sequence().echoTimesSeconds()).hasSize(1);
    }

    /** The profile's noise is that of 10 kHz and grows with the root of the sampling rate. */
    @Test
    void aNoiseScanFindsTheNoiseOfTheProfile() throws Exception {
        ScanResult result = scan("noise", "osi2one");

        RawData raw = MrdFile.read(home.resolve("out").resolve("raw.h5")).raw();
        double samplingHertz = 1 / raw.readout(0).header().dwellSeconds();
        double expected =
                ScannerProfile.builtIn("osi2one").imperfections().receive().deliveredNoise()
                        * Math.sqrt(samplingHertz / 10e3);
        assertThat(figure(result, "noise").value()).isCloseTo(expected, within(0.02 * expected));
    }

    @Test
    void anEchoTrainMeasuresT2WithinOnePercentInAnInhomogeneousFieldToo() throws Exception {
        ScanResult ideal = scan("cpmg", "ideal", "echoes=30", "ESP=20ms", "samples=16", "averages=1");
        // Weak pulses would cost some percent: stimulated echoes, and slices that refocus less towards their edges.
        String evenTransmitter = "osi2one?transmit.gain=1&transmit.b1InhomogeneityFraction=0";
        ScanResult real = scan("cpmg", evenTransmitter, "echoes=30", "ESP=20ms", "samples=16", "averages=1");

        assertThat(figure(ideal, "t2").value()).isCloseTo(T2, within(0.002 * T2));
        assertThat(figure(real, "t2").value()).isCloseTo(T2, within(0.01 * T2));
    }

    @Test
    void anInversionRecoveryMeasuresT1AndIsInTheReport() throws Exception {
        ScanResult result = scan("irspec", "osi2one", "points=6", "samples=32", "TImax=1500ms");

        assertThat(figure(result, "t1").value()).isCloseTo(T1, within(0.01 * T1));
        assertThat(figure(result, "null").value()).isCloseTo(T1 * Math.log(2), within(0.01 * T1));
        assertThat(figure(result, "inversion").value()).isLessThan(-0.98);
        assertThat(result.notes()).anyMatch(note -> note.contains("DICOM"));
        assertThat(home.resolve("out").resolve("preview.png")).isNotEmptyFile();
        Path plot = home.resolve("out").resolve("dicom").resolve("0001-00001.dcm");
        assertThat(DicomReader.read(plot).dataset().getString(Tag.SOPClassUID))
                .isEqualTo(UID.SecondaryCaptureImageStorage);
        JsonNode report = new ObjectMapper()
                .readTree(home.resolve("out").resolve("report.json").toFile());
        assertThat(report.at("/measurement/kind").asText()).isEqualTo("inversion recovery");
        assertThat(report.at("/measurement/figures/0/name").asText()).isEqualTo("t1");
        assertThat(report.at("/measurement/figures/0/unit").asText()).isEqualTo("s");
        assertThat(report.at("/measurement/curves/0/points")).hasSize(6);
        // What is kept tells all by itself.
        RawData kept = MrdFile.read(home.resolve("out").resolve("raw.h5")).raw();
        assertThat(SpectrumAnalysis.of(kept).orElseThrow().figures()).contains(figure(result, "t1"));
    }

    @Test
    void aSaturationRecoveryMeasuresT1() throws Exception {
        ScanResult result = scan("srspec", "osi2one", "points=6", "samples=32", "TImax=1500ms");

        assertThat(figure(result, "t1").value()).isCloseTo(T1, within(0.01 * T1));
        assertThat(figure(result, "saturation").value()).isCloseTo(0, within(0.02));
    }
}
