package org.isocenter.hardware.instrument;

import java.util.List;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.SelfTestResult;
import org.isocenter.hardware.instrument.Exchange.UnclearException;

/**
 * MaRGE's auto-tuning board: an Arduino that takes 17 characters of 0 and 1 without an end, and answers "Ready!". It knows a
 * message's end by 100 ms of silence, so nothing is sent sooner after another.
 */
final class MargeTuner implements Tuner {
    private static final int ATTEMPTS = 4;
    private static final int ANSWER_MILLIS = 1000;
    private static final int SILENCE_MILLIS = 150;
    private static final int BITS = 5;
    private static final int MOST = (1 << BITS) - 1;

    private final Exchange exchange;
    private volatile Setting kept;
    private boolean atAnalyzer;

    MargeTuner(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public String description() {
        return "MaRGE tuning board at " + exchange.device();
    }

    @Override
    public String firmware() {
        return "";
    }

    @Override
    public int mostSteps() {
        return MOST;
    }

    @Override
    public void set(Setting setting, Antenna antenna) throws ScannerException {
        boolean scanner = antenna == Antenna.SCANNER;
        String message =
                bits(setting.series()) + bits(setting.tuning()) + bits(setting.matching()) + (scanner ? "10" : "01");
        exchange.alone(() -> {
            atAnalyzer |= !scanner;
            if (scanner || kept == null) {
                kept = setting;
            }
            confirm(message);
            atAnalyzer = !scanner;
            return null;
        });
    }

    private void confirm(String message) throws ScannerException {
        try {
            exchange.ask(message, ATTEMPTS, () -> {
                exchange.pause(SILENCE_MILLIS);
                exchange.send(message);
                String answer = exchange.line(ANSWER_MILLIS).strip();
                if (!answer.equals("Ready!")) {
                    throw UnclearException.garbled(answer);
                }
                return answer;
            });
        } catch (ScannerException e) {
            throw exchange.error(
                    e.kind(),
                    "did not confirm its setting (" + Exchange.text(e)
                            + "); capacitors and antenna switch are not known: do not transmit",
                    e);
        }
    }

    @Override
    public void keep(Setting setting) {
        kept = setting;
    }

    private String bits(int setting) throws ScannerException {
        if (setting < 0 || setting > MOST) {
            throw exchange.refused("cannot be set to " + setting + "; settings are 0 to " + MOST);
        }
        return Integer.toBinaryString(setting + MOST + 1).substring(1);
    }

    @Override
    public List<SelfTestResult> selfTest() {
        return List.of(SelfTestResult.notAvailable("answers", "the board answers only when it is switched"));
    }

    @Override
    public void close() {
        exchange.finish(
                () -> {
                    if (atAnalyzer) {
                        set(kept, Antenna.SCANNER);
                    }
                },
                "whether the antenna is connected to the scanner");
    }
}
