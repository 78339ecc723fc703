package org.isocenter.hardware.instrument;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.serial.SerialPorts;
import org.isocenter.hardware.serial.SerialSettings;
import org.isocenter.hardware.transport.TcpTransport;
import org.isocenter.hardware.transport.Transport;

/**
 * Opens an instrument by its address: {@code SCHEME:PORT}, where PORT is a serial port ("/dev/ttyACM0") or the USB serial number of
 * what is plugged in, or {@code SCHEME://HOST:PORT} for one behind a network (LibreVNA, or a serial server).
 */
public final class Instruments {
    private static final int CONNECT_MILLIS = 3000;
    private static final SerialSettings USUAL = SerialSettings.of(115_200);

    /** Every kind that there is. */
    private static final List<Kind> KINDS = List.of(
            new Kind("nanovna", "NanoVNA, -H, -H4, V2, LiteVNA", USUAL, 0, over(NanoVnas::open)),
            new Kind("librevna", "LibreVNA, through LibreVNA-GUI", USUAL, 19542, over(LibreVna::new)),
            new Kind("marge-tuner", "MaRGE's auto-tuning board", USUAL, 0, over(MargeTuner::new)),
            new Kind("marge-attenuator", "MaRGE's receive attenuator", USUAL, 0, over(MargeAttenuator::new)),
            new Kind(
                    "barthel",
                    "Barthel's gradient and RF amplifiers behind their bridge",
                    USUAL,
                    0,
                    over(BarthelBridge::new)),
            new Kind(
                    "relax-sar",
                    "SAR monitor of Relax 2.0",
                    SerialSettings.of(112_500).withRequestToSend(false),
                    0,
                    RelaxSarMonitor::new),
            new Kind("triumf-shim", "TRIUMF's shim supplies", USUAL, 0, over(TriumfShims::new)),
            new Kind("relax-table", "patient bar of Relax 2.0", USUAL, 0, over(RelaxTable::new)));

    private static final Set<String> PART_OF_SCANS = Set.of("barthel", "relax-sar");

    /** Makes an instrument of an open link. */
    @FunctionalInterface
    interface Opener {
        Instrument open(Transport link, String device, double patience) throws ScannerException;
    }

    /** The same, for those that only answer questions. */
    @FunctionalInterface
    private interface Answering {
        Instrument open(Exchange exchange) throws ScannerException;
    }

    /**
     * A kind of instrument.
     *
     * @param scheme of its addresses
     * @param text for people
     * @param serial how its line is set
     * @param tcpPort used when an address names none; 0 when it must
     */
    private record Kind(String scheme, String text, SerialSettings serial, int tcpPort, Opener opener) {}

    private Instruments() {}

    private static Opener over(Answering answering) {
        return (link, device, patience) -> answering.open(new Exchange(link, device, patience));
    }

    /** The schemes of their addresses. */
    public static List<String> schemes() {
        return KINDS.stream().map(Kind::scheme).toList();
    }

    /** What an address with this scheme opens, for people. */
    public static String describe(String scheme) {
        return KINDS.stream()
                .filter(kind -> kind.scheme().equals(scheme))
                .map(Kind::text)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no instrument '" + scheme + "'"));
    }

    /** Whether instruments of this kind take part in scans: they have amplifiers to switch, or guard the patient. */
    public static boolean takePartInScans(String scheme) {
        return PART_OF_SCANS.contains(scheme);
    }

    /**
     * Opens one and asks whether it is there. Amplifiers are switched off and shims set to zero by this, and again when the program
     * ends without having closed it.
     *
     * @throws ScannerException with kind REFUSED for an address that cannot be, LINK_LOST when the port cannot be opened, TIMEOUT or
     *     PROTOCOL when something else or nothing answers
     */
    public static Instrument open(URI address) throws ScannerException {
        Kind kind = KINDS.stream()
                .filter(each -> each.scheme().equals(address.getScheme()))
                .findFirst()
                .orElseThrow(() -> new ScannerException(
                        ScannerException.Kind.REFUSED,
                        address.toString(),
                        "no instrument has this address; known are "
                                + KINDS.stream()
                                        .map(each -> each.scheme() + ":")
                                        .collect(Collectors.joining(", "))));
        ClosedAtExit link = new ClosedAtExit(link(kind, address));
        Instrument instrument = open(kind, address, link, 1);
        link.guard(instrument);
        return instrument;
    }

    /** An instrument at the other end of a link that is open already. */
    static Instrument open(String scheme, Transport link, double patience) throws ScannerException {
        Kind kind = KINDS.stream()
                .filter(each -> each.scheme().equals(scheme))
                .findFirst()
                .orElseThrow();
        return open(kind, URI.create(scheme + ":test"), link, patience);
    }

    private static Instrument open(Kind kind, URI address, Transport link, double patience) throws ScannerException {
        try {
            return kind.opener().open(link, address.toString(), patience);
        } catch (ScannerException e) {
            link.close();
            throw e;
        }
    }

    private static Transport link(Kind kind, URI address) throws ScannerException {
        try {
            if (address.getHost() != null) {
                int port = address.getPort() < 0 ? kind.tcpPort() : address.getPort();
                if (port == 0) {
                    throw refused(address, "needs a port: " + kind.scheme() + "://" + address.getHost() + ":PORT");
                }
                return TcpTransport.connect(address.getHost(), port, CONNECT_MILLIS);
            }
            String port = address.getSchemeSpecificPart();
            if (port == null || port.isEmpty() || port.startsWith("//")) {
                throw refused(address, "names no port: use " + kind.scheme() + ":/dev/ttyACM0");
            }
            return SerialPorts.open(port, kind.serial());
        } catch (IOException e) {
            throw new ScannerException(ScannerException.Kind.LINK_LOST, address.toString(), e.getMessage(), e);
        }
    }

    private static ScannerException refused(URI address, String why) {
        return new ScannerException(ScannerException.Kind.REFUSED, address.toString(), why);
    }
}
