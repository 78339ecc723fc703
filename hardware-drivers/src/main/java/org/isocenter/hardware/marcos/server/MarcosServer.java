package org.isocenter.hardware.marcos.server;

import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;
import org.isocenter.hardware.emulate.Emulator;
import org.isocenter.hardware.emulate.Faults;
import org.isocenter.hardware.transport.TcpListener;
import org.isocenter.hardware.transport.Transport;
import org.isocenter.hardware.virtual.OutputState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The emulated server: one client at a time, and the others wait in the network until it leaves, as with the real one. What a
 * client's programs have left in memory and at the outputs is there for the next.
 */
final class MarcosServer implements Emulator {
    private static final Logger LOG = LoggerFactory.getLogger(MarcosServer.class);
    private static final int POLL_MILLIS = 200;

    private final TcpListener listener;
    private final URI address;
    private final Faults faults;
    private final SignalSource source;
    private final ConsoleUnits units;
    private final String reality;
    private final ConsoleFaults consoleFaults;
    /** Another one after a restart. */
    private volatile Console console;

    private volatile boolean closing;

    private volatile Consumer<String> teller = line -> {};

    /** @param reality what it says that it is */
    MarcosServer(
            TcpListener listener, URI address, Faults faults, SignalSource source, ConsoleUnits units, String reality) {
        this.listener = listener;
        this.address = address;
        this.faults = faults;
        this.source = source;
        this.units = units;
        this.reality = reality;
        consoleFaults = new ConsoleFaults(faults);
        console = new Console(source, units, consoleFaults);
    }

    @Override
    public URI address() {
        return address;
    }

    @Override
    public String description() {
        return "Emulated MaRCoS console (" + source.description() + ")";
    }

    @Override
    public void serve() throws IOException {
        while (!closing && !Thread.currentThread().isInterrupted()) {
            Transport connection;
            try {
                connection = listener.accept(POLL_MILLIS);
            } catch (IOException e) {
                if (closing) {
                    return;
                }
                throw e;
            }
            if (connection != null && serve(connection)) {
                return;
            }
        }
    }

    /** Whether the client asked for the server's end. */
    private boolean serve(Transport connection) {
        try (Transport client = faults.on(connection)) {
            ClientLink link = new ClientLink(client, () -> closing);
            Console served = console;
            served.tellTo(line -> teller.accept(line));
            Session session = new Session(link, new Commands(served, link, reality));
            teller.accept("client " + client.name() + " connects");
            String how = "left";
            try {
                session.serve();
            } catch (ConsoleResetException e) {
                console = new Console(source, units, consoleFaults);
                how = "was lost in a reset";
            } catch (IOException e) {
                LOG.debug("{}: {}", client.name(), e.getMessage());
                how = "left while it was answered";
            } catch (RuntimeException e) {
                LOG.error("{}: dropped, because the emulator failed", client.name(), e);
                how = "was dropped, because the emulator failed";
            }
            source.forget();
            teller.accept(console.outputs().words() + ": the client " + how + served.sinceHalt());
            return session.closesServer();
        }
    }

    @Override
    public void tellTo(Consumer<String> people) {
        teller = people;
    }

    @Override
    public OutputState outputs() {
        return console.outputs();
    }

    @Override
    public void close() {
        closing = true;
        source.close();
        try {
            listener.close();
        } catch (IOException e) {
            LOG.warn("{}: {}", address, e.getMessage());
        }
    }
}
