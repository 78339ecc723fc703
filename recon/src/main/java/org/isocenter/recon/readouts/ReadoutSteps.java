package org.isocenter.recon.readouts;

import java.util.List;
import java.util.Locale;
import org.isocenter.model.Unit;
import org.isocenter.recon.chain.StepParameter;
import org.isocenter.recon.chain.StepType;
import org.isocenter.recon.readouts.AveragingStep.Correction;

/** The steps of this package as chains name them. */
public final class ReadoutSteps {
    private static final StepParameter NOISE_SCAN = StepParameter.text(
            "noise-scan", "", "MRD file of a scan without signal; empty for the data's own noise readouts");
    private static final StepParameter BANDWIDTH = StepParameter.number(
            "relative-bandwidth",
            Unit.PERCENT,
            1,
            0.1,
            1,
            "mean power of the measured noise over that in the middle of the band");

    public static final List<StepType> ALL = List.of(
            StepType.raw(
                    "prewhitening",
                    "Makes the noise of all channels independent and of deviation 1, by readouts marked as noise or by a noise"
                            + " scan (Kellman and McVeigh 2005).",
                    values -> new PrewhiteningStep(values.text("noise-scan"), values.number("relative-bandwidth")),
                    NOISE_SCAN,
                    BANDWIDTH),
            StepType.raw(
                    "coil-compression",
                    "Makes fewer virtual channels that hold most of the signal (Huang et al. 2008), so that later steps have"
                            + " less to do.",
                    values -> new CoilCompressionStep(values.count("channels")),
                    StepParameter.count("channels", 8, 1, 256, "wanted; data of no more are left as they are")),
            StepType.raw(
                    "oversampling-removal",
                    "Cuts off along read what the image does not show, so that later steps have less to do; the image stays"
                            + " what it is.",
                    values -> new OversamplingStep()),
            StepType.raw(
                    "averaging",
                    "Makes one readout of those measured again, their complex mean, after undoing what drifted between"
                            + " averages, by the peak of the periodogram of their products (Rife and Boorstyn 1974).",
                    values -> new AveragingStep(
                            Correction.valueOf(values.text("drift").toUpperCase(Locale.ROOT))),
                    StepParameter.word(
                            "drift",
                            List.of("frequency", "phase", "none"),
                            "what is undone; frequency includes phase")),
            StepType.volume(
                    "snr-map",
                    "Adds a map of each image in units of its noise (Kellman and McVeigh 2005), which is found by repeating the"
                            + " chain with measured noise added (Robson et al. 2008); the first of the steps on volumes.",
                    values -> new SnrMapStep(
                            values.text("noise-scan"),
                            values.number("relative-bandwidth"),
                            values.count("replicas"),
                            values.count("seed")),
                    NOISE_SCAN,
                    BANDWIDTH,
                    StepParameter.count("replicas", 100, 10, 10_000, "repetitions; 100 know the noise to 7 %"),
                    StepParameter.count("seed", 1, 0, Integer.MAX_VALUE, "of the noise")),
            StepType.volume(
                    "magnitude-averaging",
                    "Makes an image of each average and the mean of their magnitudes.",
                    values -> new MagnitudeAveragingStep()));

    private ReadoutSteps() {}
}
