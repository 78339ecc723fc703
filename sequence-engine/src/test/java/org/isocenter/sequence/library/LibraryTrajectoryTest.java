package org.isocenter.sequence.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.Rotation;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Vec3;
import org.isocenter.model.Violation;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.TestSystems;
import org.isocenter.sequence.trajectory.KspaceTrajectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LibraryTrajectoryTest {
    private static final SystemLimits LIMITS = TestSystems.lowField();

    static Stream<Arguments> imagingSequences() {
        return Stream.of(
                        "b0map ESP=1.234ms",
                        "b1map",
                        "bssfp2d partialFourier=70%",
                        "bssfp3d viewOrder=out-in",
                        "gre2d",
                        "gre2d echoes=4 readoutMode=bipolar ESP=6ms viewOrder=in-out",
                        "gre3d",
                        "gre3d echoes=3 partialFourier=70% viewOrder=centric",
                        "ir2d",
                        "mprage trainAxis=lines ETL=8 viewOrder=centric partialFourier=70%",
                        "mprage inversionPulse=plain pulseShape=slr",
                        "se2d",
                        "se2d echoes=3 ESP=30ms partialFourier=70%",
                        "se3d",
                        "sr2d",
                        "tse2d",
                        "tse2d TI=600ms drivenEquilibrium=yes TR=4s",
                        "tse3d",
                        "tse3d viewOrder=in-out TE=10ms partialFourier=80%",
                        "localizer")
                .flatMap(name -> Stream.of(Arguments.of(name, false), Arguments.of(name, true)));
    }

    /**
     * Small, anisotropic, with an odd number of lines; oblique and off centre when asked.
     *
     * @param description name of a sequence, and settings of it
     */
    private static Protocol protocol(String description, boolean oblique) {
        String[] parts = description.split(" ");
        SequenceBuilder builder = SequenceLibrary.find(parts[0]).orElseThrow();
        Protocol protocol = SequenceLibrary.defaults(builder, LIMITS)
                .with("matrix", 40)
                .with("matrixPhase", 21)
                .with("FOV", 0.25)
                .with("FOVphase", 0.21)
                .with("BW", 19_300);
        protocol = protocol.has("partitions") ? protocol.with("partitions", 6) : protocol.with("slices", 3);
        if (oblique) {
            protocol = protocol.with("offsetX", 0.02).with("offsetY", -0.03).with("offsetZ", 0.015);
        }
        if (oblique && protocol.has("tilt1")) {
            protocol = protocol.with("orientation", 2)
                    .with("tilt1", 0.3)
                    .with("tilt2", -0.5)
                    .with("rotation", 0.7);
        }
        for (int i = 1; i < parts.length; i++) {
            String[] setting = parts[i].split("=");
            protocol = protocol.withText(setting[0], setting[1]);
        }
        for (int tries = 0; !builder.validate(protocol, LIMITS).isEmpty() && tries < 3; tries++) {
            Violation.Remedy remedy =
                    builder.validate(protocol, LIMITS).get(0).remedies().get(0);
            protocol = protocol.with(remedy.parameter(), remedy.value());
        }
        assertThat(builder.validate(protocol, LIMITS)).isEmpty();
        return protocol;
    }

    private static SequencePlan plan(Protocol protocol, PatientPosition position) {
        return SequenceLibrary.find(protocol.sequence()).orElseThrow().build(protocol, LIMITS, position);
    }

    @ParameterizedTest(name = "{0}, oblique {1}")
    @MethodSource("imagingSequences")
    void everySampleLiesWhereItsCountersSay(String name, boolean oblique) {
        PatientPosition position = oblique ? PatientPosition.FFDL : PatientPosition.HFS;
        SequencePlan plan = plan(protocol(name, oblique), position);
        Sequence sequence = plan.sequence();

        List<Integer> windows = new ArrayList<>();
        KspaceTrajectory.forEachWindow(sequence, window -> {
            ReadoutHeader header = plan.readouts().get(window.adcIndex());
            Encoding encoding = plan.encodings().get(header.encodingSpace());
            Rotation toDevice = position.patientToDevice();
            Vec3 read = toDevice.apply(header.geometry().read());
            Vec3 phase = toDevice.apply(header.geometry().phase());
            Vec3 slice = toDevice.apply(header.geometry().slice());
            double kPhase = (header.counters().step1() - encoding.step1().center())
                    / encoding.reconFovMeters().y();
            double kSlice = (header.counters().step2() - encoding.step2().center())
                    / encoding.reconFovMeters().z();
            double largest =
                    encoding.encodedX() / 2 / encoding.encodedFovMeters().x();
            for (int s = 0; s < window.samples(); s++) {
                Vec3 k = new Vec3(window.kx()[s], window.ky()[s], window.kz()[s]);
                int direction = header.has(AcquisitionFlags.REVERSE) ? -1 : 1;
                double kRead = direction
                        * (s - header.centerSample())
                        / encoding.encodedFovMeters().x();
                assertThat(k.dot(read)).isCloseTo(kRead, within(1e-6 * largest));
                assertThat(k.dot(phase)).isCloseTo(kPhase, within(1e-6 * largest));
                assertThat(k.dot(slice)).isCloseTo(kSlice, within(1e-6 * largest));
            }
            assertThat(header.startSeconds()).isCloseTo(window.startSeconds(), within(1e-12));
            assertThat(header.samples()).isEqualTo(encoding.encodedX());
            windows.add(window.adcIndex());
        });
        assertThat(windows).hasSize(plan.readouts().size());
    }

    @ParameterizedTest(name = "{0}, oblique {1}")
    @MethodSource("imagingSequences")
    void theCentralLineIsMeasuredAtTheEchoTime(String name, boolean oblique) {
        SequencePlan plan = plan(protocol(name, oblique), PatientPosition.HFS);
        List<Double> echoTimes = plan.parameters().echoTimesSeconds();
        int[] central = {0};

        KspaceTrajectory.forEachWindow(plan.sequence(), window -> {
            ReadoutHeader header = plan.readouts().get(window.adcIndex());
            Encoding encoding = plan.encodings().get(header.encodingSpace());
            if (header.counters().step1() == encoding.step1().center()) {
                double echo = window.timeSeconds(header.centerSample()) - window.excitationSeconds();
                assertThat(echo).isCloseTo(echoTimes.get(header.counters().contrast()), within(1.001e-6));
                central[0]++;
            }
        });
        assertThat(central[0]).isPositive();
    }

    @Test
    void refocusingPulsesStandMidwayBetweenEchoes() {
        SequencePlan plan = plan(protocol("tse2d", false), PatientPosition.HFS);
        Sequence sequence = plan.sequence();
        double half = 0.5 * protocol("tse2d", false).number("ESP");
        double excitation = Double.NaN;
        int refocusings = 0;
        for (int block = 0; block < sequence.blockCount(); block++) {
            if (sequence.rfId(block) == 0) {
                continue;
            }
            RfPulse rf = sequence.rfPulse(sequence.rfId(block));
            double center = (sequence.startPs(block) + rf.delayPs()) * 1e-12 + rf.centerSeconds();
            if (rf.use() == RfUse.EXCITATION) {
                excitation = center;
                refocusings = 0;
            } else {
                // The excitation's effective centre lies up to half a step off the grid of the other pulses.
                assertThat(center - excitation).isCloseTo((2 * refocusings + 1) * half, within(5e-6));
                refocusings++;
            }
        }
        assertThat(refocusings).isEqualTo(8);
    }

    /**
     * A point at the centre of an off-centre slice must give every readout the same phase, up to the sign convention that
     * the receiver's conjugate has: pulse and receiver are followed by hand through gradients known from the trajectory.
     */
    @ParameterizedTest(name = "{0}, oblique {1}")
    @MethodSource("imagingSequences")
    void theReceiverFollowsTheCentreOfTheFieldOfView(String name, boolean oblique) {
        PatientPosition position = PatientPosition.FFP;
        SequencePlan plan = plan(protocol(name, oblique), position);
        double[] excitationPhase = {0};
        List<Double> rfPhases = excitationPhases(plan.sequence());

        KspaceTrajectory.forEachWindow(plan.sequence(), window -> {
            ReadoutHeader header = plan.readouts().get(window.adcIndex());
            Vec3 center = position.patientToDevice().apply(header.geometry().centerMeters());
            Adc adc = window.adc();
            excitationPhase[0] = rfPhases.get(window.excitations() - 1);
            for (int s = 0; s < window.samples(); s += 7) {
                Vec3 k = new Vec3(window.kx()[s], window.ky()[s], window.kz()[s]);
                // The slice is not encoded in a readout: its offset was the pulse's business.
                double seconds = (s + 0.5) * window.dwellSeconds();
                double demodulation =
                        2 * Math.PI * adc.frequencyHertz() * seconds + adc.phaseRadians() - excitationPhase[0];
                double precession = 2 * Math.PI * k.dot(center);
                assertThat(Math.IEEEremainder(demodulation - precession, 2 * Math.PI))
                        .as("readout %d sample %d", window.adcIndex(), s)
                        .isCloseTo(0, within(1e-6));
            }
        });
    }

    /** Phase at the centre of each excitation, seen on resonance with its own frequency. */
    private static List<Double> excitationPhases(Sequence sequence) {
        List<Double> phases = new ArrayList<>();
        for (int block = 0; block < sequence.blockCount(); block++) {
            if (sequence.rfId(block) == 0) {
                continue;
            }
            RfPulse rf = sequence.rfPulse(sequence.rfId(block));
            double phase = rf.phaseRadians() + 2 * Math.PI * rf.frequencyHertz() * rf.centerSeconds();
            if (rf.use() == RfUse.EXCITATION) {
                phases.add(phase);
            } else if (rf.use() == RfUse.REFOCUSING) {
                double quarter = phase - phases.get(phases.size() - 1) - Math.PI / 2;
                assertThat(Math.IEEEremainder(quarter, 2 * Math.PI)).isCloseTo(0, within(1e-6));
            }
        }
        return phases;
    }

    @Test
    void slicePulsesAreTunedToTheirSlice() {
        SequencePlan plan = plan(protocol("se2d", true), PatientPosition.HFS);
        Sequence sequence = plan.sequence();
        List<Vec3> centers = plan.readouts().stream()
                .map(r -> r.geometry().centerMeters())
                .distinct()
                .toList();
        assertThat(centers).hasSize(3);
        for (int block = 0; block < sequence.blockCount(); block++) {
            if (sequence.rfId(block) == 0) {
                continue;
            }
            RfPulse rf = sequence.rfPulse(sequence.rfId(block));
            long middle = rf.delayPs() + Math.round(rf.centerSeconds() * 1e12);
            double gz = sequence.gradient(sequence.gradientId(block, Axis.Z))
                    .waveform(sequence.rasters())
                    .at(middle);
            Vec3 gradient = sequence.rotation(block).apply(new Vec3(0, 0, gz));
            assertThat(centers.stream().mapToDouble(c -> Math.abs(gradient.dot(c) - rf.frequencyHertz())))
                    .anyMatch(off -> off < 1e-6);
        }
    }

    @Test
    void anAxialScanNeedsNoRotationAndAnObliqueOneTurnsEveryGradient() {
        Sequence axial = plan(protocol("gre2d", false), PatientPosition.HFS).sequence();
        Sequence oblique = plan(protocol("gre2d", true), PatientPosition.HFS).sequence();
        for (int block = 0; block < axial.blockCount(); block++) {
            assertThat(axial.rotation(block).isIdentity()).isTrue();
        }
        for (int block = 0; block < oblique.blockCount(); block++) {
            boolean hasGradient = false;
            for (Axis axis : Axis.values()) {
                hasGradient |= oblique.gradientId(block, axis) != 0;
            }
            assertThat(oblique.rotation(block).isIdentity()).isEqualTo(!hasGradient);
        }
    }
}
