package org.isocenter.recon.readouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.Vec3;
import org.isocenter.recon.cartesian.PointScan;
import org.isocenter.recon.chain.Chain;
import org.isocenter.recon.chain.ChainReconstruction;
import org.isocenter.recon.chain.RawSteps;
import org.isocenter.recon.readouts.AveragingStep.Correction;
import org.isocenter.recon.standard.StandardSteps;
import org.junit.jupiter.api.Test;

class AveragingTest {
    private static final double DWELL = 1e-5;
    private static final Encoding ENCODING = PointScan.encoding(16, 8, 1, 1);
    private static final Vec3 POINT = EncodingGeometry.AXIAL.pointMeters(2 * 2e-3, -3e-3, 0);

    /** Average a is turned by a·radians, and by a·hertz along the readout. */
    private static RawData scan(int averages, double radians, double hertz, double noise) {
        Random random = new Random(3);
        List<Readout> readouts = new ArrayList<>();
        for (int a = 0; a < averages; a++) {
            for (int y = 0; y < 8; y++) {
                EncodingCounters counters = new EncodingCounters(y, 0, a, 0, 0, 0, 0, 0, 0);
                Readout line = PointScan.line(ENCODING, EncodingGeometry.AXIAL, POINT, counters, 0, 0, 32, 16, 1);
                for (int s = 0; s < 32; s++) {
                    double angle = a * (radians + 2 * Math.PI * hertz * DWELL * (s - 16));
                    double re = line.real()[s] * Math.cos(angle) - line.imaginary()[s] * Math.sin(angle);
                    double im = line.real()[s] * Math.sin(angle) + line.imaginary()[s] * Math.cos(angle);
                    line.real()[s] = (float) (re + noise * random.nextGaussian());
                    line.imaginary()[s] = (float) (im + noise * random.nextGaussian());
                }
                readouts.add(line);
            }
        }
        return PointScan.raw(ENCODING.withAverages(averages), readouts);
    }

    @Test
    void driftOfPhaseAndFrequencyIsFoundAndUndone() {
        List<String> notes = new ArrayList<>();
        RawData once = scan(1, 0, 0, 0);
        RawData averaged =
                RawSteps.run(new AveragingStep(Correction.FREQUENCY), scan(3, Math.toRadians(50), 700, 0), notes);

        assertThat(averaged.size()).isEqualTo(8);
        assertThat(averaged.isComplete()).isTrue();
        assertThat(averaged.header().encodings().get(0).averages()).isEqualTo(1);
        for (int i = 0; i < 8; i++) {
            assertThat(averaged.readout(i).real())
                    .usingComparatorWithPrecision(1e-4f)
                    .containsExactly(once.readout(i).real());
        }
        assertThat(notes).containsExactly("averages had drifted by up to 100° and 1400.00 Hz: undone before adding");
    }

    @Test
    void phaseAloneIsUndoneWhereThatIsWanted() {
        RawData once = scan(1, 0, 0, 0);
        RawData averaged = RawSteps.run(new AveragingStep(Correction.PHASE), scan(2, 2.5, 0, 0), new ArrayList<>());
        assertThat(averaged.readout(3).imaginary())
                .usingComparatorWithPrecision(1e-5f)
                .containsExactly(once.readout(3).imaginary());
    }

    @Test
    void withoutCorrectionItIsThePlainMean() {
        RawData averaged = RawSteps.run(new AveragingStep(Correction.NONE), scan(2, Math.PI, 0, 0), new ArrayList<>());
        assertThat(averaged.readout(0).real())
                .usingComparatorWithPrecision(1e-6f)
                .containsOnly(0);
    }

    @Test
    void noiseAveragesOutBesideTheSignal() {
        RawData averaged =
                RawSteps.run(new AveragingStep(Correction.FREQUENCY), scan(16, 0.3, 20, 0.4), new ArrayList<>());
        RawData once = scan(1, 0, 0, 0);
        double sum = 0;
        for (int i = 0; i < 8; i++) {
            for (int s = 0; s < 32; s++) {
                sum += Math.pow(averaged.readout(i).real()[s] - once.readout(i).real()[s], 2);
            }
        }
        // A quarter of the noise of one, and what the estimate of the drift has of it.
        assertThat(Math.sqrt(sum / 256)).isEqualTo(0.1, within(0.02));
    }

    @Test
    void aScanWithoutAveragesStaysAsItIs() {
        RawData raw = scan(1, 0, 0, 0);
        assertThat(RawSteps.run(new AveragingStep(Correction.FREQUENCY), raw, new ArrayList<>()))
                .isSameAs(raw);
    }

    @Test
    void magnitudesAddUpWhateverThePhase() {
        ImageVolume once = image(scan(1, 0, 0, 0), "magnitude-averaging");
        List<ImageVolume> opposite = images(scan(2, Math.PI, 0, 0), "magnitude-averaging");
        assertThat(opposite).hasSize(1);
        assertThat(opposite.get(0).name()).isEmpty();
        assertThat(opposite.get(0).acquiredFraction()).isEqualTo(1);
        assertThat(opposite.get(0).pixels()).usingComparatorWithPrecision(1e-3f).containsExactly(once.pixels());
        assertThat(image(scan(2, Math.PI, 0, 0), "").pixels())
                .usingComparatorWithPrecision(1e-3f)
                .containsOnly(0);
    }

    private static ImageVolume image(RawData raw, String last) {
        return images(raw, last).get(0);
    }

    private static List<ImageVolume> images(RawData raw, String last) {
        List<String> names = new ArrayList<>(List.of("cartesian-grid", "transform", "root-sum-of-squares"));
        if (!last.isEmpty()) {
            names.add(last);
        }
        Chain chain = new Chain(
                "test",
                "",
                names.stream()
                        .map(name -> StandardSteps.REGISTRY.named(name).with(Map.of()))
                        .toList());
        return new ChainReconstruction(chain).reconstruct(raw).volumes();
    }
}
