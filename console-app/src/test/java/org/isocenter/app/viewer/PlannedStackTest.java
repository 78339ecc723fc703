package org.isocenter.app.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.Protocol;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.library.SequenceLibrary;
import org.junit.jupiter.api.Test;

class PlannedStackTest {
    private final PlaneOfVolume sagittal =
            PlaneOfVolume.of(Volumes.numbered(EncodingGeometry.SAGITTAL, 1), ViewPlane.SAGITTAL);

    private static Protocol protocol(String sequence) {
        SequenceBuilder builder = SequenceLibrary.find(sequence).orElseThrow();
        return SequenceLibrary.defaults(
                builder, ScannerProfile.builtIn("osi2one").limits());
    }

    @Test
    void anAxialStackIsARectangleWithALinePerSliceOnASagittalImage() {
        Protocol protocol = protocol("se2d")
                .with("slices", 4)
                .with("thickness", 0.006)
                .with("gap", 0.002)
                .with("FOVphase", 0.2)
                .with("offsetZ", 0.010);
        PlannedStack stack = PlannedStack.of(protocol).orElseThrow();

        List<PlannedStack.PlanePoint> outline = stack.outline(sagittal, 0);
        List<PlannedStack.PlanePoint> lines = stack.sliceLines(sagittal, 0);

        assertThat(outline).hasSize(4);
        assertThat(extent(outline, true)).isEqualTo(0.2, within(1e-9));
        assertThat(extent(outline, false)).isEqualTo(3 * 0.008 + 0.006, within(1e-9));
        assertThat(lines).hasSize(8);
        // 10 mm towards the head is 10 mm up; the image's own middle lies half a row above the isocentre.
        double middle = outline.stream()
                .mapToDouble(PlannedStack.PlanePoint::downMeters)
                .average()
                .orElseThrow();
        assertThat(middle).isEqualTo(-0.010 + 0.0015, within(1e-9));
    }

    @Test
    void aTiltedSlabIsTiltedOnTheImage() {
        PlannedStack stack = PlannedStack.of(protocol("tse3d").with("tilt1", Math.toRadians(20)))
                .orElseThrow();

        List<PlannedStack.PlanePoint> outline = stack.outline(sagittal, 0);

        assertThat(outline).hasSize(4);
        double steepest = 0;
        for (int i = 0; i < 4; i++) {
            PlannedStack.PlanePoint a = outline.get(i);
            PlannedStack.PlanePoint b = outline.get((i + 1) % 4);
            double angle = Math.abs(Math.atan2(b.downMeters() - a.downMeters(), b.rightMeters() - a.rightMeters()));
            steepest = Math.max(steepest, Math.abs(Math.sin(2 * angle)));
        }
        assertThat(steepest).isEqualTo(Math.sin(Math.toRadians(40)), within(1e-6));
    }

    @Test
    void nothingIsDrawnOnImagesAlongTheSlicesNorForSequencesWithoutOneStack() {
        PlannedStack axial = PlannedStack.of(protocol("se2d")).orElseThrow();

        assertThat(axial.outline(PlaneOfVolume.of(Volumes.numbered(EncodingGeometry.AXIAL, 1), ViewPlane.AXIAL), 0))
                .isEmpty();
        assertThat(PlannedStack.of(protocol("localizer"))).isEmpty();
        assertThat(PlannedStack.of(protocol("fid"))).isEmpty();
    }

    private static double extent(List<PlannedStack.PlanePoint> points, boolean right) {
        double[] sorted = points.stream()
                .mapToDouble(p -> right ? p.rightMeters() : p.downMeters())
                .sorted()
                .toArray();
        return sorted[sorted.length - 1] - sorted[0];
    }
}
