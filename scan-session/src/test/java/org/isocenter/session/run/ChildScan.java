package org.isocenter.session.run;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.model.Protocol;
import org.isocenter.model.RawData;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.library.SequenceLibrary;
import org.isocenter.session.Examples;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.OutboxKind;
import org.isocenter.session.archive.ScanExport;

/**
 * Scans in a program of its own, in real time, and prints how many readouts can be seen, each time that there are more: for a
 * test that ends it in the middle.
 */
final class ChildScan {
    static final int READOUTS = 64;

    private ChildScan() {}

    /** @param arguments archive folder, output folder */
    public static void main(String[] arguments) throws Exception {
        SequenceBuilder builder = SequenceLibrary.find("gre2d").orElseThrow();
        Protocol protocol = SequenceLibrary.defaults(
                        builder, ScannerProfile.builtIn("ideal").limits())
                .with("matrix", 32)
                .with("matrixPhase", READOUTS)
                .with("slices", 1)
                .with("dummies", 0)
                .with("TE", 5e-3)
                .with("TR", 10e-3);
        ScanSession session = new ScanSession(Archive.open(Path.of(arguments[0])));
        session.subscribe(event -> {
            if (event instanceof ScanEvent.Started started) {
                print(started.live().raw());
            }
        });
        session.scan(new ScanRequest(
                        Examples.study("1.2.3"),
                        protocol,
                        null,
                        "Child",
                        1,
                        URI.create("virtual:ideal?phantom=bottle&pace=real"),
                        Path.of(arguments[1]))
                .withExports(List.of(new ScanExport("pacs", OutboxKind.INSTANCE, true))));
        System.out.println("finished");
    }

    private static void print(RawData raw) {
        int printed = -1;
        while (printed < raw.expected()) {
            int size = raw.size();
            if (size > printed) {
                printed = size;
                System.out.println(size);
            }
            LockSupport.parkNanos(100_000);
        }
    }
}
