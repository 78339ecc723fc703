package org.isocenter.session.run;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.isocenter.dicom.iod.Processing;
import org.isocenter.recon.ChainRecord;

/** What DICOM objects tell of a reconstruction. */
final class ImageProcessing {
    /** Filters of k-space by the name of their step, as PS3.3 C.8.13.4.1 names them. */
    private static final Map<String, String> FILTERS = Map.of(
            "hann-filter", "HANNING",
            "tukey-filter", "TUKEY",
            "fermi-filter", "FERMI",
            "gauss-filter", "GAUSSIAN");

    /** For more than one filter, or one that the standard has no word for. */
    private static final String OTHER_FILTER = "USER_DEFINED";

    private static final Set<String> SENSE_STEPS = Set.of("sense", "cg-sense");

    private static final String FILTER_STEP = "-filter";
    /** The chain of images that came back from a server: what it did, nobody knows. */
    private static final String REMOTE = "remote";

    private ImageProcessing() {}

    static Processing of(List<ChainRecord> chains) {
        if (chains.isEmpty()) {
            return Processing.UNKNOWN;
        }
        return new Processing(
                filtering(chains),
                parallelTechnique(chains),
                chains.stream().map(ImageProcessing::words).collect(Collectors.joining(". ")),
                ReconstructionJson.of(chains).toString());
    }

    private static String filtering(List<ChainRecord> chains) {
        if (chains.stream().anyMatch(chain -> chain.name().equals(REMOTE))) {
            return "";
        }
        List<String> filters = chains.stream()
                .map(chain -> chain.steps().stream()
                        .map(ChainRecord.Step::name)
                        .filter(name -> name.endsWith(FILTER_STEP))
                        .map(name -> FILTERS.getOrDefault(name, OTHER_FILTER))
                        .toList())
                .map(used -> used.isEmpty() ? "NONE" : used.size() > 1 ? OTHER_FILTER : used.get(0))
                .distinct()
                .toList();
        return filters.size() == 1 ? filters.get(0) : OTHER_FILTER;
    }

    /** Sensitivities unfold in image space; of what fills k-space in, as GRAPPA does, the standard has no word. */
    private static String parallelTechnique(List<ChainRecord> chains) {
        boolean unfolded = chains.stream()
                .flatMap(chain -> chain.steps().stream())
                .map(ChainRecord.Step::name)
                .anyMatch(SENSE_STEPS::contains);
        return unfolded ? "SENSE" : "";
    }

    private static String words(ChainRecord chain) {
        return chain.name() + ": "
                + chain.steps().stream().map(ImageProcessing::words).collect(Collectors.joining(", "));
    }

    private static String words(ChainRecord.Step step) {
        StringBuilder text = new StringBuilder(step.name());
        step.parameters().forEach((name, value) -> {
            if (!value.toString().isEmpty()) {
                text.append(' ').append(name).append('=').append(value);
            }
        });
        return text.toString();
    }
}
