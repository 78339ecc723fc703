package org.isocenter.session.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.isocenter.hardware.ScannerProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeqCheckCommandTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeASequence() {
        file = folder.resolve("gre.seq");
        CommandRun.of(
                "seq",
                "generate",
                "gre2d",
                "--out",
                file,
                "--system",
                "clinical-example",
                "--set",
                "matrix=32",
                "--set",
                "matrixPhase=16");
    }

    private Path clinicalWith(String good, String bad) throws IOException {
        try (InputStream in = ScannerProfile.class.getResourceAsStream("profiles/clinical-example.yaml")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text).contains(good);
            return Files.writeString(folder.resolve("mine.yaml"), text.replace(good, bad));
        }
    }

    private static JsonNode check(JsonNode document, String name) {
        for (JsonNode each : document.get("checks")) {
            if (each.get("name").asText().equals(name)) {
                return each;
            }
        }
        throw new AssertionError("no " + name + " in " + document);
    }

    @Test
    void aFullProfileShowsEveryKindOfCheckWithValueLimitAndUnit() {
        JsonNode document = CommandRun.of("seq", "check", file, "--system", "clinical-example", "--json")
                .json();
        assertThat(document.get("pass").asBoolean()).isTrue();
        assertThat(document.get("mode").asText()).isEqualTo("normal");
        assertThat(document.get("notChecked")).isEmpty();
        for (String name : new String[] {
            "gradient and shim x",
            "gradient RMS 10 s",
            "RF energy 1 ms",
            "SAR body 6 min",
            "SAR head 10 s",
            "PNS (chronaxie)",
            "acoustic 560 Hz"
        }) {
            JsonNode check = check(document, name);
            assertThat(check.get("value").isNumber()).as(name).isTrue();
            assertThat(check.get("limit").asDouble()).as(name).isPositive();
            assertThat(check.get("unit").asText()).as(name).isNotBlank();
        }
    }

    @Test
    void whatHasNoLimitIsSaidOnOneLineAndIsNullInJson() {
        CommandRun text = CommandRun.of("seq", "check", file);
        assertThat(text.out()).contains("no limit given: ", "SAR body 6 min", "not checked: acoustic resonances");
        assertThat(text.out().lines().filter(line -> line.startsWith("ok"))).noneMatch(line -> line.contains("PNS"));
        JsonNode document = CommandRun.of("seq", "check", file, "--json").json();
        assertThat(check(document, "PNS (chronaxie)").get("limit").isNull()).isTrue();
        assertThat(document.get("noLimitGiven").toString()).contains("PNS (chronaxie)", "SAR head 6 min");
    }

    @Test
    void theWeightChangesWhatThePatientAbsorbs() {
        JsonNode light = CommandRun.of(
                        "seq", "check", file, "--system", "clinical-example", "--weight", "60kg", "--json")
                .json();
        JsonNode unknown = CommandRun.of("seq", "check", file, "--system", "clinical-example", "--json")
                .json();
        assertThat(check(unknown, "SAR body 6 min").get("value").asDouble())
                .isEqualTo(2 * check(light, "SAR body 6 min").get("value").asDouble());
        for (String wrong : new String[] {"60", "heavykg", "-3kg"}) {
            CommandRun run = CommandRun.of("seq", "check", file, "--weight", wrong);
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.errorLine()).contains("--weight " + wrong, "70kg");
        }
    }

    @Test
    void theModeIsThatOfTheProfileOrTheOneAskedFor() throws IOException {
        Path strict = clinicalWith("{ normal: 0.8, firstLevel: 1 }", "{ normal: 0.01, firstLevel: 1 }");
        CommandRun normal = CommandRun.of("seq", "check", file, "--system", strict);
        assertThat(normal.exitCode()).isEqualTo(1);
        assertThat(normal.out()).contains("FAIL PNS (chronaxie)", "in the first level mode this passes", "scaled by");
        assertThat(CommandRun.of("seq", "check", file, "--system", strict, "--mode", "first-level")
                        .exitCode())
                .isZero();
        assertThat(CommandRun.of("seq", "check", file, "--mode", "careless").exitCode())
                .isEqualTo(2);
    }

    @Test
    void aGradientDescriptionReplacesTheModelAndKeepsTheLimit() throws IOException {
        StringBuilder asc = new StringBuilder();
        for (String axis : new String[] {"X", "Y", "Z"}) {
            asc.append("flGSWDTau%1$s[0] = 0.2\nflGSWDTau%1$s[1] = 0.03\nflGSWDTau%1$s[2] = 3\n".formatted(axis));
            asc.append("flGSWDA%1$s[0] = 0.4\nflGSWDA%1$s[1] = 0.1\nflGSWDA%1$s[2] = 0.5\n".formatted(axis));
            asc.append("flGSWDStimulationLimit%1$s = 30\nflGScaleFactor%1$s = 0.35\n".formatted(axis));
        }
        asc.append("aflGCAcousticResonanceFrequency[0] = 1140\naflGCAcousticResonanceBandwidth[0] = 220\n");
        Path description = Files.writeString(folder.resolve("MP_GPA_TEST.asc"), asc);
        JsonNode document = CommandRun.of(
                        "seq", "check", file, "--system", "clinical-example", "--asc", description, "--json")
                .json();
        assertThat(check(document, "PNS (SAFE)").get("limit").asDouble()).isEqualTo(80);
        assertThat(check(document, "acoustic 1140 Hz").get("limit").asDouble()).isPositive();
        assertThat(document.toString()).doesNotContain("chronaxie", "560 Hz");
        CommandRun missing = CommandRun.of("seq", "check", file, "--asc", folder.resolve("none.asc"));
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.errorLine()).contains("none.asc", "no such file");
    }

    @Test
    void aScanThatWouldStimulateTooMuchIsRefusedWithExitCodeFour() throws IOException {
        Path strict = clinicalWith("{ normal: 0.8, firstLevel: 1 }", "{ normal: 0.01, firstLevel: 1 }");
        CommandRun run = CommandRun.of("scan", file, "--system", strict, "--out", folder.resolve("scan"));
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.errorLine()).contains("PNS (chronaxie)", "block ", "scaled by");
    }
}
