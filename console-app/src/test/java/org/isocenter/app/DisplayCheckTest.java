package org.isocenter.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisplayCheckTest {
    @TempDir
    Path libraries;

    private Optional<String> missing(Map<String, String> environment, String os) {
        Properties properties = new Properties();
        properties.setProperty("os.name", os);
        properties.setProperty("java.library.path", libraries.toString());
        return new DisplayCheck(environment, properties, List.of()).whatIsMissing();
    }

    @Test
    void withoutADisplayTheVariableIsNamed() {
        assertThat(missing(Map.of(), "Linux").orElseThrow()).startsWith("no display (DISPLAY is not set): ");
    }

    @Test
    void withoutGtkThePackageIsNamed() {
        assertThat(missing(Map.of("DISPLAY", ":0"), "Linux").orElseThrow()).contains("apt-get install libgtk-3-0");
    }

    @Test
    void withBothNothingIsMissing() throws IOException {
        Files.createFile(libraries.resolve("libgtk-3.so.0"));

        assertThat(missing(Map.of("DISPLAY", ":0"), "Linux")).isEmpty();
    }

    @Test
    void otherSystemsNeedNeither() {
        assertThat(missing(Map.of(), "Windows 11")).isEmpty();
    }
}
