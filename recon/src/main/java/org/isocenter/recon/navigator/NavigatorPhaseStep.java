package org.isocenter.recon.navigator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.Encoding.Trajectory;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.RawStep;

/**
 * Brings the shots of an image into phase by their navigators: readouts without phase encoding, marked as navigation, phase
 * correction or phase stabilisation, before or after the lines that they are for. Bulk motion during diffusion gradients, breath
 * and a drifting field turn each shot by a phase of its own, along read by a slope as well (Ordidge et al. 1994, Magn Reson
 * Imaging 12:455; Anderson and Gore 1994, Magn Reson Med 32:379). Each shot is turned to the phase of the first one of its image.
 * Trains of echo-planar lines have steps of their own; samples along other trajectories than lines are freed of the constant.
 *
 * @param order what is taken off
 */
public record NavigatorPhaseStep(Order order) implements RawStep {
    /** Less than that much of two navigators is the same: they are not of the same, or noise. */
    private static final double LEAST_COHERENCE = 0.5;

    /** What may differ between shots. */
    public enum Order {
        /** A phase. */
        CONSTANT,
        /** A phase, and its slope along read. */
        LINEAR
    }

    /** Lines with the same belong to one image. */
    private record Image(int space, int slice, int contrast, int phase, int repetition, int set) {
        static Image of(ReadoutHeader header) {
            EncodingCounters c = header.counters();
            return new Image(header.encodingSpace(), c.slice(), c.contrast(), c.phase(), c.repetition(), c.set());
        }
    }

    @Override
    public RawData apply(RawData raw, ChainContext context) {
        int size = raw.size();
        List<Encoding> encodings = raw.header().encodings();
        Predicate<ReadoutHeader> concerned = header -> header.samples() > 0
                && header.channels() > 0
                && header.encodingSpace() < encodings.size()
                && encodings.get(header.encodingSpace()).trajectory() != Trajectory.EPI;
        List<Shot> shots = Shot.of(raw, size, concerned);
        if (shots.stream().filter(shot -> !shot.navigators().isEmpty()).count() < 2) {
            return raw;
        }
        Map<Image, Shot> references = new HashMap<>();
        Map<Integer, Readout> corrected = new HashMap<>();
        Found found = new Found();
        for (Shot shot : shots) {
            context.throwIfStopped();
            Map<Image, Optional<ShotPhase>> phases = new HashMap<>();
            for (int number : shot.lines()) {
                Readout line = raw.readout(number);
                Image image = Image.of(line.header());
                Shot reference = references.computeIfAbsent(image, first -> shot);
                if (reference == shot) {
                    continue;
                }
                Optional<ShotPhase> phase =
                        phases.computeIfAbsent(image, of -> found.add(between(shot, reference, encodings, of)));
                if (phase.isEmpty()) {
                    found.leftAlone++;
                } else {
                    corrected.put(
                            number, phase.get().takenOff(line, line.header().has(AcquisitionFlags.REVERSE)));
                }
            }
        }
        found.tell(context);
        return corrected.isEmpty() ? raw : replaced(raw, size, corrected);
    }

    /** Empty where the navigators have too little in common. */
    private Optional<ShotPhase> between(Shot shot, Shot reference, List<Encoding> encodings, Image image) {
        if (!shot.isLike(reference)) {
            return Optional.empty();
        }
        boolean lines = encodings.get(image.space()).trajectory() == Trajectory.CARTESIAN;
        return Optional.of(ShotPhase.between(shot, reference, lines && order == Order.LINEAR))
                .filter(phase -> phase.coherence() >= LEAST_COHERENCE);
    }

    private static RawData replaced(RawData raw, int size, Map<Integer, Readout> corrected) {
        RawData result = new RawData(raw.header(), raw.expected());
        for (int i = 0; i < size; i++) {
            result.append(corrected.getOrDefault(i, raw.readout(i)));
        }
        return result;
    }

    /** For the note. */
    private static final class Found {
        private final List<ShotPhase> phases = new ArrayList<>();
        private int leftAlone;

        Optional<ShotPhase> add(Optional<ShotPhase> phase) {
            phase.ifPresent(phases::add);
            return phase;
        }

        void tell(ChainContext context) {
            double radians = 0;
            double turns = 0;
            for (ShotPhase phase : phases) {
                PhaseLine line = phase.line();
                radians = Math.max(radians, Math.abs(Math.IEEEremainder(line.radians(), 2 * Math.PI)));
                turns = Math.max(
                        turns,
                        Math.abs(line.radiansPerPixel()) * phase.navigator().samples() / (2 * Math.PI));
            }
            if (!phases.isEmpty()) {
                context.notes()
                        .add(String.format(
                                Locale.ROOT,
                                "navigators: %d shots were brought into phase with the first of their image; they differed"
                                        + " by up to %.0f° and %.2f turns over the field of view",
                                phases.size(),
                                Math.toDegrees(radians),
                                turns));
            }
            if (leftAlone > 0) {
                context.notes()
                        .add("navigators: " + leftAlone
                                + " lines were left as they are, since the navigators of their shots"
                                + " are missing, or have too little in common with the first ones");
            }
        }
    }
}
