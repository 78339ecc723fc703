package org.isocenter.sequence.library;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.Protocol;
import org.isocenter.model.Rotation;
import org.isocenter.model.SpectrumKind;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.SequenceFamily;
import org.isocenter.sequence.design.GradientSystem;

/** Inversion of the whole sample and its free decay at several inversion times: T1. */
public final class InversionRecoverySpectrum extends LibrarySequence {
    public InversionRecoverySpectrum() {
        super(
                SequenceFamily.SPECTROSCOPY,
                "irspec",
                "Inversion recovery spectrum",
                "The decay at several times after an inversion: T1, and how well the pulse inverts");
    }

    @Override
    List<ParameterSpec> nominal() {
        List<ParameterSpec> specs = new ArrayList<>(RecoverySpectrum.parameters(5, "inversion time"));
        specs.add(StandardParameters.inversionPulse());
        return specs;
    }

    @Override
    Kernel plan(Protocol protocol, SystemLimits limits, Problems problems) {
        GradientSystem system = GradientSystem.of(limits, Rotation.IDENTITY);
        Excitation inversion =
                Excitation.inversion(protocol, 0, StandardParameters.INVERSION_PULSE, limits, system, problems);
        return RecoverySpectrum.plan(
                protocol,
                limits,
                system,
                SpectrumKind.INVERSION_RECOVERY,
                new RecoverySpectrum.Preparation(List.of(inversion), List.of(0.0)),
                problems);
    }
}
