package org.isocenter.hardware.virtual;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerProfile;

/**
 * What a virtual scanner's address asks for: {@code virtual:PROFILE?phantom=NAME&seed=N&noise=FACTOR&pace=real}. All of it
 * but the scheme may be left out.
 *
 * @param seed of the noise: the same seed gives the same samples
 * @param noiseFactor multiplies the profile's noise; 0 for none
 * @param realTime whether readouts come at the speed of a real scan, not as fast as they are computed
 */
record VirtualOptions(ScannerProfile profile, Phantom phantom, long seed, double noiseFactor, boolean realTime) {
    private static final List<String> KNOWN = List.of("phantom", "seed", "noise", "pace");

    static VirtualOptions parse(URI uri) throws ScannerException {
        String rest = uri.getSchemeSpecificPart();
        int question = rest.indexOf('?');
        String name = question < 0 ? rest : rest.substring(0, question);
        String query = question < 0 ? "" : rest.substring(question + 1);
        ScannerProfile profile;
        try {
            profile = ScannerProfile.builtIn(name.isEmpty() ? ScannerProfile.BUILT_IN.get(0) : name);
        } catch (IllegalArgumentException e) {
            throw refused(uri, e.getMessage());
        }
        Phantom phantom = Phantoms.named("brain");
        long seed = 1;
        double noise = 1;
        boolean realTime = false;
        List<String> seen = new ArrayList<>();
        for (String part : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? part : part.substring(0, equals);
            String value = equals < 0 ? "" : part.substring(equals + 1);
            if (seen.contains(key)) {
                throw refused(uri, "option '" + key + "' is given twice: give it once");
            }
            seen.add(key);
            switch (key) {
                case "phantom" -> phantom = phantom(uri, value);
                case "seed" -> seed = seed(uri, value);
                case "noise" -> noise = noise(uri, value, profile);
                case "pace" -> realTime = realTime(uri, value);
                default ->
                    throw refused(uri, "option '" + key + "' is not known; known are " + String.join(", ", KNOWN));
            }
        }
        return new VirtualOptions(profile, phantom, seed, noise, realTime);
    }

    private static Phantom phantom(URI uri, String value) throws ScannerException {
        try {
            return Phantoms.named(value);
        } catch (IllegalArgumentException e) {
            throw refused(uri, e.getMessage());
        }
    }

    private static long seed(URI uri, String value) throws ScannerException {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw refused(uri, "seed '" + value + "' is not a whole number: write e.g. seed=1");
        }
    }

    private static double noise(URI uri, String value, ScannerProfile profile) throws ScannerException {
        double factor;
        try {
            factor = Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw refused(uri, "noise '" + value + "' is not a number: write e.g. noise=0.5 for half the noise");
        }
        if (!(factor >= 0 && factor <= 1e6)) {
            throw refused(uri, "noise " + value + " is out of range: write a factor from 0 (none) to 1e6");
        }
        if (factor > 0 && profile.imperfections().noise() == 0) {
            throw refused(
                    uri, "profile '" + profile.name() + "' has no noise that could be scaled: use another profile");
        }
        return factor;
    }

    private static boolean realTime(URI uri, String value) throws ScannerException {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "real" -> true;
            case "fast" -> false;
            default -> throw refused(uri, "pace '" + value + "' is not known; known are real, fast");
        };
    }

    private static ScannerException refused(URI uri, String problem) {
        return new ScannerException(ScannerException.Kind.REFUSED, uri.toString(), problem);
    }
}
