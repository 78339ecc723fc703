package org.isocenter.sequence.pulseq;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.sequence.Rasters;

/**
 * What a file says of itself.
 *
 * @param values in their order, without the rasters
 */
record Definitions(Map<String, String> values, Rasters rasters) {
    static final String REQUIRED_EXTENSIONS = "RequiredExtensions";
    static final List<String> RASTERS =
            List.of("GradientRasterTime", "RadiofrequencyRasterTime", "AdcRasterTime", "BlockDurationRaster");

    private static final String SECTION = "DEFINITIONS";

    /** Takes the rasters out of the values as read. Before 1.4 they are fixed. */
    static Definitions of(String file, int version, Map<String, String> read, List<String> warnings)
            throws PulseqFormatException {
        Map<String, String> values = new LinkedHashMap<>(read);
        Rasters old = Rasters.BEFORE_1_4;
        long[] ps = {old.gradientPs(), old.rfPs(), old.adcPs(), old.blockPs()};
        for (int i = 0; i < ps.length; i++) {
            String name = RASTERS.get(i);
            String value = values.remove(name);
            if (value == null) {
                if (version >= PulseqReader.VERSION_1_4) {
                    throw new PulseqFormatException(
                            file, 0, SECTION, name + " is missing; it is required from version 1.4 on");
                }
                continue;
            }
            double seconds = seconds(value);
            if (!(seconds >= 1e-12 && seconds <= 1)) {
                throw new PulseqFormatException(
                        file,
                        0,
                        SECTION,
                        name + " is '" + PulseqText.printable(value) + "', expected a time in seconds, e.g. 1e-05");
            }
            if (version >= PulseqReader.VERSION_1_4) {
                ps[i] = Rasters.ps(seconds);
            } else if (Rasters.ps(seconds) != ps[i]) {
                warnings.add(name + " is ignored: files before 1.4 have fixed rasters");
            }
        }
        return new Definitions(values, new Rasters(ps[0], ps[1], ps[2], ps[3]));
    }

    private static double seconds(String value) {
        try {
            return Double.parseDouble(value.trim());
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    String requiredExtensions() {
        return values.getOrDefault(REQUIRED_EXTENSIONS, "");
    }
}
