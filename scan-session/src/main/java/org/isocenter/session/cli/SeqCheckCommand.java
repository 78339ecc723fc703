package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.isocenter.hardware.AscFile;
import org.isocenter.model.SafetyLimits;
import org.isocenter.model.SafetyLimits.ModeLimit;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.check.CheckReport;
import org.isocenter.sequence.check.CheckResult;
import org.isocenter.sequence.check.SafetyCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isocenter seq check}. */
@Command(name = "check", description = "Checks a file against a scanner's limits; exit code 1 when it fails.")
final class SeqCheckCommand implements Callable<Integer> {
    private static final double LIGHTEST_KILOGRAMS = 0.1;
    private static final double HEAVIEST_KILOGRAMS = 1000;

    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "A Pulseq file.")
    private Path file;

    @Option(
            names = "--system",
            paramLabel = "FILE",
            defaultValue = "virtual",
            description = "A scanner profile, by file or built-in name; default ${DEFAULT-VALUE}.")
    private String system;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "Operating mode of IEC 60601-2-33, normal or first-level; default is the profile's.")
    private String mode;

    @Option(
            names = "--weight",
            paramLabel = "KG",
            description = "The patient's weight: --weight 70kg; without it the worst that the scanner takes.")
    private String weight;

    @Option(
            names = "--asc",
            paramLabel = "FILE",
            description =
                    "A Siemens gradient description (.asc), whose stimulation model and acoustic resonances replace the"
                            + " profile's; their limits stay.")
    private Path asc;

    @Mixin
    private SoftDelayOptions softDelays = new SoftDelayOptions();

    SeqCheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        SystemLimits limits = limits();
        CheckReport report = SafetyCheck.report(softDelays.read(file), limits, kilograms());
        report.results().stream().filter(CheckResult::limited).forEach(this::line);
        if (!report.notLimited().isEmpty()) {
            terminal.line("no limit given: "
                    + report.notLimited().stream()
                            .map(r -> String.format(Locale.ROOT, "%s %.4g %s", r.name(), r.value(), unit(r)))
                            .collect(Collectors.joining(", ")));
        }
        if (!report.notChecked().isEmpty()) {
            terminal.line(
                    "not checked: " + String.join(", ", report.notChecked()) + " (the profile says nothing of them)");
        }
        terminal.line(file + (report.passes() ? " may run on '" : " may not run on '") + limits.name() + "'");
        terminal.document(document(report, limits));
        return report.passes() ? ExitCode.DONE : ExitCode.NO;
    }

    private void line(CheckResult result) {
        terminal.line(String.format(
                Locale.ROOT,
                "%-4s %-32s %.6g of %.6g %s",
                result.pass() ? "ok" : "FAIL",
                result.name(),
                result.value(),
                result.limit(),
                result.unit()));
        if (!result.detail().isEmpty()) {
            terminal.line("     " + result.detail());
        }
    }

    /** A share has the unit 1, which nobody writes. */
    private static String unit(CheckResult result) {
        return result.unit().equals("1") ? "of the time" : result.unit();
    }

    private ObjectNode document(CheckReport report, SystemLimits limits) {
        ObjectNode document = Terminal.object()
                .put("file", file.toString())
                .put("system", limits.name())
                .put("mode", limits.safety().mode() == SafetyLimits.Mode.NORMAL ? "normal" : "first-level")
                .put("pass", report.passes());
        ArrayNode checks = document.putArray("checks");
        for (CheckResult result : report.results()) {
            ObjectNode node = checks.addObject().put("name", result.name());
            Terminal.number(node, "value", result.value());
            Terminal.number(node, "limit", result.limit());
            node.put("unit", result.unit()).put("pass", result.pass()).put("detail", result.detail());
        }
        ArrayNode unlimited = document.putArray("noLimitGiven");
        report.notLimited().forEach(result -> unlimited.add(result.name()));
        ArrayNode unchecked = document.putArray("notChecked");
        report.notChecked().forEach(unchecked::add);
        return document;
    }

    private SystemLimits limits() throws CommandException {
        SystemLimits limits = Devices.system(system);
        SafetyLimits safety = limits.safety();
        if (mode != null) {
            safety = switch (mode) {
                case "normal" -> safety.in(SafetyLimits.Mode.NORMAL);
                case "first-level" -> safety.in(SafetyLimits.Mode.FIRST_LEVEL);
                default ->
                    throw new CommandException(
                            ExitCode.INPUT,
                            "no such operating mode (--mode " + mode + "): write normal or first-level");
            };
        }
        return limits.with(asc == null ? safety : withAsc(safety));
    }

    private SafetyLimits withAsc(SafetyLimits safety) throws CommandException {
        ModeLimit stimulation = safety.stimulation().isEmpty()
                ? ModeLimit.NONE
                : safety.stimulation().get(0).limit();
        double resonance = safety.acousticBands().stream()
                .mapToDouble(SafetyLimits.AcousticBand::limitHertzPerMeter)
                .min()
                .orElse(SafetyLimits.UNLIMITED);
        try {
            AscFile description = AscFile.read(asc);
            return safety.withStimulation(description.stimulation(stimulation))
                    .withAcousticBands(description.acousticBands(resonance));
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.INPUT,
                    "the gradient description cannot be read (--asc " + asc + "): "
                            + (Files.exists(asc) ? e.getMessage() : "no such file"),
                    e);
        }
    }

    /** NaN when none was given. */
    private double kilograms() throws CommandException {
        if (weight == null) {
            return Double.NaN;
        }
        String text = weight.strip();
        double kilograms = Double.NaN;
        if (text.endsWith("kg")) {
            try {
                kilograms =
                        Double.parseDouble(text.substring(0, text.length() - 2).strip());
            } catch (NumberFormatException e) {
                throw refuseWeight(e);
            }
        }
        if (!(kilograms >= LIGHTEST_KILOGRAMS && kilograms <= HEAVIEST_KILOGRAMS)) {
            throw refuseWeight(null);
        }
        return kilograms;
    }

    private CommandException refuseWeight(Throwable cause) {
        return new CommandException(
                ExitCode.INPUT, "this is no patient's weight (--weight " + weight + "): write e.g. 70kg", cause);
    }
}
