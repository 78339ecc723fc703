package org.isocenter.recon.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.isocenter.recon.chain.Chain;
import org.isocenter.recon.chain.ChainFormatException;
import org.isocenter.recon.chain.ChainYaml;
import org.isocenter.recon.chain.StepParameter;
import org.isocenter.recon.chain.StepType;
import org.junit.jupiter.api.Test;

class StandardChainsTest {
    @Test
    void everyChainThatComesWithTheProgramCanBeReadAndIsCalledAsItsFile() {
        for (String name : StandardChains.names()) {
            Chain chain = StandardChains.named(name);
            assertThat(chain.name()).isEqualTo(name);
            assertThat(chain.description()).as(name).endsWith(".");
        }
    }

    @Test
    void aPrintedChainReadsBackAsTheSame() throws ChainFormatException {
        ChainYaml yaml = new ChainYaml(StandardSteps.REGISTRY);
        for (String name : StandardChains.names()) {
            Chain chain = StandardChains.named(name);
            Chain again = yaml.parse(yaml.write(chain), name);
            assertThat(again.description()).isEqualTo(chain.description());
            assertThat(again.steps()).hasSameSizeAs(chain.steps());
            for (int i = 0; i < chain.steps().size(); i++) {
                assertThat(again.steps().get(i).type())
                        .isEqualTo(chain.steps().get(i).type());
                assertThat(again.steps().get(i).values().toMap())
                        .isEqualTo(chain.steps().get(i).values().toMap());
            }
        }
    }

    @Test
    void everyStepSaysWhatItDoesAndItsDefaultsAreAllowed() {
        for (StepType type : StandardSteps.REGISTRY.types()) {
            assertThat(type.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
            assertThat(type.description()).as(type.name()).endsWith(".").doesNotContain("\n");
            for (StepParameter parameter : type.parameters()) {
                assertThat(parameter.name()).as(type.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
                assertThat(parameter.description()).as(parameter.name()).isNotBlank();
                assertThat(parameter.parse(parameter.display(parameter.defaultValue())))
                        .as(type.name() + " " + parameter.name())
                        .isEqualTo(parameter.defaultValue());
            }
        }
    }

    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() {
        assertThatThrownBy(() -> StandardChains.named("cartesean"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cartesian, ");
    }
}
