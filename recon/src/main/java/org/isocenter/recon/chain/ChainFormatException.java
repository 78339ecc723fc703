package org.isocenter.recon.chain;

/** A chain that cannot be read; the message names file, step, parameter and what is allowed. */
public final class ChainFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    ChainFormatException(String source, String problem, Throwable cause) {
        super(source + ": " + problem, cause);
    }
}
