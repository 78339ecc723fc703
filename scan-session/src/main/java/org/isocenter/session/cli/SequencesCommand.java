package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.ParameterSpec.Kind;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Violation;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.library.SequenceLibrary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isocenter sequences}: the library, or one sequence's parameters. */
@Command(
        name = "sequences",
        description = "Lists the library; with NAME its parameters, their ranges and what limits them.")
final class SequencesCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "A sequence of the library.")
    private String name;

    @Option(
            names = "--device",
            paramLabel = "URI",
            defaultValue = Devices.DEFAULT,
            description = "The scanner whose limits count; default ${DEFAULT-VALUE}.")
    private String device;

    @Option(names = "--system", paramLabel = "FILE", description = "A scanner profile in its place.")
    private String system;

    @Option(names = "--set", paramLabel = "K=V", description = "Ranges as they are with this parameter set.")
    private List<String> settings = List.of();

    SequencesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        SystemLimits limits =
                system == null ? Devices.limitsOf(Devices.address(device, null, null)) : Devices.system(system);
        if (name == null) {
            list(limits);
        } else {
            describe(Protocols.builder(name), limits);
        }
        return ExitCode.DONE;
    }

    private void list(SystemLimits limits) {
        ArrayNode sequences = JsonNodeFactory.instance.arrayNode();
        for (SequenceBuilder builder : SequenceLibrary.all()) {
            double seconds = builder.durationSeconds(SequenceLibrary.defaults(builder, limits), limits);
            terminal.line(String.format(
                    Locale.ROOT,
                    "%-10s %-30s %6.1f s  %s",
                    builder.name(),
                    builder.title(),
                    seconds,
                    builder.description()));
            sequences
                    .addObject()
                    .put("name", builder.name())
                    .put("title", builder.title())
                    .put("family", builder.family().name().toLowerCase(Locale.ROOT))
                    .put("description", builder.description())
                    .put("duration", seconds);
        }
        terminal.document(Terminal.object().set("sequences", sequences));
    }

    private void describe(SequenceBuilder builder, SystemLimits limits) throws CommandException {
        Protocol protocol = Protocols.protocol(builder, limits, settings);
        ObjectNode document = Terminal.object()
                .put("name", builder.name())
                .put("title", builder.title())
                .put("description", builder.description());
        ArrayNode parameters = document.putArray("parameters");
        terminal.line(builder.name() + ": " + builder.title() + ". " + builder.description());
        terminal.line(String.format(
                Locale.ROOT, "%-12s %-12s %-26s %s", "name", "value", "range now", "what it is; what limits it"));
        for (ParameterSpec spec : protocol.specs()) {
            Bound low = bound(builder, protocol, limits, spec, spec.minimum());
            Bound high = bound(builder, protocol, limits, spec, spec.maximum());
            double value = protocol.number(spec.name());
            String range = switch (spec.kind()) {
                case CHOICE -> String.join("|", spec.choices());
                case FLAG -> "yes|no";
                default -> spec.display(low.value) + " … " + spec.display(high.value);
            };
            terminal.line(String.format(
                    Locale.ROOT, "%-12s %-12s %-26s %s", spec.name(), spec.display(value), range, spec.label()));
            for (String reason : List.of(low.reason, high.reason)) {
                if (!reason.isEmpty()) {
                    terminal.line(" ".repeat(53) + reason);
                }
            }
            parameters.add(json(spec, value, low, high));
        }
        terminal.document(document);
    }

    private static ObjectNode json(ParameterSpec spec, double value, Bound low, Bound high) {
        ObjectNode node = Terminal.object()
                .put("name", spec.name())
                .put("label", spec.label())
                .put("group", spec.group().name().toLowerCase(Locale.ROOT))
                .put("kind", spec.kind().name().toLowerCase(Locale.ROOT))
                .put("unit", siUnit(spec))
                .put("description", spec.description());
        if (spec.kind() == Kind.CHOICE) {
            node.put("default", spec.choices().get((int) spec.defaultNumber()));
            node.put("value", spec.choices().get((int) value));
            spec.choices().forEach(node.putArray("choices")::add);
        } else if (spec.kind() == Kind.FLAG) {
            node.put("default", spec.defaultNumber() != 0);
            node.put("value", value != 0);
        } else {
            node.put("default", spec.defaultNumber());
            node.put("value", value);
            node.put("minimum", low.value);
            node.put("maximum", high.value);
            node.put("minimumReason", low.reason);
            node.put("maximumReason", high.reason);
        }
        return node;
    }

    /** Values in JSON are SI. */
    private static String siUnit(ParameterSpec spec) {
        return switch (spec.unit()) {
            case SECOND -> "s";
            case METER -> "m";
            case RADIAN -> "rad";
            case HERTZ -> "Hz";
            case SECOND_PER_SQUARE_METER -> "s/m²";
            case NONE -> "";
            case PERCENT -> "1";
        };
    }

    /** An end of a range as the other values leave it, and why. */
    private record Bound(double value, String reason) {}

    /** Tries the widest value; the first remedy of a violation is the nearest allowed one. */
    private static Bound bound(
            SequenceBuilder builder, Protocol protocol, SystemLimits limits, ParameterSpec spec, double widest) {
        if (spec.kind() == Kind.CHOICE || spec.kind() == Kind.FLAG) {
            return new Bound(widest, "");
        }
        for (Violation violation : builder.validate(protocol.with(spec.name(), widest), limits)) {
            if (violation.parameter().equals(spec.name())) {
                double nearest = violation.remedies().stream()
                        .filter(r -> r.parameter().equals(spec.name()))
                        .mapToDouble(Violation.Remedy::value)
                        .findFirst()
                        .orElse(widest);
                return new Bound(nearest, violation.message());
            }
        }
        return new Bound(widest, "");
    }
}
