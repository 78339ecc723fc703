package org.isocenter.hardware.instrument;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.SelfTestResult;
import org.isocenter.hardware.instrument.Exchange.UnclearException;

/**
 * TRIUMF's 64-channel shim supplies behind an Arduino. Commands stand in angle brackets. Currents are first stored, channel by
 * channel, and then put out by ONA; OFA puts out zero volts and forgets nothing. The converters give ±10 V, and a value beyond
 * would come out with the wrong sign, so the limits come from the calibration that the device prints.
 */
final class TriumfShims implements ShimSupply {
    private static final int CHANNELS = 64;
    private static final double MOST_VOLTS = 10;
    private static final double AMPERES_TOLERANCE = 2e-6;
    private static final int ATTEMPTS = 3;
    private static final int START_ATTEMPTS = 6;
    private static final int ANSWER_MILLIS = 1000;
    private static final int PRINT_MILLIS = 5000;
    private static final int MOST_LINES = 10 * CHANNELS;
    private static final String AT_ZERO = "all shim channels have been set to zero";
    private static final String UNKNOWN = "whether shim currents flow is NOT known: switch the supplies off by hand";

    private final Exchange exchange;
    private final double[] limitAmperes = new double[CHANNELS];

    /** Sets all channels to zero. */
    TriumfShims(Exchange exchange) throws ScannerException {
        this.exchange = exchange;
        command("<OFA>", "All channels off.", START_ATTEMPTS);
        readLimits();
    }

    private void readLimits() throws ScannerException {
        Printed printed = print();
        for (int i = 0; i < CHANNELS; i++) {
            double slope = Math.abs(printed.slopes().get(i));
            limitAmperes[i] =
                    Math.max(0, MOST_VOLTS * slope - Math.abs(printed.offsets().get(i)));
        }
    }

    /** What the device remembers of each channel: A, A/V, A. */
    private record Printed(List<Double> currents, List<Double> slopes, List<Double> offsets) {
        boolean isWhole() {
            return currents.size() == CHANNELS && slopes.size() == CHANNELS && offsets.size() == CHANNELS;
        }
    }

    private Printed print() throws ScannerException {
        return exchange.ask("<PRI>", ATTEMPTS, () -> {
            exchange.send("<PRI>");
            Printed printed = new Printed(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            String line = exchange.line(PRINT_MILLIS);
            for (int i = 0; !line.equals(".") && i < MOST_LINES; i++) {
                collect(line, "Current:", "A", printed.currents());
                collect(line, "Slope:", "A/V", printed.slopes());
                collect(line, "Offset:", "A", printed.offsets());
                line = exchange.line(PRINT_MILLIS);
            }
            if (!printed.isWhole()) {
                throw UnclearException.garbled("values of some channels");
            }
            return printed;
        });
    }

    private static void collect(String line, String name, String unit, List<Double> into) throws UnclearException {
        String text = line.strip();
        if (text.startsWith(name)) {
            String number = text.substring(name.length()).replace(unit, "").strip();
            try {
                into.add(Double.parseDouble(number));
            } catch (NumberFormatException e) {
                throw UnclearException.garbled(line);
            }
        }
    }

    @Override
    public String description() {
        return "TRIUMF shim supplies at " + exchange.device();
    }

    @Override
    public String firmware() {
        return "";
    }

    @Override
    public int channels() {
        return CHANNELS;
    }

    @Override
    public double limitAmperes(int channel) {
        return limitAmperes[channel];
    }

    @Override
    public void set(double[] amperes) throws ScannerException {
        refuseBeyondLimits(amperes);
        exchange.alone(() -> {
            try {
                for (int i = 0; i < CHANNELS; i++) {
                    store(i, amperes[i]);
                }
                refuseOtherThan(amperes);
                command("<ONA>", "All channels on.", ATTEMPTS);
            } catch (ScannerException e) {
                throw exchange.afterwards(e, this::zero, AT_ZERO, UNKNOWN);
            }
            return null;
        });
    }

    private void refuseBeyondLimits(double[] amperes) throws ScannerException {
        if (amperes.length != CHANNELS) {
            throw exchange.refused("has " + CHANNELS + " channels, not " + amperes.length);
        }
        for (int i = 0; i < CHANNELS; i++) {
            if (!(Math.abs(amperes[i]) <= limitAmperes[i])) {
                throw exchange.refused(String.format(
                        Locale.ROOT,
                        "channel %d cannot give %.4g A; its limit is ±%.4g A",
                        i,
                        amperes[i],
                        limitAmperes[i]));
            }
        }
    }

    /** Finds a restart on the way, which brings old currents back. */
    private void refuseOtherThan(double[] amperes) throws ScannerException {
        List<Double> stored = print().currents();
        for (int i = 0; i < CHANNELS; i++) {
            if (!(Math.abs(stored.get(i) - amperes[i]) <= AMPERES_TOLERANCE + 1e-5 * limitAmperes[i])) {
                throw exchange.error(
                        ScannerException.Kind.DEVICE_FAULT,
                        String.format(
                                Locale.ROOT,
                                "stored %.6f A instead of %.6f A for channel %d: has it been restarted?",
                                stored.get(i),
                                amperes[i],
                                i),
                        null);
            }
        }
    }

    private void store(int channel, double amperes) throws ScannerException {
        String command = String.format(Locale.ROOT, "<STC %d %.6f>", channel, amperes);
        String expected = "Current " + channel + " set to ";
        exchange.ask(command, ATTEMPTS, () -> {
            exchange.send(command);
            String answer = answer(expected);
            String number = answer.substring(expected.length()).replace("A", "").strip();
            try {
                if (Math.abs(Double.parseDouble(number) - amperes) <= AMPERES_TOLERANCE) {
                    return answer;
                }
            } catch (NumberFormatException e) {
                throw UnclearException.garbled(answer);
            }
            throw UnclearException.garbled(answer);
        });
    }

    private void command(String command, String expected, int attempts) throws ScannerException {
        exchange.ask(command, attempts, () -> {
            exchange.send(command);
            return answer(expected);
        });
    }

    /** The device says first what it has received, and then what it has done. */
    private String answer(String expected) throws ScannerException, UnclearException {
        String line = exchange.line(ANSWER_MILLIS);
        if (line.startsWith("The message I received is")) {
            line = exchange.line(ANSWER_MILLIS);
        }
        if (!line.startsWith(expected)) {
            throw UnclearException.garbled(line);
        }
        return line;
    }

    @Override
    public void zero() throws ScannerException {
        try {
            command("<OFA>", "All channels off.", ATTEMPTS);
        } catch (ScannerException e) {
            throw exchange.error(e.kind(), Exchange.text(e) + "; " + UNKNOWN, e);
        }
    }

    @Override
    public List<SelfTestResult> selfTest() throws ScannerException {
        readLimits();
        return List.of(SelfTestResult.of("answers", true, CHANNELS + " channels"));
    }

    @Override
    public void close() {
        exchange.finish(this::zero, "whether shim currents flow");
    }
}
