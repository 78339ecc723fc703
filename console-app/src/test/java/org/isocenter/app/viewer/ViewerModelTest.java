package org.isocenter.app.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Quantity;
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

    private static ImageVolume map(String name, Quantity quantity, float... values) {
        ImageVolume image = Volumes.numbered(EncodingGeometry.AXIAL, 1);
        float[] pixels = new float[image.pixels().length];
        System.arraycopy(values, 0, pixels, 0, values.length);
        return image.withMap(name, quantity, pixels);
    }

    @Test
    void echoesAndMapsAreSeriesOfTheScanThatAreShownOneAtATime() {
        ImageVolume echo = Volumes.numbered(EncodingGeometry.AXIAL, 1);
        viewer.show("scan", List.of(echo, map("echo 2", Quantity.MAGNITUDE, 5), map("T2* map", Quantity.T2_STAR, 40)));
        assertThat(viewer.series()).extracting(ShownSeries::name).containsExactly("Images", "echo 2", "T2* map");
        ViewportModel axial = viewer.viewport(ViewPlane.AXIAL);
        assertThat(axial.cutProperty().get().volume()).isSameAs(echo);
        assertThat(axial.windowText()).doesNotContain("ms");

        axial.zoomProperty().set(3);
        viewer.choose(2);
        assertThat(viewer.selected().name()).isEqualTo("T2* map");
        assertThat(axial.cursorText(-0.007, -0.007)).startsWith("40.0 ms at");
        assertThat(axial.windowText()).endsWith("ms");
        assertThat(axial.zoomProperty().get())
                .as("another series of the same place")
                .isEqualTo(3);
        viewer.choose(1);
        assertThat(viewer.selected().name()).as("there is none further").isEqualTo("T2* map");
        viewer.choose(-1);
        assertThat(viewer.selected().name()).isEqualTo("echo 2");
    }

    @Test
    void thePlanesOfALocalizerStayTogetherForEachEcho() {
        List<ImageVolume> echoes = new ArrayList<>(localizer());
        echoes.addAll(localizer());
        localizer().forEach(each -> echoes.add(each.withMap("x, phase", Quantity.PHASE, each.pixels())));
        viewer.show("localizer", echoes);
        assertThat(viewer.series()).hasSize(3);
        assertThat(viewer.series().get(2).name()).isEqualTo("phase");
        assertThat(viewer.series())
                .allSatisfy(each -> assertThat(each.volumes()).hasSize(3));
    }

    @Test
    void theSeriesThatAPersonChoseStaysWhileAScanRuns() {
        List<ImageVolume> two =
                List.of(Volumes.numbered(EncodingGeometry.AXIAL, 1), map("echo 2", Quantity.MAGNITUDE, 5));
        viewer.showLive("scan", two);
        viewer.choose(1);
        viewer.showLive("scan", two);
        assertThat(viewer.selected().name()).isEqualTo("echo 2");
    }

    @Test
    void theWindowOfAMapLeavesOutWhereThereIsNoValueAndThatOfSignedValuesIsEvenAboutZero() {
        float[] some = new float[48];
        for (int i = 10; i < 48; i++) {
            some[i] = 60 + i;
        }
        DisplayWindow relaxation = DisplayWindow.fitting(List.of(map("T2 map", Quantity.T2, some)));
        assertThat(relaxation.black()).isZero();
        assertThat(relaxation.width()).isBetween(105.0, 115.0);
        DisplayWindow field = DisplayWindow.fitting(List.of(map("field map", Quantity.FIELD_OFFSET, -30, 20, 10, -5)));
        assertThat(field.level()).isZero();
        assertThat(field.width()).isEqualTo(60, within(1e-4));
        assertThat(DisplayWindow.fitting(List.of(map("phase", Quantity.PHASE, 1))))
                .isEqualTo(new DisplayWindow(2 * Math.PI, 0));
    }
}
