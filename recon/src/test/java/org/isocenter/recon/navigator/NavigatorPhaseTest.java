package org.isocenter.recon.navigator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.Encoding.Trajectory;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.ScannerInfo;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.Study;
import org.isocenter.model.Vec3;
import org.isocenter.recon.Reconstruction.Result;
import org.isocenter.recon.chain.ChainReconstruction;
import org.isocenter.recon.chain.ChainYaml;
import org.isocenter.recon.standard.StandardReconstruction;
import org.isocenter.recon.standard.StandardSteps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A bell of exp(-|r|²/2s²), whose k-space is a bell too, in interleaved shots. A phase of φ and p turns over the field of view
 * along read moves the shot's k-space by p points and turns it: both are put into the formula of its samples.
 */
class NavigatorPhaseTest {
    private static final int SHOTS = 4;
    private static final double[] RADIANS = {0.3, 2.5, -1.9, -0.4};
    private static final double[] TURNS = {0, 0.6, -1.3, 0.9};
    private static final long NAV = AcquisitionFlags.NAVIGATION;

    private final List<Readout> readouts = new ArrayList<>();

    /** The bell's k-space of two channels, at k in 1/FOV, with the phase that some shot gives it. */
    private static void bell(
            double kx, double ky, double radians, double turns, int channel, float[] re, float[] im, int at) {
        double width = 0.07; // of the field of view
        double power = -2 * Math.PI * Math.PI * width * width * ((kx - turns) * (kx - turns) + ky * ky);
        // Beside the centre, so that a slope of phase is not the same as none.
        double angle = radians + 0.7 * channel - 2 * Math.PI * (0.12 * (kx - turns) - 0.07 * ky);
        re[at] = (float) ((1 + channel) * Math.exp(power) * Math.cos(angle));
        im[at] = (float) ((1 + channel) * Math.exp(power) * Math.sin(angle));
    }

    private Readout line(int samples, int row, int rows, int slice, long flags, double radians, double turns) {
        float[] re = new float[2 * samples];
        float[] im = new float[2 * samples];
        boolean backward = (flags & AcquisitionFlags.REVERSE) != 0;
        for (int channel = 0; channel < 2; channel++) {
            for (int s = 0; s < samples; s++) {
                int at = channel * samples + (backward ? samples - 1 - s : s);
                bell(s - samples / 2, row - rows / 2, radians, turns, channel, re, im, at);
            }
        }
        int center = backward ? samples - 1 - samples / 2 : samples / 2;
        EncodingCounters counters = new EncodingCounters(row, 0, 0, slice, 0, 0, 0, 0, 0);
        ReadoutHeader header = new ReadoutHeader(
                readouts.size(), flags, counters, samples, 2, center, 0, 0, 1e-5, 0, 0, EncodingGeometry.AXIAL);
        return new Readout(header, re, im);
    }

    private static ScanHeader header(int sizeX, int sizeY, int slices) {
        Vec3 fov = new Vec3(0.2, 0.2, 0.005);
        Encoding encoding = new Encoding(
                sizeX,
                sizeY,
                1,
                fov,
                sizeX,
                sizeY,
                1,
                fov,
                EncodingLimits.ofCount(sizeY),
                EncodingLimits.ofCount(1),
                slices,
                1,
                1,
                1,
                0,
                Trajectory.CARTESIAN,
                1);
        Study study = new Study("", "", "", "", "", "", null, Patient.UNKNOWN, PatientPosition.HFS, "", true);
        ScannerInfo scanner = new ScannerInfo("", "", "", "", "", "", 0.05, 2.1e6, 2, "");
        SequenceParameters sequence = new SequenceParameters(
                "", List.of(), List.of(), "2D", Double.NaN, List.of(), Double.NaN, Double.NaN, 1, 1, 4e-3, 1e-5);
        return new ScanHeader("test", "", null, study, scanner, sequence, List.of(encoding), Map.of());
    }

    /** @param lineFlags of every other line of the image */
    private RawData scan(int sizeX, int sizeY, int slices, boolean navigatorsFirst, boolean turned, long lineFlags) {
        for (int shot = 0; shot < SHOTS; shot++) {
            for (int slice = 0; slice < slices; slice++) {
                double radians = turned ? RADIANS[(shot + slice) % SHOTS] : RADIANS[slice];
                double turns = turned ? TURNS[(shot + slice) % SHOTS] : TURNS[slice];
                Readout navigator = line(sizeX, sizeY / 2, sizeY, slice, NAV, radians, turns);
                if (navigatorsFirst) {
                    readouts.add(navigator);
                }
                for (int row = shot; row < sizeY; row += SHOTS) {
                    long flags = row / SHOTS % 2 == 1 ? lineFlags : 0;
                    readouts.add(line(sizeX, row, sizeY, slice, flags, radians, turns));
                }
                if (!navigatorsFirst) {
                    readouts.add(navigator);
                }
            }
        }
        return RawData.of(header(sizeX, sizeY, slices), readouts);
    }

    private static Result run(RawData raw, String step) throws Exception {
        String yaml = "chain: test\nsteps: [" + step + ", cartesian-grid, transform]\n";
        return new ChainReconstruction(new ChainYaml(StandardSteps.REGISTRY).parse(yaml, "test")).reconstruct(raw);
    }

    private static double difference(Result one, Result other) {
        double square = 0;
        double energy = 0;
        for (int channel = 0; channel < 2; channel++) {
            float[][] a = {
                one.complex().get(0).real(channel), one.complex().get(0).imaginary(channel)
            };
            float[][] b = {
                other.complex().get(0).real(channel), other.complex().get(0).imaginary(channel)
            };
            for (int part = 0; part < 2; part++) {
                for (int i = 0; i < a[part].length; i++) {
                    square += Math.pow(a[part][i] - b[part][i], 2);
                    energy += Math.pow(b[part][i], 2);
                }
            }
        }
        return Math.sqrt(square / energy);
    }

    @ParameterizedTest
    @CsvSource({"48, 32, 1, true", "48, 32, 1, false", "47, 31, 1, true", "32, 32, 3, true", "33, 32, 3, false"})
    void shotsComeTogetherAsThoughTheyHadAllHadThePhaseOfTheFirst(int x, int y, int slices, boolean first)
            throws Exception {
        Result still = run(scan(x, y, slices, first, false, 0), "clipping-check");
        readouts.clear();
        RawData moved = scan(x, y, slices, first, true, 0);
        assertThat(difference(run(moved, "clipping-check"), still)).isGreaterThan(0.5);
        Result corrected = run(moved, "navigator-phase");
        assertThat(difference(corrected, still)).isLessThan(2e-5);
        assertThat(corrected.notes()).first().asString().startsWith("navigators: " + 3 * slices + " shots");
        // Without the slope, what it did to the image stays.
        assertThat(difference(run(moved, "navigator-phase: {order: constant}"), still))
                .isGreaterThan(0.1);
    }

    @Test
    void linesThatRunBackwardAreTurnedTheOtherWayAlongRead() throws Exception {
        Result still = run(scan(33, 32, 1, true, false, AcquisitionFlags.REVERSE), "clipping-check");
        readouts.clear();
        RawData moved = scan(33, 32, 1, true, true, AcquisitionFlags.REVERSE);
        assertThat(difference(run(moved, "navigator-phase"), still)).isLessThan(2e-5);
    }

    @Test
    void aNavigatorOfNothingButNoiseTurnsNoLine() throws Exception {
        RawData raw = scan(48, 32, 1, true, true, 0);
        Random random = new Random(1);
        List<Readout> noisy = new ArrayList<>();
        for (int i = 0; i < raw.size(); i++) {
            Readout readout = raw.readout(i);
            if (readout.header().has(NAV) && i > 0) {
                float[] re = new float[96];
                float[] im = new float[96];
                for (int s = 0; s < 96; s++) {
                    re[s] = (float) random.nextGaussian();
                    im[s] = (float) random.nextGaussian();
                }
                readout = new Readout(readout.header(), re, im);
            }
            noisy.add(readout);
        }
        RawData unknown = RawData.of(raw.header(), noisy);
        Result result = run(unknown, "navigator-phase");
        assertThat(difference(result, run(unknown, "clipping-check"))).isZero();
        assertThat(result.notes()).singleElement().asString().contains("24 lines were left as they are");
    }

    @Test
    void theStandardChainsHaveItAndScansWithoutNavigatorsStayAsTheyAre() {
        RawData moved = scan(48, 32, 1, true, true, 0);
        assertThat(new StandardReconstruction().reconstruct(moved).notes())
                .anyMatch(note -> note.startsWith("navigators: 3 shots") && note.contains("turns"));
        List<Readout> lines =
                readouts.stream().filter(r -> !r.header().has(NAV)).toList();
        assertThat(new StandardReconstruction()
                        .reconstruct(RawData.of(moved.header(), lines))
                        .notes())
                .noneMatch(note -> note.startsWith("navigators"));
    }

    @Test
    void aLineThroughPhasesIsTheLineThatTheyLieOn() {
        double[] re = new double[41];
        double[] im = new double[41];
        for (int x = 0; x < 41; x++) {
            double weight = Math.exp(-0.01 * (x - 15) * (x - 15));
            re[x] = weight * Math.cos(0.31 * (x - 20) - 2);
            im[x] = weight * Math.sin(0.31 * (x - 20) - 2);
        }
        PhaseLine line = PhaseLine.fit(re, im);
        assertThat(line.radiansPerPixel()).isEqualTo(0.31, within(1e-12));
        assertThat(line.radians()).isEqualTo(-2, within(1e-12));
    }
}
