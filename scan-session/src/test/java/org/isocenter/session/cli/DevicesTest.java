package org.isocenter.session.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.Scanners;
import org.junit.jupiter.api.Test;

class DevicesTest {
    @Test
    void listsOfAProfileMayBeWrittenInAnAddressAsTheyAre() throws Exception {
        String device = "virtual:ideal?receive.channels=8&receive.interference=[{offsetHertz: 1000, amplitude: 2}]";
        URI address = Devices.address(device, "bottle", 3L);
        assertThat(address.toString()).doesNotContain("{", " ");
        try (Scanner scanner = Scanners.open(address)) {
            assertThat(scanner.limits().receiveChannels()).isEqualTo(8);
            assertThat(scanner.description()).contains("bottle");
        }
    }
}
