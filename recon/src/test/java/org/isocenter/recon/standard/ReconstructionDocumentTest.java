package org.isocenter.recon.standard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.isocenter.recon.chain.StepParameter;
import org.isocenter.recon.chain.StepType;
import org.junit.jupiter.api.Test;

/** What the document says of chains and steps is what there is. */
class ReconstructionDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/reconstruction.md");

    @Test
    void theDocumentListsEveryChainAsItIs() throws Exception {
        StringBuilder text = new StringBuilder();
        for (String name : StandardChains.names()) {
            text.append("| `").append(name).append("` | ");
            text.append(StandardChains.named(name).description()).append(" |\n");
        }
        assertThat(Files.readString(DOCUMENT))
                .as("put this below 'Chains':\n%s", text)
                .contains("|---|---|\n" + text + "\n");
    }

    @Test
    void theDocumentListsEveryStepAsItIs() throws Exception {
        StringBuilder text = new StringBuilder();
        List<StepType> types = StandardSteps.REGISTRY.types().stream()
                .sorted(Comparator.comparing(StepType::kind))
                .toList();
        StepType.Kind kind = null;
        for (StepType type : types) {
            if (type.kind() != kind) {
                kind = type.kind();
                text.append("\n### ").append(heading(kind)).append("\n\n");
            }
            text.append("- **").append(type.name()).append("**: ");
            text.append(type.description()).append('\n');
            for (StepParameter parameter : type.parameters()) {
                String standard = parameter.display(parameter.defaultValue());
                text.append("  - `").append(parameter.name()).append("`");
                text.append(standard.isEmpty() ? "" : " = " + standard);
                text.append(": ").append(parameter.description());
                text.append("; ").append(parameter.allowed()).append('\n');
            }
        }
        assertThat(Files.readString(DOCUMENT))
                .as("put this below 'Steps', to the end:\n%s", text)
                .endsWith("\n## Steps\n" + text);
    }

    private static String heading(StepType.Kind kind) {
        return switch (kind) {
            case RAW -> "On readouts";
            case READOUT -> "From readouts to a grid";
            case SLAB -> "On slices and slabs";
            case VOLUME -> "On volumes";
        };
    }
}
