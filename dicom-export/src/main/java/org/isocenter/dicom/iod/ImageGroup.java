package org.isocenter.dicom.iod;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.Quantity;

/**
 * Volumes of one scan that are one DICOM series: images of the same voxels that differ by how diffusion weights them. All else
 * (an echo, a repetition, a map) is a series of its own, which is what programs that convert series agree on.
 *
 * @param name tells it from the scan's other groups; empty when there is one
 * @param volumes at least one
 * @param comparable all of the scan whose values these can be compared with: they are stored with one scale
 * @param processing how they were made
 */
public record ImageGroup(String name, List<ImageVolume> volumes, List<ImageVolume> comparable, Processing processing) {
    private static final String PARTS = ", ";

    public ImageGroup {
        volumes = List.copyOf(volumes);
        comparable = List.copyOf(comparable);
        if (volumes.isEmpty()) {
            throw new IllegalArgumentException("a series needs an image");
        }
    }

    /** What a scan's volumes become, in the order of their first volumes. */
    public static List<ImageGroup> of(List<ImageVolume> volumes, Processing processing) {
        record Alike(int columns, int rows, int slices, PatientGeometry geometry, int contrast, Quantity quantity) {}
        Map<Object, List<ImageVolume>> alike = new LinkedHashMap<>();
        for (ImageVolume volume : volumes) {
            boolean weighted = volume.diffusion() != null && !volume.quantity().isMap();
            Object key = !weighted
                    ? new Object()
                    : new Alike(
                            volume.columns(),
                            volume.rows(),
                            volume.slices(),
                            volume.geometry(),
                            volume.contrast(),
                            volume.quantity());
            alike.computeIfAbsent(key, k -> new ArrayList<>()).add(volume);
        }
        return alike.values().stream()
                .map(group -> new ImageGroup(commonName(group), group, comparable(group.get(0), volumes), processing))
                .toList();
    }

    /** Values are in one unit, or come from one reconstruction. */
    private static List<ImageVolume> comparable(ImageVolume one, List<ImageVolume> all) {
        return all.stream().filter(other -> other.quantity() == one.quantity()).toList();
    }

    public ImageVolume first() {
        return volumes.get(0);
    }

    public Quantity quantity() {
        return first().quantity();
    }

    /** Whether they are images of one or several diffusion weightings. A map of what these told is not. */
    public boolean isDiffusionWeighted() {
        return !quantity().isMap() && volumes.stream().anyMatch(volume -> volume.diffusion() != null);
    }

    /** Slices of all volumes. */
    public int frames() {
        return volumes.size() * first().slices();
    }

    /** The parts of the name that all have: of "axial, echo 1" and "axial, echo 2", "axial". */
    private static String commonName(List<ImageVolume> group) {
        List<String> common = new ArrayList<>(Arrays.asList(group.get(0).name().split(PARTS)));
        group.forEach(volume -> common.retainAll(Arrays.asList(volume.name().split(PARTS))));
        return String.join(PARTS, common);
    }
}
