package org.isocenter.hardware.marcos.server;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.UncompilableTableException;
import org.isocenter.hardware.marcos.MarcosAddress;
import org.isocenter.sequence.compile.EventTable;
import org.isocenter.sequence.compile.TimedEvents;

/** What an emulated console plays of a table, for tests. */
public final class TablesOfWords {
    private TablesOfWords() {}

    /** @param console its options, as in {@code board=ocra1} */
    public static TimedEvents played(EventTable table, String console)
            throws IOException, UncompilableTableException, ScannerException {
        MarcosAddress address = MarcosAddress.parse(URI.create("marcos://none?" + console));
        return played(ClientOfTests.payload(table, address.marga()), address);
    }

    static TimedEvents played(byte[] words, MarcosAddress address) throws IOException {
        AnnouncedRuns runs =
                new AnnouncedRuns(new MargaBoard((c, o, v) -> {}, (r, f, c, d) -> {}), new ConsoleUnits(address));
        runs.add(Program.alone(ByteBuffer.wrap(words)));
        return new DecodedEvents(runs, 0);
    }
}
