package org.isocenter.sequence.library;

import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.SequenceFamily;

/** Spin-echo EPI. */
public final class EchoPlanarSpinEcho2D extends LibrarySequence {
    public EchoPlanarSpinEcho2D() {
        super(
                SequenceFamily.ECHO_PLANAR,
                "epise2d",
                "2D spin-echo EPI",
                "Echo-planar trains about a spin echo: fast T2-weighted slices");
    }

    @Override
    List<ParameterSpec> nominal() {
        return EchoPlanar2D.parameters(0.6, 40e-3, 90, 8);
    }

    @Override
    Kernel plan(Protocol protocol, SystemLimits limits, Problems problems) {
        return EchoPlanar.spinEcho(protocol, limits, DiffusionScheme.NONE, problems);
    }
}
