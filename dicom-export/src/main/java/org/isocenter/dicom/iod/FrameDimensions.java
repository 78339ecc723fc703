package org.isocenter.dicom.iod;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.data.VR;
import org.isocenter.model.ImageVolume;

/**
 * By what the frames of an image differ: the multi-frame dimension module (PS3.3 C.7.6.17). Always the stack and the place in
 * it; then time, where nothing else tells two volumes apart; and b-value and direction, where they vary.
 */
final class FrameDimensions {
    /** @param positions index of each volume in it, from 1 */
    private record Dimension(int pointer, int functionalGroup, String label, List<Integer> positions) {}

    private final ImageGroup group;
    private final List<Dimension> ofVolumes = new ArrayList<>();
    private final List<Integer> times;

    FrameDimensions(ImageGroup group) {
        this.group = group;
        add(
                Tag.DiffusionBValue,
                Tag.MRDiffusionSequence,
                "b-value",
                volume -> volume.diffusion() == null ? 0.0 : volume.diffusion().secondsPerSquareMeter());
        add(
                Tag.DiffusionGradientOrientation,
                Tag.MRDiffusionSequence,
                "Direction",
                volume ->
                        volume.diffusion() == null ? "none" : volume.diffusion().direction());
        times = times();
        if (times.stream().anyMatch(time -> time > 1)) {
            ofVolumes.add(0, new Dimension(Tag.TemporalPositionIndex, Tag.FrameContentSequence, "Time", times));
        }
    }

    private void add(int pointer, int functionalGroup, String label, Function<ImageVolume, Object> property) {
        List<Object> values = group.volumes().stream().map(property).toList();
        List<Object> distinct = values.stream().distinct().toList();
        if (distinct.size() > 1) {
            List<Integer> positions =
                    values.stream().map(value -> distinct.indexOf(value) + 1).toList();
            ofVolumes.add(new Dimension(pointer, functionalGroup, label, positions));
        }
    }

    /** The how manieth each volume is of those that are alike otherwise. */
    private List<Integer> times() {
        List<List<Integer>> seen = new ArrayList<>();
        List<Integer> counted = new ArrayList<>();
        for (int i = 0; i < group.volumes().size(); i++) {
            int volume = i;
            List<Integer> place = ofVolumes.stream()
                    .map(dimension -> dimension.positions.get(volume))
                    .toList();
            seen.add(place);
            counted.add((int) seen.stream().filter(place::equals).count());
        }
        return counted;
    }

    private boolean isTemporal() {
        return !ofVolumes.isEmpty() && ofVolumes.get(0).pointer == Tag.TemporalPositionIndex;
    }

    void writeIndex(Attributes to) {
        Attributes organization = to.newItem();
        String uid = UID.create();
        organization.setString(Tag.DimensionOrganizationUID, uid);
        to.setSequence(Tag.DimensionOrganizationSequence, List.of(organization));
        List<Attributes> index = new ArrayList<>();
        index.add(item(to, uid, Tag.StackID, Tag.FrameContentSequence, "Stack"));
        index.add(item(to, uid, Tag.InStackPositionNumber, Tag.FrameContentSequence, "Slice"));
        for (Dimension dimension : ofVolumes) {
            index.add(item(to, uid, dimension.pointer, dimension.functionalGroup, dimension.label));
        }
        to.setSequence(Tag.DimensionIndexSequence, index);
        if (ofVolumes.isEmpty()) {
            to.setString(Tag.DimensionOrganizationType, "3D");
        }
    }

    private static Attributes item(Attributes parent, String uid, int pointer, int functionalGroup, String label) {
        Attributes item = parent.newItem();
        item.setString(Tag.DimensionOrganizationUID, uid);
        item.setBytes(Tag.DimensionIndexPointer, VR.AT, pointerBytes(pointer));
        item.setBytes(Tag.FunctionalGroupPointer, VR.AT, pointerBytes(functionalGroup));
        item.setString(Tag.DimensionDescriptionLabel, label);
        return item;
    }

    /** A tag as the value of an attribute. */
    static byte[] pointerBytes(int tag) {
        ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        return bytes.putShort((short) (tag >>> 16)).putShort((short) tag).array();
    }

    /** Where a frame stands in the stack, and in all dimensions: into its frame content. */
    void writeFrame(Attributes content, int volume, int slice) {
        content.setString(Tag.StackID, "1");
        content.setInt(Tag.InStackPositionNumber, slice + 1);
        if (isTemporal()) {
            content.setInt(Tag.TemporalPositionIndex, times.get(volume));
        }
        int[] values = new int[2 + ofVolumes.size()];
        values[0] = 1;
        values[1] = slice + 1;
        for (int i = 0; i < ofVolumes.size(); i++) {
            values[2 + i] = ofVolumes.get(i).positions.get(volume);
        }
        content.setInt(Tag.DimensionIndexValues, values);
    }
}
