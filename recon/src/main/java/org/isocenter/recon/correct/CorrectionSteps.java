package org.isocenter.recon.correct;

import java.util.List;
import java.util.Locale;
import org.isocenter.model.Unit;
import org.isocenter.recon.chain.StepParameter;
import org.isocenter.recon.chain.StepType;
import org.isocenter.recon.correct.PartialFourier.Method;
import org.isocenter.recon.correct.SpikeRepair.Repair;

/** The corrections as chains can name them. */
public final class CorrectionSteps {
    /** Of readouts. */
    public static final List<StepType> RAW = List.of(
            StepType.raw(
                    "clipping-check",
                    "Tells when the receiver was driven beyond its range; changes nothing.",
                    values -> new ClippingStep()),
            StepType.raw(
                    "spike-repair",
                    "Replaces single samples that are many times larger than all that the lines beside them have near the same"
                            + " place.",
                    values -> new SpikeStep(
                            values.number("threshold"),
                            Repair.valueOf(values.text("repair").toUpperCase(Locale.ROOT))),
                    StepParameter.number(
                            "threshold",
                            Unit.NONE,
                            SpikeRepair.THRESHOLD,
                            2,
                            1e3,
                            "magnitude over the neighbours' from which on a sample is a spike"),
                    StepParameter.word(
                            "repair",
                            List.of("interpolate", "zero"),
                            "what is put there: the line between the readout's good samples, or nothing")),
            StepType.raw(
                    "interference-removal",
                    "Takes electromagnetic interference off by reference channels that see no spins (EDITER, Srinivas et al."
                            + " 2022), which are left out from then on.",
                    values -> new InterferenceStep(values.text("references"), values.count("neighbours")),
                    StepParameter.text(
                            "references",
                            InterferenceStep.LABELLED,
                            "channel numbers from 0 or labels of coils, with commas between; of a label with * at its end the"
                                    + " beginning counts"),
                    StepParameter.count(
                            "neighbours",
                            InterferenceRemoval.NEIGHBOURS,
                            0,
                            32,
                            "samples before and after one that the weights reach over")));

    /** Of k-space. */
    public static final List<StepType> SLAB = List.of(
            StepType.slab(
                    "partial-fourier",
                    "Completes k-space that was measured beyond its centre on one side only, by projections (Haacke et al. 1991)"
                            + " or homodyne detection (Noll et al. 1991); how much is there is seen from the data.",
                    values -> new PartialFourierStep(
                            Method.valueOf(values.text("method")
                                    .toUpperCase(Locale.ROOT)
                                    .replace('-', '_')),
                            values.count("iterations")),
                    StepParameter.word("method", List.of("pocs", "homodyne", "zero-fill"), "how it is completed"),
                    StepParameter.count("iterations", PartialFourier.ITERATIONS, 1, 100, "projections of pocs")),
            StepType.slab(
                    "hann-filter",
                    "Dampens k-space towards its edge by Hann's window, against ringing (Harris 1978).",
                    values -> new FilterStep(KSpaceWindow.hann(values.number("share"))),
                    StepParameter.number(
                            "share", Unit.PERCENT, 1, 0.01, 1, "of k-space's extent at which the window is zero")),
            StepType.slab(
                    "tukey-filter",
                    "Dampens the outer part of k-space by Tukey's window (Harris 1978).",
                    values -> new FilterStep(KSpaceWindow.tukey(values.number("taper"))),
                    StepParameter.number(
                            "taper", Unit.PERCENT, 0.5, 0, 1, "share of k-space's extent over which it falls to zero")),
            StepType.slab(
                    "fermi-filter",
                    "Dampens the edge of k-space by Fermi's function (Bernstein et al. 2004, 13.1).",
                    values -> new FilterStep(KSpaceWindow.fermi(values.number("radius"), values.number("width"))),
                    StepParameter.number(
                            "radius", Unit.PERCENT, 0.9, 0.01, 1, "of half of k-space's extent where it is one half"),
                    StepParameter.number(
                            "width",
                            Unit.PERCENT,
                            0.05,
                            0.001,
                            1,
                            "of half of k-space's extent: how soft the edge is")),
            StepType.slab(
                    "gauss-filter",
                    "Smooths the image by Gauss's bell (Harris 1978).",
                    values -> new FilterStep(KSpaceWindow.gauss(values.number("fwhm"))),
                    StepParameter.number(
                            "fwhm",
                            Unit.NONE,
                            1.5,
                            0,
                            100,
                            "full width at half maximum that a point gets, in pixels of the measured matrix")),
            StepType.slab(
                    "zero-fill",
                    "Interpolates the image by putting k-space into the middle of a larger one (Bernstein et al. 2001).",
                    values -> new ZeroFillStep(
                            values.number("factor"),
                            values.count("matrix-x"),
                            values.count("matrix-y"),
                            values.count("matrix-z")),
                    StepParameter.number("factor", Unit.NONE, 2, 1, 16, "of the image's matrix along all axes"),
                    StepParameter.count("matrix-x", 0, 0, 4096, "columns of the image; 0 for the factor"),
                    StepParameter.count("matrix-y", 0, 0, 4096, "rows of the image; 0 for the factor"),
                    StepParameter.count("matrix-z", 0, 0, 4096, "slices of a slab's image; 0 for the factor")));

    private CorrectionSteps() {}
}
