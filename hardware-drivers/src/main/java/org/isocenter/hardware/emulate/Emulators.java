package org.isocenter.hardware.emulate;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.isocenter.hardware.ScannerException;

/** Opens an emulator by the URI on which it is to listen. */
public final class Emulators {
    private Emulators() {}

    /**
     * Starts to listen; {@link Emulator#serve} then serves.
     *
     * @param address such as {@code stream+tcp://127.0.0.1:0?profile=osi2one&phantom=brain}
     * @throws ScannerException of kind REFUSED when no emulator knows the scheme or an option
     * @throws IOException when the port or device cannot be had
     */
    public static Emulator listen(URI address, List<FaultSpec> faults) throws ScannerException, IOException {
        List<String> known = new ArrayList<>();
        for (EmulatorProvider provider : ServiceLoader.load(EmulatorProvider.class)) {
            if (provider.scheme().equals(address.getScheme())) {
                return provider.listen(ListenAddress.of(address), new Faults(faults));
            }
            known.add(provider.scheme() + ":");
        }
        throw new ScannerException(
                ScannerException.Kind.REFUSED,
                address.toString(),
                "no emulator for this address; there are " + String.join(", ", known));
    }
}
