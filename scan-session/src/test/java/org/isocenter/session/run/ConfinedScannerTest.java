package org.isocenter.session.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class ConfinedScannerTest {
    @Test
    void aCallThatHasAnsweredIsNotUnderWayAnyMore() throws Exception {
        try (ConfinedScanner scanner = new ConfinedScanner(URI.create("virtual:ideal?phantom=bottle"))) {
            scanner.connect();
            for (int call = 0; call < 20_000; call++) {
                scanner.firmware();
                assertThat(scanner.secondsInCall()).as("call %d", call).isZero();
            }
        }
    }
}
