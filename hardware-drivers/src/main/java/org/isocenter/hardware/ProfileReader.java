package org.isocenter.hardware;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.isocenter.model.Coils;
import org.isocenter.model.SystemLimits;

/** Reads the keys of one profile, each once, and refuses what is left over. */
final class ProfileReader {
    private final ProfileSection root;
    private final Path folder;

    /** @param folder of the file, in which it may name others; null when it may not */
    ProfileReader(String file, JsonNode root, Path folder) throws ProfileFormatException {
        this.root = ProfileSection.root(file, root);
        this.folder = folder;
    }

    ScannerProfile profile() throws IOException {
        String name = root.text("name");
        double gamma = root.number("gammaHertzPerTesla", Double.MIN_VALUE, 1e9);
        SystemLimits limits = new SystemLimits(
                name,
                root.number("fieldTesla", 1e-6, 30),
                gamma,
                root.number("gradientMilliteslaPerMeter", 1e-6, 1e5) * 1e-3 * gamma,
                root.number("slewTeslaPerMeterPerSecond", 1e-6, 1e6) * gamma,
                root.number("rfPeakHertz", 1e-3, 1e7),
                root.number("rfDutyFraction", 1e-6, 1),
                root.number("gradientRasterSeconds", 1e-9, 1),
                root.number("rfRasterSeconds", 1e-9, 1),
                root.number("adcRasterSeconds", 1e-12, 1),
                root.number("blockRasterSeconds", 1e-9, 1),
                root.number("rfDeadSeconds", 0, 1),
                root.number("rfRingdownSeconds", 0, 1),
                root.number("adcDeadSeconds", 0, 1),
                root.number("maxFrequencyOffsetHertz", 0, 1e9),
                root.number("clockHertz", 1e3, 1e12),
                root.wholeNumber("receiveChannels", 1, 64));
        if (root.has("safety")) {
            limits = limits.with(new SafetyReader(root.section("safety"), gamma, folder).limits());
        }
        Imperfections imperfections =
                root.has("imperfections") ? Imperfections.read(root.section("imperfections")) : Imperfections.NONE;
        MarcosCalibration marcos =
                root.has("marcos") ? MarcosCalibration.read(root.section("marcos"), gamma) : MarcosCalibration.NONE;
        Coils coils = root.has("coils") ? CoilsReader.read(root.section("coils")) : Coils.UNKNOWN;
        root.end();
        return new ScannerProfile(limits, imperfections, marcos, coils);
    }
}
