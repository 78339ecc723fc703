package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.isocenter.model.Unit;
import org.isocenter.recon.chain.Chain;
import org.isocenter.recon.chain.StepParameter;
import org.isocenter.recon.chain.StepType;
import org.isocenter.recon.standard.StandardChains;
import org.isocenter.recon.standard.StandardSteps;

/** The steps and chains that there are, for people and programs. */
final class PipelineText {
    private final Terminal terminal;

    PipelineText(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Steps with their parameters, and chains with their steps. */
    void list() {
        ObjectNode document = Terminal.object();
        ArrayNode steps = document.putArray("steps");
        StepType.Kind kind = null;
        List<StepType> types = StandardSteps.REGISTRY.types().stream()
                .sorted(Comparator.comparing(StepType::kind))
                .toList();
        for (StepType type : types) {
            if (type.kind() != kind) {
                kind = type.kind();
                terminal.line(heading(kind));
            }
            terminal.line("  " + type.name() + ": " + type.description());
            type.parameters().forEach(parameter -> terminal.line("      " + describe(parameter)));
            steps.add(json(type));
        }
        terminal.line("Chains (isocenter recon --print-pipeline NAME shows one to start from):");
        ArrayNode chains = document.putArray("chains");
        for (String name : StandardChains.names()) {
            Chain chain = StandardChains.named(name);
            terminal.line("  " + name + ": " + chain.description());
            ObjectNode node = chains.addObject().put("name", name).put("description", chain.description());
            ArrayNode names = node.putArray("steps");
            chain.steps().forEach(step -> names.add(step.type().name()));
        }
        terminal.document(document);
    }

    private static String heading(StepType.Kind kind) {
        return switch (kind) {
            case RAW -> "Steps on readouts:";
            case READOUT -> "Steps from the readouts of a slice or slab to a grid, of which a chain has one:";
            case SLAB -> "Steps on a slice or slab:";
            case VOLUME -> "Steps on volumes:";
        };
    }

    private static String describe(StepParameter parameter) {
        return parameter.name() + " = " + parameter.display(parameter.defaultValue()) + ": " + parameter.description()
                + "; " + parameter.allowed();
    }

    private static ObjectNode json(StepType type) {
        ObjectNode node = Terminal.object()
                .put("name", type.name())
                .put("kind", type.kind().name().toLowerCase(Locale.ROOT))
                .put("description", type.description());
        ArrayNode parameters = node.putArray("parameters");
        for (StepParameter parameter : type.parameters()) {
            ObjectNode each = parameters
                    .addObject()
                    .put("name", parameter.name())
                    .put("type", parameter.kind().name().toLowerCase(Locale.ROOT))
                    .put("description", parameter.description());
            switch (parameter.kind()) {
                case NUMBER, COUNT -> {
                    each.put("default", (Double) parameter.defaultValue());
                    Terminal.number(each, "minimum", parameter.minimum());
                    Terminal.number(each, "maximum", parameter.maximum());
                    if (parameter.unit() != Unit.NONE) {
                        each.put("unit", parameter.unit().name().toLowerCase(Locale.ROOT));
                    }
                }
                case FLAG -> each.put("default", (Boolean) parameter.defaultValue());
                case WORD -> {
                    each.put("default", (String) parameter.defaultValue());
                    parameter.words().forEach(each.putArray("words")::add);
                }
                case TEXT -> each.put("default", (String) parameter.defaultValue());
            }
        }
        return node;
    }

    /** One chain as YAML, with every parameter. */
    void print(String name) throws CommandException {
        String yaml = Pipelines.yaml(name);
        terminal.line(yaml.strip());
        terminal.document(Terminal.object().put("name", name).put("yaml", yaml));
    }
}
