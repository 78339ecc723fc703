package org.isocenter.hardware.instrument;

import java.util.List;
import java.util.regex.Pattern;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.Interlocks;
import org.isocenter.hardware.ScannerException;

/**
 * One of the two amplifiers. Commands end with ";", and only an answer that begins ">OK;" says that one was obeyed; whatever else
 * the bridge says is taken for a fault of the amplifier, because no list of its answers is published. Nor is there a question for
 * its state: what it confirmed last is what is known.
 */
final class BarthelAmplifier implements PowerAmplifier {
    /** Whole lines that can be read: no torn answer. */
    private static final Pattern SAID = Pattern.compile("[ -~\\r\\n]*[!-~][ -~\\r\\n]*\\n\\s*");

    private static final int ATTEMPTS = 3;
    /** Amplifiers may take their time to switch. */
    private static final int SWITCH_MILLIS = 1500;
    /** For the question whether it is there, and for what has given no answer before. */
    private static final int ANSWER_MILLIS = 500;

    private static final String PRESENT = "VERB 1;";
    private static final String CONFIRMED = ">OK";

    private final Exchange exchange;
    private final String name;
    private final String prefix;
    private final String power;
    private final Interlock.Kind kind;
    private final Interlocks interlocks;
    private volatile State state = State.UNKNOWN;

    /**
     * @param prefix of all commands to this amplifier
     * @param power the command that takes 0 or 1
     */
    BarthelAmplifier(Exchange exchange, String name, String prefix, String power, Interlock.Kind kind) {
        this.exchange = exchange;
        this.name = name;
        this.prefix = prefix;
        this.power = power;
        this.kind = kind;
        interlocks = new Interlocks(name + " at " + exchange.device());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public State status() throws ScannerException {
        return exchange.alone(() -> {
            probe();
            if (!interlocks.latched().isEmpty()) {
                disable();
            }
            return state;
        });
    }

    /** What the bridge said by itself; it names one amplifier, or may mean either. */
    void heed(String text, boolean namesAnother) {
        String said = text.replace(CONFIRMED + ";", "").strip();
        if (!said.isEmpty() && (said.contains(prefix) || !namesAnother)) {
            interlocks.latch(kind, "reported '" + Exchange.printable(said) + "'");
        }
    }

    boolean isNamed(String text) {
        return text.contains(prefix);
    }

    private void probe() throws ScannerException {
        String answer;
        try {
            answer = tell(prefix + PRESENT, ATTEMPTS);
        } catch (ScannerException e) {
            throw off(e);
        }
        if (!answer.equals(CONFIRMED)) {
            interlocks.latch(kind, "answered '" + answer + "' when it was asked whether it is there");
        }
    }

    @Override
    public void enable() throws ScannerException {
        exchange.alone(() -> {
            probe();
            interlocks.refuseWhileLatched();
            confirm(prefix + "SPC:CTL 1;");
            confirm(power + " 1;");
            state = State.ON;
            for (Interlock each : interlocks.latched()) {
                throw off(interlocks.tripped(each));
            }
            return null;
        });
    }

    /** Asked once only: what is not clear must not be switched on again. */
    private void confirm(String command) throws ScannerException {
        String answer;
        try {
            answer = tell(command, 1);
        } catch (ScannerException e) {
            throw off(e);
        }
        if (!answer.equals(CONFIRMED)) {
            throw trip("answered '" + answer + "' to '" + command + "'");
        }
    }

    /** Latches, switches off, and returns what to throw. */
    private ScannerException trip(String reason) {
        Interlock latched = interlocks.latch(kind, reason);
        return off(interlocks.tripped(latched));
    }

    private ScannerException off(ScannerException failure) {
        return exchange.afterwards(
                failure,
                this::disable,
                "the " + name + " has been switched off",
                "whether the " + name + " is off is NOT known: switch it off by hand");
    }

    @Override
    public void disable() throws ScannerException {
        exchange.alone(() -> {
            state = State.UNKNOWN;
            String answer = tell(power + " 0;", ATTEMPTS);
            if (!answer.equals(CONFIRMED)) {
                interlocks.latch(kind, "answered '" + answer + "' when it was switched off");
                throw exchange.error(
                        ScannerException.Kind.DEVICE_FAULT,
                        "answered '" + answer + "' to '" + power + " 0;'; whether the " + name
                                + " is off is NOT known: switch it off by hand",
                        null);
            }
            state = State.OFF;
            return null;
        });
    }

    private String tell(String command, int attempts) throws ScannerException {
        return exchange.ask(command, attempts, () -> {
            exchange.send(command);
            boolean quick = command.endsWith(PRESENT) || exchange.isSilent();
            String text = exchange.upTo(";", quick ? ANSWER_MILLIS : SWITCH_MILLIS);
            int begin = Math.max(0, text.indexOf('>'));
            boolean alarm = heedAlarm(text.substring(0, begin));
            String answer = (alarm ? text.substring(begin) : text).strip();
            if (!answer.startsWith(">")) {
                throw Exchange.UnclearException.garbled(answer);
            }
            return answer;
        });
    }

    /** An alarm comes once, and may come between a question and its answer. Whether there was one. */
    private boolean heedAlarm(String text) {
        boolean alarm = SAID.matcher(text).matches();
        if (alarm) {
            exchange.heed(text);
        }
        return alarm;
    }

    @Override
    public List<Interlock> interlocks() {
        return interlocks.latched();
    }

    @Override
    public void acknowledge(Interlock interlock) throws ScannerException {
        exchange.alone(() -> {
            disable();
            int reports = interlocks.reports(interlock);
            String answer = tell(prefix + "ERRST;", 1);
            if (!answer.equals(CONFIRMED)) {
                throw interlocks.persists(interlock);
            }
            interlocks.release(interlock, reports);
            return null;
        });
    }
}
