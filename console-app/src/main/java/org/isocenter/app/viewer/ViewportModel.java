package org.isocenter.app.viewer;

import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import org.isocenter.app.text.Messages;
import org.isocenter.model.Unit;
import org.isocenter.model.Vec3;

/** One viewport: which cut it shows, how large, and what stands around it. FX thread. */
public final class ViewportModel {
    private static final double SMALLEST_ZOOM = 0.25;
    private static final double LARGEST_ZOOM = 32;

    private final ViewPlane plane;
    private final ObjectProperty<Vec3> position;
    private final ReadOnlyObjectWrapper<PlaneOfVolume> cut = new ReadOnlyObjectWrapper<>();
    private final DoubleProperty zoom = new SimpleDoubleProperty(1);
    private final DoubleProperty centerRightMeters = new SimpleDoubleProperty();
    private final DoubleProperty centerDownMeters = new SimpleDoubleProperty();
    private ShownSeries series;

    /** @param position the linked position, shared by all viewports */
    ViewportModel(ViewPlane plane, ObjectProperty<Vec3> position) {
        this.plane = plane;
        this.position = position;
    }

    public ViewPlane plane() {
        return plane;
    }

    /** What is shown; null when nothing is. */
    public ReadOnlyObjectProperty<PlaneOfVolume> cutProperty() {
        return cut.getReadOnlyProperty();
    }

    /** The series that the cut is of; null when nothing is shown. */
    public ShownSeries series() {
        return series;
    }

    void show(ShownSeries newSeries, PlaneOfVolume newCut) {
        series = newSeries;
        cut.set(newCut);
    }

    public ObjectProperty<Vec3> positionProperty() {
        return position;
    }

    /** 1 fits the whole cut into the viewport. */
    public DoubleProperty zoomProperty() {
        return zoom;
    }

    public DoubleProperty centerRightMetersProperty() {
        return centerRightMeters;
    }

    public DoubleProperty centerDownMetersProperty() {
        return centerDownMeters;
    }

    /** The cut now shown, from 0; -1 when nothing is. */
    public int slice() {
        return cut.get() == null ? -1 : cut.get().sliceAt(position.get());
    }

    /** So many cuts further; stays within the volume. Moves the linked position. */
    public void scroll(int cuts) {
        PlaneOfVolume c = cut.get();
        if (c != null && cuts != 0) {
            int wanted = Math.max(0, Math.min(c.slices() - 1, slice() + cuts));
            position.set(c.ontoSlice(position.get(), wanted));
        }
    }

    /** Makes the point at these plane coordinates the linked position, if it is inside the image. */
    public void choose(double rightMeters, double downMeters) {
        PlaneOfVolume c = cut.get();
        if (c != null && !Float.isNaN(c.valueAt(rightMeters, downMeters, slice()))) {
            position.set(c.pointMeters(rightMeters, downMeters, slice()));
        }
    }

    /** Zooms about a point that stays where it is. */
    public void zoomAbout(double factor, double rightMeters, double downMeters) {
        double before = zoom.get();
        double after = Math.max(SMALLEST_ZOOM, Math.min(LARGEST_ZOOM, before * factor));
        centerRightMeters.set(rightMeters + (centerRightMeters.get() - rightMeters) * before / after);
        centerDownMeters.set(downMeters + (centerDownMeters.get() - downMeters) * before / after);
        zoom.set(after);
    }

    public void pan(double rightMeters, double downMeters) {
        centerRightMeters.set(centerRightMeters.get() + rightMeters);
        centerDownMeters.set(centerDownMeters.get() + downMeters);
    }

    /** Window and level by so many pixels of drag. */
    public void dragWindow(double rightPixels, double downPixels) {
        if (series != null) {
            series.dragWindow(rightPixels, downPixels);
        }
    }

    /** Whole image, window as it was found. */
    public void reset() {
        zoom.set(1);
        centerRightMeters.set(0);
        centerDownMeters.set(0);
        if (series != null) {
            series.resetWindow();
        }
    }

    /** The letters at the right, bottom, left and top edge; empty when nothing is shown. */
    public EdgeLetters letters() {
        PlaneOfVolume c = cut.get();
        if (c == null) {
            return new EdgeLetters("", "", "", "");
        }
        return new EdgeLetters(
                OrientationLetters.of(c.right()),
                OrientationLetters.of(c.down()),
                OrientationLetters.of(c.right().scaled(-1)),
                OrientationLetters.of(c.down().scaled(-1)));
    }

    /** Patient directions at the edges. */
    public record EdgeLetters(String right, String bottom, String left, String top) {}

    /** "localizer · 3/8", or for a cut that was not acquired as such "T1 3D · cut 40/128". */
    public String seriesText() {
        PlaneOfVolume c = cut.get();
        if (c == null) {
            return "";
        }
        String key = c.isAcquired() ? "viewer.slice" : "viewer.cut";
        return Messages.text(key, series.caption(), slice() + 1, c.slices());
    }

    public String windowText() {
        if (series == null) {
            return "";
        }
        DisplayWindow w = series.windowProperty().get();
        String text = Messages.text("viewer.window", number(w.width()), number(w.level()));
        return text + series.quantity().suffix();
    }

    /** Value and patient position under the cursor; empty outside the image. */
    public String cursorText(double rightMeters, double downMeters) {
        PlaneOfVolume c = cut.get();
        if (c == null) {
            return "";
        }
        float value = c.valueAt(rightMeters, downMeters, slice());
        return Float.isNaN(value)
                ? ""
                : Messages.text(
                        "viewer.cursor",
                        valueText(value),
                        positionText(c.pointMeters(rightMeters, downMeters, slice())));
    }

    private String valueText(float value) {
        return number(value) + series.quantity().suffix();
    }

    /** "L 12.0 P 3.5 H 40.0 mm". */
    static String positionText(Vec3 meters) {
        return signed(meters.x(), "L", "R") + " " + signed(meters.y(), "P", "A") + " " + signed(meters.z(), "H", "F")
                + " " + Unit.METER.displaySymbol();
    }

    private static String signed(double meters, String positive, String negative) {
        double shown = Math.rint(meters / Unit.METER.displayScale() * 10) / 10;
        return (shown < 0 ? negative : positive) + " " + String.format(java.util.Locale.ROOT, "%.1f", Math.abs(shown));
    }

    /** Three significant digits or whole numbers. */
    static String number(double value) {
        double size = Math.abs(value);
        if (size == 0 || size >= 100 && size < 1e6) {
            return Long.toString(Math.round(value));
        }
        return String.format(java.util.Locale.ROOT, size >= 1e6 || size < 1e-2 ? "%.2e" : "%.3g", value);
    }
}
