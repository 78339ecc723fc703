package org.isocenter.recon.readouts;

import java.util.List;
import java.util.Locale;
import org.isocenter.model.Unit;
import org.isocenter.recon.chain.StepParameter;
import org.isocenter.recon.chain.StepType;
import org.isocenter.recon.readouts.AveragingStep.Correction;

/** The steps of this package as chains name them. */
public final class ReadoutSteps {
    public static final List<StepType> ALL = List.of(
            StepType.raw(
                    "prewhitening",
                    "Makes the noise of all channels independent and of deviation 1, by readouts marked as noise or by a noise"
                            + " scan (Kellman and McVeigh 2005).",
                    values -> new PrewhiteningStep(values.text("noise-scan"), values.number("relative-bandwidth")),
                    StepParameter.text(
                            "noise-scan",
                            "",
                            "MRD file of a scan without signal; empty for the data's own noise readouts"),
                    StepParameter.number(
                            "relative-bandwidth",
                            Unit.PERCENT,
                            1,
                            0.1,
                            1,
                            "mean power of the measured noise over that in the middle of the band")),
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
                            + " averages.",
                    values -> new AveragingStep(
                            Correction.valueOf(values.text("drift").toUpperCase(Locale.ROOT))),
                    StepParameter.word(
                            "drift",
                            List.of("frequency", "phase", "none"),
                            "what is undone; frequency includes phase")),
            StepType.volume(
                    "magnitude-averaging",
                    "Makes an image of each average and the mean of their magnitudes.",
                    values -> new MagnitudeAveragingStep()));

    private ReadoutSteps() {}
}
