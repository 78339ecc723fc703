package org.isocenter.hardware;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Opens a scanner by its URI. */
public final class Scanners {
    private static final String ILLEGAL = " {}\"<>|^`";

    private Scanners() {}

    /**
     * An address as people write it: "virtual:" alone means the default of its scheme, and lists of a profile may have blanks and
     * braces, which a URI may not.
     */
    public static URI address(String text) throws URISyntaxException {
        String whole = text.strip();
        if (whole.endsWith(":")) {
            whole += whole.substring(0, whole.length() - 1);
        }
        StringBuilder legal = new StringBuilder();
        for (char c : whole.toCharArray()) {
            if (ILLEGAL.indexOf(c) >= 0) {
                legal.append('%').append(Integer.toHexString(c));
            } else {
                legal.append(c);
            }
        }
        return new URI(legal.toString());
    }

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
