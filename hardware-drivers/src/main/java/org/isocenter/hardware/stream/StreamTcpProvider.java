package org.isocenter.hardware.stream;

import java.net.URI;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerProvider;

/** Opens devices of the event stream over TCP. */
public final class StreamTcpProvider implements ScannerProvider {
    @Override
    public String scheme() {
        return StreamAddress.TCP;
    }

    @Override
    public Scanner open(URI uri) throws ScannerException {
        return new StreamScanner(StreamAddress.parse(uri));
    }
}
