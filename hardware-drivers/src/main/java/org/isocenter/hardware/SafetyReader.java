package org.isocenter.hardware;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.SafetyLimits;
import org.isocenter.model.SafetyLimits.AcousticBand;
import org.isocenter.model.SafetyLimits.Chronaxie;
import org.isocenter.model.SafetyLimits.Gradients;
import org.isocenter.model.SafetyLimits.Mode;
import org.isocenter.model.SafetyLimits.ModeLimit;
import org.isocenter.model.SafetyLimits.Monitor;
import org.isocenter.model.SafetyLimits.Safe;
import org.isocenter.model.SafetyLimits.SafeAxis;
import org.isocenter.model.SafetyLimits.Sar;
import org.isocenter.model.SafetyLimits.StimulationModel;
import org.isocenter.model.SafetyLimits.WindowLimit;
import org.isocenter.model.Vec3;

/** Reads the section {@code safety} of a profile. Every part of it may be missing: then nothing is limited there. */
final class SafetyReader {
    private static final double SQUARE_MICROTESLA = 1e-12;

    private final ProfileSection section;
    /** Hz/m in one mT/m. */
    private final double milliteslaPerMeter;

    private final Path folder;

    SafetyReader(ProfileSection section, double gammaHertzPerTesla, Path folder) {
        this.section = section;
        this.milliteslaPerMeter = gammaHertzPerTesla * 1e-3;
        this.folder = folder;
    }

    SafetyLimits limits() throws IOException {
        Mode mode = section.has("mode")
                        && section.word("mode", List.of("normal", "firstLevel")).equals("firstLevel")
                ? Mode.FIRST_LEVEL
                : Mode.NORMAL;
        int divisor = section.has("adcSamplesDivisor") ? section.wholeNumber("adcSamplesDivisor", 1, 65536) : 1;
        Gradients gradients = section.has("gradients") ? gradients(section.section("gradients")) : Gradients.NONE;
        List<WindowLimit> energy =
                windows(section, "rfEnergySquareMicroteslaSeconds", 1e-3, 3600, SQUARE_MICROTESLA, 1e12);
        Sar sar = section.has("sar") ? sar(section.section("sar")) : Sar.NONE;
        Monitor monitor = section.has("monitor") ? monitor(section.section("monitor")) : Monitor.NONE;
        List<StimulationModel> models = new ArrayList<>();
        List<AcousticBand> bands = new ArrayList<>();
        for (ProfileSection each : section.sections("stimulation")) {
            stimulation(each, models);
        }
        for (ProfileSection each : section.sections("acousticBands")) {
            bands(each, bands);
        }
        section.end();
        return new SafetyLimits(mode, divisor, gradients, energy, sar, models, bands, monitor);
    }

    private Gradients gradients(ProfileSection s) throws ProfileFormatException {
        double[] shim = s.has("shimMilliteslaPerMeter")
                ? s.numbers("shimMilliteslaPerMeter", 3, -1e4, 1e4)
                : new double[] {0, 0, 0};
        Gradients gradients = new Gradients(
                new Vec3(shim[0], shim[1], shim[2]).scaled(milliteslaPerMeter),
                s.numberOr("amplifierMilliteslaPerMeter", SafetyLimits.UNLIMITED, 1e-6, 1e5) * milliteslaPerMeter,
                windows(s, "rmsMilliteslaPerMeter", 0.1, 300, milliteslaPerMeter, 1e5),
                windows(s, "dutyFraction", 0.1, 300, 1, 1));
        s.end();
        return gradients;
    }

    /** "window in seconds: limit" pairs, with windows from {@code shortest} to {@code longest}. */
    private static List<WindowLimit> windows(
            ProfileSection s, String key, double shortest, double longest, double unit, double maximum)
            throws ProfileFormatException {
        List<WindowLimit> limits = new ArrayList<>();
        if (s.has(key)) {
            ProfileSection pairs = s.section(key);
            for (String window : pairs.keys()) {
                limits.add(new WindowLimit(
                        pairs.keyAsNumber(window, shortest, longest),
                        pairs.number(window, Double.MIN_VALUE, maximum) * unit));
            }
        }
        return limits;
    }

    private static Sar sar(ProfileSection s) throws ProfileFormatException {
        double lightest = s.number("lightestKilograms", 0.1, 1000);
        Sar sar = new Sar(
                s.numberOr("wholeBodyPerSquareMicrotesla", Double.NaN, 0, 1e6) / SQUARE_MICROTESLA,
                s.numberOr("headPerSquareMicrotesla", Double.NaN, 0, 1e6) / SQUARE_MICROTESLA,
                s.number("referenceKilograms", 0.1, 1000),
                s.number("weightExponent", -2, 2),
                lightest,
                s.number("heaviestKilograms", lightest, 1000),
                modes(s, "wholeBodyWattsPerKilogram", 1e3),
                modes(s, "headWattsPerKilogram", 1e3),
                s.number("shortTermFactor", 1, 100));
        s.end();
        return sar;
    }

    private static Monitor monitor(ProfileSection s) throws ProfileFormatException {
        Monitor monitor = new Monitor(
                s.number("couplerDecibels", 0, 120),
                s.number("tenSecondWatts", 1e-6, 1e6),
                s.number("sixMinuteWatts", 1e-6, 1e6),
                s.number("peakWatts", 1e-6, 1e6));
        s.end();
        return monitor;
    }

    private static ModeLimit modes(ProfileSection s, String key, double maximum) throws ProfileFormatException {
        if (!s.has(key)) {
            return ModeLimit.NONE;
        }
        ProfileSection both = s.section(key);
        double normal = both.number("normal", Double.MIN_VALUE, maximum);
        ModeLimit limit = new ModeLimit(normal, both.number("firstLevel", normal, maximum));
        both.end();
        return limit;
    }

    private void stimulation(ProfileSection s, List<StimulationModel> models) throws IOException {
        String model = s.word("model", List.of("safe", "chronaxie", "asc"));
        ModeLimit limit = modes(s, "limitFraction", 100);
        switch (model) {
            case "safe" ->
                models.add(new Safe(
                        s.text("target"),
                        axis(s.section("x")),
                        axis(s.section("y")),
                        axis(s.section("z")),
                        s.number("rasterSeconds", 1e-7, 1e-3),
                        limit));
            case "chronaxie" ->
                models.add(new Chronaxie(
                        s.text("target"),
                        s.number("chronaxieSeconds", 1e-6, 1),
                        s.number("rheobaseTeslaPerSecond", 1e-3, 1e6),
                        s.number("effectiveLengthMeters", 1e-3, 10),
                        limit));
            default -> models.addAll(asc(s).stimulation(limit));
        }
        s.end();
    }

    private static SafeAxis axis(ProfileSection s) throws ProfileFormatException {
        double[] a = s.numbers("a", 3, 0, 1);
        if (Math.abs(a[0] + a[1] + a[2] - 1) > 1e-3) {
            throw s.fault("a", "expected three shares that add up to 1, found " + (a[0] + a[1] + a[2]));
        }
        double[] tau = s.numbers("tauSeconds", 3, 1e-9, 10);
        SafeAxis axis = new SafeAxis(
                a[0],
                a[1],
                a[2],
                tau[0],
                tau[1],
                tau[2],
                s.number("limitTeslaPerMeterPerSecond", 1e-6, 1e6),
                s.number("scale", 1e-6, 100));
        s.end();
        return axis;
    }

    private AscFile asc(ProfileSection s) throws IOException {
        String name = s.text("file");
        if (folder == null) {
            throw s.fault("file", "a built-in profile names no other file");
        }
        return AscFile.read(folder.resolve(name));
    }

    private void bands(ProfileSection s, List<AcousticBand> bands) throws IOException {
        double limit = s.numberOr("limitMilliteslaPerMeter", SafetyLimits.UNLIMITED, Double.MIN_VALUE, 1e5)
                * milliteslaPerMeter;
        if (s.has("file")) {
            bands.addAll(asc(s).acousticBands(limit));
        } else {
            double center = s.number("centerHertz", 1, 20_000);
            bands.add(new AcousticBand(center, s.number("widthHertz", 0, 2 * center), limit));
        }
        s.end();
    }
}
