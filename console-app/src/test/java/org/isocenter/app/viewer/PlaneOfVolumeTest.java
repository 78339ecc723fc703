package org.isocenter.app.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlaneOfVolumeTest {
    private static EncodingGeometry standard(ViewPlane plane) {
        return switch (plane) {
            case AXIAL -> EncodingGeometry.AXIAL;
            case CORONAL -> EncodingGeometry.CORONAL;
            case SAGITTAL -> EncodingGeometry.SAGITTAL;
        };
    }

    @ParameterizedTest
    @EnumSource(ViewPlane.class)
    void anAcquiredSliceIsShownAsAcquiredInItsOwnPlaneOnly(ViewPlane plane) {
        ImageVolume volume = Volumes.numbered(standard(plane), 5);

        for (ViewPlane pane : ViewPlane.values()) {
            assertThat(PlaneOfVolume.of(volume, pane).isAcquired()).isEqualTo(pane == plane);
        }
        PlaneOfVolume cut = PlaneOfVolume.of(volume, plane);
        assertThat(cut.columns()).isEqualTo(8);
        assertThat(cut.rows()).isEqualTo(6);
        assertThat(cut.valueAt(-cut.widthMeters() / 2 + 1e-6, -cut.heightMeters() / 2 + 1e-6, 2))
                .isEqualTo(200);
        assertThat(cut.valueAt(cut.widthMeters() / 2 - 1e-6, -cut.heightMeters() / 2 + 1e-6, 2))
                .isEqualTo(207);
    }

    @Test
    void everyViewOfOneVolumeShowsTheSameVoxelAtTheSamePoint() {
        EncodingGeometry oblique = turned(EncodingGeometry.SAGITTAL, 20);
        ImageVolume volume = Volumes.numbered(oblique, 7);
        Vec3 point = volume.geometry().voxelMeters(3, 4, 5);

        for (ViewPlane pane : ViewPlane.values()) {
            PlaneOfVolume cut = PlaneOfVolume.of(volume, pane);
            float value = cut.valueAt(cut.rightOf(point), cut.below(point), cut.sliceAt(point));
            assertThat(value).as("%s", pane).isEqualTo(volume.pixel(3, 4, 5));
        }
    }

    @Test
    void anImageAcquiredUpsideDownIsHungLikeEveryOther() {
        EncodingGeometry flipped = new EncodingGeometry(Vec3.ZERO, Vec3.X.scaled(-1), Vec3.Y.scaled(-1), Vec3.Z);
        PlaneOfVolume cut = PlaneOfVolume.of(Volumes.numbered(flipped, 1), ViewPlane.AXIAL);

        assertThat(OrientationLetters.of(cut.right())).isEqualTo("L");
        assertThat(OrientationLetters.of(cut.down())).isEqualTo("P");
        assertThat(cut.valueAt(cut.widthMeters() / 2 - 1e-6, cut.heightMeters() / 2 - 1e-6, 0))
                .isEqualTo(0);
    }

    @Test
    void aPointOnTheScreenAndItsPlaceInThePatientBelongTogether() {
        PlaneOfVolume cut =
                PlaneOfVolume.of(Volumes.numbered(turned(EncodingGeometry.CORONAL, 30), 4), ViewPlane.AXIAL);

        Vec3 point = cut.pointMeters(0.004, -0.002, 1);

        assertThat(cut.rightOf(point)).isCloseTo(0.004, within(1e-12));
        assertThat(cut.below(point)).isCloseTo(-0.002, within(1e-12));
        assertThat(cut.sliceAt(point)).isEqualTo(1);
    }

    @Test
    void edgesAreNamedByPatientDirection() {
        ViewerModel viewer = new ViewerModel();
        viewer.show("brain", List.of(Volumes.numbered(EncodingGeometry.AXIAL, 6)));

        assertThat(viewer.viewport(ViewPlane.AXIAL).letters())
                .isEqualTo(new ViewportModel.EdgeLetters("L", "P", "R", "A"));
        assertThat(viewer.viewport(ViewPlane.CORONAL).letters())
                .isEqualTo(new ViewportModel.EdgeLetters("L", "F", "R", "H"));
        assertThat(viewer.viewport(ViewPlane.SAGITTAL).letters())
                .isEqualTo(new ViewportModel.EdgeLetters("P", "F", "A", "H"));
    }

    @Test
    void anObliqueEdgeHasBothLetters() {
        assertThat(OrientationLetters.of(new Vec3(0.8, -0.6, 0))).isEqualTo("LA");
        assertThat(OrientationLetters.of(new Vec3(0.05, 0.1, -0.99).normalized()))
                .isEqualTo("F");
    }

    private static EncodingGeometry turned(EncodingGeometry geometry, double degrees) {
        Rotation turn = Rotation.about(new Vec3(1, 2, 3), Math.toRadians(degrees));
        return new EncodingGeometry(
                new Vec3(0.01, -0.02, 0.03),
                turn.apply(geometry.read()),
                turn.apply(geometry.phase()),
                turn.apply(geometry.slice()));
    }
}
