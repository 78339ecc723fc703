package org.isocenter.hardware.instrument;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.SelfTestResult;

/** The Arduino that passes commands on to Barthel's gradient and RF amplifiers: one link, two amplifiers. */
public final class BarthelBridge implements Instrument {
    private static final Pattern WHOLE_LINE = Pattern.compile("(?<![^\\n])[ -~]+\\r?\\n");

    private final Exchange exchange;
    private final BarthelAmplifier gradient;
    private final BarthelAmplifier rf;

    /** Switches both off. */
    BarthelBridge(Exchange exchange) throws ScannerException {
        this.exchange = exchange;
        gradient = new BarthelAmplifier(
                exchange, "gradient amplifier", "GPA_", "GPA_ON", Interlock.Kind.GRADIENT_AMPLIFIER);
        rf = new BarthelAmplifier(exchange, "RF amplifier", "RFPA_", "RFPA_RF", Interlock.Kind.RF_AMPLIFIER);
        exchange.heedUnasked((text, torn) -> heed(torn ? wholeLines(text) : text));
        disableBoth();
    }

    private void heed(String text) {
        gradient.heed(text, rf.isNamed(text));
        rf.heed(text, gradient.isNamed(text));
    }

    /** Those that can be read: the rest of an answer that was damaged is no alarm. */
    private static String wholeLines(String text) {
        StringBuilder lines = new StringBuilder();
        for (Matcher line = WHOLE_LINE.matcher(text); line.find(); ) {
            lines.append(line.group());
        }
        return lines.toString();
    }

    private void disableBoth() throws ScannerException {
        try {
            rf.disable();
        } finally {
            gradient.disable();
        }
    }

    public PowerAmplifier gradientAmplifier() {
        return gradient;
    }

    public PowerAmplifier rfAmplifier() {
        return rf;
    }

    @Override
    public List<PowerAmplifier> amplifiers() {
        return List.of(gradient, rf);
    }

    @Override
    public String description() {
        return "Barthel amplifiers behind the bridge at " + exchange.device();
    }

    @Override
    public String firmware() {
        return "";
    }

    @Override
    public List<SelfTestResult> selfTest() throws ScannerException {
        try {
            return List.of(tested(gradient), tested(rf));
        } catch (ScannerException e) {
            throw e.kind() == ScannerException.Kind.LINK_LOST ? bothUnknown(e) : e;
        }
    }

    /** One link, two amplifiers. */
    private ScannerException bothUnknown(ScannerException lost) {
        Throwable first = lost.getCause() == null ? lost : lost.getCause();
        String why = first instanceof ScannerException known ? Exchange.text(known) : first.getMessage();
        return exchange.error(
                ScannerException.Kind.LINK_LOST,
                why
                        + "; whether the gradient amplifier and the RF amplifier are off is NOT known: switch both off by hand",
                lost);
    }

    private static SelfTestResult tested(PowerAmplifier amplifier) throws ScannerException {
        PowerAmplifier.State state = amplifier.status();
        String trips = String.join(
                "; ", amplifier.interlocks().stream().map(Interlock::text).toList());
        return SelfTestResult.of(amplifier.name(), trips.isEmpty(), trips.isEmpty() ? state.toString() : trips);
    }

    @Override
    public List<Interlock> interlocks() {
        return Stream.concat(gradient.interlocks().stream(), rf.interlocks().stream())
                .toList();
    }

    @Override
    public void acknowledge(Interlock interlock) throws ScannerException {
        // By its kind: it may be one that an earlier connection saw.
        (interlock.kind() == Interlock.Kind.GRADIENT_AMPLIFIER ? gradient : rf).acknowledge(interlock);
    }

    @Override
    public void close() {
        exchange.finish(this::disableBoth, "whether the amplifiers are off");
    }
}
