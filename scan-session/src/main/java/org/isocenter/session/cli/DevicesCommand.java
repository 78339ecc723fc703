package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerProvider;
import org.isocenter.hardware.Scanners;
import org.isocenter.hardware.instrument.Instruments;
import org.isocenter.hardware.serial.PortWatch;
import org.isocenter.hardware.serial.SerialPortInfo;
import org.isocenter.hardware.serial.SerialPorts;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.run.DeviceInterlocks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isocenter devices}: what can be connected, and whether one answers and is well. */
@Command(
        name = "devices",
        description =
                "Lists kinds of scanners, instruments and serial ports; with URI connects to a scanner or instrument, tells"
                        + " what it is, and has it test itself.")
final class DevicesCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            arity = "0..1",
            paramLabel = "URI",
            description = "The address of a scanner or instrument: virtual:osi2one, nanovna:/dev/ttyACM0.")
    private String device;

    @Option(names = "--acknowledge", description = "Clear latched interlocks, once their causes are mended.")
    private boolean acknowledge;

    @Option(names = "--watch", description = "Tell of serial ports that come and go, until Ctrl-C.")
    private boolean watch;

    DevicesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandException, ScannerException {
        if (device != null) {
            URI address = Devices.address(device, null, null);
            if (Instruments.schemes().contains(address.getScheme())) {
                return new InstrumentProbe(terminal).run(address, acknowledge);
            }
            return acknowledge ? acknowledge(address) : probe(address);
        }
        if (acknowledge) {
            throw new CommandException(
                    ExitCode.INPUT, "--acknowledge needs a scanner (no URI): isocenter devices URI --acknowledge");
        }
        list();
        return watch ? watch() : ExitCode.DONE;
    }

    private int watch() throws CommandException {
        PortWatch.Listener listener = new PortWatch.Listener() {
            @Override
            public void plugged(SerialPortInfo port) {
                terminal.line("plugged in: " + text(port));
            }

            @Override
            public void unplugged(SerialPortInfo port) {
                terminal.line("unplugged:  " + text(port));
            }
        };
        try (PortWatch ports = PortWatch.start(SerialPorts.list(), listener)) {
            new CountDownLatch(1).await();
        } catch (IOException e) {
            throw new CommandException(ExitCode.DEVICE, e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.INTERRUPTED;
    }

    private void list() {
        ObjectNode document = Terminal.object();
        ArrayNode schemes = document.putArray("schemes");
        terminal.line("Scanners:");
        List<String> names = ServiceLoader.load(ScannerProvider.class).stream()
                .map(provider -> provider.get().scheme())
                .sorted()
                .toList();
        for (String name : names) {
            terminal.line(String.format("  %-15s %s", name + ":", Devices.example(name)));
            schemes.add(name);
        }
        terminal.line("Instruments:");
        ArrayNode instruments = document.putArray("instruments");
        for (String scheme : Instruments.schemes()) {
            terminal.line(String.format("  %-17s %s", scheme + ":", Instruments.describe(scheme)));
            instruments.add(scheme);
        }
        terminal.line("Serial ports:");
        ports(document);
        terminal.document(document);
    }

    private void ports(ObjectNode document) {
        ArrayNode ports = document.putArray("ports");
        try {
            List<SerialPortInfo> found = SerialPorts.list();
            for (SerialPortInfo port : found) {
                terminal.line("  " + text(port));
                ports.addObject()
                        .put("path", port.path())
                        .put("product", port.product())
                        .put("manufacturer", port.manufacturer())
                        .put("usbSerialNumber", port.usbSerialNumber())
                        .put("usbId", port.usbId())
                        .put("probably", port.probably());
            }
            if (found.isEmpty()) {
                terminal.line("  none");
            }
        } catch (IOException e) {
            terminal.line("  " + e.getMessage());
            document.put("portsProblem", e.getMessage());
        }
    }

    /** "/dev/ttyACM0  NanoVNA-H (USB 0483:5740, number 400): probably a NanoVNA". */
    private static String text(SerialPortInfo port) {
        StringBuilder text = new StringBuilder(port.path());
        if (!port.product().isEmpty()) {
            text.append("  ").append(port.product());
        }
        if (!port.usbId().isEmpty()) {
            text.append(" (USB ").append(port.usbId());
            text.append(port.usbSerialNumber().isEmpty() ? ")" : ", number " + port.usbSerialNumber() + ")");
        }
        return port.probably().isEmpty() ? text.toString() : text + ": probably " + port.probably();
    }

    private int probe(URI address) throws ScannerException {
        try (Archive archive = Archive.openDefault();
                Scanner scanner = Scanners.open(address)) {
            DeviceInterlocks interlocks = new DeviceInterlocks(archive);
            interlocks.latch(address, scanner.interlocks(), null);
            DeviceProbe probe = DeviceProbe.of(scanner, interlocks.latched(address));
            probe.lines().forEach(terminal::line);
            terminal.document(probe.json());
            return probe.isWell() ? ExitCode.DONE : ExitCode.NO;
        }
    }

    private int acknowledge(URI address) throws ScannerException {
        try (Archive archive = Archive.openDefault()) {
            List<Interlock> cleared = new DeviceInterlocks(archive).acknowledge(address);
            ObjectNode document = Terminal.object().put("uri", address.toString());
            document.set("acknowledged", DeviceProbe.json(cleared));
            cleared.forEach(each -> terminal.line("acknowledged: " + each.text()));
            if (cleared.isEmpty()) {
                terminal.line("no interlock was latched");
            }
            terminal.document(document);
            return ExitCode.DONE;
        }
    }
}
