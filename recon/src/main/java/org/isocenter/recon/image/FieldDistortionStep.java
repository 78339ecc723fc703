package org.isocenter.recon.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.isocenter.model.Quantity;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.VolumeData;
import org.isocenter.recon.chain.VolumeStep;
import org.isocenter.recon.mrd.MrdNotes;
import org.isocenter.recon.stack.Stack;
import org.isocenter.recon.stack.StackSorter;

/**
 * Puts back what an uneven main field moved along read, and in echo-planar images along phase, by a field map (Jezzard and
 * Balaban 1995): of another scan, whose raw data are named, or of the same scan before this step. Maps stay as they are, and so do
 * images that the field blurred rather than moved. What the slice selection was moved by is not corrected.
 */
public final class FieldDistortionStep implements VolumeStep {
    private final String mapFile;
    private final Supplier<Reconstruction> mapReconstruction;

    /**
     * @param mapFile raw data of a field map's scan (MRD), or the folder of such a scan; empty for a map among the volumes
     * @param mapReconstruction that makes images and the map of them
     */
    public FieldDistortionStep(String mapFile, Supplier<Reconstruction> mapReconstruction) {
        this.mapFile = mapFile.strip();
        this.mapReconstruction = mapReconstruction;
    }

    @Override
    public List<VolumeData> apply(List<VolumeData> volumes, ChainContext context) {
        List<VolumeData> straight = new ArrayList<>(volumes);
        try {
            SmoothMap offsets = mapFile.isEmpty() ? among(volumes) : ofFile();
            for (int i = 0; i < volumes.size(); i++) {
                VolumeData volume = volumes.get(i);
                if (volume.quantity() == Quantity.MAGNITUDE) {
                    context.throwIfStopped();
                    FieldWarp warp = new FieldWarp(offsets, volume.geometry(), OffsetShift.perHertz(volume.stack()));
                    straight.set(i, volume.withValues(Unwarping.of(volume.values(), warp, false)));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            context.notes().add("field distortion was not corrected: " + e.getMessage());
            return volumes;
        }
        return straight;
    }

    private static SmoothMap among(List<VolumeData> volumes) {
        VolumeData map = volumes.stream()
                .filter(volume -> volume.quantity() == Quantity.FIELD_OFFSET)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("the scan holds no field map: name the raw data of one as"
                                + " parameter 'field-map', or put the step 'field-map' before"));
        return SmoothMap.ofField(map.image(), OffsetShift.perHertz(map.stack()));
    }

    private SmoothMap ofFile() throws IOException {
        OtherScan scan = OtherScan.read(mapFile, mapReconstruction);
        Stack stack = new StackSorter(new MrdNotes())
                .sort(scan.raw(), scan.raw().size())
                .get(0);
        return SmoothMap.ofField(scan.first(Quantity.FIELD_OFFSET), OffsetShift.perHertz(stack));
    }
}
