package org.isocenter.hardware.virtual.phantom.file;

import java.io.IOException;
import java.nio.file.Path;

/** A phantom file that cannot be used: which one, where in it, what was expected. */
public final class PhantomFileException extends IOException {
    private static final long serialVersionUID = 1;

    PhantomFileException(Path file, String problem) {
        this(file, problem, null);
    }

    PhantomFileException(Path file, String problem, Throwable cause) {
        super("phantom file " + file + ": " + problem, cause);
    }
}
