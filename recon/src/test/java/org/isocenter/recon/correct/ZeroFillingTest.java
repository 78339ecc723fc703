package org.isocenter.recon.correct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.fft.GridFft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZeroFillingTest {
    /** k-space of a point {@code at} pixels, not a whole number of them, from the centre of each axis. */
    private static ChannelGrid point(int sizeX, int sizeY, int sizeZ, double at) {
        ChannelGrid kSpace = new ChannelGrid(1, sizeX, sizeY, sizeZ);
        for (int i = 0; i < kSpace.points(); i++) {
            double turns = (i % sizeX - sizeX / 2) / (double) sizeX
                    + (i / sizeX % sizeY - sizeY / 2) / (double) sizeY
                    + (sizeZ == 1 ? 0 : (i / sizeX / sizeY - sizeZ / 2) / (double) sizeZ);
            kSpace.real(0)[i] = (float) Math.cos(-2 * Math.PI * turns * at);
            kSpace.imaginary(0)[i] = (float) Math.sin(-2 * Math.PI * turns * at);
        }
        return kSpace;
    }

    /** One pixel of the old matrix from its centre is a third or a half as many of the new. */
    @ParameterizedTest
    @CsvSource({"8, 24", "9, 27", "9, 18", "8, 16", "5, 10", "7, 21"})
    void aPointStaysWhereItIsAndAsHighAsItWas(int from, int to) {
        ChannelGrid filled = ZeroFilling.to(point(from, from, from, 1), to, to, to);
        GridFft.inverse(filled);
        int brightest = 0;
        for (int i = 0; i < filled.points(); i++) {
            if (magnitude(filled, i) > magnitude(filled, brightest)) {
                brightest = i;
            }
        }
        int wanted = to / 2 + to / from;
        assertThat(brightest).isEqualTo((wanted * to + wanted) * to + wanted);
        assertThat(magnitude(filled, brightest)).isEqualTo(Math.pow(from, 3), within(1e-3));
        assertThat((double) filled.imaginary(0)[brightest]).isEqualTo(0, within(1e-3));
    }

    private static double magnitude(ChannelGrid grid, int i) {
        return Math.hypot(grid.real(0)[i], grid.imaginary(0)[i]);
    }

    @Test
    void aSmallerMatrixIsRefusedWithBothSizes() {
        assertThatThrownBy(() -> ZeroFilling.to(new ChannelGrid(1, 8, 8, 2), 16, 7, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8×8×2")
                .hasMessageContaining("16×7×2");
    }
}
