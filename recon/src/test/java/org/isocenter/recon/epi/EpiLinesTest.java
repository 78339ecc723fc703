package org.isocenter.recon.epi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.ParallelImaging;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.ScannerInfo;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.Study;
import org.isocenter.model.TrajectoryDescription;
import org.isocenter.model.Vec3;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.fft.CentredFft;
import org.isocenter.recon.mrd.MrdNotes;
import org.isocenter.recon.standard.StandardChains;
import org.junit.jupiter.api.Test;

/** A square in the field of view, measured by echo-planar trains whose lines of either direction differ. */
class EpiLinesTest {
    private static final int MATRIX = 32;
    private static final double FOV = 0.2;
    private static final double UP = 80;
    /** So long that a window of 84 samples, ramps and all, reaches from one end of k-space to the other. */
    private static final int ON_RAMPS = 84;

    private static final double FLAT = 176;
    /** With 64 samples on the flat top alone. */
    private static final double LONG_FLAT = 300;

    private static final double DWELL = 4;
    /** Of the square, in the middle of pixels. */
    private static final double HALF = 0.2 / 32 * 5.5;

    /** What is wrong with a scan: the receiver is late, lines that run backward have a phase, the carrier is off. */
    private record Fault(double samplesLate, double radians, double hertz) {}

    private static Encoding encoding(TrajectoryDescription description) {
        return new Encoding(
                2 * MATRIX,
                MATRIX,
                1,
                new Vec3(2 * FOV, FOV, 0.005),
                MATRIX,
                MATRIX,
                1,
                new Vec3(FOV, FOV, 0.005),
                EncodingLimits.ofCount(MATRIX),
                EncodingLimits.NONE,
                1,
                1,
                1,
                1,
                0,
                Encoding.Trajectory.EPI,
                MATRIX,
                ParallelImaging.NONE,
                description);
    }

    private static TrajectoryDescription description(int samples) {
        double flat = samples == ON_RAMPS ? FLAT : LONG_FLAT;
        long delay = Math.round(UP + flat / 2 - samples / 2 * DWELL - DWELL / 2);
        return new TrajectoryDescription(
                TrajectoryDescription.EPI,
                Map.of(
                        "rampUpTime",
                        (long) UP,
                        "rampDownTime",
                        (long) UP,
                        "flatTopTime",
                        (long) flat,
                        "acqDelayTime",
                        delay,
                        "numSamples",
                        (long) samples),
                Map.of("dwellTime", DWELL));
    }

    private static double kForward(TrajectoryDescription d, int sample, double samplesLate) {
        double flat = d.whole().get("flatTopTime");
        double t = d.whole().get("acqDelayTime") + (sample + 0.5 + samplesLate) * DWELL - (UP + flat / 2);
        double onRamp = Math.max(0, Math.abs(t) - flat / 2);
        return Math.copySign(Math.abs(t) - onRamp * onRamp / (2 * UP), t) / (DWELL * 2 * FOV);
    }

    private static Readout line(
            TrajectoryDescription d, int number, int step, boolean reverse, long flags, int shot, Fault fault) {
        int n = Math.toIntExact(d.whole().get("numSamples"));
        double kPhase = (step - MATRIX / 2) / FOV;
        float[] real = new float[n];
        float[] imaginary = new float[n];
        for (int s = 0; s < n; s++) {
            double k = kForward(d, reverse ? n - 1 - s : s, (reverse ? -1 : 1) * fault.samplesLate);
            double height = square(k) * square(kPhase);
            double phase = -2 * Math.PI * (k * 0.01 + kPhase * -0.02)
                    + (reverse ? 1 : 0) * fault.radians
                    + 2 * Math.PI * fault.hertz * number * 0.5e-3;
            real[s] = (float) (height * Math.cos(phase));
            imaginary[s] = (float) (height * Math.sin(phase));
        }
        ReadoutHeader header = new ReadoutHeader(
                number,
                flags | (reverse ? AcquisitionFlags.REVERSE : 0),
                new EncodingCounters(step, 0, 0, 0, 0, 0, 0, 0, shot),
                n,
                1,
                reverse ? n / 2 - 1 : n / 2,
                0,
                0,
                DWELL * 1e-6,
                number,
                0,
                EncodingGeometry.AXIAL);
        return new Readout(header, real, imaginary);
    }

    /** The transform of the square along one axis, about its middle. */
    private static double square(double k) {
        double angle = 2 * Math.PI * k * HALF;
        return Math.abs(angle) < 1e-9 ? 1 : Math.sin(angle) / angle;
    }

    private static RawData scan(int samples, boolean navigators, int shots, Fault fault) {
        TrajectoryDescription d = description(samples);
        List<Readout> readouts = new ArrayList<>();
        for (int shot = 0; shot < shots; shot++) {
            int number = 0;
            for (int i = 0; navigators && i < 3; i++) {
                readouts.add(line(d, number++, MATRIX / 2, i == 1, AcquisitionFlags.PHASE_CORRECTION, shot, fault));
            }
            boolean first = navigators;
            for (int echo = 0; echo < MATRIX / shots; echo++) {
                boolean reverse = (echo % 2 == 1) ^ first;
                readouts.add(line(d, number++, shot + echo * shots, reverse, 0, shot, fault));
            }
        }
        Study study = new Study("", "", "", "", "", "", null, Patient.UNKNOWN, PatientPosition.HFS, "", true);
        ScannerInfo scanner = new ScannerInfo("", "", "", "", "", "", 0.05, 2.1e6, 1, "");
        SequenceParameters sequence = new SequenceParameters(
                "", List.of(), List.of(), "2D", Double.NaN, List.of(), Double.NaN, Double.NaN, 1, 1, 5e-3, 1e-5);
        ScanHeader header = new ScanHeader("test", "", null, study, scanner, sequence, List.of(encoding(d)), Map.of());
        return RawData.of(header, readouts);
    }

    /** Brightest pixel of the ghost, half the field of view away along phase, over the square's mean. */
    private static double ghost(ImageVolume image) {
        double signal = 0;
        int inside = 0;
        double ghost = 0;
        for (int row = 0; row < MATRIX; row++) {
            for (int column = 0; column < MATRIX; column++) {
                double x = (column - MATRIX / 2) * FOV / MATRIX - 0.01;
                double y = (row - MATRIX / 2) * FOV / MATRIX + 0.02;
                double away = Math.IEEEremainder(y - FOV / 2, FOV);
                if (Math.abs(x) < HALF - 0.007 && Math.abs(y) < HALF - 0.007) {
                    signal += image.pixel(column, row, 0);
                    inside++;
                } else if (Math.abs(x) < HALF && Math.abs(away) < HALF - 0.014) {
                    ghost = Math.max(ghost, image.pixel(column, row, 0));
                }
            }
        }
        return ghost / (signal / inside);
    }

    private static ImageVolume image(RawData raw) {
        Reconstruction.Result result =
                StandardChains.reconstruction(StandardChains.EPI).reconstruct(raw);
        assertThat(result.volumes()).hasSize(1);
        return result.volumes().get(0);
    }

    @Test
    void rampSampledLinesGiveTheImageOfEvenOnes() {
        ImageVolume even = image(scan(64, true, 1, new Fault(0, 0, 0)));
        float[] expected = even.pixels();
        ImageVolume ramps = image(scan(ON_RAMPS, true, 1, new Fault(0, 0, 0)));
        float brightest = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            brightest = Math.max(brightest, expected[i]);
            difference = Math.max(difference, Math.abs(ramps.pixels()[i] - expected[i]));
        }
        assertThat(difference / brightest).isLessThan(2e-3);
        assertThat(ghost(ramps)).isLessThan(0.02);
    }

    @Test
    void navigatorsTakeTheGhostAwayThatDelayAndPhaseMake() {
        Fault fault = new Fault(0.4, 0.7, 0);
        RawData raw = scan(ON_RAMPS, true, 2, fault);
        List<Readout> imaging = new ArrayList<>();
        for (int i = 0; i < raw.size(); i++) {
            if (!raw.readout(i).header().has(AcquisitionFlags.PHASE_CORRECTION)) {
                imaging.add(raw.readout(i));
            }
        }
        assertThat(ghost(image(raw))).isLessThan(0.02);
        RawData straightened = EpiLines.straighten(raw, new MrdNotes());
        assertThat(straightened.size()).isEqualTo(imaging.size());
        assertThat(straightened.isComplete()).isTrue();
        Readout first = straightened.readout(0);
        assertThat(first.header().samples()).isEqualTo(2 * MATRIX);
        assertThat(first.header().centerSample()).isEqualTo(MATRIX);
    }

    @Test
    void offResonanceBetweenNavigatorsIsNotTakenForADifferenceOfDirections() {
        Fault shifted = new Fault(0.3, 0.5, 60);
        OddEvenDifference found = phase(shifted);
        OddEvenDifference wanted = phase(new Fault(0.3, 0.5, 0));
        assertThat(wanted.radians()).isCloseTo(0.5, within(0.02));
        assertThat(found.radians()).isCloseTo(wanted.radians(), within(0.01));
        assertThat(found.radiansPerPixel()).isCloseTo(wanted.radiansPerPixel(), within(1e-4));
    }

    private static OddEvenDifference phase(Fault fault) {
        TrajectoryDescription d = description(ON_RAMPS);
        List<GridLine> lines = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Readout readout = line(d, i, MATRIX / 2, i == 1, 0, 0, fault);
            double[] positions = new ReadPositions(encoding(d), false).of(readout);
            LineRegridder regridder = new LineRegridder(positions, 2 * MATRIX, 2 * FOV, FOV);
            float[] real = new float[2 * MATRIX];
            float[] imaginary = new float[2 * MATRIX];
            regridder.apply(readout.real(), 0, real, 0);
            regridder.apply(readout.imaginary(), 0, imaginary, 0);
            lines.add(new GridLine(2 * MATRIX, i == 1, real, imaginary));
        }
        return OddEvenDifference.of(lines);
    }

    @Test
    void withoutNavigatorsTheImageItselfTellsThePhase() {
        RawData raw = scan(ON_RAMPS, false, 1, new Fault(0.4, 0.6, 0));
        assertThat(ghost(image(raw))).isLessThan(0.03);
        assertThat(StandardChains.reconstruction(StandardChains.EPI)
                        .reconstruct(raw)
                        .notes())
                .anyMatch(note -> note.contains("the images themselves"));
    }

    @Test
    void theImageTellsPhaseAndHeightThatRunAcrossIt() {
        OddEvenDifference wrong = new OddEvenDifference(-0.03, -0.4, -0.004);
        CentredFft transform = new CentredFft(2 * MATRIX);
        List<GhostSearch.Placed> lines = new ArrayList<>();
        for (int row = 0; row < MATRIX; row++) {
            float[] real = new float[2 * MATRIX];
            float[] imaginary = new float[2 * MATRIX];
            for (int s = 0; s < 2 * MATRIX; s++) {
                double k = (s - MATRIX) / (2 * FOV);
                double kPhase = (row - MATRIX / 2) / FOV;
                double turns = -2 * Math.PI * (k * 0.01 + kPhase * -0.02);
                real[s] = (float) (square(k) * square(kPhase) * Math.cos(turns));
                imaginary[s] = (float) (square(k) * square(kPhase) * Math.sin(turns));
            }
            GridLine line = new GridLine(2 * MATRIX, row % 2 == 1, real, imaginary);
            wrong.correct(line, transform);
            lines.add(new GhostSearch.Placed(line, row));
        }

        OddEvenDifference found = new GhostSearch(lines, MATRIX, MATRIX / 2, 3 * MATRIX / 2).find();

        assertThat(found.radiansPerPixel()).isCloseTo(0.03, within(5e-4));
        assertThat(found.radians()).isCloseTo(0.4, within(0.01));
        assertThat(found.nepersPerPixel()).isCloseTo(0.004, within(1.2e-3));
    }

    @Test
    void aPartOfAScanIsAPartAfterwards() {
        RawData whole = scan(ON_RAMPS, true, 2, new Fault(0, 0, 0));
        RawData part = new RawData(whole.header(), whole.expected());
        for (int i = 0; i < 10; i++) {
            part.append(whole.readout(i));
        }
        ImageVolume image = image(part);
        assertThat(image.acquiredFraction()).isLessThan(1);
    }
}
