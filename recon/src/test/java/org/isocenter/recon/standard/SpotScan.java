package org.isocenter.recon.standard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.isocenter.model.Encoding;
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

/**
 * Raw data of a soft spot at (4, -3) pixels from the centre of an image, whose field, decay and noise are known.
 */
record SpotScan(double[] echoSeconds, double hertz, double decaySeconds, double sigma, boolean epi) {
    static final int SIZE = 32;
    static final double DWELL = 50e-6;
    private static final double SPOT = 2.5;
    static final double[] AT = {4, -3};
    private static final Vec3 FOV = new Vec3(0.2, 0.2, 0.01);

    SpotScan(double... echoSeconds) {
        this(echoSeconds, 0, Double.POSITIVE_INFINITY, 0, false);
    }

    RawData raw(Map<String, String> userParameters) {
        List<Readout> readouts = new ArrayList<>();
        Random random = new Random(17);
        double start = 0;
        for (int echo = 0; echo < echoSeconds.length; echo++) {
            for (int line = 0; line < SIZE; line++) {
                float[] re = new float[SIZE];
                float[] im = new float[SIZE];
                for (int s = 0; s < SIZE; s++) {
                    double kx = (s - SIZE / 2.0) / SIZE;
                    double ky = (line - SIZE / 2.0) / SIZE;
                    double seconds = echoSeconds[echo] + (s - SIZE / 2) * DWELL;
                    seconds += epi ? (line - SIZE / 2) * SIZE * DWELL : 0;
                    double size = Math.exp(-2 * Math.PI * Math.PI * SPOT * SPOT * (kx * kx + ky * ky))
                            * Math.exp(-echoSeconds[echo] / decaySeconds);
                    double phase = -2 * Math.PI * (kx * AT[0] + ky * AT[1] + hertz * seconds);
                    re[s] = (float) (size * Math.cos(phase) + sigma * random.nextGaussian());
                    im[s] = (float) (size * Math.sin(phase) + sigma * random.nextGaussian());
                }
                EncodingCounters counters = new EncodingCounters(line, 0, 0, 0, echo, 0, 0, 0, 0);
                readouts.add(new Readout(
                        new ReadoutHeader(
                                readouts.size(),
                                0,
                                counters,
                                SIZE,
                                1,
                                SIZE / 2,
                                0,
                                0,
                                DWELL,
                                start,
                                0,
                                EncodingGeometry.AXIAL),
                        re,
                        im));
                start += SIZE * DWELL;
            }
        }
        return RawData.of(header(userParameters), readouts);
    }

    private ScanHeader header(Map<String, String> userParameters) {
        Study study = new Study("", "", "", "", "", "", null, Patient.UNKNOWN, PatientPosition.HFS, "", true);
        List<Double> times = new ArrayList<>();
        for (double seconds : echoSeconds) {
            times.add(seconds);
        }
        return new ScanHeader(
                "test",
                "",
                null,
                study,
                new ScannerInfo("", "", "", "", "", "", 0.05, 2.1e6, 1, ""),
                new SequenceParameters(
                        "", List.of("GR"), List.of("SP"), "2D", 0.02, times, Double.NaN, 0.4, 1, 1, 0.01, DWELL),
                List.of(new Encoding(
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
                        echoSeconds.length,
                        1,
                        0,
                        epi ? Encoding.Trajectory.EPI : Encoding.Trajectory.CARTESIAN,
                        1)),
                userParameters);
    }
}
