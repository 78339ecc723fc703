package org.isocenter.model;

import java.util.List;

/**
 * What a scanner may do to the patient and to its own amplifiers over time, beyond the peaks in {@link SystemLimits}. Read
 * from a scanner profile. SI; gradients in Hz/m (γ-free), B1 in tesla. Where no limit is given it is {@link #UNLIMITED}, and
 * checks report the value as "no limit given".
 *
 * @param mode operating mode of IEC 60601-2-33 in which scans are held
 * @param adcSamplesDivisor the number of samples of every ADC window must be a multiple of it; 1 for any number
 * @param gradients what gradient amplifiers and coils bear
 * @param rfEnergySquareTeslaSeconds largest ∫|B1|²dt in any window of that length
 * @param sar what RF does to the patient
 * @param stimulation models of nerve stimulation by gradients; none when nothing is known
 * @param acousticBands bands in which gradients must not drive mechanical resonances
 * @param monitor what a SAR monitor beside the scanner guards
 */
public record SafetyLimits(
        Mode mode,
        int adcSamplesDivisor,
        Gradients gradients,
        List<WindowLimit> rfEnergySquareTeslaSeconds,
        Sar sar,
        List<StimulationModel> stimulation,
        List<AcousticBand> acousticBands,
        Monitor monitor) {
    /** Stands for "no limit given". */
    public static final double UNLIMITED = Double.POSITIVE_INFINITY;

    /** Limits nothing. */
    public static final SafetyLimits NONE =
            new SafetyLimits(Mode.NORMAL, 1, Gradients.NONE, List.of(), Sar.NONE, List.of(), List.of(), Monitor.NONE);

    public SafetyLimits {
        rfEnergySquareTeslaSeconds = List.copyOf(rfEnergySquareTeslaSeconds);
        stimulation = List.copyOf(stimulation);
        acousticBands = List.copyOf(acousticBands);
    }

    /** The same limits in another operating mode. */
    public SafetyLimits in(Mode other) {
        return new SafetyLimits(
                other,
                adcSamplesDivisor,
                gradients,
                rfEnergySquareTeslaSeconds,
                sar,
                stimulation,
                acousticBands,
                monitor);
    }

    /** The same limits with other stimulation models. */
    public SafetyLimits withStimulation(List<StimulationModel> models) {
        return new SafetyLimits(
                mode, adcSamplesDivisor, gradients, rfEnergySquareTeslaSeconds, sar, models, acousticBands, monitor);
    }

    /** The same limits with other acoustic bands. */
    public SafetyLimits withAcousticBands(List<AcousticBand> bands) {
        return new SafetyLimits(
                mode, adcSamplesDivisor, gradients, rfEnergySquareTeslaSeconds, sar, stimulation, bands, monitor);
    }

    /** Operating modes of IEC 60601-2-33. */
    public enum Mode {
        NORMAL,
        FIRST_LEVEL
    }

    /** One limit per operating mode. */
    public record ModeLimit(double normal, double firstLevel) {
        public static final ModeLimit NONE = new ModeLimit(UNLIMITED, UNLIMITED);

        public double in(Mode mode) {
            return mode == Mode.NORMAL ? normal : firstLevel;
        }
    }

    /** What holds in any window of {@code seconds}, wherever it starts. */
    public record WindowLimit(double seconds, double limit) {}

    /**
     * What each gradient axis bears.
     *
     * @param shimHertzPerMeter offset that the static linear shim adds on each physical axis
     * @param amplifierHertzPerMeter largest sum of gradient and shim offset on one axis
     * @param rmsHertzPerMeter largest root of the mean square on one axis
     * @param dutyFraction largest share of time for which one axis may be on
     */
    public record Gradients(
            Vec3 shimHertzPerMeter,
            double amplifierHertzPerMeter,
            List<WindowLimit> rmsHertzPerMeter,
            List<WindowLimit> dutyFraction) {
        public static final Gradients NONE = new Gradients(Vec3.ZERO, UNLIMITED, List.of(), List.of());

        public Gradients {
            rmsHertzPerMeter = List.copyOf(rmsHertzPerMeter);
            dutyFraction = List.copyOf(dutyFraction);
        }
    }

    /**
     * Specific absorption rate from a coil's calibration. At patient weight m the whole-body rate is {@code
     * wholeBodyPerSquareTesla · mean(B1²) · (m / referenceKilograms)^weightExponent}; that of the head does not depend on m.
     *
     * @param wholeBodyPerSquareTesla W/kg per T² of mean squared B1 at the reference weight; NaN when not known
     * @param headPerSquareTesla the same for the head; NaN when not known
     * @param weightExponent −1 where the absorbed power is the same for every patient (a head coil), about 1 for a body coil
     * @param lightestKilograms with {@code heaviestKilograms} the patients that the scanner takes: when the weight is not known,
     *     the worse of the two is assumed
     * @param wholeBody limits in W/kg, averaged over six minutes
     * @param head limits in W/kg, averaged over six minutes
     * @param shortTermFactor averages over ten seconds may be larger by this factor
     */
    public record Sar(
            double wholeBodyPerSquareTesla,
            double headPerSquareTesla,
            double referenceKilograms,
            double weightExponent,
            double lightestKilograms,
            double heaviestKilograms,
            ModeLimit wholeBody,
            ModeLimit head,
            double shortTermFactor) {
        public static final Sar NONE =
                new Sar(Double.NaN, Double.NaN, 70, 0, 70, 70, ModeLimit.NONE, ModeLimit.NONE, 2);

        /** The given weight, or when it is NaN that of the patients taken which absorbs most per kilogram. */
        public double weightOrWorst(double kilograms) {
            return Double.isNaN(kilograms) ? (weightExponent < 0 ? lightestKilograms : heaviestKilograms) : kilograms;
        }

        /** Whole-body W/kg per T² of mean squared B1 for a patient of this weight. */
        public double wholeBodyPerSquareTesla(double kilograms) {
            return wholeBodyPerSquareTesla * Math.pow(kilograms / referenceKilograms, weightExponent);
        }
    }

    /** How strongly switched gradients stimulate nerves, as a share of the threshold. */
    public sealed interface StimulationModel {
        /** What is stimulated: "peripheral", "cardiac". */
        String target();

        /** Largest share of the threshold. */
        ModeLimit limit();
    }

    /**
     * The SAFE model (Hebrank and Gebhardt, Proc. ISMRM 8:2007, 2000): per axis the slew rate goes through three RC low-passes.
     *
     * @param rasterSeconds step of the low-passes' recursion, which the parameters were fitted with
     */
    public record Safe(String target, SafeAxis x, SafeAxis y, SafeAxis z, double rasterSeconds, ModeLimit limit)
            implements StimulationModel {}

    /**
     * One axis of {@link Safe}: {@code scale / limit · (a1·|LP1(s)| + a2·LP2(|s|) + a3·|LP3(s)|)} for a slew rate s.
     *
     * @param limitTeslaPerMeterPerSecond slew rate that stimulates
     * @param scale gradient scale factor of the coil
     */
    public record SafeAxis(
            double a1,
            double a2,
            double a3,
            double tau1Seconds,
            double tau2Seconds,
            double tau3Seconds,
            double limitTeslaPerMeterPerSecond,
            double scale) {}

    /**
     * Chronaxie and rheobase, as a convolution (IEC 60601-2-33): {@code α/r · ∫ s(τ)·c / (c + t − τ)² dτ} per axis, the three as a
     * root of squares.
     *
     * @param effectiveLengthMeters α, from gradient to the field that stimulates
     */
    public record Chronaxie(
            String target,
            double chronaxieSeconds,
            double rheobaseTeslaPerSecond,
            double effectiveLengthMeters,
            ModeLimit limit)
            implements StimulationModel {}

    /**
     * A band around a mechanical resonance.
     *
     * @param limitHertzPerMeter largest amplitude of the gradient's spectrum in the band, on any axis
     */
    public record AcousticBand(double centerHertz, double widthHertz, double limitHertzPerMeter) {}

    /**
     * What a SAR monitor is set to before RF is on: powers that leave the amplifier.
     *
     * @param couplerDecibels by so much the power at the monitor's input is less
     * @param tenSecondWatts largest average over ten seconds
     * @param sixMinuteWatts largest average over six minutes
     * @param peakWatts at any time
     */
    public record Monitor(double couplerDecibels, double tenSecondWatts, double sixMinuteWatts, double peakWatts) {
        public static final Monitor NONE = new Monitor(0, UNLIMITED, UNLIMITED, UNLIMITED);

        /** What the monitor sees of a power that leaves the amplifier. */
        public double atInput(double watts) {
            return watts * Math.pow(10, -couplerDecibels / 10);
        }
    }
}
