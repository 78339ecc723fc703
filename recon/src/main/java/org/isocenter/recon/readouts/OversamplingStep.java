package org.isocenter.recon.readouts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.Encoding.Trajectory;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.Vec3;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.RawStep;
import org.isocenter.recon.fft.FftPlan;

/**
 * Cuts off along read what the image does not show, so that all later steps have less to do: transforms each line, keeps the
 * middle, transforms back. The image stays what it is. Only of Cartesian spaces all of whose lines are whole and run forward; what lies outside
 * of k-space's sampled part would spread into a line that was cut short.
 */
public final class OversamplingStep implements RawStep {
    @Override
    public RawData apply(RawData raw, ChainContext context) {
        int size = raw.size();
        List<Encoding> encodings = new ArrayList<>(raw.header().encodings());
        int[] kept = new int[encodings.size()];
        boolean any = false;
        for (int space = 0; space < kept.length; space++) {
            kept[space] = keptSamples(encodings.get(space));
            if (kept[space] > 0
                    && areWhole(raw, size, space, encodings.get(space).encodedX())) {
                Encoding e = encodings.get(space);
                Vec3 fov = e.encodedFovMeters();
                encodings.set(
                        space,
                        e.withEncodedRead(
                                kept[space], new Vec3(e.reconFovMeters().x(), fov.y(), fov.z())));
                any = true;
            } else {
                kept[space] = 0;
            }
        }
        if (!any) {
            return raw;
        }
        RawData result = new RawData(raw.header().withEncodings(encodings), raw.expected());
        Map<Integer, FftPlan> plans = new HashMap<>();
        for (int i = 0; i < size; i++) {
            result.append(cut(raw.readout(i), kept, plans));
        }
        return ChannelwiseSamples.workedOut(result, context.loop(1));
    }

    /** How many samples have the image's extent at the same spacing of voxels; 0 where nothing can be cut off. */
    private static int keptSamples(Encoding e) {
        double wanted =
                e.encodedX() * e.reconFovMeters().x() / e.encodedFovMeters().x();
        boolean possible = e.trajectory() == Trajectory.CARTESIAN
                && wanted >= 1
                && wanted < e.encodedX()
                && Math.abs(wanted - Math.rint(wanted)) < 1e-3;
        return possible ? (int) Math.rint(wanted) : 0;
    }

    private static boolean areWhole(RawData raw, int size, int space, int samples) {
        return IntStream.range(0, size)
                .mapToObj(i -> raw.readout(i).header())
                .filter(header -> isLine(header) && header.encodingSpace() == space)
                .allMatch(h -> h.samples() == samples
                        && h.centerSample() == samples / 2
                        && h.discardPre() == 0
                        && h.discardPost() == 0
                        && !h.has(AcquisitionFlags.REVERSE));
    }

    private static boolean isLine(ReadoutHeader header) {
        return !header.has(AcquisitionFlags.NOT_IMAGING) && header.samples() > 0;
    }

    private static Readout cut(Readout readout, int[] kept, Map<Integer, FftPlan> plans) {
        ReadoutHeader h = readout.header();
        if (!isLine(h) || h.encodingSpace() >= kept.length || kept[h.encodingSpace()] == 0) {
            return readout;
        }
        int from = h.samples();
        int to = kept[h.encodingSpace()];
        ReadoutHeader header = new ReadoutHeader(
                h.scanCounter(),
                h.flags(),
                h.counters(),
                to,
                h.channels(),
                to / 2,
                0,
                0,
                h.dwellSeconds() * from / to,
                h.startSeconds(),
                h.encodingSpace(),
                h.geometry());
        return new Readout(
                header,
                new CutSamples(
                        readout, plans.computeIfAbsent(from, FftPlan::of), plans.computeIfAbsent(to, FftPlan::of)),
                readout.trajectoryDimensions(),
                trajectory(readout, to));
    }

    /** Positions of the new samples, which lie further apart about the same centre. */
    private static float[] trajectory(Readout readout, int to) {
        int dimensions = readout.trajectoryDimensions();
        int from = readout.header().samples();
        float[] old = readout.trajectoryPerMeter();
        float[] positions = new float[to * dimensions];
        for (int s = 0; s < to; s++) {
            double at = Math.max(0, Math.min(from - 1, from / 2 + (s - to / 2) * (double) from / to));
            int before = Math.min((int) at, from - 2);
            double part = at - before;
            for (int d = 0; d < dimensions; d++) {
                positions[s * dimensions + d] =
                        (float) ((1 - part) * old[before * dimensions + d] + part * old[(before + 1) * dimensions + d]);
            }
        }
        return positions;
    }
}
