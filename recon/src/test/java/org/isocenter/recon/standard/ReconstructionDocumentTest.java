package org.isocenter.recon.standard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** A step, its class, its source, what it is held against, and where. */
    private static final Pattern ROW =
            Pattern.compile("\\| `([a-z0-9-]+)` \\| `([\\w.]+)` \\| ([^|]+) \\| ([^|]+) \\| `([\\w.]+)#(\\w+)` \\|");

    @Test
    void everyStepHasItsSourceAndATestThatIsThere() throws Exception {
        List<String> steps = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("../docs/reconstruction-tests.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                steps.add(row.group(1));
                assertThat(file("src/main/java", row.group(2))).as(line).exists();
                Path test = file("src/test/java", row.group(5));
                assertThat(test).as(line).exists();
                assertThat(Files.readString(test)).as(line).contains("void " + row.group(6) + "(");
            }
        }
        assertThat(steps)
                .containsExactlyInAnyOrderElementsOf(StandardSteps.REGISTRY.types().stream()
                        .map(StepType::name)
                        .toList());
    }

    private static Path file(String folder, String name) {
        return Path.of(folder, "org/isocenter/recon", name.replace('.', '/') + ".java");
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
