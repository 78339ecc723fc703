package org.isocenter.app.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VirtualAddressTest {
    @ParameterizedTest
    @CsvSource({
        "virtual:, virtual:?phantom=acr",
        "virtual:osi2one, virtual:osi2one?phantom=acr",
        "virtual:osi2one?phantom=brain, virtual:osi2one?phantom=acr",
        "virtual:osi2one?seed=2&phantom=brain&pace=real, virtual:osi2one?phantom=acr&seed=2&pace=real",
        "virtual:?, virtual:?phantom=acr",
    })
    void choosingAPhantomLeavesTheRestOfTheAddress(String address, String chosen) {
        assertThat(VirtualAddress.withPhantom(address, "acr")).isEqualTo(chosen);
    }

    @ParameterizedTest
    @CsvSource({"virtual:osi2one, true", "' virtual:', true", "marcos://host, false", "'', false"})
    void onlySimulatedScannersTakePhantoms(String address, boolean virtual) {
        assertThat(VirtualAddress.is(address)).isEqualTo(virtual);
    }
}
