package org.isocenter.app.viewer;

import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.isocenter.model.ImageVolume;

/** The volumes of one scan as they are shown, with the display window they share. FX thread. */
public final class ShownSeries {
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

    public String title() {
        return title;
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
