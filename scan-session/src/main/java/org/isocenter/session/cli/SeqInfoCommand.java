package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.pulseq.PulseqFile;
import org.isocenter.sequence.pulseq.PulseqReader;
import org.isocenter.sequence.pulseq.SoftDelays;
import org.isocenter.sequence.trajectory.SequenceInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isocenter seq info}. */
@Command(name = "info", description = "What is in a Pulseq file.")
final class SeqInfoCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "A Pulseq file.")
    private Path file;

    @Option(
            names = "--system",
            paramLabel = "FILE",
            defaultValue = "virtual",
            description = "The scanner profile whose nucleus and field count; default ${DEFAULT-VALUE}.")
    private String system;

    @Mixin
    private SoftDelayOptions softDelays = new SoftDelayOptions();

    SeqInfoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        SystemLimits limits = Devices.system(system);
        PulseqFile read = PulseqReader.read(file);
        Sequence sequence = softDelays.retime(file, read.sequence());
        SequenceInfo info = SequenceInfo.of(sequence, limits.larmorHertz());
        List<String> warnings = new ArrayList<>(read.warnings());
        List<SoftDelays.Setting> delays = softDelays(sequence, warnings);
        if (terminal.json()) {
            terminal.document(json(read, info, delays, warnings));
        } else {
            print(read, info, delays, warnings, limits.gammaHertzPerTesla());
        }
        return ExitCode.DONE;
    }

    /** The soft delays; none, and a warning, when they contradict one another. */
    private static List<SoftDelays.Setting> softDelays(Sequence sequence, List<String> warnings) {
        try {
            return SoftDelays.of(sequence);
        } catch (SoftDelays.SoftDelayException e) {
            warnings.add("the soft delays cannot be set: " + e.getMessage());
            return List.of();
        }
    }

    private void print(
            PulseqFile read, SequenceInfo info, List<SoftDelays.Setting> delays, List<String> warnings, double gamma) {
        SequenceParameters parameters = info.parameters();
        terminal.line(file + ": Pulseq " + read.version() + (read.binary() ? " binary" : "") + ", signature "
                + read.signature().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        terminal.line(String.format(
                Locale.ROOT,
                "  %d blocks, %.6g s; %d RF pulses, gradients x %d, y %d, z %d, %d ADC windows with %d samples",
                info.blocks(),
                info.durationSeconds(),
                info.rfPulses(),
                info.gradientEvents().get(0),
                info.gradientEvents().get(1),
                info.gradientEvents().get(2),
                info.adcWindows(),
                info.adcSamples()));
        terminal.line("  TE " + milliseconds(parameters.echoTimesSeconds()) + ", TR "
                + milliseconds(List.of(parameters.repetitionTimeSeconds())) + ", trajectory "
                + info.trajectory().toLowerCase(Locale.ROOT));
        if (info.fovMeters() != null) {
            terminal.line(String.format(
                    Locale.ROOT,
                    "  FOV %.4g × %.4g × %.4g mm",
                    info.fovMeters().x() * 1e3,
                    info.fovMeters().y() * 1e3,
                    info.fovMeters().z() * 1e3));
        }
        terminal.line("  largest gradient " + axes(info.maxGradientHertzPerMeter(), gamma * 1e-3) + " mT/m, slew "
                + axes(info.maxSlewHertzPerMeterPerSecond(), gamma) + " T/m/s");
        for (SequenceInfo.FlipAngle flip : info.flipAngles()) {
            terminal.line(String.format(
                    Locale.ROOT,
                    "  %d pulses for %s of %.4g°",
                    flip.pulses(),
                    flip.use().name().toLowerCase(Locale.ROOT),
                    Math.toDegrees(flip.radians())));
        }
        if (info.kspaceMin() != null) {
            Vec3 low = info.kspaceMin();
            Vec3 high = info.kspaceMax();
            terminal.line(String.format(
                    Locale.ROOT,
                    "  k-space x %.1f … %.1f, y %.1f … %.1f, z %.1f … %.1f 1/m",
                    tenths(low.x()),
                    tenths(high.x()),
                    tenths(low.y()),
                    tenths(high.y()),
                    tenths(low.z()),
                    tenths(high.z())));
        }
        if (info.resolutionMeters().stream().anyMatch(Double::isFinite)) {
            terminal.line(
                    "  resolution x " + millimeters(info.resolutionMeters().get(0)) + ", y "
                            + millimeters(info.resolutionMeters().get(1)) + ", z "
                            + millimeters(info.resolutionMeters().get(2)));
        }
        info.labels()
                .forEach((name, range) -> terminal.line("  label " + name + " " + range.min() + " … " + range.max()));
        info.unsupported().forEach(feature -> terminal.line("  not supported: " + feature));
        for (SoftDelays.Setting delay : delays) {
            terminal.line("  soft delay " + delay.hint() + " " + SoftDelays.milliseconds(delay.defaultSeconds()) + ", "
                    + SoftDelays.range(delay.minimumSeconds(), delay.maximumSeconds()) + " (--set "
                    + delay.hint() + "=…)");
        }
        warnings.forEach(warning -> terminal.line("  warning: " + warning));
    }

    /** Rounded, without a sign before zero. */
    private static double tenths(double value) {
        return Math.rint(value * 10) / 10 + 0.0;
    }

    private static String millimeters(double meters) {
        return Double.isNaN(meters) ? "not encoded" : String.format(Locale.ROOT, "%.4g mm", meters * 1e3);
    }

    private static String milliseconds(List<Double> seconds) {
        if (seconds.isEmpty() || seconds.contains(Double.NaN)) {
            return "not known";
        }
        return seconds.stream()
                .map(s -> String.format(Locale.ROOT, "%.6g", s * 1e3))
                .collect(Collectors.joining(", ", "", " ms"));
    }

    private static String axes(List<Double> values, double unit) {
        return values.stream()
                .map(v -> String.format(Locale.ROOT, "%.4g", v / unit))
                .collect(Collectors.joining("/"));
    }

    private ObjectNode json(
            PulseqFile read, SequenceInfo info, List<SoftDelays.Setting> delays, List<String> warnings) {
        ObjectNode document = Terminal.object()
                .put("file", file.toString())
                .put("version", read.version())
                .put("binary", read.binary())
                .put("signature", read.signature().name().toLowerCase(Locale.ROOT))
                .put("blocks", info.blocks());
        document.putObject("events")
                .put("rf", info.rfPulses())
                .put("gx", info.gradientEvents().get(0))
                .put("gy", info.gradientEvents().get(1))
                .put("gz", info.gradientEvents().get(2))
                .put("adc", info.adcWindows());
        document.put("samples", info.adcSamples()).put("duration", info.durationSeconds());
        ArrayNode echoTimes = document.putArray("TE");
        info.parameters().echoTimesSeconds().stream().filter(Double::isFinite).forEach(echoTimes::add);
        Terminal.number(document, "TR", info.parameters().repetitionTimeSeconds());
        putVector(document, "fov", info.fovMeters());
        document.put("trajectory", info.trajectory().toLowerCase(Locale.ROOT));
        info.maxGradientHertzPerMeter().forEach(document.putArray("maxGradientHertzPerMeter")::add);
        info.maxSlewHertzPerMeterPerSecond().forEach(document.putArray("maxSlewHertzPerMeterPerSecond")::add);
        ArrayNode flips = document.putArray("flipAngles");
        for (SequenceInfo.FlipAngle flip : info.flipAngles()) {
            ObjectNode node = flips.addObject().put("use", flip.use().name().toLowerCase(Locale.ROOT));
            Terminal.number(node, "angle", flip.radians());
            node.put("pulses", flip.pulses());
        }
        putVector(document, "kspaceMin", info.kspaceMin());
        putVector(document, "kspaceMax", info.kspaceMax());
        ArrayNode resolution = document.putArray("resolution");
        for (double meters : info.resolutionMeters()) {
            if (Double.isFinite(meters)) {
                resolution.add(meters);
            } else {
                resolution.addNull();
            }
        }
        ObjectNode labels = document.putObject("labels");
        info.labels()
                .forEach((name, range) -> labels.putArray(name).add(range.min()).add(range.max()));
        ArrayNode softDelayNodes = document.putArray("softDelays");
        for (SoftDelays.Setting delay : delays) {
            ObjectNode node = softDelayNodes
                    .addObject()
                    .put("name", delay.hint())
                    .put("number", delay.number())
                    .put("value", delay.defaultSeconds())
                    .put("min", delay.minimumSeconds());
            Terminal.number(node, "max", delay.maximumSeconds());
            node.put("step", delay.stepSeconds()).put("blocks", delay.blocks());
        }
        info.unsupported().forEach(document.putArray("unsupported")::add);
        warnings.forEach(document.putArray("warnings")::add);
        return document;
    }

    private static void putVector(ObjectNode into, String name, Vec3 vector) {
        if (vector == null) {
            into.putNull(name);
        } else {
            into.putArray(name).add(vector.x()).add(vector.y()).add(vector.z());
        }
    }
}
