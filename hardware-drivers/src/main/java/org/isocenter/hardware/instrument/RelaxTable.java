package org.isocenter.hardware.instrument;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.Interlocks;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.SelfTestResult;
import org.isocenter.hardware.instrument.Exchange.UnclearException;

/**
 * The patient bar of Relax 2.0: G-code in mm over a serial line. Its firmware is deaf while it moves and says nothing about a target
 * beyond its limits, so moves go in short steps, each followed by a mark that comes back when it is done, and the position is asked
 * for at the end. {@link #stop} takes effect between steps; only the emergency stop is sooner.
 */
final class RelaxTable implements PatientTable {
    private static final Pattern IDENT = Pattern.compile(
            "MRI-Patient-Motor-Control MAX_LENGTH: (-?[0-9.]+) MIN_LENGTH: (-?[0-9.]+) VERSION: (\\S+)");
    private static final int IDENT_ATTEMPTS = 6;
    private static final int ATTEMPTS = 3;
    private static final int ANSWER_MILLIS = 1000;
    private static final int STEP_MILLIS = 30_000;
    private static final int HOME_MILLIS = 120_000;
    private static final int MOST_LINES = 20;
    private static final double STEP_MILLIMETERS = 10;
    private static final double TOLERANCE_MILLIMETERS = 0.05;

    /** Begins what it says of a fault, at any time: in the middle of another line too. */
    private static final String FAULT = "E0:";

    private final Exchange exchange;
    private final Interlocks interlocks;
    private final String firmware;
    private final double leastMillimeters;
    private final double mostMillimeters;
    private volatile boolean stopping;
    private boolean homed;
    private int marks;

    RelaxTable(Exchange exchange) throws ScannerException {
        this.exchange = exchange;
        interlocks = new Interlocks(exchange.device());
        exchange.heedUnasked((text, torn) ->
                text.lines().filter(line -> line.contains(FAULT)).forEach(this::latch));
        Matcher ident = ident();
        firmware = ident.group(3);
        leastMillimeters = Double.parseDouble(ident.group(2));
        mostMillimeters = Double.parseDouble(ident.group(1));
    }

    /** Asked often, because the board starts anew when its port is opened. */
    private Matcher ident() throws ScannerException {
        return exchange.ask("M115", IDENT_ATTEMPTS, () -> {
            Matcher ident = IDENT.matcher(answer("M115"));
            if (!ident.find()) {
                throw UnclearException.garbled("M115");
            }
            return ident;
        });
    }

    private String answer(String command) throws ScannerException, UnclearException {
        exchange.send(command + "\r\n");
        String line = exchange.line(ANSWER_MILLIS);
        refuseFault(line);
        return line;
    }

    private void refuseFault(String line) throws ScannerException {
        if (line.contains(FAULT)) {
            throw interlocks.tripped(latch(line));
        }
        if (line.startsWith("No valid command")) {
            throw exchange.error(ScannerException.Kind.PROTOCOL, "did not understand a command: '" + line + "'", null);
        }
    }

    private Interlock latch(String line) {
        homed = false;
        return interlocks.latch(Interlock.Kind.PATIENT, "the table reported '" + line.strip() + "'");
    }

    @Override
    public String description() {
        return "patient table at " + exchange.device();
    }

    @Override
    public String firmware() {
        return firmware;
    }

    @Override
    public double leastMeters() {
        return leastMillimeters / 1e3;
    }

    @Override
    public double mostMeters() {
        return mostMillimeters / 1e3;
    }

    @Override
    public void home() throws ScannerException {
        exchange.alone(() -> {
            ident();
            interlocks.refuseWhileLatched();
            homed = false;
            move("G28", HOME_MILLIS);
            homed = true;
            return null;
        });
    }

    @Override
    public void moveTo(double meters) throws ScannerException {
        double target = meters * 1e3;
        if (!(target >= leastMillimeters && target <= mostMillimeters)) {
            throw exchange.refused(String.format(
                    Locale.ROOT,
                    "cannot move to %.1f mm; it can from %.1f to %.1f mm",
                    target,
                    leastMillimeters,
                    mostMillimeters));
        }
        stopping = false;
        exchange.alone(() -> {
            double at = positionMillimeters();
            interlocks.refuseWhileLatched();
            if (!homed) {
                throw exchange.refused("does not know where it is: send it home first");
            }
            moveInSteps(at, target);
            return null;
        });
    }

    private void moveInSteps(double from, double target) throws ScannerException {
        double at = from;
        while (!stopping && Math.abs(target - at) > TOLERANCE_MILLIMETERS) {
            double next = at + Math.max(-STEP_MILLIMETERS, Math.min(STEP_MILLIMETERS, target - at));
            move(String.format(Locale.ROOT, "G0 %.2f", next), STEP_MILLIS);
            at = positionMillimeters();
            interlocks.refuseWhileLatched();
            if (Math.abs(at - next) > TOLERANCE_MILLIMETERS) {
                homed = false;
                throw exchange.error(
                        ScannerException.Kind.DEVICE_FAULT,
                        String.format(
                                Locale.ROOT,
                                "should be at %.2f mm but says %.2f mm: see what holds it, then send it home",
                                next,
                                at),
                        null);
            }
        }
    }

    /** Not told twice: whether the first was heard is not known. */
    private void move(String command, int timeoutMillis) throws ScannerException {
        String mark = "R" + ++marks + ": done";
        try {
            exchange.ask(command, 1, () -> {
                exchange.send(command + "\r\nM118 " + mark + "\r\n");
                for (int i = 0; i < MOST_LINES; i++) {
                    String line = exchange.line(timeoutMillis);
                    refuseFault(line);
                    if (line.endsWith(mark)) {
                        return mark;
                    }
                }
                throw UnclearException.garbled(MOST_LINES + " lines without '" + mark + "'");
            });
        } catch (ScannerException e) {
            homed = false;
            throw exchange.error(
                    e.kind(), Exchange.text(e) + "; where the table is is not known: look, then send it home", e);
        }
    }

    @Override
    public double positionMeters() throws ScannerException {
        return positionMillimeters() / 1e3;
    }

    private double positionMillimeters() throws ScannerException {
        return exchange.ask("M114", ATTEMPTS, () -> {
            String answer = answer("M114");
            double position;
            try {
                position = Double.parseDouble(answer.strip());
            } catch (NumberFormatException e) {
                throw UnclearException.garbled(answer);
            }
            if (!(position >= leastMillimeters - 1 && position <= mostMillimeters + 1)) {
                throw UnclearException.garbled(answer);
            }
            return position;
        });
    }

    @Override
    public void stop() {
        stopping = true;
    }

    @Override
    public List<SelfTestResult> selfTest() throws ScannerException {
        String now = ident().group(3);
        return List.of(SelfTestResult.of("answers", now.equals(firmware), "version " + now));
    }

    @Override
    public List<Interlock> interlocks() {
        return interlocks.latched();
    }

    @Override
    public void acknowledge(Interlock interlock) throws ScannerException {
        int reports = interlocks.reports(interlock);
        ident();
        interlocks.release(interlock, reports);
    }

    @Override
    public void close() {
        stop();
        exchange.finish(() -> {}, "");
    }
}
