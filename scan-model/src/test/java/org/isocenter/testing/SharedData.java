package org.isocenter.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Real data files that lie beside the repository, in {@code ../shared/data}. A test that needs one skips without it. */
public final class SharedData {
    private SharedData() {}

    /** The file or folder, or a skipped test that says which one is missing. */
    public static Path path(String relative) {
        Path root = Path.of(System.getProperty("isocenter.root", "..")).toAbsolutePath();
        Path file = root.resolve("../shared/data").resolve(relative).normalize();
        Assumptions.assumeTrue(Files.exists(file), () -> "skipped: no shared data " + relative);
        return file;
    }
}
