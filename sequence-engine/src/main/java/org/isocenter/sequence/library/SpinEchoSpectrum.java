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

/**
 * A spin echo of the whole sample (Hahn 1950), read from its top on: a spectrum that no dead time cuts into. The refocusing pulse
 * is turned by 90° against the excitation, so that its own imperfection does not add up (Meiboom and Gill 1958).
 */
public final class SpinEchoSpectrum extends LibrarySequence {
    public SpinEchoSpectrum() {
        super(
                SequenceFamily.SPECTROSCOPY,
                "spse",
                "Spin echo spectrum",
                "A spin echo from its top on: the line without the receiver's dead time");
    }

    @Override
    List<ParameterSpec> nominal() {
        return List.of(
                StandardParameters.repetitionTime(2),
                StandardParameters.echoTime(20e-3),
                StandardParameters.flipAngle(90),
                StandardParameters.averages(2),
                StandardParameters.dummies(0),
                StandardParameters.bandwidth(10e3),
                SpectrumScan.samples(8192));
    }

    @Override
    Kernel plan(Protocol protocol, SystemLimits limits, Problems problems) {
        GradientSystem system = GradientSystem.of(limits, Rotation.IDENTITY);
        Grid grid = system.grid();
        Excitation excitation = Excitation.hard(protocol.number("FA"), RfUse.EXCITATION, limits, system);
        Excitation refocusing = Excitation.hard(Math.PI, RfUse.REFOCUSING, limits, system);
        Adc plain = SpectrumScan.window(protocol, 0, limits, grid);
        long deadPs = Rasters.ps(limits.adcDeadSeconds());
        long between = excitation.tailPs() + refocusing.leadPs();
        long toEcho = refocusing.tailPs()
                + deadPs
                + plain.dwellPs() / 2
                + grid.rasters().rfPs();
        problems.atLeast(
                "TE",
                2e-12 * Math.max(grid.up(between), grid.up(toEcho)),
                1e-5,
                between > toEcho
                        ? "twice from pulse to pulse, " + Timing.ms(between)
                        : "twice from the refocusing pulse to the first sample, " + Timing.ms(toEcho));
        long halfPs = grid.down(Rasters.ps(protocol.number("TE")) / 2);
        long delayPs = Math.max(0, grid.nearestRf(halfPs - refocusing.tailPs() - plain.dwellPs() / 2));
        Adc window = SpectrumScan.delayed(plain, delayPs);
        long readPs = grid.up(window.endPs());
        long gapPs = halfPs - between;
        long slot = excitation.blockPs() + gapPs + refocusing.blockPs() + readPs;
        long onPs = excitation.durationPs() + refocusing.durationPs();
        Timing.repetition(protocol, 1, slot, onPs, limits, grid, problems);
        Timing.readouts(protocol.count("averages"), problems);
        if (!problems.none()) {
            return null;
        }
        SpectrumScan.Shot shot = (writer, point, phase, readouts) -> {
            writer.block(excitation.blockPs(), excitation.pulse(0, phase), null, null, null);
            writer.block(gapPs, null, null, null, null);
            writer.block(refocusing.blockPs(), refocusing.pulse(0, Math.PI / 2), null, null, null);
            readouts.window(readPs, window, 0, 0);
            return slot;
        };
        long[] length = {SpectrumScan.repetitionPs(protocol, grid)};
        List<Double> echo = List.of(2e-12 * halfPs);
        return new SpectrumScan(protocol, limits, SpectrumKind.SPIN_ECHO, shot, window, length, List.of(), echo);
    }
}
