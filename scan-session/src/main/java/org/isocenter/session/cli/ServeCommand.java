package org.isocenter.session.cli;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.remote.MrdServer;
import org.isocenter.recon.remote.MrdService;
import org.isocenter.recon.standard.StandardChains;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code isocenter serve}: reconstruction for other programs. */
@Command(
        name = "serve",
        description = "Reconstructs for other programs: takes MRD streams over TCP and sends images back, until it is"
                + " stopped. There is no login and no encryption: whoever reaches the port can use it.")
final class ServeCommand implements Callable<Integer> {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int MOST_CONNECTIONS = 2;
    private static final Duration SILENCE = Duration.ofMinutes(2);

    private final Terminal terminal;

    @Option(
            names = "--listen",
            paramLabel = "[HOST:]PORT",
            defaultValue = LOOPBACK + ":" + MrdServer.DEFAULT_PORT,
            description = "Where it listens; a port alone is of this machine only, 0.0.0.0:PORT is for everybody;"
                    + " default ${DEFAULT-VALUE}.")
    private String listen;

    @Option(
            names = "--pipeline",
            paramLabel = "NAME|FILE",
            defaultValue = Pipelines.STANDARD,
            description = Pipelines.DESCRIPTION + " A client may ask for another chain by its name.")
    private String pipeline;

    ServeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        Reconstruction standard = Pipelines.of(pipeline);
        InetSocketAddress address = address();
        MrdService.Settings settings = new MrdService.Settings(
                asked -> StandardChains.names().contains(asked) ? StandardChains.reconstruction(asked) : standard,
                MOST_CONNECTIONS,
                SILENCE,
                terminal::status);
        try (MrdService service = new MrdService(address, settings)) {
            terminal.line("listening on " + service.address().getHostString() + ":"
                    + service.address().getPort());
            terminal.document(Terminal.object()
                    .put("host", service.address().getHostString())
                    .put("port", service.address().getPort()));
            service.serve();
        } catch (BindException e) {
            throw new CommandException(
                    ExitCode.INPUT,
                    "cannot listen (--listen " + listen + "): " + e.getMessage() + ": choose another port",
                    e);
        }
        return ExitCode.DONE;
    }

    private InetSocketAddress address() throws CommandException {
        String whole = listen.matches("\\d+") ? LOOPBACK + ":" + listen : listen;
        int colon = whole.lastIndexOf(':');
        String port = whole.substring(colon + 1);
        if (colon > 0 && port.matches("\\d{1,5}") && Integer.parseInt(port) <= 65535) {
            InetSocketAddress address = new InetSocketAddress(whole.substring(0, colon), Integer.parseInt(port));
            if (!address.isUnresolved()) {
                return address;
            }
        }
        throw new CommandException(
                ExitCode.INPUT, "nowhere to listen (--listen " + listen + "): give PORT or HOST:PORT of this machine");
    }
}
