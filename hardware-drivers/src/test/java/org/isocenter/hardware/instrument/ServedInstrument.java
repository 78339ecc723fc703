package org.isocenter.hardware.instrument;

import java.io.IOException;
import java.net.URI;
import java.util.function.Function;
import org.isocenter.hardware.transport.TcpListener;
import org.isocenter.hardware.transport.Transport;

/** An emulated instrument behind a TCP port, anew for each that connects. For tests of other modules too. */
public final class ServedInstrument implements AutoCloseable {
    private static final int LOOK_MILLIS = 50;
    private final TcpListener listener;
    private final String scheme;
    private final Function<Transport, EmulatedInstrument> maker;
    private volatile EmulatedInstrument device;
    private volatile boolean ended;

    private ServedInstrument(Bench.Kind<?> kind) throws IOException {
        listener = TcpListener.open("127.0.0.1", 0);
        scheme = kind.scheme();
        maker = kind::at;
        Thread serving = new Thread(this::serve, "served " + scheme);
        serving.setDaemon(true);
        serving.start();
    }

    /** A NanoVNA with a resonance at 2 MHz. */
    public static ServedInstrument nanoVna() throws IOException {
        return new ServedInstrument(Bench.NANO_VNA);
    }

    /** MaRGE's tuning board, with no antenna behind it. */
    public static ServedInstrument tuner() throws IOException {
        return new ServedInstrument(Bench.TUNER);
    }

    /** Gradient and RF amplifier behind Barthel's bridge. */
    public static ServedInstrument amplifiers() throws IOException {
        return new ServedInstrument(Bench.BRIDGE);
    }

    /** TRIUMF's 64 supplies. */
    public static ServedInstrument shims() throws IOException {
        return new ServedInstrument(Bench.SHIMS);
    }

    private void serve() {
        while (!ended) {
            try {
                Transport client = listener.accept(LOOK_MILLIS);
                if (client != null) {
                    device = maker.apply(client);
                }
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    public URI address() {
        return URI.create(scheme + "://127.0.0.1:" + listener.port());
    }

    /** The gradient amplifier finds a fault. */
    public void trip() {
        ((EmulatedBarthelBridge) device).trip();
    }

    /** Whether the gradient amplifier is on. */
    public boolean isOn() {
        return device instanceof EmulatedBarthelBridge bridge && bridge.gradientOn;
    }

    /** What it has been asked that begins so, by whom it speaks with now. */
    public long asked(String beginning) {
        return device.count(beginning);
    }

    /** From now on it says nothing. */
    public void fallSilent() {
        device.fail(EmulatedInstrument.Fault.SILENCE, Integer.MAX_VALUE);
    }

    @Override
    public void close() throws IOException {
        ended = true;
        listener.close();
        if (device != null) {
            device.close();
        }
    }
}
