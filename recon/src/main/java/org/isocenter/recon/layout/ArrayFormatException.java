package org.isocenter.recon.layout;

import java.io.IOException;
import java.nio.file.Path;

/** A file of numbers cannot be read, or is not what it was said to be: which file, what is wrong, what to do. */
public final class ArrayFormatException extends IOException {
    private static final long serialVersionUID = 1;

    ArrayFormatException(Path file, String problem) {
        super(file + ": " + problem);
    }

    ArrayFormatException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }
}
