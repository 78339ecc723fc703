package org.isocenter.hardware.stream.device;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.Set;
import java.util.function.Consumer;
import org.isocenter.hardware.emulate.Emulator;
import org.isocenter.hardware.emulate.Faults;
import org.isocenter.hardware.emulate.ListenAddress;
import org.isocenter.hardware.emulate.Playback;
import org.isocenter.hardware.transport.TcpListener;
import org.isocenter.hardware.transport.Transport;
import org.isocenter.hardware.virtual.OutputState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The emulated device at a TCP port. */
final class TcpStreamEmulator implements Emulator {
    private static final Logger LOG = LoggerFactory.getLogger(TcpStreamEmulator.class);
    private static final int ACCEPT_MILLIS = 1000;
    private static final int AT_ONCE_BYTES = 1 << 16;

    private final TcpListener listener;
    private final URI address;
    private final DeviceSettings settings;
    private final StreamDevice device;
    private final Faults faults;
    private volatile boolean closed;

    TcpStreamEmulator(ListenAddress listen, Playback playback, DeviceSettings settings, Faults faults)
            throws IOException {
        this.settings = settings;
        this.faults = faults;
        listener = TcpListener.open(listen.host(), listen.port(0));
        address = listen.served(listener.port(), Set.of("profile"));
        device = new StreamDevice(playback, settings, faults);
    }

    @Override
    public URI address() {
        return address;
    }

    @Override
    public String description() {
        return device.description();
    }

    @Override
    public void tellTo(Consumer<String> listener) {
        device.tellTo(listener);
    }

    @Override
    public OutputState outputs() {
        return device.outputs();
    }

    @Override
    public void serve() throws IOException {
        while (!closed && !Thread.currentThread().isInterrupted()) {
            try {
                Transport client = listener.accept(ACCEPT_MILLIS);
                if (client != null) {
                    serve(client);
                }
            } catch (InterruptedIOException e) {
                LOG.debug("serving was interrupted", e);
            } catch (IOException e) {
                if (!closed) {
                    throw e;
                }
            }
        }
    }

    private void serve(Transport client) {
        HostLink link = new HostLink(faults.on(client), false, settings.largest(), AT_ONCE_BYTES, device);
        if (device.opened(link)) {
            link.line().start();
        } else {
            client.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        device.close();
        try {
            listener.close();
        } catch (IOException e) {
            LOG.warn("{} could not be closed", address, e);
        }
    }
}
