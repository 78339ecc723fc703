package org.isocenter.hardware.marcos;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerException.Kind;

/**
 * Turns what a run has received into readouts: cuts it into windows, takes the samples at the times that were asked for, and
 * demodulates with each window's frequency, phase and phase shape. One thread.
 *
 * <p>marga mixes what it receives with the same e^{+iωt} that it sends with, so its samples are conjugated already: a spin of
 * higher frequency turns the other way, as readouts have it.
 */
final class RunSamples {
    private static final int CIC_STAGES = 6;
    /** Different windows of one scan whose weights are kept. */
    private static final int MOST_KEPT = 16;

    private final MarcosAddress address;
    private final int channels;
    private final int filterStages;
    private final Map<Geometry, Resampling> resamplings = new LinkedHashMap<>(MOST_KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Geometry, Resampling> eldest) {
            return size() > MOST_KEPT;
        }
    };

    private record Geometry(int samples, double dwellClocks, int decimation) {}

    /** @param hardware whether the samples come through a CIC filter */
    RunSamples(MarcosAddress address, boolean hardware) {
        this.address = address;
        channels = address.marga().receiveChannels();
        filterStages = hardware ? CIC_STAGES : 0;
    }

    /**
     * Hands on the windows of a run that are whole.
     *
     * @throws ScannerException naming the first window that is not whole, or that samples are left over
     */
    void deliver(MargaRun run, Reply reply, ReadoutSink sink) throws ScannerException, IOException {
        double[][] re = new double[channels][];
        double[][] im = new double[channels][];
        int received = Integer.MAX_VALUE;
        for (int channel = 0; channel < channels; channel++) {
            re[channel] = counts(reply, "rx" + channel + "_i");
            im[channel] = counts(reply, "rx" + channel + "_q");
            if (re[channel].length != im[channel].length) {
                throw failed(
                        run,
                        "receiver " + channel + " gave " + re[channel].length + " real and " + im[channel].length
                                + " imaginary samples");
            }
            received = Math.min(received, re[channel].length);
        }
        int offset = 0;
        for (ReceiveWindow window : run.windows()) {
            if (offset + window.received() > received) {
                throw failed(
                        run,
                        "ADC window " + (window.index() + 1) + " has " + Math.max(0, received - offset) + " of "
                                + window.received() + " samples");
            }
            readout(window, re, im, offset + window.delay(), sink);
            offset += window.received();
        }
        for (double[] all : re) {
            if (all.length > offset) {
                String last = run.windows().isEmpty()
                        ? "without a window"
                        : "that ends with ADC window "
                                + (run.windows().get(run.windows().size() - 1).index() + 1);
                throw failed(run, "a run " + last + " gave " + all.length + " samples in place of " + offset);
            }
        }
    }

    private ScannerException failed(MargaRun run, String problem) {
        return new ScannerException(
                Kind.DEVICE_FAULT,
                address.uri().toString(),
                "run_seq: " + problem + " (run " + (run.number() + 1)
                        + "): samples were lost or left over; scan again, with a smaller bandwidth if it happens again");
    }

    /** Counts are 32 bits with sign, and are sent without. */
    private double[] counts(Reply reply, String key) throws ScannerException {
        Object result = reply.result().get("run_seq");
        Object values = result instanceof Map<?, ?> map ? map.get(key) : null;
        if (values instanceof long[] counts) {
            double[] samples = new double[counts.length];
            for (int i = 0; i < counts.length; i++) {
                samples[i] = (int) counts[i];
            }
            return samples;
        }
        return new double[0];
    }

    private void readout(ReceiveWindow window, double[][] re, double[][] im, int offset, ReadoutSink sink)
            throws IOException {
        int samples = window.samples();
        float[] real = new float[channels * samples];
        float[] imaginary = new float[channels * samples];
        double perCount = address.samplePerCount(window.decimation());
        double sign = address.conjugate() ? -1 : 1;
        Resampling resampling = window.exact() ? null : resampling(window);
        for (int channel = 0; channel < channels; channel++) {
            double[] i = Arrays.copyOfRange(re[channel], offset, offset + window.used());
            double[] q = Arrays.copyOfRange(im[channel], offset, offset + window.used());
            // First to the middle of the band, which is what is resampled best.
            double perSample = 2 * Math.PI * window.frequencyHertz() * window.decimation() / MargaCompiler.CLOCK_HERTZ;
            for (int m = 0; m < i.length; m++) {
                turn(i, q, m, perCount, sign, (m + 0.5) * perSample);
            }
            for (int n = 0; n < samples; n++) {
                double extra = window.phaseShapeRadians() == null ? 0 : window.phaseShapeRadians()[n];
                double cos = Math.cos(window.phaseRadians() + extra);
                double sin = Math.sin(window.phaseRadians() + extra);
                double x = resampling == null ? i[n] : resampling.sample(n, i, 0);
                double y = resampling == null ? q[n] : resampling.sample(n, q, 0);
                real[channel * samples + n] = (float) (x * cos - y * sin);
                imaginary[channel * samples + n] = (float) (x * sin + y * cos);
            }
        }
        sink.readout(window.index(), channels, samples, real, imaginary);
    }

    private static void turn(double[] i, double[] q, int m, double factor, double sign, double radians) {
        double cos = factor * Math.cos(radians);
        double sin = factor * Math.sin(radians);
        double before = i[m];
        i[m] = before * cos - sign * q[m] * sin;
        q[m] = before * sin + sign * q[m] * cos;
    }

    private Resampling resampling(ReceiveWindow window) {
        Geometry geometry = new Geometry(window.samples(), window.dwellClocks(), window.decimation());
        return resamplings.computeIfAbsent(geometry, key -> new Resampling(window, filterStages));
    }
}
