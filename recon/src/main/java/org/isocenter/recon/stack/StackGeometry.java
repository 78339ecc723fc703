package org.isocenter.recon.stack;

import java.util.List;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.Vec3;
import org.isocenter.recon.mrd.MrdNotes;

/**
 * Where a stack's voxels lie. Columns run along the read direction, rows along the phase direction. Pixel N/2 (rounded
 * down) of each axis lies on the field of view's centre, as k-space's N/2 is its centre; a stack of slices begins at its
 * first slice, a slab Nz/2 partitions before its centre. Slices centred elsewhere in their plane than the first one are to be moved
 * there by the reconstruction.
 */
public final class StackGeometry {
    /** Slice positions may differ by this before they are called uneven, m. */
    private static final double EVEN = 1e-5;

    private StackGeometry() {}

    public static PatientGeometry of(Stack stack, MrdNotes notes) {
        Encoding encoding = stack.encoding();
        List<Slab> slabs = stack.slabs();
        EncodingGeometry first = slabs.get(0).geometry();
        Vec3 fov = encoding.reconFovMeters();
        double columnSpacing = fov.x() / encoding.reconX();
        double rowSpacing = fov.y() / encoding.reconY();
        double thickness = fov.z() / encoding.reconZ();
        double sliceSpacing = encoding.reconZ() > 1 ? thickness : sliceSpacing(encoding, slabs, thickness, notes);
        Vec3 firstVoxel = first.pointMeters(
                -(encoding.reconX() / 2) * columnSpacing,
                -(encoding.reconY() / 2) * rowSpacing,
                -(encoding.reconZ() / 2) * thickness);
        return new PatientGeometry(
                firstVoxel,
                first.read(),
                first.phase(),
                first.slice(),
                columnSpacing,
                rowSpacing,
                sliceSpacing,
                thickness);
    }

    private static double sliceSpacing(Encoding encoding, List<Slab> slabs, double thickness, MrdNotes notes) {
        double planned = encoding.sliceSpacingMeters() > 0 ? encoding.sliceSpacingMeters() : thickness;
        if (slabs.size() == 1) {
            return planned;
        }
        double spacing = (along(slabs, slabs.size() - 1) - along(slabs, 0)) / (slabs.size() - 1);
        if (spacing < EVEN) {
            notes.add("all slices have the same position: they were taken to be " + planned * 1e3 + " mm apart");
            return planned;
        }
        for (int i = 1; i < slabs.size(); i++) {
            if (Math.abs(along(slabs, i) - along(slabs, i - 1) - spacing) > EVEN) {
                notes.add("the slices are not evenly spaced: their mean spacing, " + spacing * 1e3 + " mm, was used");
                break;
            }
        }
        return spacing;
    }

    private static double along(List<Slab> slabs, int index) {
        EncodingGeometry geometry = slabs.get(index).geometry();
        return geometry.centerMeters().dot(geometry.slice());
    }
}
