package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.isocenter.hardware.ScannerException;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Unit;
import org.isocenter.model.Violation;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.design.PulseProfile;
import org.isocenter.sequence.pulseq.PulseqReader;
import org.isocenter.session.run.ViolationText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isocenter seq profile}. */
@Command(
        name = "profile",
        description =
                "What each RF pulse does, by Bloch simulation without relaxation: flip angle, bandwidth, profile.",
        footerHeading = "%nColumns:%n",
        footer = {
            "  pulse       number, in the order in which pulses are first played",
            "  f_Hz        frequency from the pulse's own, Hz",
            "  z_m         place under the slice gradient, m; NaN without a constant one",
            "  mx, my, mz  magnetisation after the pulse, from equilibrium (0, 0, 1)",
            "  refocused   share of an echo that the pulse refocuses between crushers",
            "Pulses that differ in frequency or phase only are one. The bandwidth is the full",
            "width at half of |Mxy|, for refocusing pulses of the refocused share, for",
            "inversion and saturation of 1 - Mz."
        })
final class SeqProfileCommand implements Callable<Integer> {
    private static final int MOST_PULSES = 50;

    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "A Pulseq file, or the name of a sequence of the library.")
    private String name;

    @Mixin
    private SeqCsvOptions csv = new SeqCsvOptions();

    @Option(
            names = "--set",
            paramLabel = "K=V",
            description = "Sets a parameter of a library sequence, or a soft delay of a file: --set FA=20deg.")
    private List<String> settings = List.of();

    @Option(
            names = "--system",
            paramLabel = "FILE",
            defaultValue = "virtual",
            description = "The scanner profile for a library sequence; default ${DEFAULT-VALUE}.")
    private String system;

    SeqProfileCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, CommandException, ScannerException {
        csv.check(terminal);
        List<PulseProfile> profiles = PulseProfile.of(sequence(), MOST_PULSES + 1);
        if (profiles.size() > MOST_PULSES) {
            terminal.status("note: there are more than " + MOST_PULSES + " different pulses; the first " + MOST_PULSES
                    + " are simulated");
            profiles = profiles.subList(0, MOST_PULSES);
        }
        List<PulseProfile> shown = profiles;
        csv.write(terminal, rows -> write(shown, rows));
        if (!csv.isStandardOutput()) {
            ObjectNode document = Terminal.object().put("file", csv.out());
            ArrayNode pulses = document.putArray("pulses");
            for (PulseProfile profile : shown) {
                terminal.line(text(profile));
                pulses.add(json(profile));
            }
            terminal.line(csv.out() + ": " + shown.size() + (shown.size() == 1 ? " pulse" : " pulses"));
            terminal.document(document);
        }
        return ExitCode.DONE;
    }

    private Sequence sequence() throws IOException, CommandException, ScannerException {
        if (name.contains(".") || name.contains("/") || Files.isRegularFile(Path.of(name))) {
            Path file = Path.of(name);
            return SoftDelayOptions.retime(file, PulseqReader.read(file).sequence(), settings);
        }
        SystemLimits limits = Devices.system(system);
        SequenceBuilder builder = Protocols.builder(name);
        Protocol protocol = Protocols.protocol(builder, limits, settings);
        List<Violation> violations = builder.validate(protocol, limits);
        if (!violations.isEmpty()) {
            throw new CommandException(
                    ExitCode.INPUT,
                    "these parameters do not fit together (" + name + "): " + ViolationText.of(violations));
        }
        return builder.build(protocol, limits, PatientPosition.HFS).sequence();
    }

    private static void write(List<PulseProfile> profiles, CsvWriter out) throws IOException {
        out.header("pulse,f_Hz,z_m,mx,my,mz,refocused");
        for (PulseProfile profile : profiles) {
            double[] mx = profile.profile().mx();
            double[] my = profile.profile().my();
            double[] mz = profile.profile().mz();
            double[] refocused = profile.profile().refocused();
            double gradient = profile.gradientHertzPerMeter();
            for (int i = 0; i < mx.length; i++) {
                double hertz = profile.hertz()[i];
                out.integer(profile.number());
                out.number(hertz);
                out.number(gradient > 0 ? hertz / gradient : Double.NaN);
                out.number(mx[i]);
                out.number(my[i]);
                out.number(mz[i]);
                out.number(refocused[i]);
                out.endRow();
            }
        }
    }

    /** "pulse 1, excitation, 128 times from block 1: 90 deg, 2 ms, peak 996 Hz, bandwidth 2.01 kHz, slice 6.02 mm". */
    private static String text(PulseProfile profile) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "pulse %d, %s, %d times from block %d: %.4g deg, %s, peak %.4g Hz",
                profile.number(),
                profile.pulse().use().name().toLowerCase(Locale.ROOT),
                profile.played(),
                profile.firstBlock() + 1,
                Math.toDegrees(profile.flipRadians()),
                Unit.SECOND.display(profile.seconds()),
                profile.peakHertz()));
        line.append(String.format(Locale.ROOT, ", bandwidth %.4g Hz", profile.bandwidthHertz()));
        if (Double.isFinite(profile.thicknessMeters())) {
            line.append(String.format(Locale.ROOT, ", slice %.4g mm", profile.thicknessMeters() * 1e3));
        } else if (Double.isNaN(profile.gradientHertzPerMeter())) {
            line.append(", under a gradient that changes: by frequency only");
        }
        if (profile.bands() > 1) {
            line.append(", ").append(profile.bands()).append(" bands within that");
        }
        return line.toString();
    }

    private static ObjectNode json(PulseProfile profile) {
        ObjectNode node = Terminal.object()
                .put("pulse", profile.number())
                .put("use", profile.pulse().use().name().toLowerCase(Locale.ROOT))
                .put("played", profile.played())
                .put("firstBlock", profile.firstBlock() + 1);
        Terminal.number(node, "flipAngle", profile.flipRadians());
        Terminal.number(node, "duration", profile.seconds());
        Terminal.number(node, "peakHertz", profile.peakHertz());
        Terminal.number(node, "bandwidthHertz", profile.bandwidthHertz());
        node.put("bands", profile.bands());
        Terminal.number(node, "gradientHertzPerMeter", profile.gradientHertzPerMeter());
        Terminal.number(node, "thickness", profile.thicknessMeters());
        return node;
    }
}
