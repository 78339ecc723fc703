package org.isocenter.app.viewer;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.isocenter.app.text.Messages;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Quantity;

/**
 * Volumes of one scan that are seen together, at most one for each orientation, with the display window they share: all planes of
 * a localizer, or one echo, one map, one part of a complex image. FX thread.
 */
public final class ShownSeries {
    /** As parallel as two stacks of one scan are. */
    private static final double PARALLEL = 0.999;

    private final String title;
    private final boolean live;
    private final ObjectProperty<DisplayWindow> window = new SimpleObjectProperty<>();
    private List<ImageVolume> volumes;
    private boolean windowTouched;

    /** @param live whether the scan is still running */
    ShownSeries(String title, List<ImageVolume> volumes, boolean live) {
        this.title = title;
        this.live = live;
        this.volumes = List.copyOf(volumes);
        window.set(DisplayWindow.fitting(volumes));
    }

    /**
     * The volumes of a scan by what is seen together: the first of each orientation, then the second, and so on.
     *
     * @return in the scan's order; never empty
     */
    static List<ShownSeries> of(String title, List<ImageVolume> all, boolean live) {
        return together(all).stream()
                .map(each -> new ShownSeries(title, each, live))
                .toList();
    }

    static List<List<ImageVolume>> together(List<ImageVolume> all) {
        List<List<ImageVolume>> sets = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            ImageVolume volume = all.get(i);
            long before = all.subList(0, i).stream()
                    .filter(other -> isParallel(other, volume))
                    .count();
            while (sets.size() <= before) {
                sets.add(new ArrayList<>());
            }
            sets.get((int) before).add(volume);
        }
        return sets;
    }

    private static boolean isParallel(ImageVolume one, ImageVolume other) {
        return Math.abs(one.geometry().slice().dot(other.geometry().slice())) > PARALLEL;
    }

    public String title() {
        return title;
    }

    /** What tells it from the scan's other series: "echo 2", "T2* map"; of several planes what they share. */
    public String name() {
        ImageVolume first = volumes.get(0);
        if (volumes.size() == 1 && !first.name().isEmpty()) {
            return first.name();
        }
        String kind = quantity() == Quantity.MAGNITUDE
                ? Messages.text("viewer.images")
                : quantity().words();
        return first.contrast() == 0 ? kind : Messages.text("viewer.echo", kind, first.contrast() + 1);
    }

    /** The scan's title, and the series' own name where it has one. */
    String caption() {
        ImageVolume first = volumes.get(0);
        boolean plain = quantity() == Quantity.MAGNITUDE && first.contrast() == 0;
        return plain && (volumes.size() > 1 || first.name().isEmpty()) ? title : title + " · " + name();
    }

    public Quantity quantity() {
        return volumes.get(0).quantity();
    }

    Palette palette() {
        return Palette.of(quantity());
    }

    public boolean isLive() {
        return live;
    }

    public List<ImageVolume> volumes() {
        return volumes;
    }

    /** Newer images of the same scan. The window follows until a person has changed it. */
    void update(List<ImageVolume> newer) {
        volumes = List.copyOf(newer);
        if (!windowTouched) {
            window.set(DisplayWindow.fitting(newer));
        }
    }

    public ObjectProperty<DisplayWindow> windowProperty() {
        return window;
    }

    void dragWindow(double rightPixels, double downPixels) {
        windowTouched = true;
        window.set(window.get().dragged(rightPixels, downPixels));
    }

    void resetWindow() {
        windowTouched = false;
        window.set(DisplayWindow.fitting(volumes));
    }
}
