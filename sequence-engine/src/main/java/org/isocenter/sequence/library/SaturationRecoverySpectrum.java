package org.isocenter.sequence.library;

import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.Protocol;
import org.isocenter.model.Rotation;
import org.isocenter.model.SpectrumKind;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.SequenceFamily;
import org.isocenter.sequence.design.GradientSystem;

/**
 * Saturation of the whole sample by three spoiled 90° pulses, and its free decay at several times after it: T1 without waiting for
 * equilibrium.
 */
public final class SaturationRecoverySpectrum extends LibrarySequence {
    public SaturationRecoverySpectrum() {
        super(
                SequenceFamily.SPECTROSCOPY,
                "srspec",
                "Saturation recovery spectrum",
                "The decay at several times after a saturation: T1 without waiting for equilibrium");
    }

    @Override
    List<ParameterSpec> nominal() {
        return RecoverySpectrum.parameters(2.5, "recovery time");
    }

    @Override
    Kernel plan(Protocol protocol, SystemLimits limits, Problems problems) {
        GradientSystem system = GradientSystem.of(limits, Rotation.IDENTITY);
        Excitation pulse = Excitation.hard(Math.PI / 2, RfUse.SATURATION, limits, system);
        return RecoverySpectrum.plan(
                protocol,
                limits,
                system,
                SpectrumKind.SATURATION_RECOVERY,
                new RecoverySpectrum.Preparation(List.of(pulse, pulse, pulse), List.of(0.0, Math.PI / 2, 0.0)),
                problems);
    }
}
