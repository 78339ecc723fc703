package org.isocenter.session;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class SessionLogTest {
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final List<Appender<ILoggingEvent>> before = new ArrayList<>();

    @TempDir
    Path home;

    SessionLogTest() {
        root.iteratorForAppenders().forEachRemaining(before::add);
    }

    @AfterEach
    void detach() {
        List<Appender<ILoggingEvent>> added = new ArrayList<>();
        root.iteratorForAppenders().forEachRemaining(added::add);
        added.removeAll(before);
        added.forEach(root::detachAppender);
        added.forEach(Appender::stop);
    }

    @Test
    void theFileOfTheDayIsMadeByTheFirstLineAndHoldsAll() throws Exception {
        SessionLog.writeTo(home);
        Path logs = home.resolve("logs");
        assertThat(logs).isEmptyDirectory();
        LoggerFactory.getLogger("test").info("first");
        LoggerFactory.getLogger("test").warn("second");
        try (Stream<Path> files = Files.list(logs)) {
            assertThat(files.toList())
                    .singleElement()
                    .satisfies(file -> assertThat(Files.readString(file))
                            .contains("first")
                            .contains("second")
                            .contains("WARN"));
        }
    }
}
