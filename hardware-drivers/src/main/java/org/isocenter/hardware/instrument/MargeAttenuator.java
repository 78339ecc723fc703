package org.isocenter.hardware.instrument;

import java.util.List;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.SelfTestResult;

/**
 * MaRGE's receive attenuator: an Arduino that takes a 1 and five bits of the gain above the least, and answers one line, whose text
 * is not documented.
 */
final class MargeAttenuator implements Attenuator {
    private static final int ATTEMPTS = 4;
    private static final int ANSWER_MILLIS = 1000;
    private static final int SILENCE_MILLIS = 150;
    private static final int LEAST = 35;
    private static final int MOST = 50;

    private final Exchange exchange;

    MargeAttenuator(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public String description() {
        return "MaRGE attenuator at " + exchange.device();
    }

    @Override
    public String firmware() {
        return "";
    }

    @Override
    public int leastGainDecibels() {
        return LEAST;
    }

    @Override
    public int mostGainDecibels() {
        return MOST;
    }

    @Override
    public void setGain(int decibels) throws ScannerException {
        if (decibels < LEAST || decibels > MOST) {
            throw exchange.refused("cannot set " + decibels + " dB; its gain is " + LEAST + " to " + MOST + " dB");
        }
        String message = "1" + Integer.toBinaryString(32 + decibels - LEAST).substring(1);
        try {
            exchange.ask(message, ATTEMPTS, () -> {
                exchange.pause(SILENCE_MILLIS);
                exchange.send(message);
                String answer = exchange.line(ANSWER_MILLIS);
                if (answer.isBlank() || !answer.chars().allMatch(c -> c >= ' ' && c <= '~')) {
                    throw Exchange.UnclearException.garbled(answer);
                }
                return answer;
            });
        } catch (ScannerException e) {
            throw exchange.error(
                    e.kind(), "did not confirm its gain (" + Exchange.text(e) + "), which is not known now", e);
        }
    }

    @Override
    public List<SelfTestResult> selfTest() {
        return List.of(SelfTestResult.notAvailable("answers", "the attenuator answers only when it is set"));
    }

    @Override
    public void close() {
        exchange.finish(() -> {}, "");
    }
}
