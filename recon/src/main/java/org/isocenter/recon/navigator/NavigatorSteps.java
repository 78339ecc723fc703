package org.isocenter.recon.navigator;

import java.util.List;
import java.util.Locale;
import org.isocenter.recon.chain.StepParameter;
import org.isocenter.recon.chain.StepType;
import org.isocenter.recon.navigator.NavigatorPhaseStep.Order;

/** What chains can name to correct by navigators. */
public final class NavigatorSteps {
    /** Of readouts. */
    public static final List<StepType> RAW = List.of(StepType.raw(
            "navigator-phase",
            "Brings the shots of an image into phase by their navigators (Ordidge et al. 1994; Anderson and Gore 1994); leaves"
                    + " echo-planar lines and scans without navigators alone.",
            values -> new NavigatorPhaseStep(Order.valueOf(values.text("order").toUpperCase(Locale.ROOT))),
            StepParameter.word(
                    "order",
                    List.of("linear", "constant"),
                    "what is taken off: a phase and its slope along read, or a phase alone")));

    private NavigatorSteps() {}
}
