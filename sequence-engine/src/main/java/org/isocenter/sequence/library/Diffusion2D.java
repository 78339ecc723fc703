package org.isocenter.sequence.library;

import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.SequenceFamily;

/** Diffusion-weighted spin-echo EPI. */
public final class Diffusion2D extends LibrarySequence {
    /** 500 s/mm²: more takes an echo time at which weak gradients leave little signal. */
    static final double B_VALUE = 500e6;

    public Diffusion2D() {
        super(
                SequenceFamily.DIFFUSION,
                "dwi2d",
                "2D diffusion-weighted EPI",
                "Spin-echo EPI between a pair of gradients: diffusion-weighted slices");
    }

    @Override
    List<ParameterSpec> nominal() {
        return EchoPlanar2D.parameters(
                1, 80e-3, 90, 8, DiffusionScheme.parameters(B_VALUE).toArray(ParameterSpec[]::new));
    }

    @Override
    Kernel plan(Protocol protocol, SystemLimits limits, Problems problems) {
        return EchoPlanar.spinEcho(protocol, limits, DiffusionScheme.of(protocol), problems);
    }
}
