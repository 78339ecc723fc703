package org.isocenter.recon.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatticeTest {
    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "3, 2", "4, 1", "6, 5"})
    void linesAtEqualDistancesAreFoundDespiteAMeasuredMiddle(int step, int first) {
        SamplingPattern pattern = pattern(101, 1, (y, z) -> y % step == first || Math.abs(y - 50) < 8);
        assertThat(Lattice.of(pattern)).contains(new Lattice(step, 1, first, 0, 0));
    }

    @Test
    void bothAxesMayHaveGapsAndTheCornersMayBeLeftOut() {
        SamplingPattern pattern = pattern(48, 40, (y, z) -> {
            boolean inside = Math.hypot((y - 24) / 24.0, (z - 20) / 20.0) <= 1;
            return inside && (y % 2 == 1 && z % 3 == 2 || Math.abs(y - 24) < 6 && Math.abs(z - 20) < 6);
        });
        assertThat(Lattice.of(pattern)).contains(new Lattice(2, 3, 1, 2, 0));
    }

    @Test
    void shearedLatticesAreFound() {
        Lattice sheared = new Lattice(3, 2, 1, 0, 2);
        assertThat(Lattice.of(pattern(36, 24, sheared::has))).contains(sheared);
    }

    /** A side that was left out is no gap. */
    @Test
    void partialFourierIsNoUndersampling() {
        assertThat(Lattice.of(pattern(64, 1, (y, z) -> y >= 24)).orElseThrow().factor())
                .isEqualTo(1);
        assertThat(Lattice.of(pattern(64, 1, (y, z) -> y >= 24 && y % 2 == 0))).contains(new Lattice(2, 1, 0, 0, 0));
    }

    @Test
    void aLostLineDoesNotMakeASparserLattice() {
        assertThat(Lattice.of(pattern(256, 1, (y, z) -> y != 200)).orElseThrow().factor())
                .isEqualTo(1);
    }

    @Test
    void randomGapsAreNoLattice() {
        Random random = new Random(7);
        assertThat(Lattice.of(pattern(128, 1, (y, z) -> random.nextInt(3) == 0 || Math.abs(y - 64) < 8)))
                .isEmpty();
        assertThat(Lattice.of(pattern(60, 60, (y, z) -> random.nextInt(4) == 0)))
                .isEmpty();
        assertThat(Lattice.of(pattern(60, 60, (y, z) -> false))).isEmpty();
    }

    private static SamplingPattern pattern(int sizeY, int sizeZ, BiPredicate<Integer, Integer> measured) {
        boolean[] rows = new boolean[sizeY * sizeZ];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = measured.test(row % sizeY, row / sizeY);
        }
        return new SamplingPattern(sizeY, sizeZ, rows);
    }
}
