package org.isocenter.hardware;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.isocenter.model.SafetyLimits.AcousticBand;
import org.isocenter.model.SafetyLimits.ModeLimit;
import org.isocenter.model.SafetyLimits.Safe;
import org.isocenter.model.SafetyLimits.SafeAxis;
import org.isocenter.model.SafetyLimits.StimulationModel;

/**
 * What a Siemens gradient description ({@code MP_GPA_….asc}) says about nerve stimulation and acoustic resonances. Lines are
 * {@code key = value} with indices in brackets; {@code #} starts a comment. Older files have the SAFE parameters at the top
 * level, XA61 and later under {@code GradPatSup.Phys.PNS} and, for the heart, {@code GradPatSup.Phys.CarNS}. Lines that are not
 * understood are passed over, because such files hold a thousand things of no concern here; a parameter that is missing or no
 * number is refused.
 */
public final class AscFile {
    /** The files say nothing about it; the model's published program steps through the gradient raster. */
    private static final double RASTER_SECONDS = 10e-6;

    private static final long LARGEST_BYTES = 16L << 20;

    private static final Pattern LINE = Pattern.compile("^\\s*([A-Za-z_][\\w.\\[\\]]*)\\s*=\\s*(\"[^\"]*\"|[^\\s#]+)");

    private final String name;
    private final Map<String, String> values = new HashMap<>();

    private AscFile(String name) {
        this.name = name;
    }

    /**
     * Reads a file.
     *
     * @throws ProfileFormatException when it holds no such line
     * @throws IOException when it cannot be read
     */
    public static AscFile read(Path file) throws IOException {
        if (Files.size(file) > LARGEST_BYTES) {
            throw new ProfileFormatException(
                    file.toString(), "", "is larger than 16 MB: expected a gradient description");
        }
        AscFile asc = new AscFile(file.toString());
        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                .lines()
                .forEach(asc::line);
        if (asc.values.isEmpty()) {
            throw new ProfileFormatException(file.toString(), "", "has no 'key = value' line: expected an .asc file");
        }
        return asc;
    }

    private void line(String line) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.find()) {
            values.put(matcher.group(1), matcher.group(2));
        }
    }

    /**
     * The SAFE models in the file: "peripheral", and "cardiac" when it has one.
     *
     * @param limit share of the threshold allowed; the file holds none
     * @throws ProfileFormatException naming the parameter that is missing
     */
    public List<StimulationModel> stimulation(ModeLimit limit) throws ProfileFormatException {
        List<StimulationModel> models = new ArrayList<>();
        boolean nested = values.keySet().stream().anyMatch(key -> key.startsWith("GradPatSup.Phys.PNS."));
        models.add(safe("peripheral", nested ? "GradPatSup.Phys.PNS." : "", limit));
        if (values.keySet().stream().anyMatch(key -> key.startsWith("GradPatSup.Phys.CarNS."))) {
            models.add(safe("cardiac", "GradPatSup.Phys.CarNS.", limit));
        }
        return models;
    }

    private Safe safe(String target, String prefix, ModeLimit limit) throws ProfileFormatException {
        return new Safe(target, axis(prefix, "X"), axis(prefix, "Y"), axis(prefix, "Z"), RASTER_SECONDS, limit);
    }

    private SafeAxis axis(String prefix, String axis) throws ProfileFormatException {
        double[] a = new double[3];
        double[] tau = new double[3];
        for (int i = 0; i < 3; i++) {
            a[i] = number(0, 1, prefix + "flGSWDA" + axis + "[" + i + "]");
            tau[i] = number(1e-6, 1e4, prefix + "flGSWDTau" + axis + "[" + i + "]") * 1e-3;
        }
        if (Math.abs(a[0] + a[1] + a[2] - 1) > 1e-3) {
            throw new ProfileFormatException(
                    name,
                    prefix + "flGSWDA" + axis,
                    "expected three shares that add up to 1, found " + (a[0] + a[1] + a[2]));
        }
        return new SafeAxis(
                a[0],
                a[1],
                a[2],
                tau[0],
                tau[1],
                tau[2],
                number(1e-6, 1e6, prefix + "flGSWDStimulationLimit" + axis),
                number(1e-6, 100, anywhere("flGScaleFactor" + axis, "flGCGScaleFactor" + axis)));
    }

    /**
     * The acoustic resonances in the file; those of frequency 0 are unused places.
     *
     * @param limitHertzPerMeter largest amplitude of the gradients' spectrum; the file holds none
     */
    public List<AcousticBand> acousticBands(double limitHertzPerMeter) throws ProfileFormatException {
        String first = anywhere("aflAcousticResonanceFrequency[0]", "aflGCAcousticResonanceFrequency[0]");
        String prefix = first.substring(0, first.length() - "Frequency[0]".length());
        List<AcousticBand> bands = new ArrayList<>();
        for (int i = 0; values.containsKey(prefix + "Frequency[" + i + "]"); i++) {
            double center = number(0, 20_000, prefix + "Frequency[" + i + "]");
            if (center > 0) {
                double width = number(0, 2 * center, prefix + "Bandwidth[" + i + "]");
                bands.add(new AcousticBand(center, width, limitHertzPerMeter));
            }
        }
        return bands;
    }

    /** The key with one of these names, in whatever section; the first name when there is none. */
    private String anywhere(String... names) {
        return values.keySet().stream()
                .filter(key -> Arrays.stream(names).anyMatch(each -> key.equals(each) || key.endsWith("." + each)))
                .min(Comparator.naturalOrder())
                .orElse(names[0]);
    }

    private double number(double minimum, double maximum, String key) throws ProfileFormatException {
        String text = values.get(key);
        if (text == null) {
            throw new ProfileFormatException(name, key, "is missing: expected a value");
        }
        double value = parse(key, text);
        if (!(value >= minimum && value <= maximum)) {
            throw new ProfileFormatException(
                    name, key, "expected a number, " + minimum + " to " + maximum + ", found " + text);
        }
        return value;
    }

    private double parse(String key, String text) throws ProfileFormatException {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new ProfileFormatException(name, key, "expected a plain number, found '" + text + "'", e);
        }
    }
}
