package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.compile.EventTable;
import org.junit.jupiter.api.Test;

/** Where a spin echo's coherences are while it is read. */
class CoherenceSurveyTest {
    private static final double SLICE_GRADIENT = 400e3;
    private static final double PULSE_SECONDS = 2e-3;
    private static final double CRUSHER = 600;
    private static final double READ_GRADIENT = 100e3;
    private static final double DWELL = 40e-6;
    private static final int SAMPLES = 128;
    private static final double EXTENT = READ_GRADIENT * DWELL * SAMPLES;

    private static Gradient lobe(double area) {
        return Experiment.trapezoid(area / 1.2e-3, 1e-3);
    }

    private static RfPulse pulse(double degrees, double phase) {
        return Experiment.delayed(Experiment.sincPulse(degrees, PULSE_SECONDS, 4, 0, phase), 200e-6);
    }

    /** Slices along z are read along x; the refocusing pulse stands between crushers along z. */
    private static Experiment spinEcho() {
        Gradient select = Experiment.trapezoid(SLICE_GRADIENT, PULSE_SECONDS);
        double half = 0.5 * SLICE_GRADIENT * (PULSE_SECONDS + 200e-6);
        return new Experiment()
                .rf(pulse(90, 0), null, null, select)
                .gradient(lobe(EXTENT / 2 + 0.5 * READ_GRADIENT * 200e-6), null, lobe(CRUSHER - half))
                .rf(pulse(180, Math.PI / 2), null, null, select)
                .gradient(null, null, lobe(CRUSHER))
                .read(
                        Experiment.delayed(Experiment.adc(SAMPLES, DWELL), 200e-6),
                        Experiment.trapezoid(READ_GRADIENT, SAMPLES * DWELL),
                        null,
                        null);
    }

    private static CoherenceReach reach(EventTable table) {
        ScannerFields fields = new ScannerFields(Imperfections.NONE, Experiment.LIMITS, 0);
        try {
            TableSurvey survey = TableSurvey.of(table, new PulseLibrary(1), fields, () -> false);
            return CoherenceSurvey.of(table, survey, fields, List.of(new Material("water", 1, 1, 0.5)), () -> false);
        } catch (UnplayableTableException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theEchoRunsThroughTheCentreOfKSpaceFromEndToEnd() {
        CoherenceReach reach = reach(spinEcho().table());
        double middle = reach.power(0, 0, 0);

        assertThat(reach.edge()).isEqualTo(Vec3.X);
        assertThat(reach.power(0.45 * EXTENT, 0, 0)).isGreaterThan(0.5 * middle);
        assertThat(reach.power(-0.45 * EXTENT, 0, 0)).isGreaterThan(0.5 * middle);
        assertThat(reach.power(0, 0.5 * EXTENT, 0)).isLessThan(1e-4 * middle);
    }

    @Test
    void theDecayAfterRefocusingIsWhereItsCrusherLeftItAndIsReadOneSided() {
        CoherenceReach reach = reach(spinEcho().table());
        double middle = reach.power(0, 0, 0);
        double decay = CRUSHER + 0.5 * SLICE_GRADIENT * (PULSE_SECONDS + 200e-6);

        assertThat(reach.power(0.9 * EXTENT, 0, decay)).isGreaterThan(1e-3 * middle);
        assertThat(reach.power(-0.4 * EXTENT, 0, -2 * decay)).isLessThan(1e-6 * middle);
    }

    @Test
    void nothingIsKnownWhereNothingIsEncodedOrNoSliceSelected() {
        Gradient select = Experiment.trapezoid(SLICE_GRADIENT, PULSE_SECONDS);
        EventTable notEncoded = new Experiment()
                .rf(pulse(90, 0), null, null, select)
                .read(Experiment.adc(SAMPLES, DWELL))
                .table();
        EventTable notSelected = new Experiment()
                .rf(Experiment.hardPulse(90, 100e-6, 0, 0))
                .read(Experiment.adc(SAMPLES, DWELL), Experiment.trapezoid(READ_GRADIENT, SAMPLES * DWELL), null, null)
                .table();

        assertThat(reach(notEncoded)).isNull();
        assertThat(reach(notSelected)).isNull();
    }
}
