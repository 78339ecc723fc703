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
import java.util.regex.Pattern;
import org.isocenter.model.SystemLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScannerProfileTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"virtual", "osi2one", "tabletop", "ideal", "clinical-example"})
    void everyBuiltInProfileLoadsUnderItsOwnName(String name) {
        assertThat(ScannerProfile.builtIn(name).name()).isEqualTo(name);
    }

    @Test
    void gradientsAreConvertedToHertzOnce() {
        SystemLimits limits = ScannerProfile.builtIn("osi2one").limits();
        assertThat(limits.gradientHertzPerMeter()).isCloseTo(0.015 * 42577478.518, within(1e-6));
        assertThat(limits.slewHertzPerMeterPerSecond()).isCloseTo(50 * 42577478.518, within(1e-3));
        assertThat(limits.larmorHertz()).isCloseTo(2.001e6, within(1e3));
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> ScannerProfile.builtIn("../osi2one"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("virtual, osi2one, tabletop, ideal");
    }

    @Test
    void aFileOfOnesOwnIsReadLikeABuiltInOne() throws IOException {
        Path file = folder.resolve("mine.yaml");
        Files.writeString(file, builtInText().replace("name: osi2one", "name: mine"));
        ScannerProfile mine = ScannerProfile.load(file);
        assertThat(mine.name()).isEqualTo("mine");
        assertThat(mine.imperfections())
                .isEqualTo(ScannerProfile.builtIn("osi2one").imperfections());
    }

    /** {@code docs/scanner-profile.md}: the smallest, and the same with its section for MaRCoS. */
    @Test
    void theProfilesOfTheGuideAreRead() throws IOException {
        String guide =
                Files.readString(Path.of(System.getProperty("isocenter.root", ".."), "docs", "scanner-profile.md"));
        List<String> examples = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(guide)
                .results()
                .map(result -> result.group(1))
                .toList();
        assertThat(examples).hasSize(2);
        Path file = folder.resolve("mine.yaml");
        Files.writeString(file, examples.get(0));
        assertThat(ScannerProfile.load(file).limits().gradientHertzPerMeter())
                .isCloseTo(0.02 * 42577478.518, within(1e-6));
        Files.writeString(file, examples.get(0) + examples.get(1));
        assertThat(ScannerProfile.load(file).marcos().transmitFullScaleHertz()).hasValue(2300);
    }

    @Test
    void aNumberInExponentFormNeedsNoPoint() throws IOException {
        Path file = folder.resolve("mine.yaml");
        Files.writeString(file, builtInText().replace("100.0e-9", "100e-9"));
        assertThat(ScannerProfile.load(file).limits().adcRasterSeconds()).isEqualTo(100e-9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fieldTesla: 0.047 | fieldTesla: strong | fieldTesla | expected a plain number",
                "fieldTesla: 0.047 | fieldTesla: -1 | fieldTesla | expected a number",
                "fieldTesla: 0.047 | fieldTesla: 1e999 | fieldTesla | expected",
                "fieldTesla: 0.047 | fieldGauss: 470 | fieldTesla | missing",
                "fieldTesla: 0.047 | 'fieldTesla: 0.047\ncolour: red' | colour | not known",
                "receiveChannels: 1 | receiveChannels: 1.5 | receiveChannels | whole number",
                "imperfections: | 'imperfections:\n  hum: 3' | imperfections.hum | not known",
                "noise: 0.0267 | noise: -1 | imperfections.receive.noise | expected a number",
            })
    void aBadKeyIsNamedWithTheFileAndWhatWasExpected(String good, String bad, String key, String expected)
            throws IOException {
        Path file = folder.resolve("bad.yaml");
        Files.writeString(file, builtInText().replace(good, bad));
        assertThatThrownBy(() -> ScannerProfile.load(file))
                .isInstanceOf(ProfileFormatException.class)
                .hasMessageContainingAll(file.toString(), "'" + key + "'", expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "just words", "a: [1, 2", "a: .nan", "\u0000\u0001"})
    void aFileThatIsNoProfileIsRefused(String text) throws IOException {
        Path file = folder.resolve("bad.yaml");
        Files.writeString(file, text);
        assertThatThrownBy(() -> ScannerProfile.load(file))
                .isInstanceOf(ProfileFormatException.class)
                .hasMessageContaining(file.toString());
    }

    private static String builtInText() throws IOException {
        try (InputStream in = ScannerProfile.class.getResourceAsStream("profiles/osi2one.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
