package org.isocenter.sequence.pulseq;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.Sequence;

/** The definitions that go into a file: the sequence's own, and those that follow from it and are never copied. */
final class WrittenDefinitions {
    private static final List<String> FOLLOWING = List.of("TotalDuration", Definitions.REQUIRED_EXTENSIONS);

    private WrittenDefinitions() {}

    static Map<String, String> of(Sequence sequence, PulseqVersion version, ExtensionLists extensions) {
        Map<String, String> all = new TreeMap<>();
        sequence.definitions().forEach((key, value) -> {
            if (!FOLLOWING.contains(key) && !Definitions.RASTERS.contains(key)) {
                all.put(key, value.replaceAll("[\\r\\n]+", " "));
            }
        });
        if (!version.isBefore(PulseqVersion.V1_4_2)) {
            Rasters rasters = sequence.rasters();
            all.put("GradientRasterTime", Numbers.seconds(rasters.gradientPs()));
            all.put("RadiofrequencyRasterTime", Numbers.seconds(rasters.rfPs()));
            all.put("AdcRasterTime", Numbers.seconds(rasters.adcPs()));
            all.put("BlockDurationRaster", Numbers.seconds(blockRasterPs(sequence)));
        }
        all.put("TotalDuration", Numbers.seconds(sequence.durationPs()));
        String required = required(sequence, extensions);
        if (!version.isBefore(PulseqVersion.V1_5_1) && !required.isEmpty()) {
            all.put(Definitions.REQUIRED_EXTENSIONS, required);
        }
        return all;
    }

    /** What the source required, if it is still there, and rotations, without which every gradient would be wrong. */
    private static String required(Sequence sequence, ExtensionLists extensions) {
        Set<String> names = new LinkedHashSet<>(List.of(sequence.definitions()
                .getOrDefault(Definitions.REQUIRED_EXTENSIONS, "")
                .trim()
                .split("[ \t]+")));
        names.add(ExtensionTable.ROTATIONS);
        names.retainAll(extensions.tables().keySet());
        return String.join(" ", names);
    }

    /** Blocks of old files need not lie on a raster; the raster is made as fine as they need. */
    static long blockRasterPs(Sequence sequence) {
        long raster = sequence.rasters().blockPs();
        for (int block = 0; block < sequence.blockCount(); block++) {
            long rest = sequence.blockDurationPs(block);
            while (rest != 0) {
                long next = raster % rest;
                raster = rest;
                rest = next;
            }
        }
        return raster;
    }
}
