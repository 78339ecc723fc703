package org.isocenter.recon.standard;

import java.util.List;
import java.util.stream.Stream;
import org.isocenter.recon.cartesian.CartesianGrid;
import org.isocenter.recon.cartesian.InverseTransform;
import org.isocenter.recon.cartesian.RootSumOfSquares;
import org.isocenter.recon.chain.StepParameter;
import org.isocenter.recon.chain.StepRegistry;
import org.isocenter.recon.chain.StepType;
import org.isocenter.recon.correct.CorrectionSteps;
import org.isocenter.recon.epi.EpiLineStep;
import org.isocenter.recon.image.ImageSteps;
import org.isocenter.recon.iterative.IterativeSteps;
import org.isocenter.recon.maps.DiffusionMapStep;
import org.isocenter.recon.maps.FieldMapStep;
import org.isocenter.recon.maps.RelaxationMapStep;
import org.isocenter.recon.maps.T1MapStep;
import org.isocenter.recon.maps.TransmitMapStep;
import org.isocenter.recon.navigator.NavigatorSteps;
import org.isocenter.recon.noncartesian.NonCartesianSteps;
import org.isocenter.recon.parallel.ParallelSteps;
import org.isocenter.recon.readouts.ReadoutSteps;

/** Every step that the console brings. A new one is declared here, in the order in which steps would stand in a chain. */
public final class StandardSteps {
    private static final List<StepType> OWN = List.of(
            StepType.raw(
                    "epi-lines",
                    "Puts the lines of echo-planar trains, also those sampled on ramps, on an even grid by uniform resampling"
                            + " (Rosenfeld 1998), all forward and in phase, by their navigators or the image (Bruder et al. 1992);"
                            + " leaves other lines alone.",
                    values -> new EpiLineStep()),
            StepType.readout(
                    "cartesian-grid",
                    "Lays lines on the grid of k-space by their counters (ISMRMRD, Inati et al. 2017), the mean of those measured more"
                            + " than once.",
                    values -> new CartesianGrid()),
            StepType.slab(
                    "transform",
                    "Transforms k-space to the image and cuts off the oversampling (Kumar et al. 1975).",
                    values -> new InverseTransform()),
            StepType.slab(
                    "root-sum-of-squares",
                    "Combines the channels by the root of the sum of their squares (Roemer et al. 1990).",
                    values -> new RootSumOfSquares()),
            StepType.volume(
                    "field-map",
                    "Adds a map of the main field's offset from two or more echo times (Schneider and Glover 1991),"
                            + " and of its deviation; wants channels that are not combined, or with their phase.",
                    values -> new FieldMapStep(values.flag("unwrap")),
                    StepParameter.flag(
                            "unwrap", true, "offsets too large for the echo times by going from voxel to voxel")),
            StepType.volume(
                    "relaxation-map",
                    "Adds maps of T2 or T2* and of their deviation by non-linear least squares over the echoes"
                            + " (Marquardt 1963).",
                    values -> new RelaxationMapStep(values.text("quantity"), values.flag("above-noise")),
                    StepParameter.word(
                            "quantity",
                            List.of(RelaxationMapStep.AUTO, RelaxationMapStep.T2, RelaxationMapStep.T2_STAR),
                            "auto: T2 where the sequence refocuses, else T2*"),
                    StepParameter.flag("above-noise", true, "reckon with the floor that noise gives magnitudes")),
            StepType.volume(
                    "t1-map",
                    "Adds a map of T1, and of its deviation, from this scan and others with other inversion or"
                            + " saturation times or flip angles (Fram et al. 1987).",
                    values -> new T1MapStep(
                            values.text("scans"), values.text("transmit-map"), StandardReconstruction::new),
                    StepParameter.text(
                            "scans", "", "raw data (MRD) or folders of the other scans, with commas between them"),
                    StepParameter.text(
                            "transmit-map", "", "raw data or folder of a transmit map's scan, for flip angles")),
            StepType.volume(
                    "transmit-map",
                    "Adds a map of the flip angle by actual flip-angle imaging (Yarnykh 2007), and of its deviation.",
                    values -> new TransmitMapStep()),
            StepType.volume(
                    "diffusion-map",
                    "Adds a map of the apparent diffusion coefficient (Le Bihan et al. 1986), and of its deviation.",
                    values -> new DiffusionMapStep()));

    /** All of them. */
    public static final StepRegistry REGISTRY = new StepRegistry(Stream.of(
                    ReadoutSteps.ALL,
                    CorrectionSteps.RAW,
                    NavigatorSteps.RAW,
                    NonCartesianSteps.RAW,
                    NonCartesianSteps.READOUT,
                    ParallelSteps.SLAB,
                    CorrectionSteps.SLAB,
                    IterativeSteps.SLAB,
                    OWN,
                    ImageSteps.of(() -> StandardChains.reconstruction(StandardChains.FIELD_MAP)))
            .flatMap(List::stream)
            .toList());

    private StandardSteps() {}
}
