package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.SelfTestResult;
import org.isocenter.hardware.instrument.Instrument;
import org.isocenter.hardware.instrument.Instruments;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.run.DeviceInterlocks;

/** Connects to an instrument and tells how it is. */
final class InstrumentProbe {
    private final Terminal terminal;

    InstrumentProbe(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * @param acknowledge whether a person has said that interlocks be cleared
     * @return the command's exit code
     */
    int run(URI address, boolean acknowledge) throws ScannerException {
        try (Archive archive = Archive.openDefault()) {
            DeviceInterlocks latches = new DeviceInterlocks(archive);
            if (acknowledge) {
                latches.acknowledge(address).forEach(each -> terminal.line("acknowledged: " + each.text()));
            }
            return probe(address, latches);
        }
    }

    private int probe(URI address, DeviceInterlocks latches) throws ScannerException {
        try (Instrument instrument = Instruments.open(address)) {
            List<SelfTestResult> tests = instrument.selfTest();
            latches.latch(address, instrument.interlocks(), null);
            List<Interlock> interlocks = latches.latched(address);
            boolean well = interlocks.isEmpty()
                    && tests.stream().noneMatch(test -> test.outcome() == SelfTestResult.Outcome.FAIL);
            String state = well ? "ready" : interlocks.isEmpty() ? "self-test failed" : "interlocked";
            String firmware = instrument.firmware().isEmpty() ? "" : ", firmware " + instrument.firmware();
            terminal.line(instrument.description() + firmware + ": " + state);
            for (Interlock each : interlocks) {
                terminal.line("  interlock latched since " + each.since() + ": " + each.text());
            }
            DeviceProbe.lines(tests).forEach(terminal::line);
            ObjectNode document = Terminal.object()
                    .put("uri", address.toString())
                    .put("description", instrument.description())
                    .put("firmware", instrument.firmware())
                    .put("state", state);
            document.set("interlocks", DeviceProbe.json(interlocks));
            document.set("selfTest", DeviceProbe.tests(tests));
            terminal.document(document);
            return well ? ExitCode.DONE : ExitCode.NO;
        }
    }
}
