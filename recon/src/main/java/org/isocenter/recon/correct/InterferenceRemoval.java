package org.isocenter.recon.correct;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.ScannerInfo;
import org.isocenter.recon.mrd.MrdNotes;

/**
 * Takes electromagnetic interference off the image channels by what reference channels, which see no spins, receive of it:
 * EDITER (Srinivas et al. 2022). What an image channel has of the references is a sum of their samples at the same
 * time and shortly before and after, with weights found by least squares over a window of readouts; windows whose weights are
 * the same, within what can be known, are taken together, so that there are many samples for few weights.
 *
 * <p>The spins' signal is noise to this fit. It is fitted again with each sample weighted by how little signal is left
 * near it, so that the bright centre of k-space does not bend the weights and little signal is taken off.
 *
 * <p>Pure; uses the common pool.
 */
public final class InterferenceRemoval {
    /** Samples before and after; enough for cables, filters and delays of different length. */
    public static final int NEIGHBOURS = 3;

    /** Samples for each weight, so that the fit takes at most as large a share of the signal. */
    private static final int SAMPLES_PER_WEIGHT = 12;
    /** Windows are alike when their own weights explain no more than this many times what chance would. */
    private static final double ALIKE = 4;
    /** Signal is looked for so many samples around one. */
    private static final int SMOOTHING = 4;

    private static final int READOUTS_FOR_FLOOR = 1000;

    /** As many on every machine, so that sums are alike to the last digit. */
    private static final int TASKS = 16;

    private final int[] references;
    private final int[] images;
    private final int neighbours;
    private final int unknowns;
    private double energyBefore;
    private double energyAfter;
    private int groups;

    private InterferenceRemoval(int[] references, int[] images, int neighbours) {
        this.references = references;
        this.images = images;
        this.neighbours = neighbours;
        this.unknowns = references.length * (2 * neighbours + 1);
    }

    /** Readouts one after the other in time that are fitted together; {@code weights} for all of them. */
    private static final class Cluster {
        private final List<Integer> readouts = new ArrayList<>();
        private NormalEquations equations;
        private double[][][] weights;

        Cluster(NormalEquations equations) {
            this.equations = equations;
            this.weights = equations.solve();
        }
    }

    /**
     * The image channels alone, without interference.
     *
     * @param references channels that see interference but no spins, from 0; others are image channels
     * @param neighbours see {@link #NEIGHBOURS}; from 0
     * @throws IllegalArgumentException if there is no image channel or no such reference
     */
    public static RawData remove(RawData raw, List<Integer> references, int neighbours, MrdNotes notes) {
        int size = raw.size();
        if (size == 0) {
            return raw;
        }
        int channels = raw.readout(0).header().channels();
        references.forEach(reference -> requireChannel(reference, channels));
        int[] images = IntStream.range(0, channels)
                .filter(channel -> !references.contains(channel))
                .toArray();
        if (images.length == 0 || references.isEmpty()) {
            throw new IllegalArgumentException("of " + channels + " channels " + references.size()
                    + " are references for interference: at least one of either kind is needed");
        }
        int[] distinct =
                references.stream().mapToInt(r -> r).distinct().sorted().toArray();
        return new InterferenceRemoval(distinct, images, neighbours).remove(raw, size, channels, notes);
    }

    /**
     * The channels that a text names.
     *
     * @param text channel numbers from 0 and labels of coils, with commas between; of a label that ends in * only the
     *     beginning counts, and there need not be any such coil. Upper and lower case are the same
     * @return ascending
     * @throws IllegalArgumentException if there is no such channel or coil
     */
    public static List<Integer> references(String text, ScannerInfo scanner, int channels) {
        TreeSet<Integer> references = new TreeSet<>();
        for (String part : text.split(",")) {
            String name = part.strip();
            if (name.matches("\\d{1,6}")) {
                requireChannel(Integer.parseInt(name), channels);
                references.add(Integer.parseInt(name));
                continue;
            }
            boolean beginning = name.endsWith("*");
            String wanted = (beginning ? name.substring(0, name.length() - 1) : name).toLowerCase(Locale.ROOT);
            int before = references.size();
            for (int channel = 0;
                    channel < Math.min(channels, scanner.channelCoils().size());
                    channel++) {
                String coil = scanner.channelCoils().get(channel).toLowerCase(Locale.ROOT);
                if (!coil.isEmpty() && (beginning ? coil.startsWith(wanted) : coil.equals(wanted))) {
                    references.add(channel);
                }
            }
            if (!beginning && !name.isEmpty() && references.size() == before) {
                throw new IllegalArgumentException("no receive channel is labelled '" + name + "': there are "
                        + (scanner.channelCoils().isEmpty() ? "no labels" : String.join(", ", scanner.channelCoils())));
            }
        }
        return List.copyOf(references);
    }

    private static void requireChannel(int channel, int channels) {
        if (channel < 0 || channel >= channels) {
            throw new IllegalArgumentException("there is no channel " + channel + " to take interference from: the"
                    + " data have channels 0 to " + (channels - 1));
        }
    }

    private RawData remove(RawData raw, int size, int channels, MrdNotes notes) {
        Map<Integer, List<Integer>> byLength = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            ReadoutHeader header = raw.readout(i).header();
            if (header.channels() == channels) {
                byLength.computeIfAbsent(header.samples(), samples -> new ArrayList<>())
                        .add(i);
            }
        }
        Readout[] cleaned = new Readout[size];
        byLength.values().forEach(readouts -> remove(raw, readouts, cleaned));
        List<Readout> kept = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (cleaned[i] != null) {
                kept.add(cleaned[i]);
            } else {
                notes.addForReadout(
                        raw.readout(i).header().scanCounter(),
                        "not the same number of channels as the first: left out");
            }
        }
        RawData result = new RawData(header(raw.header()), size == raw.expected() ? kept.size() : raw.expected());
        kept.forEach(result::append);
        notes.add(String.format(
                Locale.ROOT,
                "interference: %d reference channels explained %.1f %% of what the others received, in %d %s of readouts"
                        + " (EDITER, Srinivas 2022); it was taken off",
                references.length,
                energyBefore > 0 ? 100 * (1 - energyAfter / energyBefore) : 0,
                groups,
                groups == 1 ? "group" : "groups"));
        return result;
    }

    private ScanHeader header(ScanHeader header) {
        List<String> coils = header.scanner().channelCoils();
        List<String> left = Arrays.stream(images)
                .mapToObj(channel -> channel < coils.size() ? coils.get(channel) : "")
                .toList();
        return new ScanHeader(
                header.measurementId(),
                header.protocolName(),
                header.start(),
                header.study(),
                header.scanner().withChannels(images.length, coils.isEmpty() ? List.of() : left),
                header.sequence(),
                header.encodings(),
                header.userParameters());
    }

    private void remove(RawData raw, List<Integer> readouts, Readout[] cleaned) {
        int samples = raw.readout(readouts.get(0)).header().samples();
        if (samples == 0) {
            readouts.forEach(i -> cleaned[i] = imagesOf(raw.readout(i), null));
            return;
        }
        int perWindow = Math.max(1, (SAMPLES_PER_WEIGHT * unknowns + samples - 1) / samples);
        int windows = Math.max(1, readouts.size() / perWindow);
        List<NormalEquations> equations = IntStream.range(0, windows)
                .parallel()
                .mapToObj(window -> {
                    NormalEquations sums = new NormalEquations(unknowns, images.length);
                    window(readouts, window, windows).forEach(i -> add(raw.readout(i), null, sums));
                    return sums;
                })
                .toList();
        List<Cluster> clusters = new ArrayList<>();
        for (int window = 0; window < windows; window++) {
            like(equations.get(window), clusters).readouts.addAll(window(readouts, window, windows));
        }
        if (clusters.size() > 1) {
            reassign(raw, clusters);
        }
        for (Cluster cluster : clusters) {
            refine(raw, cluster);
            cluster.readouts.parallelStream().forEach(i -> cleaned[i] = imagesOf(raw.readout(i), cluster.weights));
            for (int i : cluster.readouts) {
                energyAfter +=
                        energy(cleaned[i], IntStream.range(0, images.length).toArray());
                energyBefore += energy(raw.readout(i), images);
            }
        }
        groups += clusters.size();
    }

    private static List<Integer> window(List<Integer> readouts, int window, int windows) {
        int from = (int) ((long) readouts.size() * window / windows);
        int to = (int) ((long) readouts.size() * (window + 1) / windows);
        return readouts.subList(from, to);
    }

    /** The cluster whose weights are as good for a window as its own, or a new one. */
    private Cluster like(NormalEquations window, List<Cluster> clusters) {
        double[][][] own = window.solve();
        for (Cluster cluster : clusters) {
            boolean alike = true;
            for (int t = 0; alike && t < images.length; t++) {
                double explained = window.explained(t, own[t]);
                double lost = explained - window.explained(t, cluster.weights[t]);
                alike = lost <= ALIKE * chance(window, t, explained);
            }
            if (alike) {
                cluster.equations.add(window);
                cluster.weights = cluster.equations.solve();
                return cluster;
            }
        }
        NormalEquations sums = new NormalEquations(unknowns, images.length);
        sums.add(window);
        Cluster cluster = new Cluster(sums);
        clusters.add(cluster);
        return cluster;
    }

    /** Fits once more, with samples of much signal counting little. */
    private void refine(RawData raw, Cluster cluster) {
        int tasks = Math.min(cluster.readouts.size(), TASKS);
        double[][][] first = cluster.weights;
        double floor = floor(raw, cluster, first);
        List<NormalEquations> parts = IntStream.range(0, tasks)
                .parallel()
                .mapToObj(task -> {
                    NormalEquations sums = new NormalEquations(unknowns, images.length);
                    window(cluster.readouts, task, tasks)
                            .forEach(i -> add(raw.readout(i), weights(raw.readout(i), first, floor), sums));
                    return sums;
                })
                .toList();
        NormalEquations all = new NormalEquations(unknowns, images.length);
        parts.forEach(all::add);
        cluster.weights = all.solve();
        for (int t = 0; t < images.length; t++) {
            double explained = all.explained(t, cluster.weights[t]);
            if (explained <= ALIKE * chance(all, t, explained)) {
                cluster.weights[t] = new double[2][unknowns];
            }
        }
    }

    /** How much any weights explain of what has nothing to do with the references. */
    private double chance(NormalEquations equations, int target, double explained) {
        double left = Math.max(0, equations.energy(target) - explained);
        return left * unknowns / Math.max(1, equations.samples());
    }

    /** A window may hold readouts of two kinds: each goes to the cluster that leaves least of it. */
    private void reassign(RawData raw, List<Cluster> clusters) {
        List<Integer> all = new ArrayList<>();
        clusters.forEach(cluster -> all.addAll(cluster.readouts));
        int[] best = all.parallelStream()
                .mapToInt(i -> {
                    double least = Double.POSITIVE_INFINITY;
                    int at = 0;
                    for (int c = 0; c < clusters.size(); c++) {
                        double left = Arrays.stream(leftPower(raw.readout(i), clusters.get(c).weights))
                                .sum();
                        if (left < least) {
                            least = left;
                            at = c;
                        }
                    }
                    return at;
                })
                .toArray();
        clusters.forEach(cluster -> cluster.readouts.clear());
        for (int i = 0; i < best.length; i++) {
            clusters.get(best[i]).readouts.add(all.get(i));
        }
        clusters.removeIf(cluster -> cluster.readouts.isEmpty());
    }

    /** The power that is left of half of the samples: noise, where most of k-space is dark. A few readouts tell. */
    private double floor(RawData raw, Cluster cluster, double[][][] weights) {
        int count = cluster.readouts.size();
        int looked = Math.min(count, READOUTS_FOR_FLOOR);
        double[] left = IntStream.range(0, looked)
                .parallel()
                .mapToObj(i -> raw.readout(cluster.readouts.get((int) ((long) count * i / looked))))
                .flatMapToDouble(readout -> Arrays.stream(leftPower(readout, weights)))
                .sorted()
                .toArray();
        return Math.max(Double.MIN_NORMAL, left[left.length / 2]);
    }

    private double[] weights(Readout readout, double[][][] first, double floor) {
        double[] weights = leftPower(readout, first);
        for (int s = 0; s < weights.length; s++) {
            weights[s] = 1 / (weights[s] / floor + 1);
        }
        return weights;
    }

    /** Over all image channels, the mean of a few samples. */
    private double[] leftPower(Readout readout, double[][][] weights) {
        Readout left = imagesOf(readout, weights);
        int samples = readout.header().samples();
        double[] sums = new double[samples + 1];
        for (int s = 0; s < samples; s++) {
            double power = 0;
            for (int at = s; at < left.real().length; at += samples) {
                power += left.real()[at] * left.real()[at] + left.imaginary()[at] * left.imaginary()[at];
            }
            sums[s + 1] = sums[s] + power;
        }
        double[] smooth = new double[samples];
        for (int s = 0; s < samples; s++) {
            int from = Math.max(0, s - SMOOTHING);
            int to = Math.min(samples, s + SMOOTHING + 1);
            smooth[s] = (sums[to] - sums[from]) / (to - from);
        }
        return smooth;
    }

    /** @param weights of the samples, or null for 1 */
    private void add(Readout readout, double[] weights, NormalEquations sums) {
        int samples = readout.header().samples();
        double[] aRe = new double[unknowns];
        double[] aIm = new double[unknowns];
        double[] bRe = new double[images.length];
        double[] bIm = new double[images.length];
        for (int s = 0; s < samples; s++) {
            int unknown = 0;
            for (int reference : references) {
                for (int t = s - neighbours; t <= s + neighbours; t++, unknown++) {
                    boolean inside = t >= 0 && t < samples;
                    aRe[unknown] = inside ? readout.real()[reference * samples + t] : 0;
                    aIm[unknown] = inside ? readout.imaginary()[reference * samples + t] : 0;
                }
            }
            for (int i = 0; i < images.length; i++) {
                bRe[i] = readout.real()[images[i] * samples + s];
                bIm[i] = readout.imaginary()[images[i] * samples + s];
            }
            sums.add(weights == null ? 1 : weights[s], aRe, aIm, bRe, bIm);
        }
    }

    /** Without what the references explain; without taking anything off when {@code weights} is null. */
    private Readout imagesOf(Readout readout, double[][][] weights) {
        ReadoutHeader header = readout.header();
        int samples = header.samples();
        float[] real = new float[images.length * samples];
        float[] imaginary = new float[images.length * samples];
        for (int i = 0; i < images.length; i++) {
            System.arraycopy(readout.real(), images[i] * samples, real, i * samples, samples);
            System.arraycopy(readout.imaginary(), images[i] * samples, imaginary, i * samples, samples);
            int unknown = 0;
            for (int reference : references) {
                for (int shift = -neighbours; weights != null && shift <= neighbours; shift++, unknown++) {
                    takeOff(
                            readout,
                            reference * samples,
                            shift,
                            (float) weights[i][0][unknown],
                            (float) weights[i][1][unknown],
                            real,
                            imaginary,
                            i * samples);
                }
            }
        }
        return new Readout(
                header.withChannels(images.length),
                real,
                imaginary,
                readout.trajectoryDimensions(),
                readout.trajectoryPerMeter());
    }

    private static void takeOff(
            Readout readout, int from, int shift, float re, float im, float[] real, float[] imaginary, int to) {
        int samples = readout.header().samples();
        for (int s = Math.max(0, -shift); s < Math.min(samples, samples - shift); s++) {
            float a = readout.real()[from + s + shift];
            float b = readout.imaginary()[from + s + shift];
            real[to + s] -= re * a - im * b;
            imaginary[to + s] -= re * b + im * a;
        }
    }

    private static double energy(Readout readout, int[] channels) {
        int samples = readout.header().samples();
        double sum = 0;
        for (int channel : channels) {
            for (int at = channel * samples; at < (channel + 1) * samples; at++) {
                sum += readout.real()[at] * readout.real()[at] + readout.imaginary()[at] * readout.imaginary()[at];
            }
        }
        return sum;
    }
}
