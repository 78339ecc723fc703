package org.isocenter.sequence.library;

import java.util.List;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.Rotation;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.SpectrumKind;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.SequenceFamily;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.design.DesignRasters;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.Grid;

/** Windows without pulses or gradients: the receiver's noise, and what else it picks up. */
public final class NoiseScan extends LibrarySequence {
    /** Between windows, where a console that plays a scan in parts can begin the next and can stop. */
    private static final long PAUSE_PS = Rasters.ps(10e-3);

    public NoiseScan() {
        super(
                SequenceFamily.CALIBRATION,
                "noise",
                "Noise scan",
                "The receiver without any pulse: noise of each channel, and interference");
    }

    @Override
    List<ParameterSpec> nominal() {
        return List.of(
                StandardParameters.bandwidth(20e3),
                SpectrumScan.samples(4096),
                ParameterSpec.count(
                        "windows",
                        "Windows",
                        ParameterSpec.Group.TIMING,
                        1,
                        4096,
                        16,
                        0,
                        "How many windows are read; more make the figures more precise"));
    }

    @Override
    Kernel plan(Protocol protocol, SystemLimits limits, Problems problems) {
        Grid grid = GradientSystem.of(limits, Rotation.IDENTITY).grid();
        Adc window = SpectrumScan.window(protocol, Rasters.ps(limits.adcDeadSeconds()), limits, grid);
        return new Windows(protocol, limits, window, grid.up(window.endPs() + PAUSE_PS));
    }

    private record Windows(Protocol protocol, SystemLimits limits, Adc window, long blockPs) implements Kernel {
        @Override
        public double durationSeconds() {
            return protocol.count("windows") * blockPs * 1e-12;
        }

        @Override
        public SequencePlan write(PatientPosition position) {
            PlanWriter writer = new PlanWriter(DesignRasters.of(limits), position);
            writer.at(EncodingGeometry.AXIAL);
            int windows = protocol.count("windows");
            for (int i = 0; i < windows; i++) {
                EncodingCounters counters = new EncodingCounters(0, 0, 0, 0, 0, 0, i, 0, 0);
                writer.readout(blockPs, null, null, null, window, 0, 0, counters, AcquisitionFlags.NOISE_MEASUREMENT);
            }
            SequenceParameters parameters = new SequenceParameters(
                    protocol.sequence(),
                    List.of("RM"),
                    List.of("NONE"),
                    "",
                    blockPs * 1e-12,
                    List.of(),
                    Double.NaN,
                    Double.NaN,
                    1,
                    1,
                    Double.NaN,
                    window.dwellPs() * 1e-12);
            return writer.finish(
                    List.of(SpectrumScan.encoding(SpectrumKind.NOISE, window.samples(), 1, 1, windows, List.of())),
                    parameters,
                    List.of("no pulse is played: the signal is the receiver's noise"));
        }
    }
}
