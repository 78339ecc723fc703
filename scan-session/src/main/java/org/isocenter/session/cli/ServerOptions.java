package org.isocenter.session.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.remote.MrdServer;
import org.isocenter.recon.remote.RemoteListener;
import org.isocenter.recon.remote.RemoteReconstruction;
import picocli.CommandLine.Option;

/** The options of commands that can have their images made by an MRD server, and what came of it. */
final class ServerOptions {
    private static final String LOG_FILE = "server.log";
    private static final Pattern TIME = Pattern.compile("(\\d{1,6})(s|min)");

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            description = "An MRD server (Gadgetron, python-ismrmrd-server) makes the images; the port is "
                    + MrdServer.DEFAULT_PORT + " without one. Data go there as they come, without encryption and"
                    + " without the patient's identity. When it fails, the images are made here, a note says so and"
                    + " the command succeeds.")
    private String address;

    @Option(
            names = "--server-config",
            paramLabel = "NAME|FILE",
            defaultValue = MrdServer.DEFAULT_CONFIGURATION,
            description =
                    "Which reconstruction is asked of the server, by its name there, or as a file here (with a / in"
                            + " its path) that is sent; default ${DEFAULT-VALUE}, which python-ismrmrd-server takes for its own. Gadgetron has"
                            + " default.xml.")
    private String configuration;

    @Option(
            names = "--server-timeout",
            paramLabel = "TIME",
            defaultValue = "120s",
            description = "How long the server may take and send nothing while it is to; default ${DEFAULT-VALUE}.")
    private String silence;

    @Option(
            names = "--no-fallback",
            description =
                    "When the server fails there are no images, and the command ends with exit code 3; the data are"
                            + " kept all the same.")
    private boolean noFallback;

    private final List<String> log = new ArrayList<>(); // guarded by itself
    private volatile String failure;

    /** For one scan the server with {@code local} in reserve, or {@code local} when no server was asked for. */
    Reconstruction around(Reconstruction local, Terminal terminal) throws CommandException {
        failure = null;
        synchronized (log) {
            log.clear();
        }
        if (address == null) {
            return local;
        }
        try {
            MrdServer server = MrdServer.at(address, configuration(), silence());
            return new RemoteReconstruction(server, noFallback ? null : local, listener(server, terminal));
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    ExitCode.INPUT, "no such server (--server " + address + "): " + e.getMessage(), e);
        }
    }

    private MrdServer.Configuration configuration() throws CommandException {
        if (!configuration.contains("/") && !configuration.contains(File.separator)) {
            return new MrdServer.Configuration(configuration, "");
        }
        Path file = Path.of(configuration);
        try {
            return new MrdServer.Configuration(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.INPUT,
                    "the server's configuration cannot be read (--server-config " + file
                            + "): it is to be a file with text in UTF-8",
                    e);
        }
    }

    private Duration silence() throws CommandException {
        Matcher time = TIME.matcher(silence);
        if (!time.matches()) {
            throw new CommandException(
                    ExitCode.INPUT,
                    "no time (--server-timeout " + silence
                            + "): give whole seconds or minutes with their unit, as 90s or" + " 5min");
        }
        long number = Long.parseLong(time.group(1));
        return time.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMinutes(number);
    }

    private RemoteListener listener(MrdServer server, Terminal terminal) {
        return new RemoteListener() {
            @Override
            public void line(String line) {
                synchronized (log) {
                    log.add(line);
                }
                terminal.status(server.address() + ": " + line);
            }

            @Override
            public void progress(int readouts, int expectedReadouts, int images) {
                terminal.progress(
                        (double) readouts / Math.max(1, expectedReadouts),
                        server.address() + " has " + readouts + " readouts, " + images + " images came");
            }

            @Override
            public void failed(String why) {
                failure = why;
                if (!noFallback) { // else it is what the command ends with
                    terminal.status(why + ": the images are made here");
                }
            }
        };
    }

    /** Writes what the server told into the folder; nothing when it told nothing. */
    void keepLog(Path folder) throws IOException {
        synchronized (log) {
            if (!log.isEmpty()) {
                Files.write(folder.resolve(LOG_FILE), log);
            }
        }
    }

    /** When a server was to make the images, failed, and nobody else was to: exit code 3, with {@code cause} as its cause. */
    void throwIfFailed(Exception cause) throws CommandException {
        if (noFallback && failure != null) {
            throw new CommandException(
                    ExitCode.DEVICE, failure + ": see to the server, or leave --no-fallback away", cause);
        }
    }
}
