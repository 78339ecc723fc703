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
        return open(dialer(cable, false));
    }

    /** Connects to a device as to one at a network, with a second connection for what is urgent. */
    public static Scanner openTwice(Cable cable) throws ScannerException {
        return open(dialer(cable, true));
    }

    private static Scanner open(Dialer dialer) throws ScannerException {
        ScannerProfile profile = ScannerProfile.builtIn("osi2one");
        return new StreamScanner(new StreamAddress(URI.create("stream+serial:memory"), profile, dialer));
    }

    static Dialer dialer(Cable cable, boolean twice) {
        return new Dialer() {
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
                return twice;
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
    }
}
