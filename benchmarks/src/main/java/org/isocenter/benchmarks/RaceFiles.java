package org.isocenter.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.library.SequenceLibrary;
import org.isocenter.sequence.pulseq.PulseqVersion;
import org.isocenter.sequence.pulseq.PulseqWriter;

/** The three sequences that are raced, a small, a medium and a large one, made by the library. */
public enum RaceFiles {
    GRE_2D(
            "2D GRE",
            "gre2d",
            Map.of("matrix", 256, "matrixPhase", 320, "slices", 1, "dummies", 0, "TR", 0.03, "TE", 0.01, "BW", 100e3)),
    MPRAGE_3D(
            "3D MPRAGE",
            "mprage",
            Map.of("matrix", 96, "matrixPhase", 128, "partitions", 120, "ETL", 120, "dummies", 0, "TR", 3, "TI", 1)),
    /** 30,720 readouts of 192 samples. */
    GRE_3D(
            "3D GRE",
            "gre3d",
            Map.of("matrix", 96, "matrixPhase", 192, "partitions", 160, "dummies", 0, "TR", 0.015, "TE", 0.006));

    final String title;
    private final String sequence;
    private final Map<String, Number> parameters;

    RaceFiles(String title, String sequence, Map<String, Number> parameters) {
        this.title = title;
        this.sequence = sequence;
        this.parameters = parameters;
    }

    /** A scanner without limits that matter. */
    static SystemLimits limits() {
        return ScannerProfile.builtIn("ideal").limits();
    }

    Sequence build() {
        SystemLimits limits = limits();
        SequenceBuilder builder = SequenceLibrary.find(sequence).orElseThrow();
        Protocol protocol = SequenceLibrary.defaults(builder, limits);
        for (Map.Entry<String, Number> parameter : parameters.entrySet()) {
            protocol = protocol.with(parameter.getKey(), parameter.getValue().doubleValue());
        }
        return builder.build(protocol, limits, PatientPosition.HFS).sequence();
    }

    /** Writes the file, as Pulseq 1.5.1. */
    Path write(Path folder) throws IOException {
        return Files.write(folder.resolve(sequence + ".seq"), PulseqWriter.write(build(), PulseqVersion.V1_5_1));
    }
}
