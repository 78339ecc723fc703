package org.isocenter.app.viewer;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.RawData;
import org.isocenter.model.Vec3;
import org.isocenter.recon.spectrum.Measurement;

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
    private final ObservableList<ShownSeries> series = FXCollections.observableArrayList();
    private final ObjectProperty<ShownSeries> selected = new SimpleObjectProperty<>();
    private final ObjectProperty<Measurement> measurement = new SimpleObjectProperty<>();
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

    /** What the scan last shown has: its echoes, maps, and parts of its complex images. */
    public ObservableList<ShownSeries> series() {
        return FXCollections.unmodifiableObservableList(series);
    }

    /** The one of {@link #series} that is shown; null when none is. */
    public ReadOnlyObjectProperty<ShownSeries> selectedProperty() {
        return selected;
    }

    public ShownSeries selected() {
        return selected.get();
    }

    /** What was measured by the scan last shown, when that has no images; else null. */
    public ReadOnlyObjectProperty<Measurement> measurementProperty() {
        return measurement;
    }

    /** Shows another series of the scan; the place and the zoom stay. */
    public void choose(ShownSeries wanted) {
        if (wanted != null && wanted != selected.get() && series.contains(wanted)) {
            selected.set(wanted);
            assign();
        }
    }

    /** So many series further, if there are. */
    public void choose(int further) {
        int at = series.indexOf(selected.get()) + further;
        if (at >= 0 && at < series.size()) {
            choose(series.get(at));
        }
    }

    /** Shows a scan that is done, and keeps it as the localizer when it has images in all three planes. */
    public void show(String title, List<ImageVolume> volumes) {
        if (volumes.isEmpty()) {
            return;
        }
        replace(ShownSeries.of(title, volumes, false));
        if (hasThreePlanes(volumes)) {
            localizer = selected.get();
        }
    }

    /** Shows this scan's k-space, and no measurement of another scan. */
    public void follow(RawData raw) {
        measurement.set(null);
        kSpace.follow(raw);
    }

    /** Shows what a scan without images has measured. */
    public void show(Measurement newMeasurement) {
        measurement.set(newMeasurement);
    }

    /** Shows the newest images of the scan under way. */
    public void showLive(String title, List<ImageVolume> volumes) {
        if (volumes.isEmpty()) {
            return;
        }
        List<List<ImageVolume>> newer = ShownSeries.together(volumes);
        boolean same = selected.get() != null
                && selected.get().isLive()
                && selected.get().title().equals(title)
                && newer.size() == series.size();
        if (same) {
            for (int i = 0; i < newer.size(); i++) {
                series.get(i).update(newer.get(i));
            }
            assign();
        } else {
            replace(ShownSeries.of(title, volumes, true));
        }
    }

    /** The scan under way has ended: what it showed last stays, and is no longer called live. */
    public void endLive() {
        if (selected.get() != null && selected.get().isLive()) {
            show(
                    selected.get().title(),
                    series.stream().flatMap(each -> each.volumes().stream()).toList());
        }
    }

    /** Forgets all images: another patient. */
    public void clear() {
        series.clear();
        selected.set(null);
        measurement.set(null);
        localizer = null;
        kSpace.clear();
        viewports.values().forEach(v -> v.show(null, null));
    }

    /** The end of a scan that was seen live changes neither what is looked at nor from where. */
    private void replace(List<ShownSeries> newSeries) {
        ShownSeries before = selected.get();
        boolean goesOn = before != null
                && before.isLive()
                && before.title().equals(newSeries.get(0).title());
        series.setAll(newSeries);
        selected.set(newSeries.stream()
                .filter(each -> goesOn && each.name().equals(before.name()))
                .findFirst()
                .orElse(newSeries.get(0)));
        measurement.set(null);
        if (goesOn) {
            assign();
            return;
        }
        ImageVolume first = selected.get().volumes().get(0);
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
        ShownSeries shown = selected.get();
        PlaneOfVolume acquired = acquired(shown, plane);
        if (acquired != null) {
            viewport.show(shown, acquired);
            return;
        }
        PlaneOfVolume through = PlaneOfVolume.of(shown.volumes().get(0), plane);
        double thin = Math.min(through.widthMeters(), through.heightMeters());
        double wide = Math.max(through.widthMeters(), through.heightMeters());
        PlaneOfVolume localized = localizer == null ? null : acquired(localizer, plane);
        if (localized != null && thin < WORTH_SEEING * wide) {
            viewport.show(localizer, localized);
        } else {
            viewport.show(shown, through);
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
