package org.isocenter.recon.image;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.isocenter.model.Quantity;
import org.isocenter.model.Unit;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.chain.StepParameter;
import org.isocenter.recon.chain.StepType;
import org.isocenter.recon.chain.StepValues;

/** The steps of this package as chains name them, in the order in which they would stand. */
public final class ImageSteps {
    private ImageSteps() {}

    /** @param fieldMaps makes the map of a field map's raw data */
    public static List<StepType> of(Supplier<Reconstruction> fieldMaps) {
        return List.of(
                StepType.volume(
                        "gradient-distortion",
                        "Puts images straight that gradients bent, by the spherical harmonics of their coils (Janke et"
                                + " al. 2004).",
                        values -> new GradientDistortionStep(values.text("harmonics")),
                        StepParameter.text(
                                "harmonics",
                                "",
                                "'0.1 m: x 3,1 -0.0122; x 3,3 0.0158; …': radius, then axis, degree, order and share"
                                        + " of each; empty: as the scan's header tells")),
                StepType.volume(
                        "field-distortion",
                        "Puts back what an uneven main field moved, by a field map (Jezzard and Balaban 1995).",
                        values -> new FieldDistortionStep(values.text("field-map"), fieldMaps),
                        StepParameter.text(
                                "field-map",
                                "",
                                "raw data (MRD) or folder of a field map's scan; empty: the map that an earlier step"
                                        + " made")),
                StepType.volume(
                        "denoise",
                        "Takes off noise by non-local means (Buades et al. 2005; Wiest-Daesslé et al. 2008), or from a"
                                + " series by principal components (Veraart et al. 2016).",
                        values -> new DenoiseStep(
                                values.text("method"),
                                values.number("strength"),
                                values.count("search"),
                                values.number("noise")),
                        StepParameter.word(
                                "method",
                                List.of(DenoiseStep.NON_LOCAL_MEANS, DenoiseStep.SERIES),
                                "each image by itself, or all of the same place together"),
                        StepParameter.number(
                                "strength",
                                Unit.NONE,
                                0.7,
                                0.1,
                                3,
                                "of non-local means: what is alike, over the noise"),
                        StepParameter.count("search", 0, 0, 15, "radius of the search in voxels; 0: 5 in 2D, 2 in 3D"),
                        StepParameter.number(
                                "noise",
                                Unit.NONE,
                                0,
                                0,
                                1e9,
                                "standard deviation in one part of the complex image; 0: found in the image")),
                StepType.volume(
                        "intensity",
                        "Evens out the shading of surface coils, by a polynomial through the logarithm (after Sled et al. 1998) or by"
                                + " a low-pass (Cohen et al. 2000).",
                        values -> new IntensityStep(
                                values.text("method"),
                                values.count("order"),
                                values.number("width"),
                                values.number("regularisation")),
                        StepParameter.word(
                                "method",
                                List.of(IntensityStep.POLYNOMIAL, IntensityStep.LOW_PASS),
                                "what counts as shading: a polynomial's exponential, or all that is smooth"),
                        StepParameter.count("order", 3, 1, 6, "of the polynomial"),
                        StepParameter.number(
                                "width", Unit.METER, 0.06, 0.005, 1, "of the low-pass, at half its height"),
                        StepParameter.number(
                                "regularisation",
                                Unit.NONE,
                                0.05,
                                0,
                                1,
                                "share of the mean shading below which the division stops")),
                StepType.volume(
                        "output",
                        "Gives out parts of the complex images, each as a volume of its own.",
                        values -> new OutputStep(parts(values)),
                        StepParameter.flag("magnitude", true, "how much signal there is"),
                        StepParameter.flag("phase", false, "in radians, -π to π"),
                        StepParameter.flag("real", false, "real part"),
                        StepParameter.flag("imaginary", false, "imaginary part")));
    }

    private static List<Quantity> parts(StepValues values) {
        List<Quantity> parts = new ArrayList<>();
        addIf(values.flag("magnitude"), Quantity.MAGNITUDE, parts);
        addIf(values.flag("phase"), Quantity.PHASE, parts);
        addIf(values.flag("real"), Quantity.REAL, parts);
        addIf(values.flag("imaginary"), Quantity.IMAGINARY, parts);
        return parts;
    }

    private static void addIf(boolean wanted, Quantity part, List<Quantity> parts) {
        if (wanted) {
            parts.add(part);
        }
    }
}
