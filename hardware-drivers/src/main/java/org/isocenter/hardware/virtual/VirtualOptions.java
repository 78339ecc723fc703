package org.isocenter.hardware.virtual;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.MarcosCalibration;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.hardware.virtual.phantom.Phantoms;
import org.isocenter.hardware.virtual.phantom.file.PhantomFileException;
import org.isocenter.hardware.virtual.phantom.file.PhantomFiles;

/**
 * What a virtual scanner's address asks for: {@code virtual:PROFILE?phantom=NAME&place=X,Y,Z&rotate=A,B,C&seed=N
 * &noise=FACTOR&drift=HERTZ_PER_SECOND&pace=real&interlock=door@3s&imperfections=none&field.offsetHertz=20}. All of it but the scheme may be left
 * out. PROFILE is a built-in one or a YAML file, NAME a built-in phantom or a file's path. {@code place} and {@code rotate} put
 * the phantom elsewhere and turn it ({@link PhantomPlace}); keys of {@code motion}, {@code breathing} and {@code flow} move it
 * ({@link PhantomMotion}). {@code imperfections=none} makes the scanner perfect; keys with a point set one imperfection, with
 * the name that it has in a profile. {@code interlock} trips one ({@link VirtualInterlock}).
 *
 * @param seed of noise, phases of interference and faults: the same seed gives the same samples
 * @param noiseFactor multiplies the profile's noise; 0 for none
 * @param realTime whether readouts come at the speed of a real scan, not as fast as they are computed
 * @param interlock that trips
 */
record VirtualOptions(
        ScannerProfile profile,
        Phantom phantom,
        long seed,
        double noiseFactor,
        boolean realTime,
        VirtualInterlock interlock) {
    private static final List<String> KNOWN = List.of(
            "phantom",
            "place",
            "rotate",
            "motion",
            "seed",
            "noise",
            "drift",
            "pace",
            "interlock",
            "imperfections",
            "and the profile's own, such as field.offsetHertz");

    /** Without an interlock that trips. */
    VirtualOptions(ScannerProfile profile, Phantom phantom, long seed, double noiseFactor, boolean realTime) {
        this(profile, phantom, seed, noiseFactor, realTime, VirtualInterlock.NONE);
    }

    static VirtualOptions parse(URI uri) throws ScannerException {
        // URI itself leaves escapes between brackets as they are, for network addresses.
        String rest = URLDecoder.decode(uri.getRawSchemeSpecificPart().replace("+", "%2B"), StandardCharsets.UTF_8);
        int question = rest.indexOf('?');
        String name = question < 0 ? rest : rest.substring(0, question);
        String query = question < 0 ? "" : rest.substring(question + 1);
        String phantom = "brain";
        PhantomPlace place = PhantomPlace.ISOCENTER;
        PhantomMotion motion = new PhantomMotion();
        long seed = 1;
        String noise = "1";
        boolean realTime = false;
        VirtualInterlock interlock = VirtualInterlock.NONE;
        Map<String, String> imperfections = new LinkedHashMap<>();
        boolean perfect = false;
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
                case "phantom" -> phantom = value;
                case "place" -> place = placed(uri, place, value);
                case "rotate" -> place = turned(uri, place, value);
                case "seed" -> seed = seed(uri, value);
                case "noise" -> noise = value;
                case "drift" -> imperfections.put("field.driftHertzPerSecond", value);
                case "pace" -> realTime = realTime(uri, value);
                case "interlock" -> interlock = interlock(uri, value);
                case "imperfections" -> perfect = perfect(uri, value);
                default -> {
                    if (PhantomMotion.owns(key)) {
                        setMotion(uri, motion, key, value);
                        continue;
                    }
                    if (key.indexOf('.') < 0) {
                        throw refused(uri, "option '" + key + "' is not known; known are " + String.join(", ", KNOWN));
                    }
                    imperfections.put(key, value);
                }
            }
        }
        ScannerProfile profile = profile(uri, name, imperfections, perfect);
        Phantom object = moved(uri, phantom(uri, phantom, profile.limits().fieldTesla()), place, motion);
        return new VirtualOptions(profile, object, seed, noise(uri, noise, profile), realTime, interlock);
    }

    /** A built-in profile or a file's, with what the address says of its imperfections. */
    private static ScannerProfile profile(URI uri, String name, Map<String, String> imperfections, boolean perfect)
            throws ScannerException {
        try {
            boolean file = name.endsWith(".yaml") || name.endsWith(".yml");
            String known = name.isEmpty() ? ScannerProfile.BUILT_IN.get(0) : name;
            Map<String, String> own = perfect ? Map.of() : imperfections;
            ScannerProfile profile =
                    file ? ScannerProfile.load(Path.of(name), own) : ScannerProfile.builtIn(known, own);
            if (!perfect) {
                return profile;
            }
            Imperfections set = ScannerProfile.builtIn("ideal", imperfections).imperfections();
            return new ScannerProfile(profile.limits(), set, MarcosCalibration.NONE, profile.coils());
        } catch (IllegalArgumentException | IOException e) {
            String problem =
                    e instanceof NoSuchFileException ? "there is no profile file '" + name + "'" : e.getMessage();
            throw refused(uri, problem);
        }
    }

    private static boolean perfect(URI uri, String value) throws ScannerException {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "none" -> true;
            case "profile" -> false;
            default -> throw refused(uri, "imperfections '" + value + "' is not known; known are none, profile");
        };
    }

    private static Phantom phantom(URI uri, String name, double fieldTesla) throws ScannerException {
        try {
            return PhantomFiles.isFile(name)
                    ? PhantomFiles.read(Path.of(name), fieldTesla)
                    : Phantoms.named(name, fieldTesla);
        } catch (IllegalArgumentException | PhantomFileException e) {
            throw refused(uri, e.getMessage());
        }
    }

    private static void setMotion(URI uri, PhantomMotion motion, String key, String value) throws ScannerException {
        try {
            motion.set(key, value);
        } catch (IllegalArgumentException e) {
            throw refused(uri, e.getMessage());
        }
    }

    private static Phantom moved(URI uri, Phantom phantom, PhantomPlace place, PhantomMotion motion)
            throws ScannerException {
        try {
            return motion.whole(place.of(motion.within(phantom)));
        } catch (IllegalArgumentException e) {
            throw refused(uri, e.getMessage());
        }
    }

    private static PhantomPlace placed(URI uri, PhantomPlace place, String value) throws ScannerException {
        try {
            return place.at(value);
        } catch (IllegalArgumentException e) {
            throw refused(uri, e.getMessage());
        }
    }

    private static PhantomPlace turned(URI uri, PhantomPlace place, String value) throws ScannerException {
        try {
            return place.turned(value);
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
        if (factor > 0 && factor != 1 && profile.imperfections().receive().deliveredNoise() == 0) {
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

    private static VirtualInterlock interlock(URI uri, String value) throws ScannerException {
        try {
            return VirtualInterlock.parse(value);
        } catch (IllegalArgumentException e) {
            throw refused(uri, e.getMessage());
        }
    }

    private static ScannerException refused(URI uri, String problem) {
        return new ScannerException(ScannerException.Kind.REFUSED, uri.toString(), problem);
    }
}
