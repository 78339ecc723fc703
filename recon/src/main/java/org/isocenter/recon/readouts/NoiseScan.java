package org.isocenter.recon.readouts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.mrd.MrdFile;
import org.isocenter.recon.parallel.HermitianMatrix;
import org.isocenter.recon.parallel.NoiseCovariance;

/** Readouts without signal, all with the same channels and dwell time. Immutable. */
final class NoiseScan {
    private final List<Readout> readouts;
    private final int channels;
    private final double dwellSeconds;

    private NoiseScan(List<Readout> all) {
        channels = all.get(0).header().channels();
        dwellSeconds = all.get(0).header().dwellSeconds();
        readouts = all.stream()
                .filter(readout -> readout.header().channels() == channels
                        && Math.abs(readout.header().dwellSeconds() - dwellSeconds) <= 1e-6 * dwellSeconds)
                .toList();
    }

    /**
     * Readouts that are marked as noise measurements, or those of another scan; empty where there are none.
     *
     * @param file MRD file of a scan without signal, or empty
     * @throws UncheckedIOException if it cannot be read
     */
    static Optional<NoiseScan> of(RawData raw, String file) {
        List<Readout> noise = file.isEmpty() ? some(raw, AcquisitionFlags.NOISE_MEASUREMENT) : read(file);
        return noise.isEmpty() ? Optional.empty() : Optional.of(new NoiseScan(noise));
    }

    /** @throws IllegalArgumentException if a file is named that is none */
    static void require(String file) {
        if (!file.isEmpty() && !Files.isRegularFile(Path.of(file))) {
            throw new IllegalArgumentException("parameter 'noise-scan': no such file (" + file + ")");
        }
    }

    static boolean isMarked(Readout readout) {
        return readout.header().has(AcquisitionFlags.NOISE_MEASUREMENT);
    }

    private static List<Readout> read(String file) {
        try {
            return some(MrdFile.read(Path.of(file)).raw(), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("the noise scan cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<Readout> some(RawData raw, long flag) {
        int size = raw.size();
        List<Readout> some = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            ReadoutHeader header = raw.readout(i).header();
            if (header.samples() > 0 && (flag == 0 || header.has(flag))) {
                some.add(raw.readout(i));
            }
        }
        return some;
    }

    int channels() {
        return channels;
    }

    long samples() {
        return readouts.stream().mapToLong(r -> r.header().samples()).sum();
    }

    /** Whether the first {@code size} readouts have its channels. */
    boolean fits(RawData raw, int size) {
        return IntStream.range(0, size).allMatch(i -> raw.readout(i).header().channels() == channels);
    }

    /**
     * The power of a readout's noise over that of this scan's, which grows with the bandwidth.
     *
     * @param relativeBandwidth see {@link PrewhiteningStep}
     */
    double power(ReadoutHeader header, double relativeBandwidth) {
        double slower = header.dwellSeconds() > 0 && dwellSeconds > 0 ? header.dwellSeconds() / dwellSeconds : 1;
        return 1 / (relativeBandwidth * slower);
    }

    /** Of complex noise. */
    HermitianMatrix covariance() {
        int count = readouts.stream().mapToInt(NoiseScan::used).sum();
        ChannelGrid all = new ChannelGrid(channels, count, 1, 1);
        int at = 0;
        for (Readout readout : readouts) {
            ReadoutHeader header = readout.header();
            int used = used(readout);
            for (int channel = 0; channel < channels; channel++) {
                int from = channel * header.samples() + header.discardPre();
                System.arraycopy(readout.real(), from, all.real(channel), at, used);
                System.arraycopy(readout.imaginary(), from, all.imaginary(channel), at, used);
            }
            at += used;
        }
        return NoiseCovariance.of(all);
    }

    private static int used(Readout readout) {
        ReadoutHeader header = readout.header();
        return Math.max(0, header.samples() - header.discardPre() - header.discardPost());
    }
}
