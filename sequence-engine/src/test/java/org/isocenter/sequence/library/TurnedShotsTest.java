package org.isocenter.sequence.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.TestSystems;
import org.isocenter.sequence.Waveform;
import org.isocenter.sequence.trajectory.KspaceTrajectory;
import org.isocenter.sequence.trajectory.ReadoutTrajectories;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Radial and spiral sequences: their trajectories, and that the receiver looks where the field of view is. */
class TurnedShotsTest {
    private static final Vec3 CENTER = new Vec3(0.02, -0.013, 0.007);

    private final SystemLimits limits = TestSystems.all().get(0);

    @ParameterizedTest
    @ValueSource(strings = {"radial2d", "radial3d", "ute3d", "petra", "spiral2d"})
    void offCentreTheReceiverFollowsThePhaseOfThatPlace(String name) {
        Protocol protocol = small(name)
                .with("offsetX", CENTER.x())
                .with("offsetY", CENTER.y())
                .with("offsetZ", CENTER.z())
                .with("tilt1", 0.3)
                .with("rotation", -0.4);
        SequencePlan plan = build(protocol);
        KspaceTrajectory.forEachWindow(plan.sequence(), window -> {
            Vec3 place = plan.readouts().get(window.adcIndex()).geometry().centerMeters();
            Adc adc = window.adc();
            double reference = Double.NaN;
            for (int i = 0; i < window.samples(); i++) {
                double k = window.kx()[i] * place.x() + window.ky()[i] * place.y() + window.kz()[i] * place.z();
                double shape = adc.phaseShapeRadians() == null
                        ? 0
                        : adc.phaseShapeRadians().at(i);
                double time = (i + 0.5) * adc.dwellPs() * 1e-12;
                double receiver = adc.phaseRadians() + 2 * Math.PI * adc.frequencyHertz() * time + shape;
                double difference = Math.IEEEremainder(receiver - 2 * Math.PI * k, 2 * Math.PI);
                reference = i == 0 ? difference : reference;
                assertThat(Math.IEEEremainder(difference - reference, 2 * Math.PI))
                        .as("%s window %d sample %d", name, window.adcIndex(), i)
                        .isCloseTo(0, within(1e-4));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"radial2d", "radial3d", "ute3d", "petra", "spiral2d"})
    void theSamplesReachTheEdgeOfKspaceAndItsCentre(String name) {
        Protocol protocol = small(name);
        SequencePlan plan = build(protocol);
        ReadoutTrajectories trajectories = ReadoutTrajectories.of(plan, PatientPosition.HFS);
        double edge = protocol.count("matrix") / (2 * protocol.number("FOV"));
        double farthest = 0;
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < plan.readouts().size(); i++) {
            int dimensions = trajectories.dimensions(i);
            assertThat(dimensions).isEqualTo(name.endsWith("2d") ? 2 : 3);
            float[] k = trajectories.perMeter(i);
            double largest = 0;
            for (int s = 0; s < k.length; s += dimensions) {
                double square = 0;
                for (int d = 0; d < dimensions; d++) {
                    square += (double) k[s + d] * k[s + d];
                }
                largest = Math.max(largest, Math.sqrt(square));
                nearest = Math.min(nearest, Math.sqrt(square));
            }
            farthest = Math.max(farthest, largest);
        }
        assertThat(farthest).isBetween(0.97 * edge, 1.1 * edge);
        assertThat(nearest).isLessThan(0.1 / protocol.number("FOV"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"radial2d", "radial3d", "ute3d", "petra", "spiral2d"})
    void whatIsSpoiledIsTheSameWhateverTheDirection(String name) {
        Sequence sequence = build(small(name)).sequence();
        Vec3 first = null;
        Vec3 moment = Vec3.ZERO;
        for (int block = 0; block < sequence.blockCount(); block++) {
            double[] from = new double[3];
            for (Axis axis : Axis.values()) {
                int id = sequence.gradientId(block, axis);
                Waveform waveform =
                        id == 0 ? Waveform.ZERO : sequence.gradient(id).held(sequence.rasters());
                // Of the block with the pulse, what comes after its centre counts.
                from[axis.ordinal()] = waveform.areaPerMeter() - beforePulse(sequence, block, waveform);
            }
            if (sequence.rfId(block) != 0 && block > 0) {
                first = first == null ? moment : first;
                assertThat(moment.minus(first).norm()).as("block %d", block).isLessThan(0.5);
                moment = Vec3.ZERO;
            }
            moment = moment.plus(sequence.rotation(block).apply(new Vec3(from[0], from[1], from[2])));
        }
        assertThat(first).isNotNull();
        assertThat(first.norm()).isGreaterThan(300);
    }

    private static double beforePulse(Sequence sequence, int block, Waveform waveform) {
        if (sequence.rfId(block) == 0) {
            return 0;
        }
        var pulse = sequence.rfPulse(sequence.rfId(block));
        long center = pulse.delayPs() + Math.round(pulse.centerSeconds() * 1e12);
        double sum = 0;
        for (int i = 1; i < waveform.timesPs().length; i++) {
            long start = Math.min(center, waveform.timesPs()[i - 1]);
            long end = Math.min(center, waveform.timesPs()[i]);
            sum += 0.5 * (waveform.at(start) + waveform.at(end)) * (end - start) * 1e-12;
        }
        return sum;
    }

    private Protocol small(String name) {
        SequenceBuilder builder = SequenceLibrary.find(name).orElseThrow();
        Protocol protocol =
                SequenceLibrary.defaults(builder, limits).with("matrix", 24).with("dummies", 1);
        return protocol.has("spokes") ? protocol.with("spokes", 20) : protocol.with("interleaves", 8);
    }

    private SequencePlan build(Protocol protocol) {
        SequenceBuilder builder = SequenceLibrary.find(protocol.sequence()).orElseThrow();
        return builder.build(protocol, limits, PatientPosition.HFS);
    }
}
