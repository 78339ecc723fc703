package org.isocenter.hardware.stream;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.hardware.serial.SerialPorts;
import org.isocenter.hardware.serial.SerialSettings;
import org.isocenter.hardware.transport.TcpTransport;
import org.isocenter.hardware.transport.Transport;

/**
 * What a device's address says: {@code stream+tcp://HOST:PORT?profile=osi2one} or
 * {@code stream+serial:/dev/ttyACM0?baud=2000000&profile=osi2one}. {@code profile} is a built-in one or a YAML file; in place of a
 * serial port's path there may be the USB serial number of what is plugged in.
 */
record StreamAddress(URI uri, ScannerProfile profile, Dialer dialer) {
    static final String TCP = "stream+tcp";
    static final String SERIAL = "stream+serial";

    /** USB devices pass over it; a UART must be told its own. */
    private static final int DEFAULT_BAUD = 2_000_000;

    private static final String BAUD = "baud";
    private static final String PROFILE = "profile";

    /** Throws with kind REFUSED, naming what it does not understand. */
    static StreamAddress parse(URI uri) throws ScannerException {
        try {
            boolean serial = SERIAL.equals(uri.getScheme());
            Map<String, String> options = options(uri, serial ? List.of(BAUD, PROFILE) : List.of(PROFILE));
            Dialer dialer = serial ? serial(uri, options) : tcp(uri);
            return new StreamAddress(uri, profile(options.getOrDefault(PROFILE, "osi2one")), dialer);
        } catch (IllegalArgumentException | IOException e) {
            String problem =
                    e instanceof NoSuchFileException ? "there is no profile file " + e.getMessage() : e.getMessage();
            throw new ScannerException(ScannerException.Kind.REFUSED, uri.toString(), problem, e);
        }
    }

    private static Map<String, String> options(URI uri, List<String> known) {
        Map<String, String> options = new LinkedHashMap<>();
        String rest = uri.getRawSchemeSpecificPart();
        int question = rest.indexOf('?');
        String query = question < 0 ? "" : rest.substring(question + 1);
        for (String part : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? part : part.substring(0, equals);
            String value = equals < 0 ? "" : part.substring(equals + 1).replace("+", "%2B");
            if (!known.contains(key)) {
                throw new IllegalArgumentException(
                        "option '" + key + "' is not known; known are " + String.join(", ", known));
            }
            if (options.put(key, URLDecoder.decode(value, StandardCharsets.UTF_8)) != null) {
                throw new IllegalArgumentException("option '" + key + "' is given twice: give it once");
            }
        }
        return options;
    }

    private static ScannerProfile profile(String name) throws IOException {
        boolean file = name.endsWith(".yaml") || name.endsWith(".yml");
        return file ? ScannerProfile.load(Path.of(name)) : ScannerProfile.builtIn(name);
    }

    private static Dialer tcp(URI uri) {
        if (uri.getHost() == null || uri.getPort() < 1) {
            throw new IllegalArgumentException("write " + TCP + "://HOST:PORT, such as " + TCP + "://192.168.1.7:5150");
        }
        return new TcpDialer(uri.getHost(), uri.getPort());
    }

    private static Dialer serial(URI uri, Map<String, String> options) {
        String port = URLDecoder.decode(
                uri.getRawSchemeSpecificPart().split("\\?", 2)[0].replace("+", "%2B"), StandardCharsets.UTF_8);
        if (port.isEmpty()) {
            throw new IllegalArgumentException("write " + SERIAL + ":PORT, such as " + SERIAL + ":/dev/ttyACM0");
        }
        return new SerialDialer(port, baud(options.getOrDefault(BAUD, Integer.toString(DEFAULT_BAUD))));
    }

    private static int baud(String text) {
        int baud;
        try {
            baud = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            baud = 0;
        }
        if (baud < 300 || baud > 1_000_000_000) {
            throw new IllegalArgumentException("baud '" + text + "' cannot be: write e.g. baud=115200");
        }
        return baud;
    }

    private record TcpDialer(String host, int port) implements Dialer {
        private static final int CONNECT_MILLIS = 3000;

        @Override
        public String name() {
            return host + ":" + port;
        }

        @Override
        public Transport dial() throws IOException {
            return TcpTransport.connect(host, port, CONNECT_MILLIS);
        }

        @Override
        public boolean twice() {
            return true;
        }

        @Override
        public int mostUnderWay() {
            return 1 << 20;
        }

        @Override
        public int largestBack() {
            return Line.LARGEST;
        }
    }

    private record SerialDialer(String port, int baud) implements Dialer {
        /** So many a second make 10 ms of a line that carries a byte in ten bits. */
        private static final int BAUD_PER_BYTE = 1000;

        private static final int MOST_BYTES = 4096;

        @Override
        public String name() {
            return port;
        }

        @Override
        public Transport dial() throws IOException {
            return SerialPorts.open(port, SerialSettings.of(baud));
        }

        @Override
        public boolean twice() {
            return false;
        }

        @Override
        public int mostUnderWay() {
            return Math.max(Welcome.LEAST_LARGEST, Math.min(baud / BAUD_PER_BYTE, MOST_BYTES));
        }

        /** A tenth of a second. */
        @Override
        public int largestBack() {
            return Math.max(Hello.LEAST_LARGEST, Math.min(10 * (baud / BAUD_PER_BYTE), MOST_BYTES));
        }
    }
}
