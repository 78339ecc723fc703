package org.isocenter.hardware.marcos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerException.Kind;
import org.isocenter.hardware.ScannerProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarcosAddressTest {
    private static MarcosAddress parse(String address) throws ScannerException {
        return MarcosAddress.parse(URI.create(address));
    }

    @Test
    void whatIsLeftOutIsTheProfiles() throws Exception {
        MarcosAddress address = parse("marcos://192.168.1.101");
        ScannerProfile profile = ScannerProfile.builtIn("osi2one");
        assertThat(address.console()).isEqualTo("192.168.1.101:11111");
        assertThat(address.limits()).isEqualTo(profile.limits());
        assertThat(address.marga()).isEqualTo(MargaSettings.of(profile.limits(), GradientBoard.OCRA1));
    }

    @Test
    void whatIsSaidIsTaken() throws Exception {
        MarcosAddress address =
                parse("marcos://host:2222?board=gpa-fhdo&profile=tabletop&updates=100000&gradient=20,30,40"
                        + "&shim=0.1,-0.2,0&rf=9000&tx=1&receive=3&conjugate=yes&oversample=6&delay=2&segment=1.5&longest=0.3&exchange=0.01"
                        + "&timeout=2.5&patience=9");
        double perMillitesla = 1e-3 * address.limits().gammaHertzPerTesla();
        assertThat(address.port()).isEqualTo(2222);
        assertThat(address.marga().board()).isEqualTo(GradientBoard.GPA_FHDO);
        assertThat(address.marga().spiDivider()).isEqualTo(9);
        assertThat(address.marga().gradients().get(1).fullScaleHertzPerMeter())
                .isCloseTo(30 * perMillitesla, within(1e-6));
        assertThat(address.marga().gradients().get(1).shimHertzPerMeter())
                .isCloseTo(-0.2 * perMillitesla, within(1e-6));
        assertThat(address.marga().transmitFullScaleHertz()).isEqualTo(9000);
        assertThat(address.marga().transmitChannel()).isEqualTo(1);
        assertThat(address.receiveScale()).isEqualTo(3);
        assertThat(address.conjugate()).isTrue();
        assertThat(address.oversampling()).hasValue(6);
        assertThat(address.delaySamples()).hasValue(2);
        assertThat(address.segmentSeconds()).isEqualTo(1.5);
        assertThat(address.longestSeconds()).isEqualTo(0.3);
        assertThat(address.exchangeSeconds()).isEqualTo(0.01);
        assertThat(address.timeoutMillis()).isEqualTo(2500);
        assertThat(address.patienceSeconds()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "marcos:nothing | name or address is missing",
                "marcos://h?bord=ocra1 | 'bord' is not known",
                "marcos://h?board=ocra2 | ocra1 or gpa-fhdo",
                "marcos://h?spi=64 | option 'spi' wants a number",
                "marcos://h?spi=1.5 | whole number",
                "marcos://h?spi=1&updates=1000 | give one of them",
                "marcos://h?updates=1 | board cannot change 1.0 times",
                "marcos://h?gradient=1,2 | one number or three",
                "marcos://h?shim=9,0,0 | more than half the gradient's full scale",
                "marcos://h?rf=x | option 'rf' wants a number",
                "marcos://h?tx=2 | option 'tx'",
                "marcos://h?conjugate=1 | wants yes or no",
                "marcos://h?timeout=1&timeout=2 | given twice",
                "marcos://h?profile=nowhere | no scanner profile",
                "marcos://h?profile=/no/such.yaml | no profile file"
            })
    void whatCannotBeIsRefusedByName(String address, String problem) {
        assertThatThrownBy(() -> parse(address))
                .isInstanceOfSatisfying(
                        ScannerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
                .hasMessageContaining(problem);
    }

    @Test
    void somebodyElsesOptionsArePassedOver() throws Exception {
        assertThat(MarcosAddress.parse(URI.create("marcos://h?noise=0&spi=7"), Set.of("noise"))
                        .marga()
                        .spiDivider())
                .isEqualTo(7);
    }

    @Test
    void whatWasMeasuredComesFromTheProfileUnlessTheAddressSaysOtherwise(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("mine.yaml");
        String osi2one;
        try (InputStream in = ScannerProfile.class.getResourceAsStream("profiles/osi2one.yaml")) {
            osi2one = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Files.writeString(file, osi2one + """

                marcos:
                  transmitFullScaleHertz: 6100
                  receiveScale: 42
                  gradientFullScaleMilliteslaPerMeter: [16, 17, 18]
                  shimMilliteslaPerMeter: [0.01, 0.02, 0.03]
                  gradientPolynomials:
                    y: [0.001, 0.99, 0, 0.01]
                """);
        MarcosAddress address = parse("marcos://h?profile=" + file);
        double perMillitesla = 1e-3 * address.limits().gammaHertzPerTesla();
        assertThat(address.marga().transmitFullScaleHertz()).isEqualTo(6100);
        assertThat(address.receiveScale()).isEqualTo(42);
        assertThat(address.marga().gradients().get(2).fullScaleHertzPerMeter())
                .isCloseTo(18 * perMillitesla, within(1e-6));
        assertThat(address.marga().gradients().get(1).polynomial()).containsExactly(0.001, 0.99, 0.0, 0.01);
        MarcosAddress other = parse("marcos://h?receive=7&gradient=20&profile=" + file);
        assertThat(other.receiveScale()).isEqualTo(7);
        assertThat(other.marga().gradients().get(2).fullScaleHertzPerMeter())
                .isCloseTo(20 * perMillitesla, within(1e-6));
        Files.writeString(file, osi2one + "\nmarcos:\n  receiveGain: 3\n");
        assertThatThrownBy(() -> parse("marcos://h?profile=" + file)).hasMessageContaining("marcos.receiveGain");
    }

    @Test
    void aGradientThatWasToldCanBeReadBack() {
        GradientScale scale = new GradientScale(600e3, 20e3, List.of(0.002, 0.98, 0.01, 0.02));
        for (double hertzPerMeter = -550e3; hertzPerMeter <= 550e3; hertzPerMeter += 10e3) {
            assertThat(scale.hertzPerMeter(scale.share(hertzPerMeter))).isCloseTo(hertzPerMeter, within(1e-3));
            for (GradientBoard board : GradientBoard.values()) {
                int word = board.word(2, scale.share(hertzPerMeter), true);
                assertThat(board.setsAnOutput(word)).isTrue();
                assertThat(board.channel(word)).isEqualTo(2);
                assertThat(board.takesOver(word)).isTrue();
                assertThat(scale.hertzPerMeter(board.share(word))).isCloseTo(hertzPerMeter, within(12.0));
            }
        }
    }
}
