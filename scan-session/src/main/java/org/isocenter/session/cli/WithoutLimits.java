package org.isocenter.session.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.isocenter.session.run.ScanException;

/** The same command on the simulated scanner that has no limits, for where one with limits has refused. */
final class WithoutLimits {
    private static final String DEVICE = "--device";
    private static final String PROFILE = Devices.VIRTUAL + ":boundless";
    /** What no shell takes for anything else. */
    private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

    private WithoutLimits() {}

    /**
     * The refusal, with the command that works.
     *
     * @param arguments of the command that was refused
     * @param device the simulated scanner's address, as it was given or by default
     */
    static ScanException named(ScanException refusal, List<String> arguments, String device) {
        if (device.startsWith(PROFILE)) {
            return refusal;
        }
        return new ScanException(
                refusal.kind(),
                refusal.getMessage() + "; a simulation without limits: isocenter " + command(arguments, device),
                refusal);
    }

    static String command(List<String> arguments, String device) {
        int options = device.indexOf('?');
        String boundless = PROFILE + (options < 0 ? "" : device.substring(options));
        List<String> words = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals(DEVICE)) {
                i++;
            } else if (!argument.startsWith(DEVICE + "=")) {
                words.add(quoted(argument));
            }
        }
        words.add(DEVICE);
        words.add(quoted(boundless));
        return String.join(" ", words);
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
