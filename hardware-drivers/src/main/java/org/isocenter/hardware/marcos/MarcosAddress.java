package org.isocenter.hardware.marcos;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.isocenter.hardware.MarcosCalibration;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.model.SystemLimits;

/**
 * What the address of a MaRCoS console says: {@code marcos://HOST[:11111]?board=ocra1&profile=osi2one}. Driver and emulated
 * console read it the same way. The options, all of which may be left out:
 *
 * <ul>
 *   <li>{@code board}: ocra1 (default) or gpa-fhdo
 *   <li>{@code profile}: of the scanner, built in or a YAML file; its section {@code marcos} has what was measured of it
 *   <li>{@code spi}: divider of the gradient board, 0 to 63; or {@code updates}: changes of each gradient a second
 *   <li>{@code gradient}: mT/m at the board's full scale, one number or three; default is the profile's largest gradient
 *   <li>{@code shim}: three offsets in mT/m
 *   <li>{@code rf}: γB1/2π in Hz at the transmitter's full scale; default is the profile's peak
 *   <li>{@code tx}: transmit channel, 0 (default) or 1
 *   <li>{@code receive}: what a sample of the reference client is worth; default {@value #DEFAULT_RECEIVE_SCALE}
 *   <li>{@code conjugate}: yes for a console whose receiver turns the other way
 *   <li>{@code oversample}: samples received for one that is asked for, at least; default 4 on hardware, otherwise 1
 *   <li>{@code delay}: samples that the receiver's filter is late; default 3 on hardware, otherwise 0
 *   <li>{@code segment}: seconds that a run should last at most; default 0: as short as pauses allow
 *   <li>{@code longest}: seconds that a run lasts before it may end in a pause shorter than an exchange, which then lasts longer than
 *       the table says; default 0.1
 *   <li>{@code exchange}: seconds between two runs; default 0.005
 *   <li>{@code timeout}: seconds to wait for the console; default 5
 *   <li>{@code patience}: seconds that a simulated console may compute before it answers a run; default 600
 * </ul>
 *
 * @param oversampling as asked for
 * @param delaySamples as asked for
 */
public record MarcosAddress(
        URI uri,
        String host,
        int port,
        ScannerProfile profile,
        MargaSettings marga,
        double receiveScale,
        boolean conjugate,
        OptionalInt oversampling,
        OptionalInt delaySamples,
        double segmentSeconds,
        double longestSeconds,
        double exchangeSeconds,
        int timeoutMillis,
        double patienceSeconds) {
    public static final int DEFAULT_PORT = 11111;
    /** Leaves room for a head's signal on the virtual scanner, in its unit of millilitres. */
    public static final double DEFAULT_RECEIVE_SCALE = 100;

    private static final int CIC_STAGES = 6;
    private static final double CIC_LARGEST = 4096;

    /** Names of all options. */
    public static final Set<String> KNOWN = Set.of(
            "board",
            "profile",
            "spi",
            "updates",
            "gradient",
            "shim",
            "rf",
            "tx",
            "receive",
            "conjugate",
            "oversample",
            "delay",
            "segment",
            "longest",
            "exchange",
            "timeout",
            "patience");

    /** Throws with kind REFUSED, naming what it does not understand. */
    public static MarcosAddress parse(URI uri) throws ScannerException {
        return parse(uri, Set.of());
    }

    /**
     * The same for an address that has options of somebody else's too.
     *
     * @param others names that are passed over
     */
    public static MarcosAddress parse(URI uri, Set<String> others) throws ScannerException {
        try {
            if (uri.getHost() == null) {
                throw new IllegalArgumentException(
                        "the console's name or address is missing: write marcos://HOST?board=ocra1");
            }
            return read(uri, options(uri, others));
        } catch (IllegalArgumentException e) {
            throw new ScannerException(ScannerException.Kind.REFUSED, uri.toString(), e.getMessage(), e);
        } catch (IOException e) {
            String problem =
                    e instanceof NoSuchFileException ? "there is no profile file " + e.getMessage() : e.getMessage();
            throw new ScannerException(ScannerException.Kind.REFUSED, uri.toString(), problem, e);
        }
    }

    /** The names of all options. */
    public static Set<String> optionNames() {
        return KNOWN;
    }

    /** As people know the console. */
    public String console() {
        return host + ":" + port;
    }

    /**
     * What one count of a received sample is worth. The receiver's filter, with six stages, has a gain that goes with the
     * decimation; its output is shifted by whole bits, and the rest is left to the client.
     */
    public double samplePerCount(int decimation) {
        double bits = CIC_STAGES * Math.log(CIC_LARGEST / decimation) / Math.log(2);
        return receiveScale * Math.pow(2, bits - Math.floor(bits)) / (1 << 24);
    }

    public SystemLimits limits() {
        return profile.limits();
    }

    private static Map<String, String> options(URI uri, Set<String> others) {
        Map<String, String> options = new LinkedHashMap<>();
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String part : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? part : part.substring(0, equals);
            String value = equals < 0 ? "" : part.substring(equals + 1).replace("+", "%2B");
            if (others.contains(key)) {
                continue;
            }
            if (!KNOWN.contains(key)) {
                throw new IllegalArgumentException("option '" + key + "' is not known; known are "
                        + String.join(", ", KNOWN.stream().sorted().toList()));
            }
            if (options.put(key, URLDecoder.decode(value, StandardCharsets.UTF_8)) != null) {
                throw new IllegalArgumentException("option '" + key + "' is given twice: give it once");
            }
        }
        return options;
    }

    private static MarcosAddress read(URI uri, Map<String, String> options) throws IOException {
        String name = options.getOrDefault("profile", "osi2one");
        boolean file = name.endsWith(".yaml") || name.endsWith(".yml");
        ScannerProfile profile = file ? ScannerProfile.load(Path.of(name)) : ScannerProfile.builtIn(name);
        return new MarcosAddress(
                uri,
                uri.getHost(),
                uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                profile,
                marga(profile, options),
                number(options, "receive", profile.marcos().receiveScale().orElse(DEFAULT_RECEIVE_SCALE), 1e-9, 1e9),
                yes(options, "conjugate"),
                optional(options, "oversample", 1, 16),
                optional(options, "delay", 0, 100),
                number(options, "segment", 0, 0, 3600),
                number(options, "longest", 0.1, 0, 3600),
                number(options, "exchange", 0.005, 0, 10),
                (int) Math.ceil(1000 * number(options, "timeout", 5, 0.01, 3600)),
                number(options, "patience", 600, 0, 1e6));
    }

    private static MargaSettings marga(ScannerProfile profile, Map<String, String> options) {
        SystemLimits limits = profile.limits();
        GradientBoard board = GradientBoard.labelled(options.getOrDefault("board", "ocra1"));
        if (options.containsKey("spi") && options.containsKey("updates")) {
            throw new IllegalArgumentException("options 'spi' and 'updates' say the same: give one of them");
        }
        int divider = options.containsKey("updates")
                ? board.dividerFor(number(options, "updates", 0, 1, 1e7))
                : optional(options, "spi", 0, 63).orElse(board.defaultDivider());
        double rf = profile.marcos().transmitFullScaleHertz().orElse(limits.rfPeakHertz());
        return new MargaSettings(
                board,
                divider,
                limits.larmorHertz(),
                number(options, "rf", rf, 1e-3, 1e7),
                gradients(profile, options),
                optional(options, "tx", 0, 1).orElse(0),
                limits.receiveChannels(),
                optional(options, "oversample", 1, 16).orElse(1),
                optional(options, "delay", 0, 100).orElse(0));
    }

    private static List<GradientScale> gradients(ScannerProfile profile, Map<String, String> options) {
        double perMillitesla = 1e-3 * profile.limits().gammaHertzPerTesla();
        MarcosCalibration measured = profile.marcos();
        List<Double> full = options.containsKey("gradient")
                ? numbers(options, "gradient", 1e-6, 1e5, perMillitesla)
                : measured.gradientFullScaleHertzPerMeter();
        List<Double> shim = options.containsKey("shim")
                ? numbers(options, "shim", -1e3, 1e3, perMillitesla)
                : measured.shimHertzPerMeter();
        List<GradientScale> gradients = new ArrayList<>();
        for (int axis = 0; axis < 3; axis++) {
            gradients.add(new GradientScale(
                    full.isEmpty() ? profile.limits().gradientHertzPerMeter() : full.get(axis),
                    shim.isEmpty() ? 0 : shim.get(axis),
                    measured.gradientPolynomials().get(axis)));
        }
        return gradients;
    }

    /** Three numbers, or one for all. */
    private static List<Double> numbers(
            Map<String, String> options, String key, double least, double most, double unit) {
        String[] parts = options.get(key).split(",", -1);
        if (parts.length != 1 && parts.length != 3) {
            throw new IllegalArgumentException(
                    "option '" + key + "' wants one number or three, x,y,z in mT/m, not '" + options.get(key) + "'");
        }
        List<Double> values = new ArrayList<>();
        for (int axis = 0; axis < 3; axis++) {
            values.add(unit * number(key, parts[parts.length == 1 ? 0 : axis], least, most));
        }
        return values;
    }

    private static double number(Map<String, String> options, String key, double otherwise, double least, double most) {
        return options.containsKey(key) ? number(key, options.get(key), least, most) : otherwise;
    }

    private static double number(String key, String text, double least, double most) {
        double value = Double.NaN;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            // Not a number: as one that is out of range.
        }
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    "option '" + key + "' wants a number from " + least + " to " + most + ", not '" + text + "'");
        }
        return value;
    }

    private static OptionalInt optional(Map<String, String> options, String key, int least, int most) {
        if (!options.containsKey(key)) {
            return OptionalInt.empty();
        }
        double value = number(key, options.get(key), least, most);
        if (value != Math.rint(value)) {
            throw new IllegalArgumentException("option '" + key + "' wants a whole number, not " + value);
        }
        return OptionalInt.of((int) value);
    }

    private static boolean yes(Map<String, String> options, String key) {
        return switch (options.getOrDefault(key, "no")) {
            case "yes" -> true;
            case "no" -> false;
            default ->
                throw new IllegalArgumentException(
                        "option '" + key + "' wants yes or no, not '" + options.get(key) + "'");
        };
    }
}
