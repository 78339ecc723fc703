package org.isocenter.session.run;

import java.net.URI;
import java.util.concurrent.CountDownLatch;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerProvider;

/** Opens {@link FakeScanner}s: {@code fake:} and what they shall do. */
public final class FakeProvider implements ScannerProvider {
    /** The scanner that was opened last. */
    static volatile FakeScanner last;

    /** {@code fake:slow} opens when this is released; a test sets a fresh one. */
    static volatile CountDownLatch gate = new CountDownLatch(0);

    @Override
    public String scheme() {
        return "fake";
    }

    @Override
    public Scanner open(URI uri) throws ScannerException {
        if (uri.getSchemeSpecificPart().equals("absent")) {
            throw new ScannerException(ScannerException.Kind.LINK_LOST, uri.toString(), "no answer: switch it on");
        }
        if (uri.getSchemeSpecificPart().equals("slow")) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new ScannerException(ScannerException.Kind.TIMEOUT, uri.toString(), "interrupted", e);
            }
        }
        last = new FakeScanner(uri);
        return last;
    }
}
