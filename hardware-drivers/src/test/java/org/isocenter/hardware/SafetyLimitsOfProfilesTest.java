package org.isocenter.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.isocenter.model.SafetyLimits;
import org.isocenter.model.SafetyLimits.AcousticBand;
import org.isocenter.model.SafetyLimits.Chronaxie;
import org.isocenter.model.SafetyLimits.Mode;
import org.isocenter.model.SafetyLimits.ModeLimit;
import org.isocenter.model.SafetyLimits.Safe;
import org.isocenter.model.SafetyLimits.SafeAxis;
import org.isocenter.model.SafetyLimits.StimulationModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetyLimitsOfProfilesTest {
    private static final double MT = 42577.478518;

    @TempDir
    Path folder;

    private static String clinical() throws IOException {
        try (InputStream in = ScannerProfile.class.getResourceAsStream("profiles/clinical-example.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private SafetyLimits load(String text) throws IOException {
        Path file = folder.resolve("mine.yaml");
        Files.writeString(file, text);
        return ScannerProfile.load(file).limits().safety();
    }

    @Test
    void theClinicalExampleLimitsEverything() {
        SafetyLimits safety =
                ScannerProfile.builtIn("clinical-example").limits().safety();
        assertThat(safety.mode()).isEqualTo(Mode.NORMAL);
        assertThat(safety.gradients().shimHertzPerMeter().y()).isCloseTo(-0.1 * MT, within(1e-6));
        assertThat(safety.gradients().amplifierHertzPerMeter()).isCloseTo(31 * MT, within(1e-6));
        assertThat(safety.gradients().rmsHertzPerMeter())
                .extracting(SafetyLimits.WindowLimit::seconds)
                .containsExactly(1.0, 10.0, 60.0);
        assertThat(safety.rfEnergySquareTeslaSeconds().get(0).seconds()).isEqualTo(1e-3);
        assertThat(safety.rfEnergySquareTeslaSeconds().get(0).limit()).isCloseTo(0.56e-12, within(1e-20));
        assertThat(safety.sar().wholeBodyPerSquareTesla(150)).isCloseTo(0.24e12, within(1.0));
        assertThat(safety.stimulation()).singleElement().isInstanceOf(Chronaxie.class);
        assertThat(safety.stimulation().get(0).limit()).isEqualTo(new ModeLimit(0.8, 1));
        assertThat(safety.acousticBands()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"virtual", "ideal"})
    void theVirtualOnesLimitNothingButReport(String name) {
        SafetyLimits safety = ScannerProfile.builtIn(name).limits().safety();
        assertThat(safety.sar().wholeBody()).isEqualTo(ModeLimit.NONE);
        assertThat(safety.stimulation())
                .singleElement()
                .satisfies(model -> assertThat(model.limit()).isEqualTo(ModeLimit.NONE));
    }

    @Test
    void aProfileWithoutTheSectionLimitsNothing() throws IOException {
        String text = clinical();
        int from = text.indexOf("safety:");
        assertThat(load(text.substring(0, from) + text.substring(text.indexOf("imperfections:"))))
                .isEqualTo(SafetyLimits.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode: normal  | mode: easy # | safety.mode | expected one of normal, firstLevel",
                "adcSamplesDivisor: 1  | adcSamplesDivisor: 0 # | safety.adcSamplesDivisor | 1.0 to 65536.0",
                "[0.2, -0.1, 0.15] | [0.2, -0.1] | safety.gradients.shimMilliteslaPerMeter | list of 3 numbers",
                "[0.2, -0.1, 0.15] | [0.2, a, 0.15] | safety.gradients.shimMilliteslaPerMeter[1] | plain number",
                "{ 1: 24, 10: 20, 60: 16 } | { 1: -4 } | safety.gradients.rmsMilliteslaPerMeter.1 | above 0",
                "{ 1: 24, 10: 20, 60: 16 } | { soon: 4 } | safety.gradients.rmsMilliteslaPerMeter.soon | plain number",
                "{ 1: 24, 10: 20, 60: 16 } | 24 | safety.gradients.rmsMilliteslaPerMeter | indented",
                "{ 60: 1 } | { 86400: 1 } | safety.gradients.dutyFraction.86400 | 0.1 to 300.0",
                "{ normal: 2, firstLevel: 4 } | { normal: 2, firstLevel: 1 } | safety.sar.wholeBodyWattsPerKilogram.firstLevel | 2.0 to",
                "heaviestKilograms: 120 | heaviestKilograms: 5 | safety.sar.heaviestKilograms | 10.0 to 1000.0",
                "model: chronaxie | model: guess # | safety.stimulation[0].model | safe, chronaxie, asc",
                "rheobaseTeslaPerSecond: 20 | rheobase: 20 | safety.stimulation[0].rheobaseTeslaPerSecond | missing",
                "centerHertz: 560, | centerHertz: 560, colour: 3, | safety.acousticBands[0].colour | not known",
                "shortTermFactor: 2 | longTermFactor: 2 | safety.sar.shortTermFactor | missing",
            })
    void aBadKeyOfTheSectionIsNamedWithWhatWasExpected(String good, String bad, String key, String expected)
            throws IOException {
        String text = clinical();
        assertThat(text).contains(good);
        assertThatThrownBy(() -> load(text.replace(good, bad)))
                .isInstanceOf(ProfileFormatException.class)
                .hasMessageContainingAll("mine.yaml", "'" + key + "'", expected);
    }

    private static final String SAFE = """
                - model: safe
                  target: cardiac
                  rasterSeconds: 10.0e-6
                  x: { a: [0.4, 0.1, 0.5], tauSeconds: [2.0e-4, 3.0e-5, 3.0e-3], limitTeslaPerMeterPerSecond: 30, scale: 0.35 }
                  y: { a: [0.4, 0.1, 0.5], tauSeconds: [2.0e-4, 3.0e-5, 3.0e-3], limitTeslaPerMeterPerSecond: 15, scale: 0.31 }
                  z: { a: [0.4, 0.1, 0.5], tauSeconds: [2.0e-4, 3.0e-5, 3.0e-3], limitTeslaPerMeterPerSecond: 25, scale: 0.25 }
                  limitFraction: { normal: 0.8, firstLevel: 1 }
            """;

    private static String withStimulation(String item) throws IOException {
        return clinical().replace("  acousticBands:", item + "  acousticBands:");
    }

    @Test
    void theSafeModelCanBeWrittenInTheProfile() throws IOException {
        StimulationModel model = load(withStimulation(SAFE)).stimulation().get(1);
        assertThat(model.target()).isEqualTo("cardiac");
        assertThat(((Safe) model).y()).isEqualTo(new SafeAxis(0.4, 0.1, 0.5, 2e-4, 3e-5, 3e-3, 15, 0.31));
        assertThatThrownBy(() -> load(withStimulation(SAFE.replace("x: { a: [0.4", "x: { a: [0.6"))))
                .hasMessageContainingAll("safety.stimulation[1].x.a", "add up to 1");
    }

    private static String asc(String prefix) {
        StringBuilder text = new StringBuilder("### comment\nasCOMP[0].tName = \"MP_GPA_TEST\"\n");
        for (String axis : List.of("X", "Y", "Z")) {
            text.append(prefix).append("flGSWDTau" + axis + "[0] = 0.20 # ms\n");
            text.append(prefix).append("flGSWDTau" + axis + "[1]\t=\t0.03\n");
            text.append(prefix).append("flGSWDTau" + axis + "[2] = 3.0\n");
            text.append(prefix).append("flGSWDA" + axis + "[0] = 0.4\n");
            text.append(prefix).append("flGSWDA" + axis + "[1] = 0.1\n");
            text.append(prefix).append("flGSWDA" + axis + "[2] = 0.5\n");
            text.append(prefix).append("flGSWDStimulationLimit" + axis + " = 30.0\n");
            text.append(prefix).append("flGSWDStimulationThreshold" + axis + " = 24.0\n");
        }
        return text.toString();
    }

    private static String scales(String name) {
        return "asGPAParameters[0].sGCParameters." + name + "X = 0.35\nasGPAParameters[0].sGCParameters." + name
                + "Y = 0.31\nasGPAParameters[0].sGCParameters." + name + "Z = 0.25\n";
    }

    private AscFile ascFile(String text) throws IOException {
        Path file = folder.resolve("MP_GPA_TEST.asc");
        Files.writeString(file, text);
        return AscFile.read(file);
    }

    private static final SafeAxis X = new SafeAxis(0.4, 0.1, 0.5, 0.2e-3, 0.03e-3, 3e-3, 30, 0.35);

    @ParameterizedTest
    @ValueSource(strings = {"flGScaleFactor", "flGCGScaleFactor"})
    void anOlderGradientDescriptionHasItsKeysAtTheTopLevel(String scale) throws IOException {
        List<StimulationModel> models = ascFile(asc("") + scales(scale)).stimulation(new ModeLimit(0.8, 1));
        assertThat(models).hasSize(1);
        assertThat(models.get(0).target()).isEqualTo("peripheral");
        Safe safe = (Safe) models.get(0);
        assertThat(safe.x().tau1Seconds()).isCloseTo(X.tau1Seconds(), within(1e-18));
        assertThat(safe.x().a3()).isEqualTo(0.5);
        assertThat(safe.x().limitTeslaPerMeterPerSecond()).isEqualTo(30);
        assertThat(safe.z().scale()).isEqualTo(0.25);
    }

    @Test
    void aNewerOneKeepsThemInSectionsAndKnowsTheHeart() throws IOException {
        List<StimulationModel> models = ascFile(asc("GradPatSup.Phys.PNS.")
                        + asc("GradPatSup.Phys.CarNS.").replace("30.0", "40.0")
                        + scales("flGScaleFactor"))
                .stimulation(ModeLimit.NONE);
        assertThat(models).extracting(StimulationModel::target).containsExactly("peripheral", "cardiac");
        assertThat(((Safe) models.get(1)).x().limitTeslaPerMeterPerSecond()).isEqualTo(40);
    }

    @Test
    void itsResonancesAreReadUnderOldAndNewNames() throws IOException {
        String values = "Frequency[0] = 590\nPREFIXBandwidth[0] = 100\nPREFIXFrequency[1] = 1140\n"
                + "PREFIXBandwidth[1] = 220\nPREFIXFrequency[2] = 0\nPREFIXBandwidth[2] = 0\n";
        for (String prefix :
                List.of("aflGCAcousticResonance", "asGPAParameters[0].sGCParameters.aflAcousticResonance")) {
            assertThat(ascFile(prefix + values.replace("PREFIX", prefix)).acousticBands(5))
                    .containsExactly(new AcousticBand(590, 100, 5), new AcousticBand(1140, 220, 5));
        }
    }

    @Test
    void aProfileMayNameADescriptionBesideIt() throws IOException {
        ascFile(asc("") + scales("flGScaleFactor"));
        String item =
                "    - model: asc\n      file: MP_GPA_TEST.asc\n      limitFraction: { normal: 0.8, firstLevel: 1 }\n";
        assertThat(load(withStimulation(item)).stimulation()).hasSize(2).last().isInstanceOf(Safe.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "flGSWDTauY[1]\t=\t0.03 | x = 1 | flGSWDTauY[1] | missing",
                "flGSWDTauY[1]\t=\t0.03 | flGSWDTauY[1] = short | flGSWDTauY[1] | plain number",
                "flGSWDStimulationLimitZ = 30.0 | flGSWDStimulationLimitZ = -30.0 | flGSWDStimulationLimitZ | expected a number",
                "flGSWDAX[0] = 0.4 | flGSWDAX[0] = 0.9 | flGSWDAX | add up to 1",
                "flGScaleFactorX = 0.35 | x = 1 | flGScaleFactorX | missing",
            })
    void aParameterThatIsMissingOrNoNumberIsNamed(String good, String bad, String key, String expected)
            throws IOException {
        String text = asc("") + scales("flGScaleFactor");
        assertThat(text).contains(good);
        AscFile damaged = ascFile(text.replace(good, bad));
        assertThatThrownBy(() -> damaged.stimulation(ModeLimit.NONE))
                .isInstanceOf(ProfileFormatException.class)
                .hasMessageContainingAll("MP_GPA_TEST.asc", key, expected);
    }

    @Test
    void aFileWithoutASingleAssignmentIsRefused() {
        assertThatThrownBy(() -> ascFile("hello\n")).hasMessageContaining("expected an .asc file");
    }
}
