package org.isocenter.recon.correct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.fft.GridFft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a point at the centre, against the transform of the window in closed form. */
class KSpaceWindowTest {
    private static void assertPointSpread(KSpaceWindow window, int size, DoubleUnaryOperator wanted, double tolerance) {
        ChannelGrid grid = new ChannelGrid(1, size, 1, 1);
        Arrays.fill(grid.real(0), 1);
        window.apply(grid);
        GridFft.inverse(grid);
        for (int n = 0; n < size; n++) {
            assertThat((double) grid.real(0)[n] / size)
                    .as("pixel %d of %d", n, size)
                    .isEqualTo(wanted.applyAsDouble(n - size / 2), within(tolerance));
            if (size % 2 == 1) {
                assertThat((double) grid.imaginary(0)[n] / size).isEqualTo(0, within(1e-6));
            }
        }
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 63})
    void hannsWindowMakesAQuarterAHalfAQuarterOfAPoint(int size) {
        assertPointSpread(KSpaceWindow.hann(1), size, n -> n == 0 ? 0.5 : Math.abs(n) == 1 ? 0.25 : 0, 1e-6);
    }

    /** A raised cosine, whose transform is the pulse of digital links with the roll-off taper / (2 - taper). */
    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.5, 0.8})
    void tukeysWindowMakesARaisedCosinesPulseOfAPoint(double taper) {
        double rollOff = taper / (2 - taper);
        double width = 1 - taper / 2;
        DoubleUnaryOperator pulse = n -> {
            double t = width * n;
            return width * sinc(t) * Math.cos(Math.PI * rollOff * t) / (1 - Math.pow(2 * rollOff * t, 2));
        };
        assertPointSpread(KSpaceWindow.tukey(taper), 401, n -> pulse.applyAsDouble(n == 0 ? 0 : n + 1e-7), 1e-4);
    }

    /** Sommerfeld's: the transform of Fermi's function, whose step at k = 0 is e^(-radius/width). */
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.08})
    void fermisWindowMakesADampedSincOfAPoint(double width) {
        double radius = 0.6;
        double scale = 1 + Math.exp(-radius / width);
        DoubleUnaryOperator spread = n -> {
            double damped = Math.PI * Math.PI * width * n;
            double damping = n == 0 ? 1 : damped / Math.sinh(damped);
            return scale * radius * sinc(radius * n) * damping;
        };
        assertPointSpread(KSpaceWindow.fermi(radius, width), 255, spread, 1e-3);
    }

    @ParameterizedTest
    @ValueSource(doubles = {3, 4, 7.5})
    void gausssWindowMakesABellOfTheDeclaredWidthOfAPoint(double fwhm) {
        double height = 2 * Math.sqrt(Math.log(2) / Math.PI) / fwhm;
        assertPointSpread(KSpaceWindow.gauss(fwhm), 64, n -> height * Math.pow(0.5, Math.pow(2 * n / fwhm, 2)), 1e-4);
    }

    @Test
    void aZeroFilledKSpaceIsFilteredAsFarAsItWasMeasured() {
        ChannelGrid grid = new ChannelGrid(2, 4, 8, 2);
        for (int channel = 0; channel < 2; channel++) {
            Arrays.fill(grid.real(channel), 1);
        }
        KSpaceWindow.hann(1).apply(grid);
        ChannelGrid padded = new ChannelGrid(2, 4, 8, 2);
        for (int channel = 0; channel < 2; channel++) {
            Arrays.fill(padded.real(channel), 1);
        }
        ChannelGrid filtered = ZeroFilling.to(padded, 8, 16, 4);
        KSpaceWindow.hann(1).apply(filtered);
        assertThat(filtered.real(1)).isEqualTo(ZeroFilling.to(grid, 8, 16, 4).real(1));
    }

    @Test
    void parametersOutOfRangeAreNamed() {
        assertThatThrownBy(() -> KSpaceWindow.tukey(1.5)).hasMessageContaining("taper is 1.5");
        assertThatThrownBy(() -> KSpaceWindow.hann(0)).hasMessageContaining("share is 0.0");
    }
}
