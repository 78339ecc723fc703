package org.isocenter.hardware.marcos;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.isocenter.hardware.EventGuard;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerException.Kind;
import org.isocenter.hardware.SelfTestResult;
import org.isocenter.hardware.StopLatency;
import org.isocenter.hardware.TableLimits;
import org.isocenter.hardware.transport.TcpTransport;
import org.isocenter.model.Coils;
import org.isocenter.model.GradientHarmonics;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.compile.EventTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A scanner behind a MaRCoS console. A scan is many runs ({@link MargaRuns}), and {@link #abort} takes effect at the end of the
 * one under way. Whatever happens, outputs are made safe in the end; when the console cannot be reached for that, the exception
 * says that nobody knows what they are.
 */
public final class MarcosScanner implements Scanner {
    private static final Logger LOG = LoggerFactory.getLogger(MarcosScanner.class);
    private static final int SAFE_TRIES = 3;
    private static final int HARDWARE_OVERSAMPLING = 4;
    private static final int HARDWARE_DELAY = 3;
    private static final int BUS_ACCESSES = 1000;
    private static final double SLOWEST_BUS_SECONDS = 1e-6;
    private static final double SLOWEST_ANSWER_SECONDS = 0.1;

    private final MarcosAddress address;
    private final MarcosConsole.Connector connector;
    private volatile MarcosConsole console;
    private MargaSettings settings;
    private volatile MarcosScan active;
    private volatile boolean closed;

    /** Connects, and sets the console up with its outputs safe. */
    public static MarcosScanner open(URI uri) throws ScannerException {
        MarcosAddress address = MarcosAddress.parse(uri);
        return new MarcosScanner(
                address, timeoutMillis -> TcpTransport.connect(address.host(), address.port(), timeoutMillis));
    }

    MarcosScanner(MarcosAddress address, MarcosConsole.Connector connector) throws ScannerException {
        this.address = address;
        this.connector = connector;
        connect(0);
    }

    /** @param busySeconds that a run may still be under way */
    private void connect(double busySeconds) throws ScannerException {
        MarcosConsole fresh = MarcosConsole.connect(connector, device(), address.timeoutMillis(), busySeconds);
        boolean fit = false;
        try {
            settings = fresh.isHardware()
                    ? address.marga()
                            .withReceiver(
                                    address.oversampling().orElse(HARDWARE_OVERSAMPLING),
                                    address.delaySamples().orElse(HARDWARE_DELAY))
                    : address.marga();
            new SafeState(fresh, settings, device()).initialise();
            fresh.flush();
            console = fresh;
            fit = true;
        } finally {
            if (!fit) {
                fresh.close();
            }
        }
        LOG.info("{}: {}, server {}", device(), description(), firmware());
    }

    private String device() {
        return address.uri().toString();
    }

    @Override
    public URI uri() {
        return address.uri();
    }

    @Override
    public String description() {
        return "MaRCoS console at " + address.console() + " ("
                + address.profile().name() + ", " + settings.board().label() + ", " + console.reality() + ")";
    }

    @Override
    public String model() {
        return "MaRCoS console (" + address.profile().name() + ", "
                + settings.board().label() + ")";
    }

    @Override
    public String firmware() {
        return "marcos_server " + console.version();
    }

    @Override
    public SystemLimits limits() {
        return address.limits();
    }

    @Override
    public String calibration() {
        return settings + " receive " + address.receiveScale();
    }

    /** A simulated console has the coils that its profile describes; what hardware has, nobody has told. */
    @Override
    public GradientHarmonics gradientHarmonics() {
        return console.isHardware()
                ? GradientHarmonics.NONE
                : address.profile().imperfections().gradients().harmonics();
    }

    @Override
    public Coils coils() {
        return address.profile().coils();
    }

    @Override
    public RunOutcome run(EventTable table, ReadoutSink sink) throws ScannerException, IOException {
        refuseIfClosed();
        TableLimits.refuseIfBeyond(table, limits(), device());
        if (!console.isOpen()) {
            connect(0);
        }
        MarcosScan scan = new MarcosScan(new EventGuard(table, limits(), device()), address, settings, console);
        active = scan;
        RunOutcome outcome = null;
        ScannerException fault = null;
        try {
            outcome = scan.play(sink);
        } catch (ScannerException e) {
            fault = e;
        } catch (IOException | RuntimeException | Error e) {
            makeSafe(scan, e);
            throw e;
        } finally {
            active = null;
        }
        makeSafe(scan, fault);
        if (fault != null) {
            throw fault;
        }
        if (outcome == RunOutcome.ABORTED) {
            LOG.info("{}: stopped; safe and verified after {} ms", device(), (float) (1e3 * scan.stoppedSeconds()));
        }
        return outcome;
    }

    private void refuseIfClosed() throws ScannerException {
        if (closed) {
            throw new ScannerException(Kind.REFUSED, device(), "the scanner has been closed: connect again");
        }
    }

    /**
     * Makes outputs safe after a scan, over a new connection if need be.
     *
     * @param failure that the scan ended with, or null
     * @throws ScannerException when the console cannot be reached: what its outputs are is not known
     */
    private void makeSafe(MarcosScan scan, Throwable failure) throws ScannerException {
        // An interrupted thread could not talk to the console.
        boolean interrupted = Thread.interrupted();
        ScannerException last = null;
        try {
            for (int attempt = 0; attempt < SAFE_TRIES; attempt++) {
                try {
                    scan.settle();
                    if (console.isOpen()) {
                        new SafeState(console, settings, device()).reach();
                        console.flush();
                    } else {
                        connect(scan.busySeconds());
                    }
                    return;
                } catch (ScannerException e) {
                    last = e;
                    console.close();
                    LOG.warn("not safe yet, attempt {} of {}: {}", attempt + 1, SAFE_TRIES, e.getMessage());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        throw unknownState(failure == null ? last : failure, last);
    }

    private ScannerException unknownState(Throwable failure, ScannerException last) {
        Kind kind = failure instanceof ScannerException known ? known.kind() : last.kind();
        ScannerException unknown = new ScannerException(
                kind,
                device(),
                "the console could not be made safe, and the state of its outputs is NOT known: press the emergency stop of"
                        + " the amplifiers, then restart the console (first failure: " + failure.getMessage()
                        + "; last: " + last.getMessage() + ")",
                failure);
        if (last != failure) {
            unknown.addSuppressed(last);
        }
        return unknown;
    }

    @Override
    public void abort() {
        MarcosScan scan = active;
        if (scan != null) {
            scan.stop();
        }
    }

    @Override
    public StopLatency stopLatency() {
        MarcosScan scan = active;
        return scan == null ? MarcosScan.beforeScan(address) : scan.stopLatency();
    }

    /** What the server has warned of since the connection was made, each once, with numbers as #. Any thread. */
    public Set<String> warnings() {
        return console.said();
    }

    @Override
    public List<SelfTestResult> selfTest() throws ScannerException {
        refuseIfClosed();
        if (!console.isOpen()) {
            connect(0);
        }
        List<SelfTestResult> results = new ArrayList<>();
        long begin = System.nanoTime();
        MarcosConsole.Status status = console.status();
        double answer = (System.nanoTime() - begin) * 1e-9;
        results.add(SelfTestResult.atMost("answer time", answer, SLOWEST_ANSWER_SECONDS, "s", ""));
        results.add(SelfTestResult.of(
                "nothing runs",
                status.idle(),
                status.idle() ? "" : "state " + status.state() + ": restart the server"));
        results.add(SelfTestResult.of(
                "buffers empty",
                status.buffersEmpty(),
                status.buffersEmpty() ? "" : "the FPGA does not answer as it should: load the bitstream again"));
        boolean leftOver = console.flush();
        results.add(SelfTestResult.of(
                "receive FIFO empty", !leftOver, leftOver ? "samples of a run before were thrown away" : ""));
        results.add(bus());
        SafeState safe = new SafeState(console, settings, device());
        results.add(board(safe));
        results.add(
                safe.readsBack()
                        ? SelfTestResult.atMost(
                                "gradient current at rest",
                                safe.largestReadBack(),
                                SafeState.FHDO_ZERO_WITHIN,
                                "of full scale",
                                "")
                        : SelfTestResult.notAvailable(
                                "gradient current at rest", "only GPA-FHDO on hardware reads it back"));
        return results;
    }

    private SelfTestResult bus() throws ScannerException {
        double readSeconds = console.testBus(BUS_ACCESSES)[1] * 1e-6 / BUS_ACCESSES;
        return console.isHardware()
                ? SelfTestResult.atMost("register read", readSeconds, SLOWEST_BUS_SECONDS, "s", "")
                : SelfTestResult.notAvailable("register read", "a simulated bus has its own time");
    }

    private SelfTestResult board(SafeState safe) throws ScannerException {
        String name = settings.board().label() + " board";
        try {
            safe.initialise();
            return SelfTestResult.of(name, true, "");
        } catch (ScannerException e) {
            if (e.kind() != Kind.DEVICE_FAULT) {
                throw e;
            }
            return SelfTestResult.of(name, false, e.getMessage());
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        abort();
        if (console.isOpen()) {
            try {
                new SafeState(console, settings, device()).reach();
            } catch (ScannerException e) {
                LOG.warn("closed without reaching the safe state: {}", e.getMessage());
            } finally {
                console.close();
            }
        }
    }
}
