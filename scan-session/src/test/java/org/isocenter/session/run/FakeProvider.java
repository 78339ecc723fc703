package org.isocenter.session.run;

import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerProvider;

/** Opens {@link FakeScanner}s: {@code fake:} and what they shall do. */
public final class FakeProvider implements ScannerProvider {
    /** The scanner that was opened last. */
    static volatile FakeScanner last;

    static final AtomicInteger opened = new AtomicInteger();

    /** {@code fake:slow} opens when this is released; a test sets a fresh one. */
    static volatile CountDownLatch gate = new CountDownLatch(0);

    /** Waits until the scan that was started has delivered its {@value FakeScanner#BEFORE} readouts. */
    static void awaitDelivery(ScanSession session) throws InterruptedException {
        while (session.state() != ScanState.SCANNING) {
            if (session.state() == ScanState.FAILED || Thread.interrupted()) {
                throw new InterruptedException("the scan does not run");
            }
            Thread.yield();
        }
        last.delivered.await();
    }

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
        opened.incrementAndGet();
        last = new FakeScanner(uri);
        return last;
    }
}
