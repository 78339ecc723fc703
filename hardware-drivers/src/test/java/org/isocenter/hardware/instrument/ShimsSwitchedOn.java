package org.isocenter.hardware.instrument;

import java.net.URI;
import org.isocenter.hardware.ScannerException;

/** A program that switches shim currents on and then waits to be ended. */
final class ShimsSwitchedOn {
    private ShimsSwitchedOn() {}

    public static void main(String[] port) throws ScannerException, InterruptedException {
        ShimSupply shims = (ShimSupply) Instruments.open(URI.create("triumf-shim:" + port[0]));
        shims.set(new double[shims.channels()]);
        Thread.currentThread().join();
    }
}
