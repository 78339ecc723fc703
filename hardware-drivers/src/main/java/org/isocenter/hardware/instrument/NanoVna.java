package org.isocenter.hardware.instrument;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.SelfTestResult;
import org.isocenter.hardware.instrument.Exchange.UnclearException;

/**
 * NanoVNA with the text shell (classic, -H, -H4): a command ends with CR, is echoed, and is answered by lines up to the prompt
 * "ch> ". Calibrated by the person who uses it, on the device.
 */
final class NanoVna implements NetworkAnalyzer {
    private static final String PROMPT = "ch> ";
    private static final int ATTEMPTS = 3;
    private static final int ANSWER_MILLIS = 2000;
    private static final int SWEEP_ATTEMPTS = 2;
    private static final int POINT_MILLIS = 50;
    /** Frequency, S11 and S21 in each line of a scan. */
    private static final String ALL_COLUMNS = "7";

    private final Exchange exchange;
    private final String model;
    private final String firmware;
    private final int mostPoints;

    /** Asks what it is. */
    NanoVna(Exchange exchange) throws ScannerException {
        this.exchange = exchange;
        firmware = String.join(" ", lines("version", ATTEMPTS, ANSWER_MILLIS));
        model = lines("info", ATTEMPTS, ANSWER_MILLIS).stream()
                .filter(line -> line.contains("NanoVNA"))
                .findFirst()
                .map(line -> line.replaceFirst("(?i)^(board|model)\\s*:\\s*", ""))
                .orElse("NanoVNA");
        mostPoints =
                model.replace(" ", "").replace("-", "").toUpperCase(Locale.ROOT).contains("H4") ? 401 : 101;
    }

    @Override
    public String description() {
        return model + " at " + exchange.device();
    }

    @Override
    public String firmware() {
        return firmware;
    }

    @Override
    public double lowestHertz() {
        return 50e3;
    }

    @Override
    public double highestHertz() {
        return 2.7e9;
    }

    @Override
    public int mostPoints() {
        return mostPoints;
    }

    @Override
    public Sweep sweep(double startHertz, double stopHertz, int points) throws ScannerException {
        Sweeps.refuseOutside(exchange, this, startHertz, stopHertz, points);
        String scan = "scan " + Math.round(startHertz) + " " + Math.round(stopHertz) + " " + points + " " + ALL_COLUMNS;
        return exchange.alone(() -> {
            Sweep sweep = exchange.ask(scan, SWEEP_ATTEMPTS, () -> {
                List<String> rows = command(scan, ANSWER_MILLIS + points * POINT_MILLIS);
                return rows.isEmpty() ? inParts(points) : parsed(rows, points);
            });
            Sweeps.refuseStrange(exchange, sweep, startHertz, stopHertz);
            lines("resume", ATTEMPTS, ANSWER_MILLIS);
            return sweep;
        });
    }

    /** Of firmware whose scan prints nothing. */
    private Sweep inParts(int points) throws ScannerException, UnclearException {
        List<String> frequencies = command("frequencies", ANSWER_MILLIS);
        List<String> s11 = command("data 0", ANSWER_MILLIS);
        List<String> s21 = command("data 1", ANSWER_MILLIS);
        if (frequencies.size() != s11.size() || frequencies.size() != s21.size()) {
            throw UnclearException.garbled(
                    frequencies.size() + " frequencies, " + s11.size() + " and " + s21.size() + " values");
        }
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < frequencies.size(); i++) {
            rows.add(frequencies.get(i) + " " + s11.get(i) + " " + s21.get(i));
        }
        return parsed(rows, points);
    }

    private static Sweep parsed(List<String> rows, int points) throws UnclearException {
        if (rows.size() != points) {
            throw UnclearException.garbled(rows.size() + " instead of " + points + " points");
        }
        Sweep sweep = Sweep.ofPoints(points);
        for (int i = 0; i < points; i++) {
            double[] row = numbers(rows.get(i));
            sweep.frequencyHertz()[i] = row[0];
            sweep.s11Real()[i] = row[1];
            sweep.s11Imaginary()[i] = row[2];
            sweep.s21Real()[i] = row[3];
            sweep.s21Imaginary()[i] = row[4];
        }
        return sweep;
    }

    private static double[] numbers(String row) throws UnclearException {
        String[] words = row.strip().split("\\s+");
        double[] numbers = new double[5];
        if (words.length != numbers.length) {
            throw UnclearException.garbled(row);
        }
        for (int i = 0; i < numbers.length; i++) {
            try {
                numbers[i] = Double.parseDouble(words[i]);
            } catch (NumberFormatException e) {
                throw UnclearException.garbled(row);
            }
        }
        return numbers;
    }

    @Override
    public List<SelfTestResult> selfTest() throws ScannerException {
        List<String> battery = lines("vbat", ATTEMPTS, ANSWER_MILLIS);
        return List.of(
                SelfTestResult.of("answers", true, firmware),
                SelfTestResult.of("battery", true, String.join(" ", battery)));
    }

    private List<String> lines(String command, int attempts, int millis) throws ScannerException {
        return exchange.ask(command, attempts, () -> command(command, millis));
    }

    /** What the shell prints between the echo of a command and the prompt. */
    private List<String> command(String command, int millis) throws ScannerException, UnclearException {
        exchange.send(command + "\r");
        String answer = exchange.upTo(PROMPT, millis);
        List<String> lines = answer.lines().filter(line -> !line.isBlank()).toList();
        if (!lines.isEmpty() && lines.get(0).strip().equals(command)) {
            lines = lines.subList(1, lines.size());
        }
        for (String line : lines) {
            if (line.startsWith("usage:")
                    || line.endsWith("?")
                    || line.contains("sweep points")
                    || line.contains("range is invalid")) {
                throw exchange.refused("answered '" + line + "' to '" + command + "'");
            }
        }
        return lines;
    }

    @Override
    public void close() {
        exchange.finish(() -> {}, "");
    }
}
