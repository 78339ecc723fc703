package org.isocenter.hardware.stream.device;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.emulate.FaultSpec;
import org.isocenter.hardware.emulate.Faults;
import org.isocenter.hardware.emulate.ListenAddress;
import org.isocenter.hardware.emulate.Playback;
import org.isocenter.hardware.stream.DeviceState;
import org.isocenter.hardware.stream.Frame;
import org.isocenter.hardware.stream.FrameDecoder;
import org.isocenter.hardware.stream.FrameWriter;
import org.isocenter.hardware.transport.MemoryTransport;
import org.isocenter.hardware.transport.Transport;
import org.isocenter.hardware.virtual.OutputState;

/** An emulated device at a link that is like a serial line, for tests. */
public final class MemoryDevice implements AutoCloseable {
    private static final int CAPACITY = 1 << 14;
    private static final int AT_ONCE_BYTES = 256;

    private final Faults faults;
    private final DeviceSettings settings;
    private final StreamDevice device;
    /** Those whose threads may run still. */
    private final List<HostLink> links = new CopyOnWriteArrayList<>();

    /** @param options as of {@code stream+serial:} addresses: "load=null&deadman=200" */
    public MemoryDevice(String options, String... faults) throws Exception {
        this(options, address -> Playback.open(address, DeviceOptions.OWN), faults);
    }

    /** Opens what the device plays on. */
    interface Opener {
        Playback open(ListenAddress address) throws Exception;
    }

    MemoryDevice(String options, Opener opener, String... faults) throws Exception {
        ListenAddress address = ListenAddress.of(URI.create("stream+serial:/dev/memory?" + options));
        this.faults = new Faults(List.of(faults).stream().map(FaultSpec::parse).toList());
        Playback playback = opener.open(address);
        settings = DeviceOptions.settings(address, playback, true);
        device = new StreamDevice(playback, settings, this.faults);
    }

    /** The host's end of a new link, as when the cable is plugged in. */
    public Transport host() {
        return host(true);
    }

    /** The host's end of a new link that is like one of a network. */
    public Transport networkHost() {
        return host(false);
    }

    private Transport host(boolean serial) {
        MemoryTransport.Pair link = MemoryTransport.pair("memory", CAPACITY);
        HostLink far = new HostLink(faults.on(link.far()), serial, settings.largest(), AT_ONCE_BYTES, device);
        links.removeIf(each -> each.line().isOver());
        links.add(far);
        if (device.opened(far)) {
            far.line().start();
        } else {
            far.line().close();
        }
        return link.near();
    }

    /** A frame that one thread has read while another found the link lost. */
    void readOnALostLink(FrameWriter frame) throws IOException {
        HostLink lost = new HostLink(MemoryTransport.pair("lost", CAPACITY).far(), true, CAPACITY, CAPACITY, device);
        device.opened(lost);
        device.closed(lost);
        byte[] bytes = new byte[FrameWriter.lineBytes(frame.length())];
        int length = frame.stuffInto(bytes, 0);
        new FrameDecoder(CAPACITY).take(bytes, 0, length, new FrameDecoder.Sink() {
            @Override
            public void frame(Frame read) throws IOException {
                device.frame(lost, read);
            }

            @Override
            public void damaged() throws IOException {
                throw new IOException("damaged");
            }

            @Override
            public void abort() throws IOException {
                throw new IOException("no frame");
            }
        });
    }

    public DeviceState state() {
        return device.state();
    }

    public OutputState outputs() {
        return device.outputs();
    }

    /** Whether the simulation plays still, or winds up. */
    public boolean playing() {
        return device.playing();
    }

    /** Whether no host is connected, and all that those before have sent is read. */
    public boolean deserted() {
        return links.stream().allMatch(each -> each.line().isOver());
    }

    public void trip(Interlock.Kind interlock, boolean on) {
        device.trip(interlock, on);
    }

    @Override
    public void close() {
        device.close();
    }
}
