package org.isocenter.session.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.hardware.Scanners;
import org.isocenter.model.SystemLimits;

/** What {@code --device}, {@code --phantom}, {@code --seed} and {@code --system} mean. */
final class Devices {
    static final String VIRTUAL = "virtual";
    static final String DEFAULT = VIRTUAL + ":";

    private Devices() {}

    /**
     * The address with the virtual scanner's options in it.
     *
     * @param phantom or null
     * @param seed or null
     */
    static URI address(String device, String phantom, Long seed) throws CommandException {
        if ((phantom != null || seed != null) && !isVirtual(parse(device))) {
            throw new CommandException(
                    ExitCode.INPUT,
                    "--phantom and --seed are for the virtual scanner (" + device
                            + "): leave them out, or use --device " + DEFAULT);
        }
        return withOptions(device, phantom, seed);
    }

    /** The same for any address behind which there is a virtual scanner. */
    static URI withOptions(String device, String phantom, Long seed) throws CommandException {
        List<String> options = new ArrayList<>();
        if (phantom != null) {
            options.add("phantom="
                    + URLEncoder.encode(phantom, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        if (seed != null) {
            options.add("seed=" + seed);
        }
        URI plain = parse(device);
        return options.isEmpty()
                ? plain
                : parse(device + (device.contains("?") ? "&" : "?") + String.join("&", options));
    }

    private static URI parse(String device) throws CommandException {
        try {
            return Scanners.address(device);
        } catch (URISyntaxException e) {
            throw new CommandException(
                    ExitCode.INPUT, "this is no device address (" + device + "): write e.g. virtual:osi2one", e);
        }
    }

    static boolean isVirtual(URI device) {
        return VIRTUAL.equals(device.getScheme());
    }

    /** The limits of a profile file or built-in profile. */
    static SystemLimits system(String fileOrName) throws CommandException {
        try {
            if (ScannerProfile.BUILT_IN.contains(fileOrName) && !Files.exists(Path.of(fileOrName))) {
                return ScannerProfile.builtIn(fileOrName).limits();
            }
            return ScannerProfile.load(Path.of(fileOrName)).limits();
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.INPUT,
                    "the system's profile cannot be read (" + fileOrName + "): "
                            + (Files.exists(Path.of(fileOrName))
                                    ? e.getMessage()
                                    : "no such file, built in are " + String.join(", ", ScannerProfile.BUILT_IN)),
                    e);
        }
    }

    /** What the address of such a scanner looks like. */
    static String example(String scheme) {
        return switch (scheme) {
            case VIRTUAL -> "virtual:osi2one?phantom=brain, a simulation in this program";
            case "marcos" -> "marcos://HOST:11111?board=ocra1, a MaRCoS console on the network";
            case "stream+tcp" -> "stream+tcp://HOST:PORT, an event-stream device on the network";
            case "stream+serial" -> "stream+serial:/dev/ttyACM0, an event-stream device on a serial port";
            default -> "";
        };
    }

    /** Connects, asks, and disconnects. */
    static SystemLimits limitsOf(URI device) throws ScannerException {
        try (Scanner scanner = Scanners.open(device)) {
            return scanner.limits();
        }
    }
}
