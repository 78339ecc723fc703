package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.isocenter.model.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lattices for an image of 2 mm pixels in a slice of 5 mm, with crushers of 800 turns per metre. */
class LatticeSearchTest {
    private static final double EXTENT = 500;
    private static final double CRUSHER = 800;
    private static final double SLICE = 800;
    private static final int REACH = 40;

    /** The image's k-space, and the same dephased by a crusher in either direction, read from its middle on. */
    private static CoherenceReach reach(Vec3 axis, Vec3 edge) {
        return reach(axis, edge, Vec3.ZERO, 0);
    }

    /** The same, and one more. */
    private static CoherenceReach reach(Vec3 axis, Vec3 edge, Vec3 more, double strength) {
        CoherenceReach reach = new CoherenceReach(axis, edge, EXTENT, SLICE);
        Vec3 across = axis.cross(edge);
        int half = (int) (EXTENT / reach.cellPerMeter() / 2);
        for (int a = -half; a <= half; a++) {
            for (int b = -half; b <= half; b++) {
                Vec3 k = edge.scaled(a * reach.cellPerMeter()).plus(across.scaled(b * reach.cellPerMeter()));
                reach.add(k.x(), k.y(), k.z(), 1);
                for (int sign = -1; sign <= 1; sign += 2) {
                    Vec3 decay = k.plus(edge.scaled(0.5 * EXTENT)).plus(axis.scaled(sign * CRUSHER));
                    reach.add(decay.x(), decay.y(), decay.z(), 0.1);
                }
            }
        }
        reach.add(more.x(), more.y(), more.z(), strength);
        reach.settle(axis, new double[] {1, 0.9, 0.7, 0.4, 0.2, 0.1});
        reach.finish();
        return reach;
    }

    private static double powerAtReciprocalVectors(Lattice lattice, CoherenceReach reach) {
        Vec3 across = reach.axis().cross(reach.edge());
        Vec3 c = lattice.a()
                .cross(lattice.b())
                .scaled(1 / lattice.a().cross(lattice.b()).dot(lattice.c()));
        double sum = 0;
        for (int i = -REACH; i <= REACH; i++) {
            for (int j = -REACH; j <= REACH; j++) {
                for (int k = -REACH; k <= REACH; k++) {
                    Vec3 g = lattice.coordinateA()
                            .scaled(i)
                            .plus(lattice.coordinateB().scaled(j))
                            .plus(c.scaled(k));
                    if (i != 0 || j != 0 || k != 0) {
                        sum += reach.power(g.dot(reach.edge()), g.dot(across), g.dot(reach.axis()));
                    }
                }
            }
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3e-9, 1e-9, 2e-9})
    void itsReciprocalVectorsStayWhereNoCoherenceComes(double volume) {
        CoherenceReach reach = reach(Vec3.Z, Vec3.X);

        Lattice lattice = new LatticeSearch(reach, volume).best();

        assertThat(lattice.volumePerPoint()).isCloseTo(volume, within(1e-6 * volume));
        assertThat(powerAtReciprocalVectors(lattice, reach)).isLessThan(1e-3 * reach.power(0, 0, 0));
    }

    /** From the reciprocal vector that is nearest. */
    private static double distance(Lattice lattice, Vec3 k) {
        Vec3 normal = lattice.a().cross(lattice.b());
        return k.minus(lattice.coordinateA().scaled(Math.rint(k.dot(lattice.a()))))
                .minus(lattice.coordinateB().scaled(Math.rint(k.dot(lattice.b()))))
                .minus(normal.scaled(Math.rint(k.dot(lattice.c())) / normal.dot(lattice.c())))
                .norm();
    }

    /** As the lobes of diffusion weighting leave it. */
    @Test
    void itAvoidsWhatIsDephasedFartherThanATableCanHold() {
        Lattice plain = new LatticeSearch(reach(Vec3.Z, Vec3.X), 1e-9).best();
        Vec3 normal = plain.a().cross(plain.b());
        Vec3 unlucky = normal.scaled(40 / normal.dot(plain.c()));
        CoherenceReach reach = reach(Vec3.Z, Vec3.X, unlucky, 100);
        assertThat(unlucky.norm()).isGreaterThan(reach.largestAxial());
        assertThat(distance(plain, unlucky)).isLessThan(1);

        Lattice lattice = new LatticeSearch(reach, 1e-9).best();

        assertThat(distance(lattice, unlucky)).isGreaterThan(0.5 * reach.cellPerMeter());
    }

    @Test
    void itIsMuchBetterThanColumnsThatKnowNothingOfTheCrushers() {
        CoherenceReach reach = reach(Vec3.Z, Vec3.X);
        double volume = 8e-9;
        Lattice columns = Lattice.columns(Vec3.Z, Vec3.X, Math.cbrt(volume), volume);

        Lattice lattice = new LatticeSearch(reach, volume).best();

        assertThat(powerAtReciprocalVectors(lattice, reach))
                .isLessThan(0.03 * powerAtReciprocalVectors(columns, reach));
    }

    @Test
    void itTurnsWithTheSlice() {
        Vec3 axis = new Vec3(0.6, 0, 0.8);
        Lattice straight = new LatticeSearch(reach(Vec3.Z, Vec3.Y), 1e-9).best();
        Lattice turned = new LatticeSearch(reach(axis, Vec3.Y), 1e-9).best();

        assertThat(turned.a().dot(axis)).isCloseTo(straight.a().z(), within(1e-12));
        assertThat(turned.b().dot(Vec3.Y)).isCloseTo(straight.b().y(), within(1e-12));
        assertThat(turned.c().minus(axis.scaled(straight.c().z())).norm()).isLessThan(1e-12);
    }
}
