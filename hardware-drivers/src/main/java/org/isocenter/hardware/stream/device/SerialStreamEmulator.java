package org.isocenter.hardware.stream.device;

import java.net.URI;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.isocenter.hardware.emulate.Emulator;
import org.isocenter.hardware.emulate.Faults;
import org.isocenter.hardware.emulate.ListenAddress;
import org.isocenter.hardware.emulate.Playback;
import org.isocenter.hardware.transport.Transport;
import org.isocenter.hardware.virtual.OutputState;

/** The emulated device at a serial line or pseudo-terminal, or any other link that stays when hosts come and go. */
final class SerialStreamEmulator implements Emulator {
    private static final int AT_ONCE_BYTES = 256;

    private final URI address;
    private final StreamDevice device;
    private final HostLink link;
    private final CountDownLatch ended = new CountDownLatch(1);

    SerialStreamEmulator(
            ListenAddress listen, Transport line, Playback playback, DeviceSettings settings, Faults faults) {
        address = listen.served(0, Set.of("profile", "baud"));
        device = new StreamDevice(playback, settings, faults);
        link = new HostLink(faults.on(line), true, settings.largest(), AT_ONCE_BYTES, device);
        device.opened(link);
        link.line().start();
    }

    StreamDevice device() {
        return device;
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
    public void serve() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        device.close();
        ended.countDown();
    }
}
