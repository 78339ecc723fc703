package org.isocenter.recon.parallel;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.isocenter.model.Unit;
import org.isocenter.recon.chain.SlabStep;
import org.isocenter.recon.chain.StepParameter;
import org.isocenter.recon.chain.StepType;
import org.isocenter.recon.chain.StepValues;

/** Steps for several channels as chains can name them. */
public final class ParallelSteps {
    private static final String METHOD = "sensitivities";
    private static final List<StepParameter> MAPS = List.of(
            StepParameter.count(
                    "kernel-width",
                    Espirit.Settings.DEFAULT.kernelWidth(),
                    2,
                    12,
                    "samples of k-space along each axis that ESPIRiT looks at together"),
            StepParameter.number(
                    "threshold",
                    Unit.NONE,
                    Espirit.Settings.DEFAULT.threshold(),
                    0,
                    1,
                    "share of the largest eigenvalue below which ESPIRiT takes one for noise"),
            StepParameter.number(
                    "crop",
                    Unit.NONE,
                    Espirit.Settings.DEFAULT.crop(),
                    0,
                    1,
                    "eigenvalue of a pixel below which ESPIRiT takes it for background, which becomes 0"),
            StepParameter.count(
                    "block-width", 5, 3, 15, "pixels along each axis that adaptive combination looks at together"));

    /** Of slabs. */
    public static final List<StepType> SLAB = List.of(
            StepType.slab(
                    "grappa",
                    "Makes lines that were left out at regular distances of their neighbours in all channels (Griswold et al."
                            + " 2002), taught by calibration lines; leaves other data alone.",
                    values -> new GrappaStep(new Grappa.Settings(
                            2 * values.count("reach") + 1, values.count("lines"), values.number("regularisation"))),
                    StepParameter.count(
                            "reach",
                            Grappa.Settings.DEFAULT.widthX() / 2,
                            0,
                            4,
                            "neighbours on either side along a readout"),
                    StepParameter.count(
                            "lines",
                            Grappa.Settings.DEFAULT.rows(),
                            2,
                            8,
                            "neighbouring lines; in 3D three times as many"),
                    StepParameter.number(
                            "regularisation",
                            Unit.NONE,
                            Grappa.Settings.DEFAULT.regularisation(),
                            0,
                            100,
                            "weight of noise against folding; 1 takes both for what they are")),
            slab(
                    "sense",
                    "Unfolds the image of data with regular gaps by the channels' sensitivities (Pruessmann et al. 1999), which"
                            + " calibration lines give; combines channels by them where there are no gaps.",
                    values -> new SenseStep(estimate(values), values.number("regularisation")),
                    StepParameter.word(
                            METHOD,
                            List.of("espirit", "adaptive"),
                            "how they are estimated: ESPIRiT (Uecker et al. 2014), adaptive combination (Walsh et al. 2000)"),
                    StepParameter.number(
                            "regularisation",
                            Unit.NONE,
                            0.02,
                            0,
                            100,
                            "weight of noise against detail and folding; 1 takes both for what they are")),
            slab(
                    "g-factor",
                    "Makes the map of the g-factor, in place of the image: by how much regular gaps raise the noise beyond what"
                            + " fewer data bring, from GRAPPA's weights (Breuer et al. 2009) or the sensitivities of SENSE"
                            + " (Pruessmann et al. 1999).",
                    values -> new GFactorStep(
                            GFactorStep.Method.valueOf(values.text("method").toUpperCase(Locale.ROOT)),
                            Grappa.Settings.DEFAULT,
                            estimate(values)),
                    StepParameter.word("method", List.of("grappa", "sense"), "what would fill the gaps"),
                    StepParameter.word(METHOD, List.of("espirit", "adaptive"), "how they are estimated for SENSE")),
            slab(
                    "combine",
                    "Combines the channels of an image by their sensitivities (Roemer et al. 1990), and keeps the phase.",
                    values -> new CombineStep(estimate(values)),
                    StepParameter.word(
                            METHOD,
                            List.of("adaptive", "espirit"),
                            "how they are estimated: adaptive combination (Walsh et al. 2000), ESPIRiT (Uecker et al. 2014)")));

    private ParallelSteps() {}

    private static StepType slab(
            String name, String description, Function<StepValues, SlabStep> maker, StepParameter... own) {
        return StepType.slab(
                name,
                description,
                maker,
                Stream.concat(Stream.of(own), MAPS.stream()).toArray(StepParameter[]::new));
    }

    private static MapEstimate estimate(StepValues values) {
        return new MapEstimate(
                MapEstimate.Method.valueOf(values.text(METHOD).toUpperCase(Locale.ROOT)),
                new Espirit.Settings(values.count("kernel-width"), values.number("threshold"), values.number("crop")),
                values.count("block-width"));
    }
}
