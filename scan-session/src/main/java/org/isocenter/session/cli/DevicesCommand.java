package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerProvider;
import org.isocenter.hardware.Scanners;
import org.isocenter.model.SystemLimits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code isocenter devices}: what can be connected, and whether one answers. */
@Command(name = "devices", description = "Lists kinds of scanners; with URI connects to one and tells what it is.")
final class DevicesCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "URI", description = "A scanner's address, e.g. virtual:osi2one.")
    private String device;

    DevicesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandException, ScannerException {
        if (device == null) {
            list();
        } else {
            probe(Devices.address(device, null, null));
        }
        return ExitCode.DONE;
    }

    private void list() {
        ObjectNode document = Terminal.object();
        ArrayNode schemes = document.putArray("schemes");
        List<String> names = ServiceLoader.load(ScannerProvider.class).stream()
                .map(provider -> provider.get().scheme())
                .sorted()
                .toList();
        for (String name : names) {
            terminal.line(name + ":");
            schemes.add(name);
        }
        terminal.document(document);
    }

    private void probe(URI address) throws ScannerException {
        try (Scanner scanner = Scanners.open(address)) {
            SystemLimits limits = scanner.limits();
            double gamma = limits.gammaHertzPerTesla();
            terminal.line(scanner.description() + ", firmware " + scanner.firmware() + ": answers");
            terminal.line(String.format(
                    Locale.ROOT,
                    "  %.4g T, %.4g MHz, gradients %.3g mT/m and %.3g T/m/s, RF peak %.3g kHz, %d receive channels",
                    limits.fieldTesla(),
                    limits.larmorHertz() / 1e6,
                    limits.gradientHertzPerMeter() / gamma * 1e3,
                    limits.slewHertzPerMeterPerSecond() / gamma,
                    limits.rfPeakHertz() / 1e3,
                    limits.receiveChannels()));
            terminal.document(Terminal.object()
                    .put("uri", address.toString())
                    .put("description", scanner.description())
                    .put("firmware", scanner.firmware())
                    .put("state", "ready")
                    .put("profile", limits.name())
                    .put("fieldTesla", limits.fieldTesla())
                    .put("larmorHertz", limits.larmorHertz())
                    .put("gradientHertzPerMeter", limits.gradientHertzPerMeter())
                    .put("slewHertzPerMeterPerSecond", limits.slewHertzPerMeterPerSecond())
                    .put("rfPeakHertz", limits.rfPeakHertz())
                    .put("receiveChannels", limits.receiveChannels()));
        }
    }
}
