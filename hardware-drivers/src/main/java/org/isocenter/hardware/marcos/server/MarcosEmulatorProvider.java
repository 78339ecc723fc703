package org.isocenter.hardware.marcos.server;

import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.emulate.Emulator;
import org.isocenter.hardware.emulate.EmulatorProvider;
import org.isocenter.hardware.emulate.Faults;
import org.isocenter.hardware.emulate.ListenAddress;
import org.isocenter.hardware.emulate.Playback;
import org.isocenter.hardware.marcos.MarcosAddress;
import org.isocenter.hardware.transport.TcpListener;

/**
 * Opens {@code marcos://HOST:PORT?board=ocra1&profile=osi2one&phantom=brain}: the driver's options, which say what the words mean,
 * and the virtual scanner's. {@code loopback=yes} has no scanner: each receiver hears its transmitter. {@code reality=hardware} says that it
 * is no simulation, so that a driver treats it as hardware: runs of which each is simulated by itself.
 */
public final class MarcosEmulatorProvider implements EmulatorProvider {
    private static final String LOOPBACK = "loopback";
    private static final String REALITY = "reality";

    @Override
    public String scheme() {
        return "marcos";
    }

    @Override
    public Emulator listen(ListenAddress address, Faults faults) throws ScannerException, IOException {
        Set<String> own = new HashSet<>(MarcosAddress.optionNames());
        own.add(LOOPBACK);
        own.add(REALITY);
        own.remove("profile");
        Set<String> others = new HashSet<>(address.options().keySet());
        others.removeAll(MarcosAddress.optionNames());
        MarcosAddress console = MarcosAddress.parse(withHost(address), others);
        String reality = reality(address);
        TcpListener listener = TcpListener.open(address.host(), address.port(MarcosAddress.DEFAULT_PORT));
        try {
            URI served = address.served(listener.port(), MarcosAddress.optionNames());
            SignalSource source = source(address, console, own);
            return new MarcosServer(listener, served, faults, source, new ConsoleUnits(console), reality);
        } catch (ScannerException e) {
            listener.close();
            throw e;
        }
    }

    private static SignalSource source(ListenAddress address, MarcosAddress console, Set<String> own)
            throws ScannerException {
        String loopback = address.options().getOrDefault(LOOPBACK, "no");
        return switch (loopback) {
            case "yes" -> new Loopback();
            case "no" -> new PhantomSource(Playback.open(address, own), console);
            default -> throw address.refused("option 'loopback' wants yes or no, not '" + loopback + "'");
        };
    }

    private static String reality(ListenAddress address) throws ScannerException {
        String reality = address.options().getOrDefault(REALITY, "simulation");
        if (!reality.equals("simulation") && !reality.equals("hardware")) {
            throw address.refused("option 'reality' wants simulation or hardware, not '" + reality + "'");
        }
        return reality;
    }

    /** The driver's address always has one. */
    private static URI withHost(ListenAddress address) {
        return address.uri().getHost() != null
                ? address.uri()
                : URI.create(address.scheme() + "://" + address.host()
                        + (address.uri().getRawQuery() == null
                                ? ""
                                : "?" + address.uri().getRawQuery()));
    }
}
