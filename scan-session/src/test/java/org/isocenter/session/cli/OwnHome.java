package org.isocenter.session.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives each test an archive of its own, for as long as it runs; never that of whoever runs it. */
final class OwnHome implements BeforeEachCallback, AfterEachCallback {
    private static final String PROPERTY = "isocenter.home";

    private String before;
    private Path home;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        before = System.getProperty(PROPERTY);
        home = Files.createTempDirectory("isocenter-test");
        System.setProperty(PROPERTY, home.toString());
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (before == null) {
            System.clearProperty(PROPERTY);
        } else {
            System.setProperty(PROPERTY, before);
        }
        try (var files = Files.walk(home)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
