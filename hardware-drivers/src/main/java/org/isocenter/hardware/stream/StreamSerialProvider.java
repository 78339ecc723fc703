package org.isocenter.hardware.stream;

import java.net.URI;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerProvider;

/** Opens devices of the event stream on serial ports. */
public final class StreamSerialProvider implements ScannerProvider {
    @Override
    public String scheme() {
        return StreamAddress.SERIAL;
    }

    @Override
    public Scanner open(URI uri) throws ScannerException {
        return new StreamScanner(StreamAddress.parse(uri));
    }
}
