package org.isocenter.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a scan without spatial encoding measures. It stands in the raw data as the identifier of the encoding's trajectory
 * description, with the recovery times as its numbers, so that any reader of the file can evaluate it.
 */
public enum SpectrumKind {
    /** One free induction decay, averaged. */
    FID("SpectrumFreeInductionDecay", "free induction decay"),
    /** The second half of a spin echo. */
    SPIN_ECHO("SpectrumSpinEcho", "spin echo"),
    /** A train of spin echoes, each a contrast; the echo times are the sequence's. */
    ECHO_TRAIN("SpectrumEchoTrain", "echo train"),
    /** A decay for each inversion time, each a repetition. */
    INVERSION_RECOVERY("SpectrumInversionRecovery", "inversion recovery"),
    /** A decay for each recovery time, each a repetition. */
    SATURATION_RECOVERY("SpectrumSaturationRecovery", "saturation recovery"),
    /** The receiver's noise. */
    NOISE("SpectrumNoise", "noise");

    private final String identifier;
    private final String title;

    SpectrumKind(String identifier, String title) {
        this.identifier = identifier;
        this.title = title;
    }

    /** What people read. */
    public String title() {
        return title;
    }

    /** Of this kind, with the recovery time of each repetition in seconds. */
    public TrajectoryDescription description(List<Double> recoverySeconds) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (int i = 0; i < recoverySeconds.size(); i++) {
            numbers.put(String.format(Locale.ROOT, "recoveryTime%03d_s", i), recoverySeconds.get(i));
        }
        return new TrajectoryDescription(identifier, Map.of(), numbers);
    }

    /** Empty for an encoding that is for images. */
    public static Optional<SpectrumKind> of(Encoding encoding) {
        for (SpectrumKind kind : values()) {
            if (kind.identifier.equals(encoding.description().identifier())) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** The recovery time of each repetition, in seconds. */
    public static List<Double> recoverySeconds(Encoding encoding) {
        return List.copyOf(new TreeMap<>(encoding.description().numbers()).values());
    }
}
