package org.isocenter.session.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.Scanners;
import org.isocenter.model.GradientHarmonics;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.ScannerInfo;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.check.SafetyCheck;
import org.isocenter.sequence.check.UnsafeSequenceException;
import org.isocenter.sequence.compile.EventCompiler;
import org.isocenter.sequence.library.SequenceLibrary;
import org.isocenter.sequence.trajectory.ReadoutTrajectories;
import org.isocenter.session.Examples;

/** A sequence of the library on a simulated scanner, without a session about it. */
public final class VirtualScan {
    private VirtualScan() {}

    /** @param description name of a sequence, and settings of it */
    public static RawData raw(String description, String device)
            throws ScannerException, IOException, UnsafeSequenceException {
        try (Scanner scanner = Scanners.open(URI.create(device))) {
            String[] parts = description.split(" ");
            SequenceBuilder builder = SequenceLibrary.find(parts[0]).orElseThrow();
            Protocol protocol = SequenceLibrary.defaults(builder, scanner.limits());
            for (int i = 1; i < parts.length; i++) {
                String[] setting = parts[i].split("=");
                protocol = protocol.withText(setting[0], setting[1]);
            }
            return raw(protocol, scanner);
        }
    }

    public static RawData raw(Protocol protocol, String device)
            throws ScannerException, IOException, UnsafeSequenceException {
        try (Scanner scanner = Scanners.open(URI.create(device))) {
            return raw(protocol, scanner);
        }
    }

    private static RawData raw(Protocol protocol, Scanner scanner)
            throws ScannerException, IOException, UnsafeSequenceException {
        SystemLimits limits = scanner.limits();
        SequenceBuilder builder = SequenceLibrary.find(protocol.sequence()).orElseThrow();
        assertThat(builder.validate(protocol, limits)).isEmpty();
        SequencePlan plan = builder.build(protocol, limits, PatientPosition.HFS);
        ReadoutTrajectories trajectories = ReadoutTrajectories.of(plan, PatientPosition.HFS);
        RawData raw = new RawData(
                header(plan, scanner.gradientHarmonics()), plan.readouts().size());
        scanner.run(
                EventCompiler.compile(SafetyCheck.check(plan.sequence(), limits)),
                (index, channels, samples, real, imaginary) -> raw.append(new Readout(
                        plan.readouts().get(index).withChannels(channels),
                        real.clone(),
                        imaginary.clone(),
                        trajectories.dimensions(index),
                        trajectories.perMeter(index))));
        return raw;
    }

    static ScanHeader header(SequencePlan plan, GradientHarmonics harmonics) {
        Map<String, String> parameters = new HashMap<>(Map.of(ScanHeader.TRAJECTORY_UNIT, "1/m"));
        if (!harmonics.isNone()) {
            parameters.put(GradientHarmonics.PARAMETER, harmonics.text());
        }
        return new ScanHeader(
                "test",
                "",
                null,
                Examples.study("1.2.3"),
                new ScannerInfo("", "", "", "", "", "", 0.047, 2e6, 1, ""),
                plan.parameters(),
                plan.encodings(),
                parameters);
    }
}
