package org.isocenter.hardware.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.hardware.LibraryTables;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.sequence.compile.EventTable;

/**
 * What came of one scan: the readouts that reached the sink, in order and each once, and how it ended.
 *
 * @param failure null when it completed
 * @param interlocks that were latched at its end
 */
record Attempt(int readouts, ScannerException failure, int interlocks) {
    static final EventTable TABLE = LibraryTables.lines(4);

    static Attempt at(Rig rig) throws IOException, InterruptedException {
        return at(rig, TABLE);
    }

    static Attempt at(Rig rig, EventTable table) throws IOException, InterruptedException {
        List<Integer> kept = new ArrayList<>();
        int interlocks = 0;
        ScannerException failure = null;
        try (Scanner scanner = rig.connect()) {
            try {
                RunOutcome outcome = scanner.run(table, (index, channels, samples, re, im) -> {
                    assertThat(index).isEqualTo(kept.size());
                    kept.add(index);
                });
                assertThat(outcome).isEqualTo(RunOutcome.COMPLETED);
                assertThat(kept).hasSize(table.adcWindows());
            } finally {
                rig.awaitSafe();
                interlocks = scanner.interlocks().size();
            }
        } catch (ScannerException e) {
            failure = e;
        }
        rig.awaitSafe();
        return new Attempt(kept.size(), failure, interlocks);
    }

    ScannerException.Kind kind() {
        return failure == null ? null : failure.kind();
    }
}
