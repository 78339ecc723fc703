package org.isocenter.dicom.iod;

import static org.isocenter.dicom.iod.FunctionalGroups.macro;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.ParallelImaging;
import org.isocenter.model.Provenance;
import org.isocenter.model.ScannerInfo;

/** How all frames of an enhanced image were acquired: the MR functional group macros (PS3.3 C.8.13.5). */
final class AcquisitionMacros {
    private static final double MEGAHERTZ = 1e-6;
    private static final double MILLISECONDS = 1e3;
    /** Above a normal operating mode's, IEC 60601-2-33: W/kg of the whole body, % of the threshold, T. */
    private static final double[] NORMAL = {2, 80, 3};
    /** Above the first level controlled operating mode's. */
    private static final double[] FIRST_LEVEL = {4, 100, 8};

    private final EnhancedFacts facts;
    private final Encoding encoding;

    AcquisitionMacros(EnhancedFacts facts) {
        this.facts = facts;
        this.encoding = facts.encoding();
    }

    void write(Attributes shared) {
        macro(shared, Tag.MRTimingAndRelatedParametersSequence, this::writeTiming);
        macro(shared, Tag.MRFOVGeometrySequence, this::writeFieldOfView);
        macro(shared, Tag.MRModifierSequence, this::writeModifier);
        macro(shared, Tag.MRImagingModifierSequence, this::writeImagingModifier);
        macro(shared, Tag.MRReceiveCoilSequence, this::writeReceiveCoil);
        macro(shared, Tag.MRTransmitCoilSequence, this::writeTransmitCoil);
        macro(
                shared,
                Tag.MRAveragesSequence,
                item -> item.setDouble(Tag.NumberOfAverages, facts.sequence().averages()));
    }

    private void writeTiming(Attributes to) {
        int train = facts.echoTrainLength();
        boolean gradientTrain = facts.isEchoPlanar() || !facts.isSpinEcho();
        to.setDouble(Tag.RepetitionTime, facts.sequence().repetitionTimeSeconds() * MILLISECONDS);
        to.setDouble(Tag.FlipAngle, Math.toDegrees(facts.sequence().flipAngleRadians()));
        to.setInt(Tag.EchoTrainLength, train);
        to.setInt(Tag.RFEchoTrainLength, !facts.isSpinEcho() ? 0 : gradientTrain ? 1 : train);
        to.setInt(Tag.GradientEchoTrainLength, gradientTrain ? train : 0);
        Provenance provenance = facts.provenance();
        double[] values = {
            provenance.bodySarWattsPerKilogram(),
            provenance.nerveStimulationPercent(),
            facts.header().scanner().fieldTesla()
        };
        to.setSequence(
                Tag.OperatingModeSequence,
                List.of(
                        mode(to, "STATIC FIELD", level(values, 2)),
                        mode(to, "RF", level(values, 0)),
                        mode(to, "GRADIENT", level(values, 1))));
        to.setString(Tag.GradientOutputType, "PER_NERVE_STIM");
        to.setDouble(Tag.GradientOutput, provenance.nerveStimulationPercent());
        macro(to, Tag.SpecificAbsorptionRateSequence, sar -> {
            sar.setString(Tag.SpecificAbsorptionRateDefinition, "IEC_WHOLE_BODY");
            sar.setDouble(Tag.SpecificAbsorptionRateValue, provenance.bodySarWattsPerKilogram());
        });
    }

    private static String level(double[] values, int which) {
        if (values[which] <= NORMAL[which]) {
            return "IEC_NORMAL";
        }
        return values[which] <= FIRST_LEVEL[which] ? "IEC_FIRST_LEVEL" : "IEC_SECOND_LEVEL";
    }

    private static Attributes mode(Attributes parent, String type, String level) {
        Attributes item = parent.newItem();
        item.setString(Tag.OperatingModeType, type);
        item.setString(Tag.OperatingMode, level);
        return item;
    }

    private void writeFieldOfView(Attributes to) {
        int lines = encoding.step1().count();
        double sampled = Math.min(100, 100.0 * lines / encoding.encodedY());
        to.setDouble(Tag.PercentSampling, sampled > 0 ? sampled : 100);
        to.setDouble(
                Tag.PercentPhaseFieldOfView,
                100 * encoding.reconFovMeters().y() / encoding.reconFovMeters().x());
        // The image's columns run along the phase direction (EncodingGeometry), so phase is encoded in columns.
        to.setString(Tag.InPlanePhaseEncodingDirection, facts.isRectilinear() ? "COLUMN" : "OTHER");
        double samples = encoding.encodedX()
                * encoding.reconFovMeters().x()
                / encoding.encodedFovMeters().x();
        to.setInt(Tag.MRAcquisitionFrequencyEncodingSteps, steps((int) Math.rint(samples)));
        to.setInt(Tag.MRAcquisitionPhaseEncodingStepsInPlane, steps(lines));
        if (facts.isVolumetric()) {
            to.setInt(
                    Tag.MRAcquisitionPhaseEncodingStepsOutOfPlane,
                    steps(encoding.step2().count()));
        }
    }

    private static int steps(int count) {
        return Math.max(1, Math.min(count, 0xFFFF));
    }

    private void writeModifier(Attributes to) {
        boolean inversion = facts.scanning("IR") && facts.sequence().inversionTimeSeconds() > 0;
        to.setString(Tag.InversionRecovery, inversion ? "YES" : "NO");
        if (inversion) {
            to.setDouble(Tag.InversionTimes, facts.sequence().inversionTimeSeconds() * MILLISECONDS);
        }
        to.setString(Tag.FlowCompensation, "NONE");
        if (!facts.isSpinEcho()) {
            to.setString(Tag.Spoiling, facts.variant("SP") ? "RF_AND_GRADIENT" : "NONE");
        }
        to.setString(Tag.T2Preparation, "NO");
        to.setString(Tag.SpectrallySelectedExcitation, "NONE");
        to.setString(Tag.SpatialPresaturation, "NONE");
        ParallelImaging parallel = encoding.parallelImaging();
        boolean accelerated = parallel.factor1() > 1 || parallel.factor2() > 1;
        to.setString(Tag.ParallelAcquisition, accelerated ? "YES" : "NO");
        if (accelerated) {
            to.setString(Tag.ParallelAcquisitionTechnique, facts.parallelTechnique());
            to.setDouble(Tag.ParallelReductionFactorInPlane, parallel.factor1());
            to.setDouble(Tag.ParallelReductionFactorOutOfPlane, parallel.factor2());
            to.setDouble(Tag.ParallelReductionFactorSecondInPlane, 1);
        }
        boolean partial = isPartial(encoding.step1(), encoding.encodedY());
        to.setString(Tag.PartialFourier, partial ? "YES" : "NO");
        if (partial) {
            to.setString(Tag.PartialFourierDirection, "PHASE");
        }
    }

    /** Whether lines of one side of k-space are missing. */
    private static boolean isPartial(EncodingLimits limits, int encoded) {
        int below = limits.center() - limits.minimum();
        int above = limits.maximum() - limits.center();
        return Math.abs(below - above) > 1 && limits.count() < encoded;
    }

    private void writeImagingModifier(Attributes to) {
        to.setString(Tag.MagnetizationTransfer, "NONE");
        to.setString(Tag.BloodSignalNulling, "NO");
        to.setString(Tag.Tagging, "NONE");
        to.setDouble(Tag.TransmitterFrequency, facts.header().scanner().larmorHertz() * MEGAHERTZ);
        to.setDouble(Tag.PixelBandwidth, 1 / (facts.sequence().dwellSeconds() * encoding.encodedX()));
    }

    private void writeReceiveCoil(Attributes to) {
        ScannerInfo scanner = facts.header().scanner();
        boolean several = scanner.receiverChannels() > 1;
        TextWriter text = new TextWriter(to, new ArrayList<>());
        text.describe(Tag.ReceiveCoilName, scanner.coilName().isBlank() ? "UNNAMED" : scanner.coilName());
        to.setEmpty(Tag.ReceiveCoilManufacturerName);
        to.setString(
                Tag.ReceiveCoilType,
                several ? "MULTICOIL" : facts.coils().receive().name());
        to.setString(Tag.QuadratureReceiveCoil, facts.coils().quadrature() ? "YES" : "NO");
        if (several) {
            List<Attributes> elements = new ArrayList<>();
            for (int channel = 0; channel < scanner.receiverChannels(); channel++) {
                Attributes element = to.newItem();
                List<String> names = scanner.channelCoils();
                String name = channel < names.size() ? names.get(channel) : "";
                new TextWriter(element, new ArrayList<>())
                        .describe(Tag.MultiCoilElementName, name.isBlank() ? "Channel " + (channel + 1) : name);
                element.setString(Tag.MultiCoilElementUsed, "YES");
                elements.add(element);
            }
            to.setSequence(Tag.MultiCoilDefinitionSequence, elements);
        }
    }

    private void writeTransmitCoil(Attributes to) {
        String name = facts.coils().transmitName();
        new TextWriter(to, new ArrayList<>()).describe(Tag.TransmitCoilName, name.isBlank() ? "UNNAMED" : name);
        to.setEmpty(Tag.TransmitCoilManufacturerName);
        to.setString(Tag.TransmitCoilType, facts.coils().transmit().name());
    }
}
