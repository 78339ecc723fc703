package org.isocenter.sequence.trajectory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.isocenter.model.Encoding;
import org.isocenter.model.SequenceParameters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Sequence;

/** Echo time, repetition time, inversion time and flip angle as the pulses and readouts have them. */
final class SequenceTiming {
    private record Pulse(double seconds, int block, RfUse use, long sliceHertz) {}

    private final Sequence sequence;
    private final List<Pulse> pulses = new ArrayList<>();

    SequenceTiming(Sequence sequence, double larmorHertz) {
        this.sequence = sequence;
        for (int block = 0; block < sequence.blockCount(); block++) {
            int id = sequence.rfId(block);
            if (id != 0) {
                RfPulse rf = sequence.rfPulse(id);
                double seconds = (sequence.startPs(block) + rf.delayPs()) * 1e-12 + rf.centerSeconds();
                pulses.add(new Pulse(seconds, block, rf.use(), Math.round(rf.frequencyOffsetHertz(larmorHertz))));
            }
        }
    }

    /**
     * Between excitations of the same slice, or between inversions where there are any; NaN for a single one. Only
     * excitations that a readout follows count: others are saturation by another name.
     */
    double repetitionSeconds(List<PlannedReadout> imaging) {
        Set<Integer> read = new HashSet<>();
        imaging.forEach(r -> read.add(r.line.excitationBlock()));
        boolean inverted = pulses.stream().anyMatch(p -> p.use == RfUse.INVERSION);
        Map<Long, Double> before = new HashMap<>();
        List<Double> intervals = new ArrayList<>();
        for (Pulse pulse : pulses) {
            boolean counts = inverted ? pulse.use == RfUse.INVERSION : read.contains(pulse.block);
            if (counts) {
                Double last = before.put(pulse.sliceHertz, pulse.seconds);
                if (last != null) {
                    intervals.add(pulse.seconds - last);
                }
            }
        }
        return median(intervals);
    }

    /** From the last inversion before an excitation to that excitation; NaN when there is none. */
    double inversionSeconds(double excitationSeconds) {
        double inversion = Double.NaN;
        for (Pulse pulse : pulses) {
            if (pulse.use == RfUse.INVERSION && pulse.seconds < excitationSeconds) {
                inversion = pulse.seconds;
            }
        }
        return excitationSeconds - inversion;
    }

    double flipAngleRadians(int excitationBlock) {
        if (excitationBlock < 0) {
            return Double.NaN;
        }
        RfPulse pulse = sequence.rfPulse(sequence.rfId(excitationBlock));
        return RfFacts.flipAngleRadians(pulse, sequence.rasters());
    }

    /** The readout of a contrast that comes nearest to the centre of k-space; null when it has none. */
    static PlannedReadout centre(List<PlannedReadout> imaging, int contrast) {
        PlannedReadout centre = null;
        double smallest = Double.POSITIVE_INFINITY;
        for (PlannedReadout readout : imaging) {
            double k = readout.line.at(readout.center).norm();
            // Rounding must not choose between lines that are equally near.
            if (readout.contrast == contrast && k < smallest - 1e-3) {
                smallest = k;
                centre = readout;
            }
        }
        return centre;
    }

    SequenceParameters parameters(
            List<PlannedReadout> imaging, String acquisitionType, double thicknessMeters, Encoding.Trajectory kind) {
        int contrasts = 1 + imaging.stream().mapToInt(r -> r.contrast).max().orElse(0);
        int averages = 1 + imaging.stream().mapToInt(r -> r.average).max().orElse(0);
        List<Double> echoes = new ArrayList<>();
        for (int contrast = 0; contrast < contrasts; contrast++) {
            PlannedReadout centre = centre(imaging, contrast);
            if (centre != null && centre.line.excitationBlock() >= 0) {
                echoes.add(centre.echoSeconds());
            }
        }
        PlannedReadout centre = imaging.isEmpty() ? null : centre(imaging, imaging.get(0).contrast);
        int train = longestTrain(imaging);
        boolean excited = centre != null && centre.line.excitationBlock() >= 0;
        double inversion = excited ? inversionSeconds(centre.line.excitationSeconds()) : Double.NaN;
        List<String> scanning = new ArrayList<>();
        if (kind == Encoding.Trajectory.EPI) {
            scanning.add("EP");
        }
        boolean spinEcho = excited && centre.line.refocusings() > 0;
        scanning.add(spinEcho ? "SE" : "GR");
        if (!Double.isNaN(inversion)) {
            scanning.add("IR");
        }
        List<String> variant = new ArrayList<>();
        if (train > contrasts) {
            variant.add("SK");
        }
        if (!spinEcho && hasRfSpoiling()) {
            variant.add("SP");
        }
        String name = new FileDefinitions(sequence.definitions()).text("Name");
        return new SequenceParameters(
                name.isEmpty() ? "pulseq" : name,
                scanning,
                variant.isEmpty() ? List.of("NONE") : variant,
                acquisitionType,
                repetitionSeconds(imaging),
                echoes,
                inversion,
                excited ? flipAngleRadians(centre.line.excitationBlock()) : Double.NaN,
                Math.max(train, 1),
                averages,
                thicknessMeters,
                imaging.isEmpty() ? Double.NaN : imaging.get(0).line.dwellSeconds());
    }

    static int longestTrain(List<PlannedReadout> imaging) {
        Map<Integer, Integer> perExcitation = new HashMap<>();
        for (PlannedReadout readout : imaging) {
            perExcitation.merge(readout.line.excitations(), 1, Integer::sum);
        }
        return perExcitation.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** The phase of the excitations takes many values: quadratic phase cycling. */
    private boolean hasRfSpoiling() {
        Set<Long> phases = new HashSet<>();
        for (Pulse pulse : pulses) {
            if (pulse.use == RfUse.EXCITATION) {
                RfPulse rf = sequence.rfPulse(sequence.rfId(pulse.block));
                phases.add(Math.round(Math.IEEEremainder(rf.phaseRadians(), 2 * Math.PI) * 100));
            }
        }
        return phases.size() > 4;
    }

    private static double median(List<Double> values) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
