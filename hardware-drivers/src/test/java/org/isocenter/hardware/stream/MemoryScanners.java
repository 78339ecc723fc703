package org.isocenter.hardware.stream;

import java.io.IOException;
import java.net.URI;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.hardware.transport.Transport;

/** The driver at links inside this program, for tests. */
public final class MemoryScanners {
    private static final int UNDER_WAY = 2048;

    /** Makes a link to the device. */
    public interface Cable {
        Transport plugIn() throws IOException;
    }

    private MemoryScanners() {}

    /** Connects to a device as to one at a serial line. */
    public static Scanner open(Cable cable) throws ScannerException {
        Dialer dialer = new Dialer() {
            @Override
            public String name() {
                return "memory";
            }

            @Override
            public Transport dial() throws IOException {
                return cable.plugIn();
            }

            @Override
            public boolean twice() {
                return false;
            }

            @Override
            public int mostUnderWay() {
                return UNDER_WAY;
            }

            @Override
            public int largestBack() {
                return UNDER_WAY;
            }
        };
        ScannerProfile profile = ScannerProfile.builtIn("osi2one");
        return new StreamScanner(new StreamAddress(URI.create("stream+serial:memory"), profile, dialer));
    }
}
