package org.isocenter.app.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.ImageVolume;
import org.junit.jupiter.api.Test;

class ViewerModelTest {
    private final ViewerModel viewer = new ViewerModel();

    private static List<ImageVolume> localizer() {
        return List.of(
                Volumes.numbered(EncodingGeometry.AXIAL, 1),
                Volumes.numbered(EncodingGeometry.CORONAL, 1),
                Volumes.numbered(EncodingGeometry.SAGITTAL, 1));
    }

    @Test
    void eachVolumeOfALocalizerHasAViewportOfItsOwn() {
        viewer.show("localizer", localizer());

        for (ViewPlane plane : ViewPlane.values()) {
            assertThat(viewer.viewport(plane).cutProperty().get().isAcquired()).isTrue();
        }
    }

    @Test
    void aSingleSliceLeavesTheOtherViewportsToTheLocalizer() {
        viewer.show("localizer", localizer());
        viewer.show("slice", List.of(Volumes.numbered(EncodingGeometry.AXIAL, 1)));

        assertThat(viewer.viewport(ViewPlane.AXIAL).seriesText()).startsWith("slice");
        assertThat(viewer.viewport(ViewPlane.CORONAL).seriesText()).startsWith("localizer");
    }

    @Test
    void aThickVolumeIsCutInAllThreePlanes() {
        viewer.show("localizer", localizer());
        viewer.show("volume", List.of(Volumes.numbered(EncodingGeometry.AXIAL, 4)));

        for (ViewPlane plane : ViewPlane.values()) {
            assertThat(viewer.viewport(plane).seriesText()).startsWith("volume");
        }
    }

    @Test
    void scrollingOneViewportMovesThePositionThatAllShare() {
        viewer.show("volume", List.of(Volumes.numbered(EncodingGeometry.AXIAL, 9)));
        ViewportModel axial = viewer.viewport(ViewPlane.AXIAL);
        double before = viewer.positionProperty().get().z();

        axial.scroll(2);

        assertThat(axial.slice()).isEqualTo(6);
        assertThat(viewer.positionProperty().get().z() - before).isEqualTo(0.010, within(1e-12));
        axial.scroll(100);
        assertThat(axial.slice()).isEqualTo(8);
    }

    @Test
    void choosingAPointBringsTheOtherViewportsToIt() {
        viewer.show("volume", List.of(Volumes.numbered(EncodingGeometry.AXIAL, 9)));

        viewer.viewport(ViewPlane.AXIAL).choose(0.005, -0.005);

        assertThat(viewer.viewport(ViewPlane.SAGITTAL).slice()).isEqualTo(6);
        assertThat(viewer.viewport(ViewPlane.CORONAL).slice()).isEqualTo(1);
    }

    @Test
    void draggingRightWidensTheWindowAndDraggingDownDarkens() {
        viewer.show("volume", List.of(Volumes.numbered(EncodingGeometry.AXIAL, 9)));
        ViewportModel axial = viewer.viewport(ViewPlane.AXIAL);
        DisplayWindow before = axial.series().windowProperty().get();

        axial.dragWindow(50, 30);

        DisplayWindow after = axial.series().windowProperty().get();
        assertThat(after.width()).isGreaterThan(before.width());
        assertThat(after.level()).isGreaterThan(before.level());
        axial.reset();
        assertThat(axial.series().windowProperty().get()).isEqualTo(before);
    }

    @Test
    void newerImagesOfALiveScanKeepTheWindowThatAPersonChose() {
        viewer.showLive("scan", List.of(Volumes.numbered(EncodingGeometry.AXIAL, 2)));
        ViewportModel axial = viewer.viewport(ViewPlane.AXIAL);
        axial.dragWindow(80, 0);
        DisplayWindow chosen = axial.series().windowProperty().get();

        viewer.showLive("scan", List.of(Volumes.numbered(EncodingGeometry.AXIAL, 9)));

        assertThat(axial.series().windowProperty().get()).isEqualTo(chosen);
        assertThat(axial.cutProperty().get().slices()).isEqualTo(9);
    }

    @Test
    void zoomingKeepsThePointUnderTheCursorWhereItIs() {
        viewer.show("volume", List.of(Volumes.numbered(EncodingGeometry.AXIAL, 9)));
        ViewportModel axial = viewer.viewport(ViewPlane.AXIAL);
        double pixelsPerMeterAtOne = 1000;
        double cursorPixels = (0.01 - axial.centerRightMetersProperty().get()) * pixelsPerMeterAtOne;

        axial.zoomAbout(3, 0.01, 0);

        double after = (0.01 - axial.centerRightMetersProperty().get()) * pixelsPerMeterAtOne * 3;
        assertThat(after).isEqualTo(cursorPixels, within(1e-9));
    }

    @Test
    void theCursorTellsValueAndPlaceInThePatient() {
        viewer.show("volume", List.of(Volumes.numbered(EncodingGeometry.AXIAL, 1)));
        ViewportModel axial = viewer.viewport(ViewPlane.AXIAL);

        // Column 7, row 0: 3 columns of 2 mm left of and 3 rows of 3 mm in front of the isocentre.
        assertThat(axial.cursorText(0.0069, -0.0079)).isEqualTo("7.00 at L 5.9 A 9.4 H 0.0 mm");
        assertThat(axial.cursorText(1, 1)).isEmpty();
    }
}
