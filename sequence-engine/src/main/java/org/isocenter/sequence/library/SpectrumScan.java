package org.isocenter.sequence.library;

import java.util.Arrays;
import java.util.List;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.SpectrumKind;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.design.DesignRasters;
import org.isocenter.sequence.design.Grid;

/**
 * A scan of the whole sample without spatial encoding: shots, one for each average and recovery time, each filled up to its
 * own length. Every second average has excitation and receiver turned by 180°, which takes away the receiver's offset
 * and the free decay of other pulses than the excitation.
 *
 * @param lengthPs of the shot at each recovery time; one for a scan without any
 * @param recoverySeconds of each shot; empty for a scan without any
 * @param echoSeconds echo time of each window; empty for free decays
 */
record SpectrumScan(
        Protocol protocol,
        SystemLimits limits,
        SpectrumKind kind,
        Shot shot,
        Adc window,
        long[] lengthPs,
        List<Double> recoverySeconds,
        List<Double> echoSeconds)
        implements Kernel {

    private static final int DWELLS_TO_TRY = 200;
    private static final double MOST_DRIFT = 0.49;

    /** Plays one shot. */
    interface Shot {
        /**
         * @param point which recovery time
         * @param phaseRadians of excitation and receiver
         * @param readouts where windows go
         * @return how long it took
         */
        long write(PlanWriter writer, int point, double phaseRadians, Readouts readouts);
    }

    /** Writes windows, or for a dummy the same time without them. */
    interface Readouts {
        void window(long blockPs, Adc adc, int centerSample, int echo);
    }

    static ParameterSpec samples(int count) {
        return ParameterSpec.count(
                "samples",
                "Samples",
                ParameterSpec.Group.TIMING,
                16,
                65536,
                count,
                0,
                "Samples of the signal; BW is the rate at which they are taken");
    }

    /**
     * The receiver's window, not before {@code delayPs}. Its dwell time is the nearest to what the bandwidth asks for at which the
     * samples, taken at ticks of the scanner's clock, stay within half a sample of their times.
     */
    static Adc window(Protocol protocol, long delayPs, SystemLimits limits, Grid grid) {
        long raster = grid.rasters().adcPs();
        int samples = protocol.count("samples");
        long nearest = Math.max(1, Math.round(1e12 / protocol.number("BW") / raster));
        long best = nearest;
        for (long step = 0; step < 2 * DWELLS_TO_TRY; step++) {
            long dwell = nearest + (step % 2 == 0 ? step / 2 : -(step + 1) / 2);
            if (dwell >= 1 && drift(dwell * raster, limits) < drift(best * raster, limits)) {
                best = dwell;
            }
            if (samples * drift(best * raster, limits) <= MOST_DRIFT) {
                break;
            }
        }
        return delayed(new Adc(samples, best * raster, 0, 0, 0, 0, 0, null), grid.upRf(delayPs));
    }

    /** Samples by which one dwell time is off when it is rounded to the clock. */
    private static double drift(long dwellPs, SystemLimits limits) {
        double ticks = dwellPs * 1e-12 * limits.clockHertz();
        return Math.abs(Math.max(1, Math.rint(ticks)) - ticks) / ticks;
    }

    static Adc delayed(Adc adc, long delayPs) {
        return new Adc(adc.samples(), adc.dwellPs(), delayPs, 0, 0, 0, 0, null);
    }

    private static Adc phased(Adc adc, double phaseRadians) {
        return new Adc(adc.samples(), adc.dwellPs(), adc.delayPs(), 0, 0, 0, phaseRadians, null);
    }

    private int repetitions() {
        return lengthPs.length;
    }

    @Override
    public double durationSeconds() {
        long once = Arrays.stream(lengthPs).sum();
        return (protocol.count("averages") * once + protocol.count("dummies") * lengthPs[0]) * 1e-12;
    }

    @Override
    public SequencePlan write(PatientPosition position) {
        PlanWriter writer = new PlanWriter(DesignRasters.of(limits), position);
        writer.at(EncodingGeometry.AXIAL);
        Readouts nothing = (blockPs, adc, centerSample, echo) -> writer.block(blockPs, null, null, null, null);
        for (int dummy = 0; dummy < protocol.count("dummies"); dummy++) {
            play(writer, 0, 0, nothing);
        }
        for (int average = 0; average < protocol.count("averages"); average++) {
            double phase = average % 2 == 0 ? 0 : Math.PI;
            for (int point = 0; point < repetitions(); point++) {
                int inAverage = average;
                int inPoint = point;
                play(writer, point, phase, (blockPs, adc, centerSample, echo) -> {
                    EncodingCounters counters = new EncodingCounters(0, 0, inAverage, 0, echo, 0, inPoint, 0, 0);
                    writer.readout(blockPs, null, phased(adc, phase), centerSample, 0, counters);
                });
            }
        }
        return writer.finish(
                List.of(encoding()), parameters(), List.of("no spatial encoding: the signal is a spectrum's"));
    }

    private void play(PlanWriter writer, int point, double phase, Readouts readouts) {
        long usedPs = shot.write(writer, point, phase, readouts);
        writer.block(lengthPs[point] - usedPs, null, null, null, null);
    }

    private SequenceParameters parameters() {
        boolean inverts = kind == SpectrumKind.INVERSION_RECOVERY;
        boolean echoes = !echoSeconds.isEmpty();
        return new SequenceParameters(
                protocol.sequence(),
                List.of(inverts ? "IR" : echoes ? "SE" : "RM"),
                List.of("NONE"),
                "",
                Arrays.stream(lengthPs).max().orElseThrow() * 1e-12,
                echoSeconds,
                inverts && recoverySeconds.size() == 1 ? recoverySeconds.get(0) : Double.NaN,
                protocol.number("FA"),
                Math.max(1, echoSeconds.size()),
                protocol.count("averages"),
                Double.NaN,
                window.dwellPs() * 1e-12);
    }

    private Encoding encoding() {
        return encoding(
                kind,
                window.samples(),
                protocol.count("averages"),
                Math.max(1, echoSeconds.size()),
                repetitions(),
                recoverySeconds);
    }

    /** One line of samples; the extent of a metre stands for none, since MRD wants a number. */
    static Encoding encoding(
            SpectrumKind kind,
            int samples,
            int averages,
            int contrasts,
            int repetitions,
            List<Double> recoverySeconds) {
        Vec3 none = new Vec3(1, 1, 1);
        return new Encoding(
                        samples,
                        1,
                        1,
                        none,
                        samples,
                        1,
                        1,
                        none,
                        EncodingLimits.NONE,
                        EncodingLimits.NONE,
                        1,
                        averages,
                        contrasts,
                        repetitions,
                        0,
                        Encoding.Trajectory.OTHER,
                        contrasts)
                .withTrajectory(Encoding.Trajectory.OTHER, kind.description(recoverySeconds));
    }

    /** TR from which each shot takes what its own recovery time leaves, on the grid. */
    static long repetitionPs(Protocol protocol, Grid grid) {
        return grid.down(Rasters.ps(protocol.number("TR")));
    }
}
