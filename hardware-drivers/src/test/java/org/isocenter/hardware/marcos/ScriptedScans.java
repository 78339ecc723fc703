package org.isocenter.hardware.marcos;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.isocenter.hardware.LibraryTables;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.UncompilableTableException;
import org.isocenter.sequence.compile.EventTable;

/** What tests of a scan on a scripted console share: the table, the console, what came. */
abstract class ScriptedScans {
    static final EventTable TABLE = LibraryTables.table("gre2d", Map.of("matrixPhase", 6.0, "dummies", 2.0), "osi2one");
    static final int LINES = TABLE.adcWindows();

    /** Runs before the first with a window. */
    static final int DUMMIES = firstWithWindow(MargaSettings.of(TABLE.limits(), GradientBoard.OCRA1))
            .number();

    final ScriptedConsole console = new ScriptedConsole();

    final List<Integer> windows = new ArrayList<>();

    final ReadoutSink sink = (index, channels, samples, real, imaginary) -> windows.add(index);

    MarcosScanner scanner(String options) throws ScannerException {
        return new MarcosScanner(
                MarcosAddress.parse(URI.create("marcos://scripted?timeout=2&patience=5" + options)), console);
    }

    MarcosScanner impatientScanner(double seconds) throws ScannerException {
        return new MarcosScanner(
                MarcosAddress.parse(URI.create("marcos://scripted?patience=0.1&timeout=" + seconds)), console);
    }

    static MargaRun firstWithWindow(MargaSettings settings) {
        try {
            MargaRuns runs = new MargaRuns(TABLE, settings, new RunLimits(0.005, 0, 0.1, 2 * 98_304, 1 << 17));
            MargaRun run = runs.next();
            while (run.windows().isEmpty()) {
                run = runs.next();
            }
            return run;
        } catch (UncompilableTableException e) {
            throw new AssertionError(e);
        }
    }

    /** Windows of the first runs that have some, so many of them. */
    static int windowsOf(int runs) {
        try {
            MargaSettings settings = MargaSettings.of(TABLE.limits(), GradientBoard.OCRA1);
            MargaRuns all = new MargaRuns(TABLE, settings, new RunLimits(0.005, 0, 0.1, 2 * 98_304, 1 << 17));
            int count = 0;
            for (int run = 0; run < DUMMIES + runs; run++) {
                count += all.next().windows().size();
            }
            return count;
        } catch (UncompilableTableException e) {
            throw new AssertionError(e);
        }
    }

    static Integer[] firstWindows(int count) {
        Integer[] all = new Integer[count];
        Arrays.setAll(all, i -> i);
        return all;
    }

    void onRun(int number, ScriptedConsole.Answer answer) {
        console.answers.put("run_seq", (argument, out) -> {
            if (console.runs.size() == DUMMIES + number) {
                answer.to(argument, out);
            } else {
                console.answer("run_seq", argument, out);
            }
        });
    }

    ScannerException failure(MarcosScanner scanner) {
        try {
            scanner.run(TABLE, sink);
        } catch (ScannerException e) {
            return e;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("the scan did not fail");
    }
}
