package org.isocenter.hardware.virtual;

import java.net.URI;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerProvider;

/** Opens {@code virtual:} addresses. */
public final class VirtualScannerProvider implements ScannerProvider {
    @Override
    public String scheme() {
        return "virtual";
    }

    @Override
    public VirtualScanner open(URI uri) throws ScannerException {
        return new VirtualScanner(
                uri, VirtualOptions.parse(uri), Runtime.getRuntime().availableProcessors(), SpinPlacement.MOST);
    }
}
