package org.isocenter.dicom.iod;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.model.Diffusion;
import org.isocenter.model.ImageVolume;

/**
 * What all frames of an enhanced image share, and what each has of its own: shared and per-frame functional groups (PS3.3
 * C.7.6.16). A diffusion weighting is shared where there is one.
 */
final class FunctionalGroups {
    private static final double MILLISECONDS = 1e3;

    private final EnhancedFacts facts;
    private final ImagePlane plane;
    private final StoredPixels pixels;
    private final FrameDimensions dimensions;
    private final List<ImageVolume> volumes;

    FunctionalGroups(EnhancedFacts facts, ImagePlane plane, StoredPixels pixels, FrameDimensions dimensions) {
        this.facts = facts;
        this.plane = plane;
        this.pixels = pixels;
        this.dimensions = dimensions;
        this.volumes = facts.group().volumes();
    }

    /** @param moment of the acquisition, as DT */
    void write(Attributes to, AnatomyModule anatomy, String moment) {
        Attributes shared = to.newItem();
        macro(shared, Tag.PixelMeasuresSequence, plane::writeMeasures);
        macro(shared, Tag.PlaneOrientationSequence, plane::writeOrientation);
        anatomy.writeFrame(shared);
        macro(shared, Tag.FrameVOILUTSequence, pixels::writeWindow);
        macro(shared, Tag.PixelValueTransformationSequence, FunctionalGroups::writeNoTransformation);
        pixels.writeRealWorldMapping(shared);
        macro(shared, Tag.MRImageFrameTypeSequence, this::writeFrameType);
        new AcquisitionMacros(facts).write(shared);
        macro(
                shared,
                Tag.MREchoSequence,
                echo -> echo.setDouble(Tag.EffectiveEchoTime, facts.echoTimeSeconds() * MILLISECONDS));
        if (volumes.size() == 1) {
            writeVolume(shared, volumes.get(0));
        }
        to.setSequence(Tag.SharedFunctionalGroupsSequence, List.of(shared));
        List<Attributes> frames = new ArrayList<>();
        for (int volume = 0; volume < volumes.size(); volume++) {
            for (int slice = 0; slice < volumes.get(volume).slices(); slice++) {
                frames.add(frame(to, volume, slice, moment));
            }
        }
        to.setSequence(Tag.PerFrameFunctionalGroupsSequence, frames);
    }

    private Attributes frame(Attributes parent, int volume, int slice, String moment) {
        Attributes frame = parent.newItem();
        macro(frame, Tag.FrameContentSequence, content -> {
            content.setString(Tag.FrameAcquisitionDateTime, moment);
            content.setString(Tag.FrameReferenceDateTime, moment);
            content.setDouble(Tag.FrameAcquisitionDuration, facts.provenance().durationSeconds() * MILLISECONDS);
            dimensions.writeFrame(content, volume, slice);
        });
        macro(frame, Tag.PlanePositionSequence, position -> plane.writePosition(position, slice));
        if (volumes.size() > 1) {
            writeVolume(frame, volumes.get(volume));
        }
        return frame;
    }

    private void writeVolume(Attributes group, ImageVolume volume) {
        if (facts.group().isDiffusionWeighted() && volume.diffusion() != null) {
            macro(group, Tag.MRDiffusionSequence, item -> writeDiffusion(item, volume.diffusion()));
        }
    }

    /** PS3.3 C.8.13.5.9. */
    private static void writeDiffusion(Attributes to, Diffusion diffusion) {
        to.setDouble(Tag.DiffusionBValue, diffusion.secondsPerSquareMillimeter());
        if (diffusion.hasDirection()) {
            to.setString(Tag.DiffusionDirectionality, "DIRECTIONAL");
            macro(
                    to,
                    Tag.DiffusionGradientDirectionSequence,
                    direction -> direction.setDouble(
                            Tag.DiffusionGradientOrientation,
                            diffusion.direction().x(),
                            diffusion.direction().y(),
                            diffusion.direction().z()));
        } else {
            to.setString(Tag.DiffusionDirectionality, diffusion.secondsPerSquareMeter() == 0 ? "NONE" : "ISOTROPIC");
        }
    }

    private void writeFrameType(Attributes to) {
        to.setString(Tag.FrameType, facts.frameType());
        PulseSequenceModule.writeDescription(to, facts);
    }

    /** Stored values are given as they are, as in single images, whose class has no place for a slope. */
    private static void writeNoTransformation(Attributes to) {
        to.setDouble(Tag.RescaleIntercept, 0);
        to.setDouble(Tag.RescaleSlope, 1);
        to.setString(Tag.RescaleType, "US");
    }

    /** A macro's sequence of one item. */
    static void macro(Attributes group, int tag, Consumer<Attributes> content) {
        Attributes item = group.newItem();
        content.accept(item);
        group.setSequence(tag, List.of(item));
    }
}
