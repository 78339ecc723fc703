package org.isocenter.hardware;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Opens a scanner by its URI. */
public final class Scanners {
    private Scanners() {}

    /** Throws with kind REFUSED when no driver knows the scheme. */
    public static Scanner open(URI uri) throws ScannerException {
        List<String> known = new ArrayList<>();
        for (ScannerProvider provider : ServiceLoader.load(ScannerProvider.class)) {
            if (provider.scheme().equals(uri.getScheme())) {
                return provider.open(uri);
            }
            known.add(provider.scheme() + ":");
        }
        throw new ScannerException(
                ScannerException.Kind.REFUSED,
                uri.toString(),
                "no driver for this device address; known are " + String.join(", ", known));
    }
}
