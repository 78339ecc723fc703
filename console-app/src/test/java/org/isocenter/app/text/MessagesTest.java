package org.isocenter.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private static final Pattern KEY = Pattern.compile("Messages\\.text\\(\\s*\"([^\"]+)\"\\s*[,)]");

    private static List<String> keysInCode() throws IOException {
        List<String> keys = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                Matcher matcher = KEY.matcher(Files.readString(file));
                while (matcher.find()) {
                    keys.add(matcher.group(1));
                }
            }
        }
        return keys;
    }

    @Test
    void everyKeyInTheCodeHasAText() throws IOException {
        List<String> keys = keysInCode();

        assertThat(keys).hasSizeGreaterThan(50);
        assertThat(ResourceBundle.getBundle("org.isocenter.app.text.messages").keySet())
                .containsAll(keys);
    }

    @Test
    void aBareApostropheThatWouldSwallowAnArgumentIsNotUsed() {
        ResourceBundle bundle = ResourceBundle.getBundle("org.isocenter.app.text.messages");

        for (String key : bundle.keySet()) {
            assertThat(bundle.getString(key)).as(key).doesNotContain("'");
        }
    }

    @Test
    void timesAreWrittenAsOnAClock() {
        assertThat(Durations.clock(42)).isEqualTo("0:42");
        assertThat(Durations.clock(249.2)).isEqualTo("4:10");
        assertThat(Durations.clock(3723)).isEqualTo("1:02:03");
        assertThat(Durations.difference(-25)).isEqualTo("−0:25");
        assertThat(Durations.difference(60)).isEqualTo("+1:00");
        assertThat(Durations.difference(0.2)).isEqualTo("±0:00");
    }
}
