package org.isocenter.hardware.instrument;

import java.nio.charset.StandardCharsets;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.instrument.Exchange.UnclearException;

/** Finds out which of the two families answers: a CR brings a shell's prompt, or the binary protocol's '2'. */
final class NanoVnas {
    private static final int ATTEMPTS = 3;
    private static final int ANSWER_MILLIS = 700;

    private static final int SETTLE_MILLIS = 200;

    private NanoVnas() {}

    static NetworkAnalyzer open(Exchange exchange) throws ScannerException {
        boolean text = exchange.ask("\\r\\r", ATTEMPTS, () -> {
            exchange.send("\r\r");
            String seen = "";
            while (!seen.contains("ch>") && !seen.startsWith("2")) {
                seen += new String(exchange.exactly(1, ANSWER_MILLIS), StandardCharsets.ISO_8859_1);
                if (seen.length() > 200) {
                    throw UnclearException.garbled(seen);
                }
            }
            return seen.contains("ch>");
        });
        // Each CR has an answer: the second must not be taken for that of the next command.
        exchange.pause(SETTLE_MILLIS);
        return text ? new NanoVna(exchange) : new NanoVnaV2(exchange);
    }
}
