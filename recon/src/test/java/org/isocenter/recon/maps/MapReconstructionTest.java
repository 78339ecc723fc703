package org.isocenter.recon.maps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Quantity;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.ScannerInfo;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.Study;
import org.isocenter.model.Vec3;
import org.isocenter.recon.Reconstruction.Result;
import org.isocenter.recon.standard.StandardReconstruction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A bright voxel in the middle of an empty image, whose two images differ in what the maps are made of. */
class MapReconstructionTest {
    private static final int SIZE = 8;
    private static final double FIRST_INTERVAL = 0.02;
    private static final double SECOND_INTERVAL = 0.1;
    private static final Vec3 FOV = new Vec3(0.2, 0.2, 0.01);
    private static final Encoding ENCODING = new Encoding(
            SIZE,
            SIZE,
            1,
            FOV,
            SIZE,
            SIZE,
            1,
            FOV,
            EncodingLimits.ofCount(SIZE),
            EncodingLimits.NONE,
            1,
            1,
            2,
            1,
            0,
            Encoding.Trajectory.CARTESIAN,
            1);

    /** @param signals of both images: magnitude and phase in each of two channels */
    private static RawData raw(String sequence, List<Double> echoTimes, double flip, double[][] signals) {
        Study study = new Study("", "", "", "", "", "", null, Patient.UNKNOWN, PatientPosition.HFS, "", true);
        ScanHeader header = new ScanHeader(
                "test",
                "",
                null,
                study,
                new ScannerInfo("", "", "", "", "", "", 0.05, 2.1e6, 2, ""),
                new SequenceParameters(
                        sequence,
                        List.of("GR"),
                        List.of("SP"),
                        "2D",
                        0.02,
                        echoTimes,
                        Double.NaN,
                        flip,
                        1,
                        1,
                        0.01,
                        1e-5),
                List.of(ENCODING),
                Map.of());
        List<Readout> readouts = new ArrayList<>();
        double time = 0;
        for (int line = 0; line < SIZE; line++) {
            for (int contrast = 0; contrast < signals.length; contrast++) {
                float[] real = new float[2 * SIZE];
                float[] imaginary = new float[2 * SIZE];
                for (int i = 0; i < real.length; i++) {
                    int channel = i / SIZE;
                    double phase = signals[contrast][1] + 1.3 * channel;
                    double magnitude = signals[contrast][0] * (1 + channel);
                    real[i] = (float) (magnitude * Math.cos(phase));
                    imaginary[i] = (float) (magnitude * Math.sin(phase));
                }
                EncodingCounters counters = new EncodingCounters(line, 0, 0, 0, contrast, 0, 0, 0, 0);
                readouts.add(new Readout(
                        new ReadoutHeader(
                                readouts.size(),
                                0,
                                counters,
                                SIZE,
                                2,
                                SIZE / 2,
                                0,
                                0,
                                1e-5,
                                time,
                                0,
                                EncodingGeometry.AXIAL),
                        real,
                        imaginary));
                time += contrast == 0 ? FIRST_INTERVAL : SECOND_INTERVAL;
            }
        }
        return RawData.of(header, readouts);
    }

    /** Stored data are conjugate: the phase of a spin above the carrier runs backwards in them. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 40, -40, 240, -240})
    void aSpinAboveTheCarrierHasAPositiveOffset(double hertz) {
        double te1 = 5e-3;
        double te2 = 7e-3;
        Result result = new StandardReconstruction()
                .reconstruct(raw(StandardReconstruction.FIELD_MAP_SEQUENCE, List.of(te1, te2), 0.4, new double[][] {
                    {1, 0.7 - 2 * Math.PI * hertz * te1}, {0.9, 0.7 - 2 * Math.PI * hertz * te2}
                }));

        assertThat(result.volumes()).extracting(ImageVolume::name).containsExactly("echo 1", "echo 2", "field map");
        ImageVolume map = result.volumes().get(2);
        assertThat(map.quantity()).isEqualTo(Quantity.FIELD_OFFSET);
        assertThat(map.pixel(SIZE / 2, SIZE / 2, 0)).isCloseTo((float) hertz, within(0.01f));
        assertThat(map.pixel(1, 2, 0)).as("outside of the object").isZero();
        assertThat(result.notes()).anyMatch(note -> note.contains("±250 Hz"));
    }

    @Test
    void offsetsBeyondTheRangeWrap() {
        Result result = new StandardReconstruction()
                .reconstruct(raw(StandardReconstruction.FIELD_MAP_SEQUENCE, List.of(5e-3, 7e-3), 0.4, new double[][] {
                    {1, -2 * Math.PI * 300 * 5e-3}, {1, -2 * Math.PI * 300 * 7e-3}
                }));

        assertThat(result.volumes().get(2).pixel(SIZE / 2, SIZE / 2, 0)).isCloseTo(-200f, within(0.01f));
    }

    /** Signals by Yarnykh 2007, eq. 1 and 2, with the T1 of fluid, which both intervals are short against. */
    @ParameterizedTest
    @CsvSource({"50, 55", "60, 55", "40, 60", "75, 50"})
    void theRatioOfBothIntervalsGivesTheFlipAngle(double actualDegrees, double nominalDegrees) {
        double cos = Math.cos(Math.toRadians(actualDegrees));
        double e1 = Math.exp(-FIRST_INTERVAL / 4);
        double e2 = Math.exp(-SECOND_INTERVAL / 4);
        double first = 1 - e2 + (1 - e1) * e2 * cos;
        double second = 1 - e1 + (1 - e2) * e1 * cos;
        Result result = new StandardReconstruction()
                .reconstruct(raw(
                        StandardReconstruction.TRANSMIT_MAP_SEQUENCE,
                        List.of(5e-3, 5e-3),
                        Math.toRadians(nominalDegrees),
                        new double[][] {{first, 0.2}, {second, 0.2}}));

        ImageVolume map = result.volumes().get(2);
        assertThat(map.quantity()).isEqualTo(Quantity.TRANSMIT_FIELD);
        float expected = (float) (100 * actualDegrees / nominalDegrees);
        assertThat(map.pixel(SIZE / 2, SIZE / 2, 0)).isCloseTo(expected, within(0.3f));
        assertThat(map.pixel(1, 2, 0)).isZero();
    }

    @Test
    void withoutBothImagesThereIsNoMapAndANoteSaysSo() {
        Result alone = new StandardReconstruction()
                .reconstruct(raw(
                        StandardReconstruction.FIELD_MAP_SEQUENCE, List.of(5e-3, 7e-3), 0.4, new double[][] {{1, 0}}));
        Result unordered = new StandardReconstruction()
                .reconstruct(raw(
                        StandardReconstruction.FIELD_MAP_SEQUENCE, List.of(5e-3), 0.4, new double[][] {{1, 0}, {1, 1}
                        }));
        Result angleless = new StandardReconstruction()
                .reconstruct(raw(
                        StandardReconstruction.TRANSMIT_MAP_SEQUENCE, List.of(5e-3), Double.NaN, new double[][] {
                            {1, 0}, {1, 1}
                        }));

        assertThat(alone.volumes()).hasSize(1);
        assertThat(alone.notes()).anyMatch(note -> note.contains("two images, there are 1"));
        assertThat(unordered.volumes()).hasSize(2);
        assertThat(unordered.notes()).anyMatch(note -> note.contains("no field map"));
        assertThat(angleless.volumes()).hasSize(2);
        assertThat(angleless.notes()).anyMatch(note -> note.contains("no transmit map"));
    }
}
