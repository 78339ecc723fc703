package org.isocenter.session.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.Scanners;
import org.isocenter.model.GradientHarmonics;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.ScannerInfo;
import org.isocenter.model.Study;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.check.SafetyCheck;
import org.isocenter.sequence.check.UnsafeSequenceException;
import org.isocenter.sequence.compile.EventCompiler;
import org.isocenter.sequence.library.SequenceLibrary;

/** A sequence of the library on a simulated scanner, without a session about it. */
final class VirtualScan {
    private VirtualScan() {}

    /** @param description name of a sequence, and settings of it */
    static RawData raw(String description, String device)
            throws ScannerException, IOException, UnsafeSequenceException {
        try (Scanner scanner = Scanners.open(URI.create(device))) {
            SystemLimits limits = scanner.limits();
            String[] parts = description.split(" ");
            SequenceBuilder builder = SequenceLibrary.find(parts[0]).orElseThrow();
            Protocol protocol = SequenceLibrary.defaults(builder, limits);
            for (int i = 1; i < parts.length; i++) {
                String[] setting = parts[i].split("=");
                protocol = protocol.withText(setting[0], setting[1]);
            }
            assertThat(builder.validate(protocol, limits)).isEmpty();
            SequencePlan plan = builder.build(protocol, limits, PatientPosition.HFS);
            ScanHeader header = header(plan, scanner.gradientHarmonics());
            RawData raw = new RawData(header, plan.readouts().size());
            scanner.run(
                    EventCompiler.compile(SafetyCheck.check(plan.sequence(), limits)),
                    (index, channels, samples, real, imaginary) -> raw.append(new Readout(
                            plan.readouts().get(index).withChannels(channels), real.clone(), imaginary.clone())));
            return raw;
        }
    }

    private static ScanHeader header(SequencePlan plan, GradientHarmonics harmonics) {
        Study study = new Study("", "", "", "", "", "", null, Patient.UNKNOWN, PatientPosition.HFS, "", true);
        ScannerInfo scanner = new ScannerInfo("", "", "", "", "", "", 0.047, 2e6, 1, "");
        Map<String, String> parameters =
                harmonics.isNone() ? Map.of() : Map.of(GradientHarmonics.PARAMETER, harmonics.text());
        return new ScanHeader("test", "", null, study, scanner, plan.parameters(), plan.encodings(), parameters);
    }
}
