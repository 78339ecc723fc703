package org.isocenter.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which build this is. */
public record SoftwareVersion(String version, String commit) {
    private static final String UNKNOWN = "unknown";

    /** Of the running program: the build's own record; the launcher's {@code isocenter.commit} wins for the commit. */
    public static SoftwareVersion current() {
        Properties build = new Properties();
        try (InputStream in = SoftwareVersion.class.getResourceAsStream("build.properties")) {
            build.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("build.properties is damaged", e);
        }
        String commit = System.getProperty("isocenter.commit", "");
        return new SoftwareVersion(
                build.getProperty("version", UNKNOWN),
                commit.isBlank() ? build.getProperty("commit", UNKNOWN) : commit);
    }

    /** "0.1.0 (commit 1a2b3c)". */
    public String display() {
        return version + " (commit " + commit + ")";
    }
}
