package org.isocenter.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.check.SafetyCheck;
import org.isocenter.sequence.pulseq.PulseqReader;
import org.isocenter.sequence.pulseq.PulseqVersion;
import org.isocenter.sequence.pulseq.PulseqWriter;
import org.isocenter.sequence.trajectory.KspaceTrajectory;

/** What is raced. */
enum RaceTask {
    READ("read"),
    WRITE("write"),
    KSPACE("k-space"),
    /** As in pypulseq: rasters, dead times and overlaps; ours looks at frequencies and declarations too. */
    TIMING("timing"),
    /** Ours does every check there is in the same pass: amplitude, slew, joins, load, RF, SAR, resonances. */
    PNS("PNS");

    private static final SystemLimits IDEAL = RaceFiles.limits();
    private static final SystemLimits CLINICAL =
            ScannerProfile.builtIn("clinical-example").limits();

    final String title;

    RaceTask(String title) {
        this.title = title;
    }

    /** Name of the task in the script for pypulseq. */
    String peerName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Does it once; a number that depends on all of the work. */
    double run(Path file, Sequence sequence) throws IOException {
        return switch (this) {
            case READ -> PulseqReader.read(file).sequence().blockCount();
            case WRITE -> PulseqWriter.write(sequence, PulseqVersion.V1_5_1).length;
            case KSPACE -> sumOfKspace(sequence);
            case TIMING -> SafetyCheck.timing(sequence, IDEAL).size();
            case PNS -> SafetyCheck.report(sequence, CLINICAL).results().size();
        };
    }

    static double sumOfKspace(Sequence sequence) {
        double[] sum = new double[1];
        KspaceTrajectory.forEachWindow(sequence, window -> {
            double s = 0;
            for (int i = 0; i < window.samples(); i++) {
                s += window.kx()[i] + window.ky()[i] + window.kz()[i];
            }
            sum[0] += s;
        });
        return sum[0];
    }
}
