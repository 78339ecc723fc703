package org.isocenter.sequence.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Diffusion;
import org.isocenter.model.Encoding;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.Rotation;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.TrajectoryDescription;
import org.isocenter.model.Vec3;
import org.isocenter.model.Violation;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.TestSystems;
import org.isocenter.sequence.check.SafetyCheck;
import org.isocenter.sequence.trajectory.DiffusionWeighting;
import org.isocenter.sequence.trajectory.KspaceTrajectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EchoPlanarTest {
    private static final SystemLimits LIMITS = TestSystems.lowField();

    static Stream<Arguments> variants() {
        return Stream.of("epi2d", "epise2d", "dwi2d")
                .flatMap(name -> Stream.of(
                        Arguments.of(name, true, true, 3, 1.0),
                        Arguments.of(name, false, true, 4, 0.65),
                        Arguments.of(name, true, false, 1, 1.0)));
    }

    /** Oblique and off centre, with an odd number of lines that the shots do not divide. */
    private static Protocol protocol(String name) {
        SequenceBuilder builder = SequenceLibrary.find(name).orElseThrow();
        return SequenceLibrary.defaults(builder, LIMITS)
                .with("matrix", 40)
                .with("matrixPhase", 25)
                .with("FOVphase", 0.21)
                .with("slices", 2)
                .with("TE", 0.14)
                .with("TR", 1)
                .with("orientation", 2)
                .with("tilt1", 0.3)
                .with("tilt2", -0.5)
                .with("offsetX", 0.02)
                .with("offsetY", -0.03);
    }

    private static SequencePlan plan(Protocol protocol, PatientPosition position) {
        SequenceBuilder builder = SequenceLibrary.find(protocol.sequence()).orElseThrow();
        assertThat(builder.validate(protocol, LIMITS)).isEmpty();
        return builder.build(protocol, LIMITS, position);
    }

    @ParameterizedTest(name = "{0}, ramps {1}, navigators {2}, {3} shots, partial Fourier {4}")
    @MethodSource("variants")
    void everySampleLiesWhereHeaderAndDescriptionSay(
            String name, boolean ramps, boolean navigators, int shots, double share) {
        PatientPosition position = PatientPosition.FFDL;
        SequencePlan plan = plan(
                protocol(name)
                        .with("rampSampling", ramps ? 1 : 0)
                        .with("navigators", navigators ? 1 : 0)
                        .with("shots", shots)
                        .with("partialFourier", share),
                position);
        Encoding encoding = plan.encodings().get(0);
        double[] described = described(encoding);
        int[] counts = new int[3];

        KspaceTrajectory.forEachWindow(plan.sequence(), window -> {
            ReadoutHeader header = plan.readouts().get(window.adcIndex());
            Rotation toDevice = position.patientToDevice();
            Vec3 read = toDevice.apply(header.geometry().read());
            Vec3 phase = toDevice.apply(header.geometry().phase());
            Vec3 slice = toDevice.apply(header.geometry().slice());
            boolean navigator = header.has(AcquisitionFlags.PHASE_CORRECTION);
            boolean reverse = header.has(AcquisitionFlags.REVERSE);
            int steps = header.counters().step1() - encoding.step1().center();
            double kPhase = navigator ? 0 : steps / encoding.reconFovMeters().y();
            int n = window.samples();
            for (int s = 0; s < n; s++) {
                Vec3 k = new Vec3(window.kx()[s], window.ky()[s], window.kz()[s]);
                assertThat(k.dot(read)).isCloseTo(described[reverse ? n - 1 - s : s], within(1e-3));
                assertThat(k.dot(phase)).isCloseTo(kPhase, within(1e-3));
                assertThat(k.dot(slice)).isCloseTo(0, within(1e-3));
            }
            Vec3 center = new Vec3(
                    window.kx()[header.centerSample()],
                    window.ky()[header.centerSample()],
                    window.kz()[header.centerSample()]);
            assertThat(center.dot(read)).isCloseTo(0, within(1e-4));
            counts[navigator ? 0 : 1]++;
            counts[2] += reverse ? 1 : 0;
        });
        int images = Math.max(1, plan.parameters().diffusion().size());
        assertThat(counts[0]).isEqualTo(navigators ? 3 * shots * 2 * images : 0);
        assertThat(counts[1]).isEqualTo(encoding.step1().count() * 2 * images);
        assertThat(counts[2]).isPositive();
        assertThat(SafetyCheck.report(plan.sequence(), LIMITS).failures()).isEmpty();
    }

    /** k of a forward line by the trapezoid that the header describes. */
    private static double[] described(Encoding encoding) {
        TrajectoryDescription d = encoding.description();
        assertThat(d.identifier()).isEqualTo("ConventionalEPI");
        double up = d.whole().get("rampUpTime") * 1e-6;
        double flat = d.whole().get("flatTopTime") * 1e-6;
        double dwell = d.numbers().get("dwellTime") * 1e-6;
        double amplitude = 1 / (dwell * encoding.encodedFovMeters().x());
        double[] k = new double[Math.toIntExact(d.whole().get("numSamples"))];
        for (int s = 0; s < k.length; s++) {
            double t = d.whole().get("acqDelayTime") * 1e-6 + (s + 0.5) * dwell;
            double fromMiddle = t - (up + flat / 2);
            double away = Math.abs(fromMiddle);
            double onRamp = Math.max(0, away - flat / 2);
            k[s] = Math.copySign(amplitude * (away - onRamp * onRamp / (2 * up)), fromMiddle);
        }
        return k;
    }

    @ParameterizedTest(name = "{0}, ramps {1}, navigators {2}, {3} shots, partial Fourier {4}")
    @MethodSource("variants")
    void theCentralLineIsMeasuredAtTheEchoTimeAndTheReceiverFollowsTheFieldOfView(
            String name, boolean ramps, boolean navigators, int shots, double share) {
        Protocol protocol = protocol(name)
                .with("rampSampling", ramps ? 1 : 0)
                .with("navigators", navigators ? 1 : 0)
                .with("shots", shots)
                .with("partialFourier", share);
        SequencePlan plan = plan(protocol, PatientPosition.HFS);
        int[] central = {0};
        double[] rfPhase = {0};
        List<Double> rfPhases = new ArrayList<>();
        for (int block = 0; block < plan.sequence().blockCount(); block++) {
            if (plan.sequence().rfId(block) != 0) {
                var rf = plan.sequence().rfPulse(plan.sequence().rfId(block));
                if (rf.use() == RfUse.EXCITATION) {
                    rfPhases.add(rf.phaseRadians() + 2 * Math.PI * rf.frequencyHertz() * rf.centerSeconds());
                }
            }
        }
        KspaceTrajectory.forEachWindow(plan.sequence(), window -> {
            ReadoutHeader header = plan.readouts().get(window.adcIndex());
            if (header.counters().step1() == 12 && !header.has(AcquisitionFlags.PHASE_CORRECTION)) {
                double echo = window.timeSeconds(header.centerSample()) - window.excitationSeconds();
                assertThat(echo)
                        .isCloseTo(plan.parameters().echoTimesSeconds().get(0), within(1e-9))
                        .isCloseTo(protocol.number("TE"), within(11e-6));
                central[0]++;
            }
            rfPhase[0] = rfPhases.get(window.excitations() - 1);
            Vec3 center = header.geometry().centerMeters();
            Adc adc = window.adc();
            for (int s = 0; s < window.samples(); s += 11) {
                Vec3 k = new Vec3(window.kx()[s], window.ky()[s], window.kz()[s]);
                double shape = adc.phaseShapeRadians() == null
                        ? 0
                        : adc.phaseShapeRadians().at(s);
                double turned = 2 * Math.PI * adc.frequencyHertz() * (s + 0.5) * window.dwellSeconds()
                        + adc.phaseRadians()
                        + shape
                        - rfPhase[0];
                assertThat(Math.IEEEremainder(turned - 2 * Math.PI * k.dot(center), 2 * Math.PI))
                        .isCloseTo(0, within(1e-6));
            }
        });
        assertThat(central[0]).isPositive();
    }

    @Test
    void eachShotStartsAShareOfTheEchoSpacingLater() {
        SequencePlan plan = plan(protocol("epi2d").with("shots", 5), PatientPosition.HFS);
        double spacing = plan.encodings().get(0).description().numbers().get("echoSpacing") * 1e-3;
        double[] byLine = new double[25];
        KspaceTrajectory.forEachWindow(plan.sequence(), window -> {
            ReadoutHeader header = plan.readouts().get(window.adcIndex());
            if (!header.has(AcquisitionFlags.PHASE_CORRECTION)) {
                byLine[header.counters().step1()] =
                        window.timeSeconds(header.centerSample()) - window.excitationSeconds();
            }
        });
        for (int line = 1; line < 25; line++) {
            assertThat(byLine[line] - byLine[line - 1]).isCloseTo(spacing / 5, within(11e-6));
        }
    }

    @Test
    void theBValuesOfTheWholeWaveformAreTheNominalOnesButForAShareOfTheImagingGradients() {
        SequencePlan plan =
                plan(protocol("dwi2d").with("bValues", 3).with("directions", 4).with("slices", 1), PatientPosition.HFP);
        List<Diffusion> weightings = plan.parameters().diffusion();
        assertThat(weightings).hasSize(1 + 2 * 6);
        assertThat(weightings.get(0)).isEqualTo(Diffusion.NONE);
        DiffusionWeighting.BMatrix[] weights = DiffusionWeighting.of(
                plan.sequence(), window -> plan.readouts().get(window).centerSample());
        for (ReadoutHeader header : plan.readouts()) {
            if (header.counters().step1() != 12 || header.has(AcquisitionFlags.PHASE_CORRECTION)) {
                continue;
            }
            Diffusion weighting = weightings.get(header.counters().set());
            DiffusionWeighting.BMatrix b = weights[header.scanCounter()];
            double nominal = weighting.secondsPerSquareMeter();
            assertThat(b.trace()).isCloseTo(nominal, within(3e6 + 0.03 * nominal));
            if (weighting.hasDirection()) {
                Vec3 d = PatientPosition.HFP.patientToDevice().apply(weighting.direction());
                double along = b.xx() * d.x() * d.x()
                        + b.yy() * d.y() * d.y()
                        + b.zz() * d.z() * d.z()
                        + 2 * (b.xy() * d.x() * d.y() + b.xz() * d.x() * d.z() + b.yz() * d.y() * d.z());
                assertThat(along).isCloseTo(b.trace(), within(0.02 * nominal));
            }
        }
        assertThat(plan.notes()).anyMatch(note -> note.contains("b-values are those of the diffusion lobes"));
    }

    @Test
    void aHigherBValueOnAWeakGradientAsksForMoreEchoTime() {
        SequenceBuilder builder = SequenceLibrary.find("dwi2d").orElseThrow();
        Protocol protocol = SequenceLibrary.defaults(builder, LIMITS).with("bValue", 1000e6);

        List<Violation> violations = builder.validate(protocol, LIMITS);

        assertThat(violations).extracting(Violation::parameter).containsExactly("TE");
        assertThat(violations.get(0).message()).contains("diffusion lobes").contains("15.0 mT/m");
        assertThat(violations.get(0).remedies())
                .extracting(Violation.Remedy::parameter)
                .contains("TE", "bValue");
        for (Violation.Remedy remedy : violations.get(0).remedies()) {
            assertThat(builder.validate(protocol.with(remedy.parameter(), remedy.value()), LIMITS))
                    .as(remedy.label())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epi2d", "epise2d"})
    void anEchoSpacingThatIsTooShortNamesTheShortest(String name) {
        SequenceBuilder builder = SequenceLibrary.find(name).orElseThrow();
        Protocol protocol = SequenceLibrary.defaults(builder, LIMITS).with("ESP", 0.5e-3);
        List<Violation> violations = builder.validate(protocol, LIMITS);
        assertThat(violations).extracting(Violation::parameter).containsExactly("ESP");
        Violation.Remedy shortest = violations.get(0).remedies().get(0);
        assertThat(builder.validate(protocol.with("ESP", shortest.value()), LIMITS))
                .isEmpty();
    }
}
