package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.virtual.phantom.Motion;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.model.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Motion as it is asked for in a scanner's address. */
class PhantomMotionTest {
    private static Phantom phantom(String options) throws ScannerException {
        return VirtualOptions.parse(URI.create("virtual:ideal?" + options)).phantom();
    }

    private static Vec3 place(Phantom phantom, double seconds, double x, double y, double z) {
        float[] px = {(float) x};
        float[] py = {(float) y};
        float[] pz = {(float) z};
        Motion motion = phantom.motion().orElseThrow();
        motion.trace(new int[px.length], px.clone(), py.clone(), pz.clone()).placesAt(seconds, px, py, pz);
        return new Vec3(px[0], py[0], pz[0]);
    }

    private static void assertAt(Vec3 found, double x, double y, double z) {
        assertThat(found.minus(new Vec3(x, y, z)).norm()).isLessThan(1e-6);
    }

    @Test
    void theBreastboneGoesForwardByItsAmplitudeInHalfAPeriodAndTheSpineStays() throws ScannerException {
        Phantom chest = phantom("phantom=chest&breathing.periodSeconds=3&breathing.frontMeters=0.01"
                + "&breathing.diaphragmMeters=0.02");
        assertAt(place(chest, 0, 0, -0.1, 0.12), 0, -0.1, 0.12);
        assertAt(place(chest, 1.5, 0, -0.1, 0.12), 0, -0.11, 0.12);
        assertAt(place(chest, 1.5, 0.05, -0.1, -0.06), 0.05, -0.11, -0.08);
        assertAt(place(chest, 3, 0.05, -0.1, -0.06), 0.05, -0.1, -0.06);
        assertAt(place(chest, 1.5, 0, 0.06, -0.06), 0, 0.06, -0.06);
        assertThat(chest.motion().orElseThrow().moves(0, 0, 0.06, -0.06)).isFalse();
        assertThat(phantom("phantom=chest&motion=none").motion()).isEmpty();
    }

    @Test
    void aPhantomSwingsAndTurns() throws ScannerException {
        Phantom swinging = phantom("phantom=bottle&motion.shift=0,5mm,0&motion.turn=0,0,90&motion.periodSeconds=4");
        assertAt(place(swinging, 0, 0.03, 0, 0.01), 0.03, 0, 0.01);
        assertAt(place(swinging, 1, 0.03, 0, 0.01), 0, 0.035, 0.01);
        assertAt(place(swinging, 3, 0.03, 0, 0.01), 0, -0.035, 0.01);
    }

    @Test
    void aPhantomMovesOnceInATimeOrInAStep() throws ScannerException {
        Phantom going = phantom("phantom=bottle&motion.shift=0,0,20mm&motion.startSeconds=2&motion.durationSeconds=4");
        assertAt(place(going, 2, 0, 0, 0), 0, 0, 0);
        assertAt(place(going, 3, 0, 0, 0), 0, 0, 0.005);
        assertAt(place(going, 9, 0, 0, 0), 0, 0, 0.02);
        Phantom stepping = phantom("phantom=bottle&motion.turn=90,0,0&motion.startSeconds=2");
        assertAt(place(stepping, 2, 0, 0.01, 0), 0, 0.01, 0);
        assertAt(place(stepping, 2.001, 0, 0.01, 0), 0, 0, 0.01);
    }

    @Test
    void motionOfItsOwnGoesWithThePhantomWhereItIsPut() throws ScannerException {
        // Turned about z by 90°, the front looks to the left.
        Phantom chest = phantom("phantom=chest&place=0,0,50mm&rotate=0,0,90&breathing.frontMeters=0.01"
                + "&breathing.diaphragmMeters=0");
        assertAt(place(chest, 2, 0.1, 0.02, 0), 0.11, 0.02, 0);
        Phantom shaken = phantom("phantom=chest&place=0,0,50mm&rotate=0,0,90&breathing.frontMeters=0.01"
                + "&breathing.diaphragmMeters=0&motion.shift=0,0,5mm&motion.startSeconds=1");
        assertAt(place(shaken, 2, 0.1, 0.02, 0), 0.11, 0.02, 0.005);
    }

    @Test
    void fluidGoesAroundInItsTubeAndIsRenewedAtTheEnd() throws ScannerException {
        Phantom flow = phantom(
                "phantom=flow&flow.metersPerSecond=0.1&flow.profile=plug&flow.pulsation=0.5" + "&flow.periodSeconds=2");
        // v·(t + p·P/2π·(1 - cos 2πt/P)), less two lengths of the tube.
        assertAt(place(flow, 1, -0.012, 0, -0.03), -0.012, 0, -0.03 + 0.1 * (1 + 0.5 * 2 / Math.PI) - 0.08);
        assertAt(place(flow, 2, -0.012, 0, -0.03), -0.012, 0, -0.03 + 0.2 - 2 * 0.08);
        boolean[] renewed = new boolean[1];
        Motion.Trace trace = flow.motion()
                .orElseThrow()
                .trace(new int[1], new float[] {-0.012f}, new float[] {0}, new float[] {-0.03f});
        assertThat(trace.renewed(0, 0.3, renewed)).isFalse();
        assertThat(trace.renewed(0, 2, renewed)).isTrue();
        assertThat(renewed[0]).isTrue();
        Motion motion = flow.motion().orElseThrow();
        assertThat(motion.moves(0, -0.036, 0, 0)).isFalse();
        assertThat(motion.moves(0, 0, 0.01, 0.02)).isFalse();
    }

    @Test
    void wherePointsComeIsKnownBeforehand() throws ScannerException {
        Phantom swinging = phantom("phantom=bottle&motion.shift=0,0,30mm&motion.periodSeconds=4");
        Motion.Course course = swinging.motion().orElseThrow().course(10);
        assertThat(course.visits(0, 0, 0, (x, y, z) -> Math.abs(z - 0.02) < 0.0005))
                .isTrue();
        assertThat(course.visits(0, 0, 0, (x, y, z) -> z > 0.0301)).isFalse();
        assertThat(course.halfExtentMeters(new Vec3(0.1, 0.1, 0.1)).z()).isCloseTo(0.13, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "phantom=bottle&motion=slow; motion=none",
                "phantom=bottle&motion.speed=2; not known",
                "phantom=bottle&motion.shift=0,5mm,0; motion.periodSeconds",
                "phantom=bottle&motion.periodSeconds=2; motion.shift",
                "phantom=bottle&motion.shift=0,5mm&motion.startSeconds=1; three numbers",
                "phantom=bottle&motion.shift=0,5mm,0&motion.periodSeconds=0; 0.05",
                "phantom=bottle&breathing.periodSeconds=4; phantom=chest",
                "phantom=flow&flow.profile=round; laminar, plug",
                "phantom=flow&motion=none&flow.metersPerSecond=1; contradicts"
            })
    void whatIsWrongIsSaid(String options, String hint) {
        assertThatThrownBy(() -> phantom(options))
                .isInstanceOf(ScannerException.class)
                .hasMessageContaining(hint);
    }
}
