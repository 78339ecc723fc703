package org.isocenter.dicom.iod;

import java.util.ArrayList;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.model.Encoding.Trajectory;
import org.isocenter.model.ScanHeader;

/** How an enhanced image was acquired, as a whole: MR pulse sequence and image modules (PS3.3 C.8.13.1, C.8.13.4). */
final class PulseSequenceModule {
    private PulseSequenceModule() {}

    /** @param moment of the acquisition, as DT */
    static void write(Attributes to, EnhancedFacts facts, String moment) {
        to.setString(Tag.ImageType, facts.frameType());
        writeDescription(to, facts);
        to.setString(Tag.AcquisitionDateTime, moment);
        to.setDouble(Tag.AcquisitionDuration, facts.provenance().durationSeconds());
        to.setString(Tag.ResonantNucleus, "1H");
        to.setDouble(Tag.MagneticFieldStrength, facts.header().scanner().fieldTesla());
        to.setString(Tag.ContentQualification, "RESEARCH");
        to.setString(Tag.KSpaceFiltering, facts.kSpaceFiltering());
        to.setString(Tag.ApplicableSafetyStandardAgency, "IEC");
        to.setString(Tag.ApplicableSafetyStandardDescription, "IEC 60601-2-33");
        // Of a map the module may not be there: its condition is that the image is an original.
        if (!facts.group().quantity().isMap()) {
            writePulseSequence(to, facts);
            writeTraversal(to, facts);
        }
    }

    /** The same for the image as for each of its frames. */
    static void writeDescription(Attributes to, EnhancedFacts facts) {
        to.setString(Tag.PixelPresentation, "MONOCHROME");
        to.setString(Tag.VolumetricProperties, "VOLUME");
        to.setString(Tag.VolumeBasedCalculationTechnique, "NONE");
        to.setString(Tag.ComplexImageComponent, facts.complexComponent());
        to.setString(Tag.AcquisitionContrast, facts.contrast());
    }

    private static void writePulseSequence(Attributes to, EnhancedFacts facts) {
        String name = facts.sequence().sequenceName();
        new TextWriter(to, new ArrayList<>()).describe(Tag.PulseSequenceName, name.isBlank() ? "UNNAMED" : name);
        to.setString(Tag.MRAcquisitionType, facts.isVolumetric() ? "3D" : "2D");
        to.setString(Tag.EchoPulseSequence, facts.isSpinEcho() ? "SPIN" : "GRADIENT");
        if (facts.isSpinEcho()) {
            boolean several = !facts.isEchoPlanar() && facts.echoTrainLength() > 1
                    || facts.encoding().contrasts() > 1;
            to.setString(Tag.MultipleSpinEcho, several ? "YES" : "NO");
        }
        to.setString(Tag.MultiPlanarExcitation, "NO");
        to.setString(Tag.PhaseContrast, "NO");
        to.setString(Tag.TimeOfFlightContrast, "NO");
        String steady = facts.variant("SP") ? "LONGITUDINAL" : "FREE_PRECESSION";
        to.setString(Tag.SteadyStatePulseSequence, facts.variant("SS") ? steady : "NONE");
        to.setString(Tag.EchoPlanarPulseSequence, facts.isEchoPlanar() ? "YES" : "NO");
        boolean saturated = facts.header().userParameters().containsKey(ScanHeader.SATURATION_SECONDS);
        to.setString(Tag.SaturationRecovery, saturated ? "YES" : "NO");
        to.setString(Tag.SpectrallySelectedSuppression, "NONE");
        to.setString(Tag.OversamplingPhase, "NONE");
    }

    /** Interleaves or shots: where each excitation reads one line of a grid, the grid is one. */
    private static int shots(EnhancedFacts facts, int train) {
        int lines = facts.encoding().step1().count();
        if (!facts.isRectilinear()) {
            return Math.max(1, lines);
        }
        return train == 1 ? 1 : Math.max(1, (lines + train - 1) / train);
    }

    private static void writeTraversal(Attributes to, EnhancedFacts facts) {
        boolean spiral = facts.encoding().trajectory() == Trajectory.SPIRAL;
        to.setString(
                Tag.GeometryOfKSpaceTraversal, facts.isRectilinear() ? "RECTILINEAR" : spiral ? "SPIRAL" : "RADIAL");
        int train = facts.echoTrainLength();
        if (facts.isRectilinear()) {
            to.setString(Tag.RectilinearPhaseEncodeReordering, train > 1 ? "SEGMENTED" : "LINEAR");
        }
        String several = train >= facts.encoding().step1().count() ? "FULL" : "PARTIAL";
        to.setString(Tag.SegmentedKSpaceTraversal, train == 1 ? "SINGLE" : several);
        if (facts.isVolumetric()) {
            to.setString(Tag.CoverageOfKSpace, "FULL");
        }
        to.setInt(Tag.NumberOfKSpaceTrajectories, shots(facts, train));
    }
}
