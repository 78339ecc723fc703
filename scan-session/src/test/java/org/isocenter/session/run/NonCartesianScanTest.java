package org.isocenter.session.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Vec3;
import org.isocenter.recon.mrd.MrdFile;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.library.SequenceLibrary;
import org.isocenter.sequence.trajectory.ReadoutTrajectories;
import org.isocenter.session.Examples;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.journal.Journal;
import org.isocenter.session.journal.JournalReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Radial and spiral scans: their trajectories in all that is kept, and where their images lie. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class NonCartesianScanTest {
    private static final SystemLimits LIMITS = ScannerProfile.builtIn("virtual").limits();

    @TempDir
    Path home;

    private Archive archive;
    private ScanSession session;

    @BeforeEach
    void open() {
        archive = Archive.open(home.resolve("archive"));
        session = new ScanSession(archive);
    }

    @AfterEach
    void close() {
        session.close();
        archive.close();
    }

    @Test
    void theTrajectoryOfWhatWasPlayedIsInTheRawFile() throws Exception {
        Protocol protocol = protocol("radial2d").with("spokes", 9).with("tilt1", 0.3);
        Path out = home.resolve("whole");
        session.scan(request(protocol, "fake:complete", out));
        RawData raw = MrdFile.read(out.resolve("raw.h5")).raw();
        assertThat(raw.size()).isEqualTo(9);
        assertThat(raw.header().userParameters()).containsEntry(ScanHeader.TRAJECTORY_UNIT, "1/m");
        assertCarriesItsTrajectory(raw, protocol);
    }

    @Test
    void whatAJournalHoldsIsRecoveredWithItsTrajectory() throws Exception {
        Protocol protocol = protocol("radial2d").with("spokes", 9);
        Path out = home.resolve("whole");
        session.scan(request(protocol, "fake:complete", out));
        RawData raw = MrdFile.read(out.resolve("raw.h5")).raw();
        Path file = home.resolve("torn.mrdj");
        try (Journal journal = Journal.create(file, new RawData(raw.header(), 9), "{}", () -> {})) {
            for (int i = 0; i < 5; i++) {
                journal.append(raw.readout(i));
            }
        }
        RawData recovered = JournalReader.read(file).raw();
        assertThat(recovered.size()).isEqualTo(5);
        assertCarriesItsTrajectory(recovered, protocol);
    }

    private static void assertCarriesItsTrajectory(RawData raw, Protocol protocol) {
        SequenceBuilder builder = SequenceLibrary.find(protocol.sequence()).orElseThrow();
        SequencePlan plan = builder.build(protocol, LIMITS, PatientPosition.HFS);
        ReadoutTrajectories expected = ReadoutTrajectories.of(plan, PatientPosition.HFS);
        double edge = protocol.count("matrix") / (2 * protocol.number("FOV"));
        for (int i = 0; i < raw.size(); i++) {
            Readout readout = raw.readout(i);
            assertThat(readout.trajectoryDimensions()).isEqualTo(2);
            assertThat(readout.trajectoryPerMeter()).isEqualTo(expected.perMeter(i));
            double first = Math.hypot(readout.trajectoryPerMeter()[0], readout.trajectoryPerMeter()[1]);
            assertThat(first).isCloseTo(edge, within(1e-3 * edge));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"radial2d, spokes, 51", "spiral2d, interleaves, 6"})
    void anObliqueImageOffCentreLiesAndLooksAsTheCartesianOne(String name, String parameter, int count)
            throws Exception {
        ImageVolume cartesian = scan(oblique(protocol("gre2d").with("matrixPhase", 32)), "cartesian");
        ImageVolume other = scan(oblique(protocol(name).with(parameter, count)), name);
        assertThat(other.columns()).isEqualTo(cartesian.columns());
        assertThat(correlation(cartesian, other)).isGreaterThan(0.95);
        // The Cartesian scan is sampled twice as finely along read and sums twice as many values.
        assertThat(share(cartesian, other)).isCloseTo(0.5, within(0.04));
        double pixel = cartesian.geometry().columnSpacingMeters();
        Vec3 shift = center(other).minus(center(cartesian));
        assertThat(shift.norm()).isLessThan(0.1 * pixel);
    }

    /** sin α (1 - E1) / (1 - E1 cos α), of doped water with a T1 of 0.25 s; its hard pulse turns all by the same angle. */
    @Test
    void theContrastIsThatOfTheSpoiledGradientEchoAndTheBottleIsEven() throws Exception {
        Protocol protocol = SequenceLibrary.defaults(
                        SequenceLibrary.find("radial3d").orElseThrow(), LIMITS)
                .with("matrix", 12)
                .with("spokes", 150)
                .with("TR", 0.05)
                .with("dummies", 25);
        ImageVolume low = scan(protocol.with("FA", Math.toRadians(15)), "low");
        ImageVolume high = scan(protocol.with("FA", Math.toRadians(70)), "high");
        double expected = spoiled(Math.toRadians(70), 0.05) / spoiled(Math.toRadians(15), 0.05);
        double sum = 0;
        double sumOfLow = 0;
        for (int slice = 5; slice <= 7; slice++) {
            for (int row = 5; row <= 7; row++) {
                for (int column = 5; column <= 7; column++) {
                    sum += high.pixel(column, row, slice);
                    sumOfLow += low.pixel(column, row, slice);
                }
            }
        }
        assertThat(sum / sumOfLow).isCloseTo(expected, within(0.05 * expected));
        // Voxels of 20 mm ring: the bottle is five of them wide.
        for (int column = 5; column <= 7; column++) {
            assertThat(high.pixel(column, 6, 6)).isCloseTo((float) (sum / 27), within((float) (0.15 * sum / 27)));
        }
    }

    private static double spoiled(double flip, double repetition) {
        double e1 = Math.exp(-repetition / 0.25);
        return Math.sin(flip) * (1 - e1) / (1 - e1 * Math.cos(flip));
    }

    private static Protocol protocol(String name) {
        SequenceBuilder builder = SequenceLibrary.find(name).orElseThrow();
        return SequenceLibrary.defaults(builder, LIMITS)
                .with("matrix", 32)
                .with("slices", 1)
                .with("dummies", 2);
    }

    private static Protocol oblique(Protocol protocol) {
        return protocol.with("thickness", 10e-3)
                .with("tilt1", 0.2)
                .with("rotation", 0.3)
                .with("offsetX", 0.012)
                .with("offsetY", -0.008);
    }

    private ImageVolume scan(Protocol protocol, String name) throws Exception {
        String device = "virtual:ideal?phantom=" + (protocol.has("slices") ? "orientation" : "bottle");
        ScanResult result = session.scan(request(protocol, device, home.resolve(name)));
        assertThat(result.volumes()).hasSize(1);
        return result.volumes().get(0);
    }

    private ScanRequest request(Protocol protocol, String device, Path out) {
        return new ScanRequest(Examples.study("1.2.3"), protocol, null, "Test", 1, URI.create(device), out);
    }

    private static double correlation(ImageVolume a, ImageVolume b) {
        double meanA = mean(a);
        double meanB = mean(b);
        double product = 0;
        double squareA = 0;
        double squareB = 0;
        for (int i = 0; i < a.pixels().length; i++) {
            product += (a.pixels()[i] - meanA) * (b.pixels()[i] - meanB);
            squareA += (a.pixels()[i] - meanA) * (a.pixels()[i] - meanA);
            squareB += (b.pixels()[i] - meanB) * (b.pixels()[i] - meanB);
        }
        return product / Math.sqrt(squareA * squareB);
    }

    /** How many times as bright the other image is, by least squares. */
    private static double share(ImageVolume image, ImageVolume other) {
        double product = 0;
        double square = 0;
        for (int i = 0; i < image.pixels().length; i++) {
            product += image.pixels()[i] * other.pixels()[i];
            square += image.pixels()[i] * image.pixels()[i];
        }
        return product / square;
    }

    private static double mean(ImageVolume image) {
        double sum = 0;
        for (float pixel : image.pixels()) {
            sum += pixel;
        }
        return sum / image.pixels().length;
    }

    /** Centre of brightness in the patient, of what is brighter than a third of the brightest. */
    private static Vec3 center(ImageVolume image) {
        float brightest = 0;
        for (float pixel : image.pixels()) {
            brightest = Math.max(brightest, pixel);
        }
        PatientGeometry g = image.geometry();
        Vec3 sum = Vec3.ZERO;
        double weights = 0;
        for (int row = 0; row < image.rows(); row++) {
            for (int column = 0; column < image.columns(); column++) {
                double weight = Math.max(0, image.pixel(column, row, 0) - brightest / 3);
                sum = sum.plus(g.voxelMeters(column, row, 0).scaled(weight));
                weights += weight;
            }
        }
        return sum.scaled(1 / weights);
    }
}
