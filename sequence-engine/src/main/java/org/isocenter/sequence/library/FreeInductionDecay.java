package org.isocenter.sequence.library;

import java.util.List;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.Rotation;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.design.DesignRasters;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.Grid;

/** A rectangular pulse and its free induction decay, without gradients: the first look at a magnet. */
public final class FreeInductionDecay extends LibrarySequence {
    public FreeInductionDecay() {
        super("fid", "Free induction decay", "One pulse and its signal: frequency, linewidth and flip angle");
    }

    @Override
    List<ParameterSpec> nominal() {
        return List.of(
                StandardParameters.repetitionTime(0.5),
                StandardParameters.flipAngle(90),
                StandardParameters.averages(1),
                StandardParameters.dummies(0),
                StandardParameters.bandwidth(20e3),
                ParameterSpec.count(
                        "samples",
                        "Samples",
                        ParameterSpec.Group.TIMING,
                        16,
                        65536,
                        1024,
                        0,
                        "Samples of the signal; BW is the rate at which they are taken"));
    }

    @Override
    Kernel plan(Protocol protocol, SystemLimits limits, Problems problems) {
        GradientSystem system = GradientSystem.of(limits, Rotation.IDENTITY);
        Grid grid = system.grid();
        Excitation excitation = Excitation.hard(protocol.number("FA"), RfUse.EXCITATION, limits, system);
        long raster = grid.rasters().adcPs();
        long dwell = Math.max(1, Math.round(1e12 / protocol.number("BW") / raster)) * raster;
        long delay = grid.upRf(Rasters.ps(limits.adcDeadSeconds()));
        Adc window = new Adc(protocol.count("samples"), dwell, delay, 0, 0, 0, 0, null);
        long slot = excitation.blockPs() + grid.up(window.endPs());
        Timing.repetition(protocol, 1, slot, excitation.durationPs(), limits, grid, problems);
        Timing.readouts(protocol.count("averages"), problems);
        return problems.none() ? new Decay(protocol, limits, grid, excitation, window) : null;
    }

    private record Decay(Protocol protocol, SystemLimits limits, Grid grid, Excitation excitation, Adc window)
            implements Kernel {
        private long repetitionPs() {
            return grid.down(Rasters.ps(protocol.number("TR")));
        }

        @Override
        public double durationSeconds() {
            return (protocol.count("dummies") + protocol.count("averages")) * repetitionPs() * 1e-12;
        }

        @Override
        public SequencePlan write(PatientPosition position) {
            PlanWriter writer = new PlanWriter(DesignRasters.of(limits), position);
            writer.at(EncodingGeometry.AXIAL);
            long restPs = repetitionPs() - excitation.blockPs();
            for (int dummy = 0; dummy < protocol.count("dummies"); dummy++) {
                writer.block(repetitionPs(), excitation.pulse(0, 0), null, null, null);
            }
            for (int average = 0; average < protocol.count("averages"); average++) {
                writer.block(excitation.blockPs(), excitation.pulse(0, 0), null, null, null);
                EncodingCounters counters = new EncodingCounters(0, 0, average, 0, 0, 0, 0, 0, 0);
                writer.readout(restPs, null, window, 0, 0, counters);
            }
            SequenceParameters parameters = new SequenceParameters(
                    protocol.sequence(),
                    List.of("RM"),
                    List.of("NONE"),
                    "",
                    repetitionPs() * 1e-12,
                    List.of(),
                    Double.NaN,
                    protocol.number("FA"),
                    1,
                    protocol.count("averages"),
                    Double.NaN,
                    window.dwellPs() * 1e-12);
            return writer.finish(
                    List.of(encoding()), parameters, List.of("no spatial encoding: the signal is a spectrum's"));
        }

        /** One line of samples; the extent of a metre stands for none, since MRD wants a number. */
        private Encoding encoding() {
            Vec3 none = new Vec3(1, 1, 1);
            return new Encoding(
                    window.samples(),
                    1,
                    1,
                    none,
                    window.samples(),
                    1,
                    1,
                    none,
                    EncodingLimits.NONE,
                    EncodingLimits.NONE,
                    1,
                    protocol.count("averages"),
                    1,
                    1,
                    0,
                    Encoding.Trajectory.OTHER,
                    1);
        }
    }
}
