package org.isocenter.recon.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.isocenter.model.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChainYamlTest {
    private static final StepRegistry REGISTRY = new StepRegistry(List.of(
            StepType.raw(
                    "delay",
                    "Waits.",
                    values -> (raw, context) -> raw,
                    StepParameter.number("time", Unit.SECOND, 2e-3, 0, 1, "how long"),
                    StepParameter.count("times", 3, 1, 10, "how often"),
                    StepParameter.flag("quiet", true, "without a sound"),
                    StepParameter.text("file", "a \"b\".txt", "what to read")),
            StepType.readout("lay", "Lays.", values -> (stacks, context) -> List.of()),
            StepType.slab(
                    "window",
                    "Dampens.",
                    values -> (slab, context) -> slab,
                    StepParameter.word("shape", List.of("hann", "tukey"), "which"))));
    private final ChainYaml yaml = new ChainYaml(REGISTRY);

    @Test
    void parametersThatAreNotWrittenHaveTheirDefaults() throws ChainFormatException {
        Chain chain = yaml.parse("chain: a\nsteps:\n  - delay: {time: 5 us}\n  - lay\n  - window:\n", "a.yaml");
        assertThat(chain.name()).isEqualTo("a");
        assertThat(chain.steps()).extracting(step -> step.type().name()).containsExactly("delay", "lay", "window");
        assertThat(chain.steps().get(0).values().toMap())
                .isEqualTo(Map.of("time", 5e-6, "times", 3.0, "quiet", true, "file", "a \"b\".txt"));
        assertThat(chain.steps().get(2).values().text("shape")).isEqualTo("hann");
    }

    @Test
    void whatIsWrittenIsReadBackToTheLastDigit() throws ChainFormatException {
        String text = "chain: a\nsteps: [{delay: {time: 0.1234567890123 s, times: 7, quiet: off, file: 'x: y'}}, lay]";
        Chain chain = yaml.parse(text, "a.yaml");
        Chain again = yaml.parse(yaml.write(chain), "again");
        assertThat(again.steps().get(0).values().toMap())
                .isEqualTo(chain.steps().get(0).values().toMap())
                .containsEntry("time", 0.1234567890123)
                .containsEntry("quiet", false)
                .containsEntry("file", "x: y");
    }

    static List<Arguments> mistakes() {
        return List.of(
                Arguments.of("steps: [", "a.yaml: no YAML: "),
                Arguments.of("chain: a", "a.yaml: no chain: write 'chain: NAME' and 'steps:'"),
                Arguments.of("", "a.yaml: no chain: "),
                Arguments.of(
                        "stepps: 1\nsteps: []", "a.yaml: key 'stepps' is unknown: there are chain, description, steps"),
                Arguments.of(
                        "steps: [lay, fly]", "a.yaml, step 2: step 'fly' is unknown: there are delay, lay, window"),
                Arguments.of("steps: [[lay]]", "a.yaml, step 1: write '- NAME', or '- NAME: {PARAMETER: VALUE}'"),
                Arguments.of("steps: [{lay: 3}]", "a.yaml, step 1 (lay): parameters are pairs"),
                Arguments.of(
                        "steps: [{window: {form: hann}}, lay]",
                        "a.yaml, step 1 (window): parameter 'form' is unknown: there are shape"),
                Arguments.of("steps: [{lay: {form: hann}}]", "parameter 'form' is unknown: there are none"),
                Arguments.of(
                        "steps: [lay, {window: {shape: box}}]",
                        "a.yaml, step 2 (window): parameter 'shape': 'box' is not allowed: hann, tukey"),
                Arguments.of("steps: [lay, {window: {shape: [hann]}}]", "parameter 'shape' needs a single value"),
                Arguments.of(
                        "steps: [{delay: {time: 2 s}}, lay]",
                        "a.yaml, step 1 (delay): parameter 'time': '2 s' is not allowed: 0 ms to 1000 ms"),
                Arguments.of("steps: [{delay: {time: 2}}, lay]", "parameter 'time': '2' needs a unit: write e.g. 20ms"),
                Arguments.of(
                        "steps: [{delay: {times: 2.5}}, lay]",
                        "parameter 'times': '2.5' is not allowed: a whole number, 1 to 10"),
                Arguments.of("steps: [{delay: {quiet: 7}}, lay]", "parameter 'quiet': '7' is not allowed: yes or no"),
                Arguments.of("steps: [{delay: {times: 2, times: 3}}, lay]", "Duplicate"),
                Arguments.of("steps: [delay, window]", "a chain needs exactly one step that takes readouts to a grid"),
                Arguments.of("steps: [lay, delay]", "step 'delay' cannot stand after 'lay'"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsNamedWithItsPlaceAndWhatIsAllowed(String text, String message) {
        assertThatThrownBy(() -> yaml.parse(text, "a.yaml"))
                .isInstanceOf(ChainFormatException.class)
                .hasMessageContaining(message)
                .hasMessageStartingWith("a.yaml");
    }

    @Test
    void aNameIsDeclaredOnce() {
        StepType lay = REGISTRY.named("lay");
        assertThatThrownBy(() -> new StepRegistry(List.of(lay, lay)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two steps have the name 'lay'");
    }
}
