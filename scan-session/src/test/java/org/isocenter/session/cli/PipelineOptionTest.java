package org.isocenter.session.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.isocenter.recon.chain.StepType;
import org.isocenter.recon.standard.StandardChains;
import org.isocenter.recon.standard.StandardSteps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PipelineOptionTest {
    @RegisterExtension
    final OwnHome home = new OwnHome();

    @TempDir
    Path folder;

    @Test
    void theListNamesEveryStepWithItsParametersAndEveryChain() {
        JsonNode list = CommandRun.of("recon", "--list-steps", "--json").json();
        List<String> steps =
                StandardSteps.REGISTRY.types().stream().map(StepType::name).toList();
        assertThat(list.at("/steps"))
                .extracting(step -> step.at("/name").asText())
                .hasSameElementsAs(steps);
        assertThat(list.at("/steps"))
                .allSatisfy(step -> assertThat(step.at("/parameters"))
                        .allSatisfy(parameter ->
                                assertThat(parameter.has("default")).isTrue()));
        assertThat(list.at("/chains"))
                .extracting(chain -> chain.at("/name").asText())
                .containsExactlyElementsOf(StandardChains.names());
        assertThat(CommandRun.of("recon", "--list-steps").out()).contains(steps);
    }

    @Test
    void aPrintedChainIsOneThatScanAndReconTakeAndRecord() throws Exception {
        CommandRun printed = CommandRun.of("recon", "--print-pipeline", "cartesian");
        assertThat(printed.exitCode()).isZero();
        Path mine = Files.writeString(
                folder.resolve("mine.yaml"), printed.out().replace("chain: \"cartesian\"", "chain: \"mine\""));
        Path out = folder.resolve("out");
        JsonNode scan = CommandRun.of(
                        "scan", "readouts", "--device", "fake:complete", "--out", out, "--pipeline", mine, "--json")
                .json();
        assertThat(scan.at("/reconstruction/chain").asText()).isEqualTo("mine");
        assertThat(scan.at("/reconstruction/steps"))
                .extracting(step -> step.at("/name").asText())
                .containsSubsequence("cartesian-grid", "transform", "root-sum-of-squares");
        assertThat(scan.at("/reconstruction/steps"))
                .allSatisfy(step -> assertThat(step.has("parameters")).isTrue());

        JsonNode recon =
                CommandRun.of("recon", out, "--pipeline", mine, "--json").json();
        assertThat(recon.at("/reconstruction")).isEqualTo(scan.at("/reconstruction"));
        assertThat(CommandRun.of("recon", out, "--json")
                        .json()
                        .at("/reconstruction/chain")
                        .asText())
                .isEqualTo("cartesian");
    }

    @Test
    void aMistakeInAChainIsOneLineWithItsPlace() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "steps: [cartesian-grid, {transform: {size: 3}}]");
        CommandRun run = CommandRun.of("recon", folder, "--pipeline", wrong);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLine()).contains("wrong.yaml, step 2 (transform): parameter 'size' is unknown");
        assertThat(CommandRun.of("scan", "readouts", "--out", folder, "--pipeline", "nope")
                        .errorLine())
                .contains("no such chain (nope)", "cartesian");
        assertThat(CommandRun.of("recon", "--print-pipeline", "standard").errorLine())
                .contains("picks one of cartesian");
        assertThat(CommandRun.of("recon").errorLine()).contains("no raw data (RAW)");
    }
}
