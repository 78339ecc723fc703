package org.isocenter.session.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.isocenter.hardware.virtual.phantom.Phantoms;
import org.junit.jupiter.api.Test;

class PhantomsCommandTest {
    @Test
    void allPhantomsAreListedWithWhatTheyAre() throws Exception {
        JsonNode list = CommandRun.of("phantoms", "--json").json().get("phantoms");
        assertThat(list.findValuesAsText("name")).isEqualTo(Phantoms.names());
        assertThat(list.findValuesAsText("description")).doesNotContain("").hasSameSizeAs(Phantoms.names());
        assertThat(CommandRun.of("phantoms").out()).contains("fatwater", "oil in water");
    }

    @Test
    void onePhantomIsToldByItsPoolsAtTheScannersField() throws Exception {
        JsonNode low = CommandRun.of("phantoms", "brain", "--device", "virtual:osi2one", "--json")
                .json();
        JsonNode high = CommandRun.of("phantoms", "brain", "--device", "virtual:clinical-example", "--json")
                .json();
        assertThat(low.get("field").asDouble()).isEqualTo(0.047);
        assertThat(high.get("field").asDouble()).isEqualTo(1.5);
        JsonNode scalp = high.get("mixtures").get(0).get("pools");
        assertThat(scalp.findValuesAsText("name")).containsExactly("fat", "skin");
        assertThat(scalp.get(0).get("chemicalShiftPpm").asDouble()).isEqualTo(-3.4);
        assertThat(scalp.get(0).get("t1").asDouble())
                .isGreaterThan(
                        low.get("mixtures").get(0).get("pools").get(0).get("t1").asDouble());
        assertThat(CommandRun.of("phantoms", "fatwater").out()).contains("oil (density 0.5", "-3.4 ppm");
    }

    @Test
    void anUnknownPhantomIsOneLineThatNamesTheKnown() {
        CommandRun run = CommandRun.of("phantoms", "cat");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLine()).contains("cat", "bottle, tubes");
    }
}
