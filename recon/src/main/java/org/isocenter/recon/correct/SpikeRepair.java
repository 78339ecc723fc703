package org.isocenter.recon.correct;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.Encoding.Trajectory;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.recon.mrd.MrdNotes;

/**
 * Finds spikes: samples that a spark or a loose contact has made, which stripe the whole image. A spike is a sample many times
 * larger than all that the lines beside it have near the same place. Signal is no spike: it lasts over more than one
 * line. Only that of what is even along phase does not, and the very centre; so the lines through the centre of k-space are
 * left alone, as are lines without neighbours next to them, and readouts of spokes and arms, whose neighbours lie elsewhere.
 *
 * <p>Pure; uses the common pool.
 */
public final class SpikeRepair {
    /** What to put in the place of a spike. */
    public enum Repair {
        /** A line between the nearest good samples of the readout. */
        INTERPOLATE,
        /** Nothing. */
        ZERO
    }

    /** Magnitude over the neighbours' from which on a sample is a spike. */
    public static final double THRESHOLD = 6;

    /** Samples near one another, along a readout. */
    private static final int BLOCK = 8;

    private static final int LEAST_SAMPLES = 2 * BLOCK;
    /** Lines on either side. */
    private static final int NEIGHBOURS = 2;
    /** Lines on either side of k = 0 that are left alone. */
    private static final int CENTRAL = 1;
    /** Against the largest sample; what is smaller is never seen. */
    private static final double FLOOR = 1e-5;

    /** Of a readout's samples. */
    private static final double MOST_ZEROS = 0.1;

    private static final int MOST_NAMED = 12;

    private record Group(
            int space,
            int slice,
            int contrast,
            int phase,
            int repetition,
            int set,
            int average,
            int step2,
            int samples,
            int channels,
            long purpose) {
        static Group of(ReadoutHeader header) {
            EncodingCounters c = header.counters();
            return new Group(
                    header.encodingSpace(),
                    c.slice(),
                    c.contrast(),
                    c.phase(),
                    c.repetition(),
                    c.set(),
                    c.average(),
                    c.step2(),
                    header.samples(),
                    header.channels(),
                    header.flags() & AcquisitionFlags.NOT_IMAGING);
        }
    }

    private final RawData raw;
    private final int size;
    private final double threshold;
    /** Largest squared magnitude of each block of each readout, channels one after the other. */
    private final float[][] largest;

    private SpikeRepair(RawData raw, double threshold) {
        this.raw = raw;
        this.size = raw.size();
        this.threshold = threshold;
        this.largest = IntStream.range(0, size)
                .parallel()
                .mapToObj(i -> isAsReceived(raw.readout(i)) ? largestOfBlocks(raw.readout(i)) : null)
                .toArray(float[][]::new);
    }

    /**
     * The same data with all spikes repaired; the very same where there are none.
     *
     * @param threshold see {@link #THRESHOLD}; above 1
     * @param notes get the numbers of the readouts
     */
    public static RawData repair(RawData raw, double threshold, Repair repair, MrdNotes notes) {
        return new SpikeRepair(raw, threshold).repair(repair, notes);
    }

    /** Receivers make noise: zeros are what somebody has put where nothing was measured. */
    private static boolean isAsReceived(Readout readout) {
        float[] real = readout.real();
        float[] imaginary = readout.imaginary();
        int zeros = 0;
        for (int i = 0; i < real.length; i++) {
            zeros += real[i] == 0 && imaginary[i] == 0 ? 1 : 0;
        }
        return zeros <= MOST_ZEROS * real.length;
    }

    private static float[] largestOfBlocks(Readout readout) {
        ReadoutHeader header = readout.header();
        int blocks = blocks(header.samples());
        float[] largest = new float[blocks * header.channels()];
        for (int channel = 0; channel < header.channels(); channel++) {
            int offset = channel * header.samples();
            for (int s = header.discardPre(); s < header.samples() - header.discardPost(); s++) {
                int block = channel * blocks + s / BLOCK;
                largest[block] = Math.max(largest[block], power(readout, offset + s));
            }
        }
        return largest;
    }

    private static int blocks(int samples) {
        return (samples + BLOCK - 1) / BLOCK;
    }

    private static float power(Readout readout, int at) {
        return readout.real()[at] * readout.real()[at] + readout.imaginary()[at] * readout.imaginary()[at];
    }

    private RawData repair(Repair repair, MrdNotes notes) {
        Map<Group, List<Integer>> groups = new HashMap<>();
        for (int i = 0; i < size; i++) {
            ReadoutHeader header = raw.readout(i).header();
            if (largest[i] != null && header.samples() >= LEAST_SAMPLES && header.channels() > 0) {
                groups.computeIfAbsent(Group.of(header), key -> new ArrayList<>())
                        .add(i);
            }
        }
        boolean[][] spikes = new boolean[size][];
        groups.values().parallelStream().forEach(group -> find(group, spikes));
        List<Integer> spiked =
                IntStream.range(0, size).filter(i -> spikes[i] != null).boxed().toList();
        if (spiked.isEmpty()) {
            return raw;
        }
        RawData repaired = new RawData(raw.header(), raw.expected());
        int count = 0;
        for (int i = 0; i < size; i++) {
            Readout readout = raw.readout(i);
            repaired.append(spikes[i] == null ? readout : repaired(readout, spikes[i], repair));
            count += spikes[i] == null ? 0 : count(spikes[i]);
        }
        notes.add(note(spiked, count, repair));
        return repaired;
    }

    private static int count(boolean[] flags) {
        int count = 0;
        for (boolean flag : flags) {
            count += flag ? 1 : 0;
        }
        return count;
    }

    private String note(List<Integer> spiked, int count, Repair repair) {
        String numbers = spiked.stream()
                .limit(MOST_NAMED)
                .map(i -> String.valueOf(raw.readout(i).header().scanCounter()))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "spikes: %d samples, more than %.3g times as large as all near them, were %s in %d readouts (number %s%s):"
                        + " look for sparks, loose contacts and switched mains loads",
                count,
                threshold,
                repair == Repair.ZERO ? "set to zero" : "interpolated",
                spiked.size(),
                numbers,
                spiked.size() > MOST_NAMED ? ", …" : "");
    }

    /** @param spikes flags of the samples of each readout that has spikes */
    private void find(List<Integer> group, boolean[][] spikes) {
        List<Integer> lines = new ArrayList<>(group);
        lines.sort(Comparator.comparingInt(this::step));
        float brightest = 0;
        for (int line : lines) {
            for (float power : largest[line]) {
                brightest = Math.max(brightest, power);
            }
        }
        float floor = (float) (FLOOR * FLOOR) * brightest;
        for (int at = 0; at < lines.size(); at++) {
            List<Integer> beside = new ArrayList<>();
            int nearest = Integer.MAX_VALUE;
            for (int other = Math.max(0, at - NEIGHBOURS);
                    other <= Math.min(lines.size() - 1, at + NEIGHBOURS);
                    other++) {
                int distance = Math.abs(step(lines.get(other)) - step(lines.get(at)));
                if (other != at && distance <= NEIGHBOURS) {
                    beside.add(lines.get(other));
                    nearest = Math.min(nearest, distance);
                }
            }
            // Of which one may have a spike too. Of lines farther away, which is all there are in undersampled data,
            // nothing follows.
            if (beside.size() >= 2 && nearest <= 1) {
                find(lines.get(at), beside, floor, spikes);
            }
        }
    }

    private int step(int line) {
        return raw.readout(line).header().counters().step1();
    }

    private void find(int line, List<Integer> beside, float floor, boolean[][] spikes) {
        Readout readout = raw.readout(line);
        ReadoutHeader header = readout.header();
        int blocks = blocks(header.samples());
        int fromCenter = fromCenter(header);
        if (fromCenter <= CENTRAL) {
            return;
        }
        int center = (header.centerSample() > 0 ? header.centerSample() : header.samples() / 2) / BLOCK;
        for (int channel = 0; channel < header.channels(); channel++) {
            for (int block = 0; block < blocks; block++) {
                int index = channel * blocks + block;
                boolean central = fromCenter <= NEIGHBOURS && Math.abs(block - center) <= 1;
                if (central || largest[line][index] <= floor) {
                    continue;
                }
                double limit =
                        threshold * threshold * Math.max(floor, secondLargest(beside, channel * blocks, block, blocks));
                if (largest[line][index] > limit) {
                    if (spikes[line] == null) {
                        spikes[line] = new boolean[readout.samples().count()];
                    }
                    flag(readout, channel, block, limit, spikes[line]);
                }
            }
        }
    }

    /** Lines from the centre of k-space; a negative number for what is no line. */
    private int fromCenter(ReadoutHeader header) {
        List<Encoding> encodings = raw.header().encodings();
        if (header.encodingSpace() >= encodings.size()) {
            return -1;
        }
        Encoding encoding = encodings.get(header.encodingSpace());
        boolean lines = encoding.trajectory() == Trajectory.CARTESIAN || encoding.trajectory() == Trajectory.EPI;
        int middle = encoding.step1().center() > 0 ? encoding.step1().center() : encoding.encodedY() / 2;
        return lines ? Math.abs(header.counters().step1() - middle) : -1;
    }

    /** Of the largest in this block and the two beside it of each line. */
    private float secondLargest(List<Integer> lines, int offset, int block, int blocks) {
        float first = 0;
        float second = 0;
        for (int line : lines) {
            float most = 0;
            for (int b = Math.max(0, block - 1); b <= Math.min(blocks - 1, block + 1); b++) {
                most = Math.max(most, largest[line][offset + b]);
            }
            if (most > first) {
                second = first;
                first = most;
            } else {
                second = Math.max(second, most);
            }
        }
        return second;
    }

    private static void flag(Readout readout, int channel, int block, double limit, boolean[] flags) {
        ReadoutHeader header = readout.header();
        int from = Math.max(header.discardPre(), block * BLOCK);
        int to = Math.min(header.samples() - header.discardPost(), (block + 1) * BLOCK);
        for (int s = from; s < to; s++) {
            int at = channel * header.samples() + s;
            flags[at] |= power(readout, at) > limit;
        }
    }

    private static Readout repaired(Readout readout, boolean[] spikes, Repair repair) {
        float[] real = readout.real().clone();
        float[] imaginary = readout.imaginary().clone();
        int samples = readout.header().samples();
        for (int from = 0; from < spikes.length; from += samples) {
            for (int at = from; at < from + samples; at++) {
                if (spikes[at]) {
                    int before = at - 1;
                    int after = at + 1;
                    while (after < from + samples && spikes[after]) {
                        after++;
                    }
                    boolean between = before >= from && after < from + samples;
                    float share = 1f / (after - before);
                    real[at] = 0;
                    imaginary[at] = 0;
                    if (repair == Repair.INTERPOLATE && between) {
                        real[at] = real[before] + share * (real[after] - real[before]);
                        imaginary[at] = imaginary[before] + share * (imaginary[after] - imaginary[before]);
                    }
                }
            }
        }
        return new Readout(
                readout.header(), real, imaginary, readout.trajectoryDimensions(), readout.trajectoryPerMeter());
    }
}
