package org.isocenter.hardware;

import java.net.URI;

/** Opens scanners of one URI scheme. Found by {@link java.util.ServiceLoader}. */
public interface ScannerProvider {
    /** "virtual", "marcos" … */
    String scheme();

    /** Connects. Throws with kind REFUSED for a URI whose parts it does not understand. */
    Scanner open(URI uri) throws ScannerException;
}
