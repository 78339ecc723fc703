package org.isocenter.hardware.marcos;

import java.net.URI;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerProvider;

/** Opens {@code marcos://} addresses. */
public final class MarcosScannerProvider implements ScannerProvider {
    @Override
    public String scheme() {
        return "marcos";
    }

    @Override
    public Scanner open(URI uri) throws ScannerException {
        return MarcosScanner.open(uri);
    }
}
