package org.isocenter.hardware.instrument;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.SelfTestResult;
import org.isocenter.hardware.instrument.Exchange.UnclearException;

/**
 * LibreVNA through the SCPI server of LibreVNA-GUI, which holds the device and its calibration. Lines end with LF; commands have no
 * answer, so the error register is asked for after each.
 */
final class LibreVna implements NetworkAnalyzer {
    private static final Pattern POINT = Pattern.compile("\\[([^,\\]]+),([^,\\]]+),([^,\\]]+)\\]");
    private static final int ATTEMPTS = 3;
    private static final int ANSWER_MILLIS = 2000;
    private static final int POLL_MILLIS = 50;
    private static final int MOST_POLLS = 1200;
    private static final int ERROR_BITS = 0b111100;

    private final Exchange exchange;
    private final String firmware;

    LibreVna(Exchange exchange) throws ScannerException {
        this.exchange = exchange;
        String ident = question("*IDN?");
        if (!ident.startsWith("LibreVNA")) {
            throw exchange.refused("is no LibreVNA but '" + ident + "'");
        }
        firmware = ident;
        if (question(":DEV:CONN?").toLowerCase(Locale.ROOT).startsWith("not")) {
            command(":DEV:CONN");
        }
    }

    @Override
    public String description() {
        return "LibreVNA at " + exchange.device();
    }

    @Override
    public String firmware() {
        return firmware;
    }

    @Override
    public double lowestHertz() {
        return 100e3;
    }

    @Override
    public double highestHertz() {
        return 6e9;
    }

    @Override
    public int mostPoints() {
        return 4501;
    }

    @Override
    public Sweep sweep(double startHertz, double stopHertz, int points) throws ScannerException {
        Sweeps.refuseOutside(exchange, this, startHertz, stopHertz, points);
        return exchange.alone(() -> {
            for (String each : List.of(
                    ":DEV:MODE VNA",
                    ":VNA:SWEEP FREQUENCY",
                    ":VNA:FREQ:START " + Math.round(startHertz),
                    ":VNA:FREQ:STOP " + Math.round(stopHertz),
                    ":VNA:ACQ:POINTS " + points,
                    ":VNA:ACQ:SINGLE TRUE")) {
                command(each);
            }
            awaitSweep();
            Sweep sweep = Sweep.ofPoints(points);
            trace("S11", sweep.frequencyHertz(), sweep.s11Real(), sweep.s11Imaginary());
            trace("S21", sweep.frequencyHertz(), sweep.s21Real(), sweep.s21Imaginary());
            Sweeps.refuseStrange(exchange, sweep, startHertz, stopHertz);
            return sweep;
        });
    }

    private void awaitSweep() throws ScannerException {
        for (int i = 0; i < MOST_POLLS; i++) {
            if (question(":VNA:ACQ:FIN?").equals("TRUE")) {
                return;
            }
            exchange.pause(POLL_MILLIS);
        }
        throw exchange.error(ScannerException.Kind.TIMEOUT, "has not ended its sweep within a minute", null);
    }

    private void trace(String name, double[] hertz, double[] real, double[] imaginary) throws ScannerException {
        String question = ":VNA:TRAC:DATA? " + name;
        exchange.ask(question, ATTEMPTS, () -> {
            exchange.send(question + "\n");
            String answer = exchange.line(ANSWER_MILLIS);
            Matcher point = POINT.matcher(answer);
            int count = 0;
            while (point.find() && count < hertz.length) {
                hertz[count] = number(point.group(1), answer);
                real[count] = number(point.group(2), answer);
                imaginary[count] = number(point.group(3), answer);
                count++;
            }
            if (count != hertz.length || point.find()) {
                throw UnclearException.garbled(answer);
            }
            return count;
        });
    }

    private static double number(String text, String answer) throws UnclearException {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw UnclearException.garbled(answer);
        }
    }

    private String question(String question) throws ScannerException {
        return exchange.ask(question, ATTEMPTS, () -> {
            exchange.send(question + "\n");
            return exchange.line(ANSWER_MILLIS).strip();
        });
    }

    private void command(String command) throws ScannerException {
        exchange.ask(command, ATTEMPTS, () -> {
            exchange.send(command + "\n*ESR?\n");
            String answer = exchange.line(ANSWER_MILLIS).strip();
            if (!answer.matches("\\d{1,3}")) {
                throw UnclearException.garbled(answer);
            }
            if ((Integer.parseInt(answer) & ERROR_BITS) != 0) {
                throw exchange.refused("refused '" + command + "' (event status " + answer
                        + "): see whether the device is connected to LibreVNA-GUI");
            }
            return answer;
        });
    }

    @Override
    public List<SelfTestResult> selfTest() throws ScannerException {
        String connected = question(":DEV:CONN?");
        boolean there = !connected.toLowerCase(Locale.ROOT).startsWith("not");
        return List.of(SelfTestResult.of("device connected", there, connected));
    }

    @Override
    public void close() {
        exchange.finish(() -> {}, "");
    }
}
