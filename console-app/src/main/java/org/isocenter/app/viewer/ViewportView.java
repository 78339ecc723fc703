package org.isocenter.app.viewer;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.shape.Line;
import javafx.util.Duration;
import org.isocenter.app.text.Messages;
import org.isocenter.model.Vec3;

/**
 * One viewport on the screen. Mouse: drag changes window and level, shift or middle drag moves, the wheel goes through the
 * slices, ctrl+wheel zooms, a click sets the linked position, a double click fills the viewer. Keys: see {@link #onKey}.
 */
final class ViewportView extends Pane2D {
    private static final double CLICK_SLOP = 3;
    private static final double ZOOM_STEP = 1.15;
    private static final double FILLED = 0.94;

    private final ViewerModel viewer;
    private final ViewportModel model;
    private final Runnable maximise;
    private final CutRenderer renderer = new CutRenderer();
    private final InvalidationListener changed = o -> redraw();
    private final WeakInvalidationListener weakChanged = new WeakInvalidationListener(changed);
    private final Map<ViewPlane, Line> crossLines = new EnumMap<>(ViewPlane.class);
    private final PlanOverlay plan = new PlanOverlay();
    private final ColorBar colorBar = new ColorBar();
    private ShownSeries listenedTo;
    private double pressX;
    private double pressY;
    private double lastX;
    private double lastY;
    private double cursorX = Double.NaN;
    private double cursorY = Double.NaN;
    private boolean dragged;

    /** @param maximise makes this the only pane, or shows all again */
    ViewportView(ViewerModel viewer, ViewPlane plane, Runnable maximise) {
        this.viewer = viewer;
        this.model = viewer.viewport(plane);
        this.maximise = maximise;
        setId("viewport-" + plane.key());
        getStyleClass().add(plane.key());
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleText(Messages.text("viewer.plane." + plane.key()));
        setAccessibleHelp(Messages.text("viewer.help"));
        Tooltip tooltip = new Tooltip(Messages.text("viewer.help"));
        tooltip.setShowDelay(Duration.seconds(2));
        tooltip.setShowDuration(Duration.seconds(20));
        Tooltip.install(topLeft, tooltip);
        topLeft.setMouseTransparent(false);
        for (ViewPlane other : ViewPlane.values()) {
            Line line = new Line();
            line.getStyleClass().addAll("cross-line", other.key());
            line.setVisible(false);
            crossLines.put(other, line);
            overlay.getChildren().add(line);
        }
        overlay.getChildren().addAll(plan, colorBar);
        viewer.plannedProperty().addListener(changed);
        model.cutProperty().addListener(changed);
        viewer.positionProperty().addListener(changed);
        model.zoomProperty().addListener(changed);
        model.centerRightMetersProperty().addListener(changed);
        model.centerDownMetersProperty().addListener(changed);
        for (ViewPlane other : ViewPlane.values()) {
            viewer.viewport(other).cutProperty().addListener(changed);
        }
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::onPress);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::onDrag);
        addEventHandler(MouseEvent.MOUSE_RELEASED, this::onRelease);
        addEventHandler(MouseEvent.MOUSE_MOVED, this::onMove);
        addEventHandler(MouseEvent.MOUSE_EXITED, e -> onExit());
        addEventHandler(ScrollEvent.SCROLL, this::onScroll);
        addEventHandler(KeyEvent.KEY_PRESSED, this::onKey);
    }

    private double pixelsPerMeter() {
        PlaneOfVolume cut = model.cutProperty().get();
        double fit = Math.min(getWidth() / cut.widthMeters(), getHeight() / cut.heightMeters());
        return fit * FILLED * model.zoomProperty().get();
    }

    private double rightMeters(double x) {
        return (x - getWidth() / 2) / pixelsPerMeter()
                + model.centerRightMetersProperty().get();
    }

    private double downMeters(double y) {
        return (y - getHeight() / 2) / pixelsPerMeter()
                + model.centerDownMetersProperty().get();
    }

    @Override
    void draw(double scale) {
        listenToWindow();
        topLeft.setText(title());
        setLetters(model.letters());
        topRight.setText(model.seriesText());
        PlaneOfVolume cut = model.cutProperty().get();
        if (cut == null) {
            Arrays.fill(surface.argb(), 0xFF000000);
            bottomLeft.setText("");
            bottomRight.setText("");
            crossLines.values().forEach(l -> l.setVisible(false));
            plan.setVisible(false);
            colorBar.setVisible(false);
            hint.setText(Messages.text("viewer.empty"));
            return;
        }
        hint.setText("");
        bottomLeft.setText(model.windowText());
        updateCursorText();
        renderer.draw(
                cut,
                model.slice(),
                model.series().windowProperty().get(),
                model.series().palette().argb(),
                surface.argb(),
                surface.width(),
                surface.height(),
                pixelsPerMeter() * scale,
                model.centerRightMetersProperty().get(),
                model.centerDownMetersProperty().get());
        crossLines.forEach((plane, line) -> drawCrossLine(cut, plane, line));
        drawPlan(cut);
        colorBar.show(model.series(), getWidth(), getHeight());
    }

    private void drawPlan(PlaneOfVolume cut) {
        PlannedStack stack = viewer.plannedProperty().get();
        if (stack == null) {
            plan.setVisible(false);
            return;
        }
        plan.show(stack, cut, model.slice(), p -> screenX(p.rightMeters()), p -> screenY(p.downMeters()));
    }

    private double screenX(double rightMeters) {
        return getWidth() / 2 + (rightMeters - model.centerRightMetersProperty().get()) * pixelsPerMeter();
    }

    private double screenY(double downMeters) {
        return getHeight() / 2 + (downMeters - model.centerDownMetersProperty().get()) * pixelsPerMeter();
    }

    private String title() {
        String plane = Messages.text("viewer.plane." + model.plane().key());
        boolean live = model.series() != null && model.series().isLive();
        return live ? Messages.text("viewer.live", plane) : plane;
    }

    private void listenToWindow() {
        if (listenedTo != model.series()) {
            if (listenedTo != null) {
                listenedTo.windowProperty().removeListener(weakChanged);
            }
            listenedTo = model.series();
            if (listenedTo != null) {
                listenedTo.windowProperty().addListener(weakChanged);
            }
        }
    }

    /** Where the cut that another viewport shows meets this one. */
    private void drawCrossLine(PlaneOfVolume cut, ViewPlane plane, Line line) {
        PlaneOfVolume other = viewer.viewport(plane).cutProperty().get();
        boolean visible = plane != model.plane()
                && other != null
                && Math.abs(other.normal().dot(cut.normal())) < 0.99;
        line.setVisible(visible);
        if (!visible) {
            return;
        }
        // n·(p − q) = 0 for p = here + a·right + b·down: a line at distance from the cut's own centre.
        Vec3 here = cut.pointMeters(0, 0, model.slice());
        Vec3 there = other.ontoSlice(
                viewer.positionProperty().get(), viewer.viewport(plane).slice());
        double nx = other.normal().dot(cut.right());
        double ny = other.normal().dot(cut.down());
        double distance = other.normal().dot(there.minus(here));
        double length = Math.hypot(nx, ny);
        double footRight = nx * distance / (length * length);
        double footDown = ny * distance / (length * length);
        double x = screenX(footRight);
        double y = screenY(footDown);
        double reach = getWidth() + getHeight() + Math.hypot(x, y);
        line.setStartX(x - ny / length * reach);
        line.setStartY(y + nx / length * reach);
        line.setEndX(x + ny / length * reach);
        line.setEndY(y - nx / length * reach);
    }

    private void onPress(MouseEvent e) {
        requestFocus();
        pressX = lastX = e.getX();
        pressY = lastY = e.getY();
        dragged = false;
        if (e.getButton() == MouseButton.PRIMARY && e.getClickCount() == 2) {
            maximise.run();
        }
        e.consume();
    }

    private void onDrag(MouseEvent e) {
        if (model.cutProperty().get() == null
                || !dragged && Math.hypot(e.getX() - pressX, e.getY() - pressY) < CLICK_SLOP) {
            return;
        }
        dragged = true;
        double dx = e.getX() - lastX;
        double dy = e.getY() - lastY;
        lastX = e.getX();
        lastY = e.getY();
        if (e.isMiddleButtonDown() || e.isShiftDown()) {
            model.pan(-dx / pixelsPerMeter(), -dy / pixelsPerMeter());
        } else {
            model.dragWindow(dx, dy);
        }
        onMove(e);
    }

    private void onRelease(MouseEvent e) {
        boolean click = !dragged && e.getButton() == MouseButton.PRIMARY && e.getClickCount() == 1;
        if (click && model.cutProperty().get() != null) {
            model.choose(rightMeters(e.getX()), downMeters(e.getY()));
        }
    }

    private void onMove(MouseEvent e) {
        cursorX = e.getX();
        cursorY = e.getY();
        updateCursorText();
    }

    private void onExit() {
        cursorX = Double.NaN;
        updateCursorText();
    }

    private void updateCursorText() {
        boolean over = !Double.isNaN(cursorX) && model.cutProperty().get() != null;
        bottomRight.setText(over ? model.cursorText(rightMeters(cursorX), downMeters(cursorY)) : "");
    }

    private void onScroll(ScrollEvent e) {
        if (model.cutProperty().get() == null || e.getDeltaY() == 0 && e.getDeltaX() == 0) {
            return;
        }
        double delta = e.getDeltaY() != 0 ? e.getDeltaY() : e.getDeltaX();
        if (e.isControlDown()) {
            model.zoomAbout(delta > 0 ? ZOOM_STEP : 1 / ZOOM_STEP, rightMeters(e.getX()), downMeters(e.getY()));
        } else {
            model.scroll(delta > 0 ? -1 : 1);
        }
        e.consume();
    }

    /**
     * Up, down, page up, page down: slices. Plus, minus: zoom. Shift+arrows: move. Ctrl+arrows: window and level. R: as at the
     * start. Comma, period: the series before and after. Enter: fill the viewer.
     */
    private void onKey(KeyEvent e) {
        if (model.cutProperty().get() == null) {
            return;
        }
        boolean handled = true;
        double pan = 20 / pixelsPerMeter();
        int right = e.getCode() == KeyCode.RIGHT ? 1 : e.getCode() == KeyCode.LEFT ? -1 : 0;
        int down = e.getCode() == KeyCode.DOWN ? 1 : e.getCode() == KeyCode.UP ? -1 : 0;
        boolean arrow = right != 0 || down != 0;
        if (arrow && e.isShiftDown()) {
            model.pan(right * pan, down * pan);
        } else if (arrow && e.isControlDown()) {
            model.dragWindow(right * 10, down * 10);
        } else if (arrow) {
            model.scroll(right + down);
        } else {
            handled = onOtherKey(e);
        }
        if (handled) {
            e.consume();
        }
    }

    private boolean onOtherKey(KeyEvent e) {
        double centerRight = model.centerRightMetersProperty().get();
        double centerDown = model.centerDownMetersProperty().get();
        switch (e.getCode()) {
            case PAGE_UP -> model.scroll(-5);
            case PAGE_DOWN -> model.scroll(5);
            case HOME -> model.scroll(Integer.MIN_VALUE / 2);
            case END -> model.scroll(Integer.MAX_VALUE / 2);
            case PLUS, ADD, EQUALS -> model.zoomAbout(ZOOM_STEP, centerRight, centerDown);
            case MINUS, SUBTRACT -> model.zoomAbout(1 / ZOOM_STEP, centerRight, centerDown);
            case R -> model.reset();
            case COMMA -> viewer.choose(-1);
            case PERIOD -> viewer.choose(1);
            case ENTER -> maximise.run();
            default -> {
                return false;
            }
        }
        return true;
    }
}
