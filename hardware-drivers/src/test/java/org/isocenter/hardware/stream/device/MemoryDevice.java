package org.isocenter.hardware.stream.device;

import java.net.URI;
import java.util.List;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.emulate.FaultSpec;
import org.isocenter.hardware.emulate.Faults;
import org.isocenter.hardware.emulate.ListenAddress;
import org.isocenter.hardware.emulate.Playback;
import org.isocenter.hardware.stream.DeviceState;
import org.isocenter.hardware.transport.MemoryTransport;
import org.isocenter.hardware.transport.Transport;
import org.isocenter.hardware.virtual.OutputState;

/** An emulated device at a link that is like a serial line, for tests. */
public final class MemoryDevice implements AutoCloseable {
    private static final int CAPACITY = 1 << 14;

    private final SerialStreamEmulator emulator;
    private final Transport host;

    /** @param options as of {@code stream+serial:} addresses: "load=null&deadman=200" */
    public MemoryDevice(String options, String... faults) throws Exception {
        ListenAddress address = ListenAddress.of(URI.create("stream+serial:/dev/memory?" + options));
        MemoryTransport.Pair link = MemoryTransport.pair("memory", CAPACITY);
        host = link.near();
        Playback playback = Playback.open(address, DeviceOptions.OWN);
        emulator = new SerialStreamEmulator(
                address,
                link.far(),
                playback,
                DeviceOptions.settings(address, playback, true),
                new Faults(List.of(faults).stream().map(FaultSpec::parse).toList()));
    }

    /** The host's end of the link. */
    public Transport host() {
        return host;
    }

    public DeviceState state() {
        return emulator.device().state();
    }

    public OutputState outputs() {
        return emulator.outputs();
    }

    /** Whether the simulation plays still, or winds up. */
    public boolean playing() {
        return emulator.device().playing();
    }

    public void trip(Interlock.Kind interlock, boolean on) {
        emulator.device().trip(interlock, on);
    }

    @Override
    public void close() {
        emulator.close();
        host.close();
    }
}
