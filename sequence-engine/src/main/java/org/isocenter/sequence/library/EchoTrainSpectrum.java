package org.isocenter.sequence.library;

import java.util.ArrayList;
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
 * A train of spin echoes of the whole sample (Carr and Purcell 1954, Meiboom and Gill 1958), each echo in the middle of a window of
 * its own: T2.
 */
public final class EchoTrainSpectrum extends LibrarySequence {
    public EchoTrainSpectrum() {
        super(
                SequenceFamily.SPECTROSCOPY,
                "cpmg",
                "CPMG echo train",
                "Carr-Purcell-Meiboom-Gill: many spin echoes after one excitation measure T2");
    }

    @Override
    List<ParameterSpec> nominal() {
        return List.of(
                StandardParameters.repetitionTime(3),
                StandardParameters.echoSpacing(10e-3, "Time between the echoes; the first comes after as long"),
                ParameterSpec.count(
                        "echoes",
                        "Echoes",
                        ParameterSpec.Group.TIMING,
                        2,
                        4096,
                        100,
                        0,
                        "Echoes after each excitation; together they should last three times T2"),
                StandardParameters.flipAngle(90),
                StandardParameters.averages(2),
                StandardParameters.dummies(0),
                StandardParameters.bandwidth(50e3),
                SpectrumScan.samples(64));
    }

    @Override
    Kernel plan(Protocol protocol, SystemLimits limits, Problems problems) {
        GradientSystem system = GradientSystem.of(limits, Rotation.IDENTITY);
        Grid grid = system.grid();
        Excitation excitation = Excitation.hard(protocol.number("FA"), RfUse.EXCITATION, limits, system);
        Excitation refocusing = Excitation.hard(Math.PI, RfUse.REFOCUSING, limits, system);
        Adc plain = SpectrumScan.window(protocol, 0, limits, grid);
        int middle = plain.samples() / 2;
        int echoes = protocol.count("echoes");

        long beforeEchoPs =
                middle * plain.dwellPs() + plain.dwellPs() / 2 + grid.rasters().rfPs();
        long afterEchoPs =
                (plain.samples() - middle) * plain.dwellPs() + grid.rasters().rfPs();
        long toEcho = refocusing.tailPs() + Rasters.ps(limits.adcDeadSeconds()) + beforeEchoPs;
        long fromEcho = afterEchoPs + refocusing.leadPs();
        long between = excitation.tailPs() + refocusing.leadPs();
        long shortest = grid.up(Math.max(between, Math.max(toEcho, fromEcho)));
        problems.atLeast(
                "ESP",
                2e-12 * shortest,
                1e-5,
                between >= Math.max(toEcho, fromEcho)
                        ? "twice from pulse to pulse, " + Timing.ms(between)
                        : "twice from the refocusing pulse to the middle of the window, " + Timing.ms(toEcho));
        Timing.duty(protocol, "ESP", 1, refocusing.durationPs(), limits, grid, problems);
        long halfPs = Math.max(shortest, grid.down(Rasters.ps(protocol.number("ESP")) / 2));
        long delayPs = grid.nearestRf(halfPs - refocusing.tailPs() - middle * plain.dwellPs() - plain.dwellPs() / 2);
        Adc window = SpectrumScan.delayed(plain, delayPs);
        long readPs = 2 * halfPs - refocusing.blockPs();
        long gapPs = halfPs - between;
        long slot = excitation.blockPs() + gapPs + echoes * 2 * halfPs;
        // What a second of the train can hold at most counts, wherever in TR it lies.
        long pulsesInASecond = Math.min(echoes, Rasters.ps(1) / (2 * halfPs) + 1);
        long onPs = excitation.durationPs() + pulsesInASecond * refocusing.durationPs();
        Timing.repetition(protocol, 1, slot, onPs, limits, grid, problems);
        Timing.readouts((long) echoes * protocol.count("averages"), problems);
        if (!problems.none()) {
            return null;
        }
        SpectrumScan.Shot shot = (writer, point, phase, readouts) -> {
            writer.block(excitation.blockPs(), excitation.pulse(0, phase), null, null, null);
            writer.block(gapPs, null, null, null, null);
            for (int echo = 0; echo < echoes; echo++) {
                writer.block(refocusing.blockPs(), refocusing.pulse(0, Math.PI / 2), null, null, null);
                readouts.window(readPs, window, middle, echo);
            }
            return slot;
        };
        List<Double> echoSeconds = new ArrayList<>();
        for (int echo = 1; echo <= echoes; echo++) {
            echoSeconds.add(2e-12 * halfPs * echo);
        }
        long[] length = {SpectrumScan.repetitionPs(protocol, grid)};
        return new SpectrumScan(
                protocol, limits, SpectrumKind.ECHO_TRAIN, shot, window, length, List.of(), echoSeconds);
    }
}
