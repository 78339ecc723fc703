package org.isocenter.app.viewer;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Vec3;

/**
 * The three linked viewports. A scan that has images in a viewport's plane is shown there; a viewport without falls back to
 * a cut through the scan, when that is thick enough to be worth seeing, and else to the last localizer. FX thread.
 */
public final class ViewerModel {
    /** A cut narrower than this share of its length says less than the localizer does. */
    private static final double WORTH_SEEING = 1 / 3.0;

    private final ObjectProperty<Vec3> position = new SimpleObjectProperty<>(Vec3.ZERO);
    private final Map<ViewPlane, ViewportModel> viewports = new EnumMap<>(ViewPlane.class);
    private final KSpaceModel kSpace = new KSpaceModel();
    private final ObjectProperty<PlannedStack> planned = new SimpleObjectProperty<>();
    private ShownSeries selected;
    private ShownSeries localizer;

    public ViewerModel() {
        for (ViewPlane plane : ViewPlane.values()) {
            viewports.put(plane, new ViewportModel(plane, position));
        }
    }

    public ViewportModel viewport(ViewPlane plane) {
        return viewports.get(plane);
    }

    public KSpaceModel kSpace() {
        return kSpace;
    }

    /** Where all viewports look, in patient LPS. */
    public ObjectProperty<Vec3> positionProperty() {
        return position;
    }

    /** Where the scan that is being edited will look; null when none is. */
    public ObjectProperty<PlannedStack> plannedProperty() {
        return planned;
    }

    /** The series last shown, or null. */
    public ShownSeries selected() {
        return selected;
    }

    /** Shows a scan that is done, and keeps it as the localizer when it has images in all three planes. */
    public void show(String title, List<ImageVolume> volumes) {
        if (volumes.isEmpty()) {
            return;
        }
        replace(new ShownSeries(title, volumes, false));
        if (hasThreePlanes(volumes)) {
            localizer = selected;
        }
    }

    /** Shows the newest images of the scan under way. */
    public void showLive(String title, List<ImageVolume> volumes) {
        if (volumes.isEmpty()) {
            return;
        }
        if (selected != null && selected.isLive() && selected.title().equals(title)) {
            selected.update(volumes);
            assign();
        } else {
            replace(new ShownSeries(title, volumes, true));
        }
    }

    /** The scan under way has ended: what it showed last stays, and is no longer called live. */
    public void endLive() {
        if (selected != null && selected.isLive()) {
            show(selected.title(), selected.volumes());
        }
    }

    /** Forgets all images: another patient. */
    public void clear() {
        selected = null;
        localizer = null;
        kSpace.clear();
        viewports.values().forEach(v -> v.show(null, null));
    }

    private void replace(ShownSeries series) {
        selected = series;
        ImageVolume first = series.volumes().get(0);
        position.set(PlaneOfVolume.of(first, ViewPlane.AXIAL).centerMeters());
        for (ViewportModel viewport : viewports.values()) {
            viewport.zoomProperty().set(1);
            viewport.centerRightMetersProperty().set(0);
            viewport.centerDownMetersProperty().set(0);
        }
        assign();
    }

    private void assign() {
        for (ViewportModel viewport : viewports.values()) {
            assign(viewport);
        }
    }

    private void assign(ViewportModel viewport) {
        ViewPlane plane = viewport.plane();
        PlaneOfVolume acquired = acquired(selected, plane);
        if (acquired != null) {
            viewport.show(selected, acquired);
            return;
        }
        PlaneOfVolume through = PlaneOfVolume.of(selected.volumes().get(0), plane);
        double thin = Math.min(through.widthMeters(), through.heightMeters());
        double wide = Math.max(through.widthMeters(), through.heightMeters());
        PlaneOfVolume localized = localizer == null ? null : acquired(localizer, plane);
        if (localized != null && thin < WORTH_SEEING * wide) {
            viewport.show(localizer, localized);
        } else {
            viewport.show(selected, through);
        }
    }

    private static PlaneOfVolume acquired(ShownSeries series, ViewPlane plane) {
        for (ImageVolume volume : series.volumes()) {
            PlaneOfVolume cut = PlaneOfVolume.of(volume, plane);
            if (cut.isAcquired()) {
                return cut;
            }
        }
        return null;
    }

    private static boolean hasThreePlanes(List<ImageVolume> volumes) {
        for (ViewPlane plane : ViewPlane.values()) {
            if (volumes.stream().noneMatch(v -> PlaneOfVolume.of(v, plane).isAcquired())) {
                return false;
            }
        }
        return true;
    }
}
