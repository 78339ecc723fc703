package org.isocenter.session.run;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.isocenter.dicom.iod.MrImageWriter;
import org.isocenter.hardware.Scanner;
import org.isocenter.model.GradientHarmonics;
import org.isocenter.model.Protocol;
import org.isocenter.model.Provenance;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.ScannerInfo;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Violation;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.check.CheckReport;
import org.isocenter.sequence.check.CheckResult;
import org.isocenter.sequence.check.CheckedSequence;
import org.isocenter.sequence.check.SafetyCheck;
import org.isocenter.sequence.check.UnsafeSequenceException;
import org.isocenter.sequence.compile.EventCompiler;
import org.isocenter.sequence.library.SequenceLibrary;
import org.isocenter.sequence.pulseq.PulseqWriter;
import org.isocenter.sequence.trajectory.EncodingPlanner;
import org.isocenter.sequence.trajectory.ReadoutTrajectories;
import org.isocenter.session.SoftwareVersion;

/** From a request to a scan that may run. Touches no file but the sequence's. Any thread. */
final class Preparation {
    private final ScanRequest request;
    private final Scanner scanner;
    private final SystemLimits limits;

    private Preparation(ScanRequest request, Scanner scanner) {
        this.request = request;
        this.scanner = scanner;
        this.limits = request.limits() == null ? scanner.limits() : request.limits();
    }

    static PreparedScan prepare(ScanRequest request, String scanId, Scanner scanner) throws ScanException {
        return new Preparation(request, scanner).prepare(scanId);
    }

    private PreparedScan prepare(String scanId) throws ScanException {
        List<String> problems = MrImageWriter.problems(request.study());
        if (!problems.isEmpty()) {
            throw new ScanException(
                    ScanException.Kind.INPUT, "the exam's data do not fit into DICOM: " + String.join("; ", problems));
        }
        SequencePlan plan;
        PlayedFile file = null;
        byte[] text;
        if (request.protocol() != null) {
            plan = planProtocol(request.protocol());
            text = PulseqWriter.write(plan.sequence());
        } else {
            file = PlayedFile.of(request, scanner.limits());
            plan = plan(file);
            text = file.text();
        }
        if (plan.readouts().isEmpty()) {
            throw new ScanException(
                    ScanException.Kind.INPUT,
                    "the sequence has no ADC window (" + name() + "): nothing would be acquired, add one");
        }
        CheckReport checks = checkOwnLimits(plan);
        CheckedSequence checked = check(plan, scanner.limits());
        ScanReport report = ScanReport.beforeScan(
                scanId, plan, request.protocol(), checks == null ? checked.report() : checks, scanner, request);
        if (file != null) {
            report.sequenceFile(file);
        }
        ReadoutTrajectories trajectories =
                ReadoutTrajectories.of(plan, request.study().position());
        ScanHeader header = header(scanId, plan, trajectories, provenance(plan, text, checked.report()));
        return new PreparedScan(header, plan, trajectories, EventCompiler.compile(checked), text, report);
    }

    private SequencePlan planProtocol(Protocol protocol) throws ScanException {
        SequenceBuilder builder = SequenceLibrary.find(protocol.sequence())
                .orElseThrow(() -> new ScanException(
                        ScanException.Kind.INPUT,
                        "no sequence '" + protocol.sequence() + "' in the library: it has "
                                + SequenceLibrary.all().stream()
                                        .map(SequenceBuilder::name)
                                        .collect(Collectors.joining(", "))));
        List<Violation> violations = builder.validate(protocol, limits);
        if (!violations.isEmpty()) {
            throw new ScanException(ScanException.Kind.INPUT, ViolationText.of(violations));
        }
        return builder.build(protocol, limits, request.study().position());
    }

    private SequencePlan plan(PlayedFile file) {
        SequencePlan plan = EncodingPlanner.plan(
                file.sequence(), scanner.limits().larmorHertz(), request.study().position());
        List<String> notes = new ArrayList<>(file.notes());
        notes.addAll(plan.notes());
        return new SequencePlan(plan.sequence(), plan.encodings(), plan.readouts(), plan.parameters(), notes);
    }

    /** Against limits other than the scanner's; null when there are none. */
    private CheckReport checkOwnLimits(SequencePlan plan) throws ScanException {
        return request.limits() == null ? null : check(plan, request.limits()).report();
    }

    private CheckedSequence check(SequencePlan plan, SystemLimits limits) throws ScanException {
        try {
            return SafetyCheck.check(
                    plan.sequence(), limits, request.study().patient().weightKilograms());
        } catch (UnsafeSequenceException e) {
            int failures = e.report().failures().size();
            String others = failures > 1 ? " (and " + (failures - 1) + " more checks failed)" : "";
            throw new ScanException(
                    ScanException.Kind.SAFETY,
                    "the sequence is not safe on system '" + limits.name() + "': " + e.getMessage() + others,
                    e);
        }
    }

    private String name() {
        return request.protocol() != null
                ? request.protocol().name()
                : request.sequenceFile().getFileName().toString();
    }

    /** What the images can be traced by, and what the checks say that the patient is exposed to. */
    private Provenance provenance(SequencePlan plan, byte[] text, CheckReport checks) {
        return new Provenance(
                ScanReport.sha256(text),
                Calibration.of(scanner).id(),
                SoftwareVersion.current().commit(),
                plan.sequence().durationPs() * 1e-12,
                highest(checks, "SAR body 6 min"),
                highest(checks, "PNS"));
    }

    /** Of all checks whose names begin so; NaN when there is none. */
    private static double highest(CheckReport checks, String name) {
        return checks.results().stream()
                .filter(check -> check.name().startsWith(name))
                .mapToDouble(CheckResult::value)
                .max()
                .orElse(Double.NaN);
    }

    private ScanHeader header(
            String scanId, SequencePlan plan, ReadoutTrajectories trajectories, Provenance provenance) {
        SystemLimits own = scanner.limits();
        ScannerInfo info = new ScannerInfo(
                "",
                scanner.model(),
                "",
                "",
                "",
                scanner.coils().receiveName(),
                own.fieldTesla(),
                own.larmorHertz(),
                own.receiveChannels(),
                "Isocenter " + SoftwareVersion.current().version() + ", " + scanner.firmware());
        return new ScanHeader(
                scanId,
                name(),
                OffsetDateTime.now().withNano(0),
                request.study(),
                info,
                plan.parameters(),
                plan.encodings(),
                userParameters(trajectories, provenance));
    }

    private Map<String, String> userParameters(ReadoutTrajectories trajectories, Provenance provenance) {
        Map<String, String> parameters = new HashMap<>(provenance.parameters());
        parameters.putAll(scanner.coils().parameters());
        if (trajectories.any()) {
            parameters.put(ScanHeader.TRAJECTORY_UNIT, "1/m");
        }
        if (request.protocol() != null && request.protocol().has("TS")) {
            parameters.put(
                    ScanHeader.SATURATION_SECONDS,
                    Double.toString(request.protocol().number("TS")));
        }
        GradientHarmonics harmonics = scanner.gradientHarmonics();
        if (!harmonics.isNone()) {
            parameters.put(GradientHarmonics.PARAMETER, harmonics.text());
        }
        return parameters;
    }
}
