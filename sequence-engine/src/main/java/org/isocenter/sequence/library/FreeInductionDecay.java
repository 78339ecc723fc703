package org.isocenter.sequence.library;

import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.Protocol;
import org.isocenter.model.Rotation;
import org.isocenter.model.SpectrumKind;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.SequenceFamily;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.Grid;

/** A rectangular pulse and its free induction decay, without gradients: the first look at a magnet. */
public final class FreeInductionDecay extends LibrarySequence {
    public FreeInductionDecay() {
        super(
                SequenceFamily.SPECTROSCOPY,
                "fid",
                "Free induction decay",
                "One pulse and its signal: frequency, linewidth, T2*");
    }

    @Override
    List<ParameterSpec> nominal() {
        return List.of(
                StandardParameters.repetitionTime(2),
                StandardParameters.flipAngle(90),
                StandardParameters.averages(1),
                StandardParameters.dummies(0),
                StandardParameters.bandwidth(10e3),
                SpectrumScan.samples(8192));
    }

    @Override
    Kernel plan(Protocol protocol, SystemLimits limits, Problems problems) {
        GradientSystem system = GradientSystem.of(limits, Rotation.IDENTITY);
        Grid grid = system.grid();
        Excitation excitation = Excitation.hard(protocol.number("FA"), RfUse.EXCITATION, limits, system);
        Adc window = SpectrumScan.window(protocol, Rasters.ps(limits.adcDeadSeconds()), limits, grid);
        long readPs = grid.up(window.endPs());
        long slot = excitation.blockPs() + readPs;
        Timing.repetition(protocol, 1, slot, excitation.durationPs(), limits, grid, problems);
        Timing.readouts(protocol.count("averages"), problems);
        if (!problems.none()) {
            return null;
        }
        SpectrumScan.Shot shot = (writer, point, phase, readouts) -> {
            writer.block(excitation.blockPs(), excitation.pulse(0, phase), null, null, null);
            readouts.window(readPs, window, 0, 0);
            return slot;
        };
        long[] length = {SpectrumScan.repetitionPs(protocol, grid)};
        return new SpectrumScan(protocol, limits, SpectrumKind.FID, shot, window, length, List.of(), List.of());
    }
}
