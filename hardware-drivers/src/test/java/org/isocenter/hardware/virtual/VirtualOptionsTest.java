package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.isocenter.hardware.InterferenceLine;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.Scanners;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VirtualOptionsTest {
    @Test
    void everythingThatCanBeAskedForIsUnderstood() throws ScannerException {
        VirtualOptions options =
                VirtualOptions.parse(URI.create("virtual:osi2one?phantom=resolution&seed=-7&noise=0.5&pace=real"));
        assertThat(options.profile().name()).isEqualTo("osi2one");
        assertThat(options.phantom().name()).isEqualTo("resolution");
        assertThat(options.seed()).isEqualTo(-7);
        assertThat(options.noiseFactor()).isEqualTo(0.5);
        assertThat(options.realTime()).isTrue();
    }

    @Test
    void driftIsShortForThatOfTheField() throws ScannerException {
        VirtualOptions options = VirtualOptions.parse(URI.create("virtual:ideal?drift=0.5"));
        assertThat(options.profile().imperfections().field().driftHertzPerSecond())
                .isEqualTo(0.5);
    }

    @Test
    void aProfileWithoutNoiseNeedsNoWordAboutIt() throws ScannerException {
        VirtualOptions options = VirtualOptions.parse(URI.create("virtual:ideal?receive.channels=8"));
        assertThat(options.noiseFactor()).isEqualTo(1);
        assertThat(options.profile().limits().receiveChannels()).isEqualTo(8);
    }

    @Test
    void aListOfSectionsMayStandInAnAddress() throws ScannerException {
        VirtualOptions options = VirtualOptions.parse(
                URI.create("virtual:ideal?receive.interference=[%7BoffsetHertz:%201e+3,%20amplitude:%202%7D]"));
        assertThat(options.profile().imperfections().receive().interference())
                .containsExactly(new InterferenceLine(1000, 0, 2, 0, 100));
    }

    @Test
    void channelsCountForAPerfectScannerToo() throws ScannerException {
        VirtualOptions options =
                VirtualOptions.parse(URI.create("virtual:osi2one?imperfections=none&receive.channels=4"));
        assertThat(options.profile().limits().receiveChannels()).isEqualTo(4);
        assertThat(options.profile().imperfections().receive().noise()).isZero();
    }

    @Test
    void theServiceLoaderFindsTheVirtualScanner() throws ScannerException {
        try (Scanner scanner = Scanners.open(URI.create("virtual:tabletop?phantom=bottle"))) {
            assertThat(scanner.limits().fieldTesla()).isEqualTo(0.37);
            assertThat(scanner.description()).contains("tabletop", "bottle");
        }
    }

    @Test
    void anAddressOfOptionsOnlyMeansTheDefaultProfile() throws ScannerException {
        assertThat(VirtualOptions.parse(URI.create("virtual:?seed=3")).profile().name())
                .isEqualTo("virtual");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "virtual:siemens | virtual, osi2one, tabletop, ideal",
                "virtual:ideal?phantom=cat | bottle, tubes, acr, spheres, resolution, orientation, brain",
                "virtual:ideal?colour=red | phantom, place, rotate, motion, seed, noise, drift, pace",
                "virtual:ideal?seed=one | whole number",
                "virtual:ideal?seed=1&seed=2 | twice",
                "virtual:osi2one?noise=-1 | out of range",
                "virtual:osi2one?noise=NaN | out of range",
                "virtual:osi2one?noise=loud | not a number",
                "virtual:ideal?noise=2 | has no noise",
                "virtual:ideal?pace=slow | real, fast",
                "virtual:ideal? seed=1 | ",
                "virtual:ideal?& | phantom, place, rotate, motion, seed, noise, drift, pace",
            })
    void whatIsNotUnderstoodIsRefusedWithWhatIs(String address, String known) {
        assertThatThrownBy(() -> VirtualOptions.parse(URI.create(address.replace(" ", "%20"))))
                .isInstanceOfSatisfying(
                        ScannerException.class, e -> assertThat(e.kind()).isEqualTo(ScannerException.Kind.REFUSED))
                .hasMessageContaining(known == null ? "not known" : known);
    }
}
