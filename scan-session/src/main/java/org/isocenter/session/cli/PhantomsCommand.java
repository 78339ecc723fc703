package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.hardware.virtual.phantom.Phantoms;
import org.isocenter.hardware.virtual.phantom.file.PhantomFileException;
import org.isocenter.hardware.virtual.phantom.file.PhantomFiles;
import org.isocenter.model.Vec3;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isocenter phantoms}: what can lie in the virtual scanner, or what one phantom is made of. */
@Command(
        name = "phantoms",
        description = "Lists what can lie in the virtual scanner; with NAME what it is made of at the scanner's field.")
final class PhantomsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "NAME|FILE", description = "A built-in phantom, or a phantom's file.")
    private String name;

    @Option(
            names = "--device",
            paramLabel = "URI",
            defaultValue = Devices.DEFAULT,
            description = "The scanner whose field counts; default ${DEFAULT-VALUE}.")
    private String device;

    PhantomsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        if (name == null) {
            list();
        } else {
            describe(Devices.limitsOf(Devices.address(device, null, null)).fieldTesla());
        }
        return ExitCode.DONE;
    }

    private void list() {
        ObjectNode document = Terminal.object();
        ArrayNode phantoms = document.putArray("phantoms");
        for (String known : Phantoms.names()) {
            terminal.line(String.format(Locale.ROOT, "%-12s %s", known, Phantoms.description(known)));
            phantoms.addObject().put("name", known).put("description", Phantoms.description(known));
        }
        terminal.document(document);
    }

    private void describe(double fieldTesla) throws CommandException {
        Phantom phantom;
        String description;
        try {
            boolean file = PhantomFiles.isFile(name);
            phantom = file ? PhantomFiles.read(Path.of(name), fieldTesla) : Phantoms.named(name, fieldTesla);
            description = file ? described(phantom) : Phantoms.description(name);
        } catch (IllegalArgumentException | PhantomFileException e) {
            throw new CommandException(ExitCode.INPUT, e.getMessage(), e);
        }
        Vec3 half = phantom.halfExtentMeters();
        terminal.line(String.format(
                Locale.ROOT,
                "%s: %s. %.0f × %.0f × %.0f mm (left to right, front to back, feet to head).",
                phantom.name(),
                description,
                2000 * half.x(),
                2000 * half.y(),
                2000 * half.z()));
        terminal.line(String.format(Locale.ROOT, "At %s T, each line a mixture of pools:", fieldTesla));
        ObjectNode document = Terminal.object()
                .put("name", phantom.name())
                .put("description", description)
                .put("field", fieldTesla);
        document.putArray("size").add(2 * half.x()).add(2 * half.y()).add(2 * half.z());
        ArrayNode mixtures = document.putArray("mixtures");
        for (List<Integer> mixture : phantom.mixtures()) {
            ArrayNode pools = mixtures.addObject().putArray("pools");
            StringBuilder text = new StringBuilder();
            for (int pool : mixture) {
                Material material = phantom.materials().get(pool);
                text.append(text.isEmpty() ? "" : " + ").append(text(material));
                pools.add(json(material));
            }
            terminal.line("  " + text);
        }
        terminal.document(document);
    }

    private static String described(Phantom phantom) {
        return phantom.listed()
                .map(spins -> spins.count() + " listed spins, each of a density of its own")
                .orElse("Label volume");
    }

    private static String text(Material m) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s (density %.3g, T1 %.4g ms, T2 %.4g ms",
                m.name(),
                m.protonDensity(),
                1e3 * m.t1Seconds(),
                1e3 * m.t2Seconds()));
        if (Double.isFinite(m.t2PrimeSeconds())) {
            text.append(String.format(Locale.ROOT, ", T2' %.3g ms", 1e3 * m.t2PrimeSeconds()));
        }
        if (m.chemicalShiftPpm() != 0) {
            text.append(String.format(Locale.ROOT, ", %.2g ppm", m.chemicalShiftPpm()));
        }
        if (m.diffusionSquareMetersPerSecond() != 0) {
            text.append(String.format(Locale.ROOT, ", D %.3g µm²/ms", 1e9 * m.diffusionSquareMetersPerSecond()));
        }
        return text.append(')').toString();
    }

    private static ObjectNode json(Material m) {
        ObjectNode node = Terminal.object()
                .put("name", m.name())
                .put("protonDensity", m.protonDensity())
                .put("t1", m.t1Seconds())
                .put("t2", m.t2Seconds());
        if (Double.isFinite(m.t2PrimeSeconds())) {
            node.put("t2Prime", m.t2PrimeSeconds());
        }
        return node.put("chemicalShiftPpm", m.chemicalShiftPpm()).put("diffusion", m.diffusionSquareMetersPerSecond());
    }
}
