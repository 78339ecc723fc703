package org.isocenter.app.viewer;

import javafx.geometry.HPos;
import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;

/** A black picture with text in its four corners and on its edges: what all panes of the viewer share. FX thread. */
abstract class Pane2D extends Region {
    private static final double MARGIN = 10;

    final PixelSurface surface = new PixelSurface();
    final Pane overlay = new Pane();
    final Label topLeft = label("pane-title");
    final Label topRight = cornerLabel();
    final Label bottomLeft = label("pane-text");
    final Label bottomRight = label("pane-text");
    final Label hint = label("pane-hint");
    private final Label left = label("pane-letter");
    private final Label right = label("pane-letter");
    private final Label top = label("pane-letter");
    private final Label bottom = label("pane-letter");
    private final Region focusFrame = new Region();
    private boolean stale = true;

    Pane2D() {
        getStyleClass().add("pane-2d");
        setMinSize(0, 0);
        overlay.setMouseTransparent(true);
        getChildren()
                .addAll(
                        surface.node(),
                        overlay,
                        topLeft,
                        topRight,
                        bottomLeft,
                        bottomRight,
                        left,
                        right,
                        top,
                        bottom,
                        hint,
                        focusFrame);
        focusFrame.getStyleClass().add("pane-focus");
        focusFrame.setMouseTransparent(true);
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(widthProperty());
        clip.heightProperty().bind(heightProperty());
        setClip(clip);
        setFocusTraversable(true);
    }

    private static Label label(String style) {
        Label label = new Label();
        label.getStyleClass().add(style);
        label.setMouseTransparent(true);
        return label;
    }

    /** What a narrow pane cannot show is cut off in the middle of the text, not at the number at its end. */
    private static Label cornerLabel() {
        Label label = label("pane-text");
        label.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        return label;
    }

    void setLetters(ViewportModel.EdgeLetters letters) {
        left.setText(letters.left());
        right.setText(letters.right());
        top.setText(letters.top());
        bottom.setText(letters.bottom());
    }

    /** Draws again at the next layout pass: once per frame, however often it is asked. */
    final void redraw() {
        stale = true;
        requestLayout();
    }

    /** Writes all pixels of {@link #surface} and sets the texts. */
    abstract void draw(double scale);

    @Override
    protected final void layoutChildren() {
        double w = getWidth();
        double h = getHeight();
        double scale = getScene() == null || getScene().getWindow() == null
                ? 1
                : getScene().getWindow().getOutputScaleX();
        int before = surface.argb().length;
        surface.resize(w, h, scale);
        overlay.resizeRelocate(0, 0, w, h);
        focusFrame.resizeRelocate(0, 0, w, h);
        if (stale || surface.argb().length != before) {
            stale = false;
            draw(scale);
            surface.show();
        }
        // The letter in the middle of the upper and lower edge stays clear.
        double text = Math.max(0, w / 2 - 3 * MARGIN);
        place(topLeft, text, HPos.LEFT, VPos.TOP);
        place(topRight, text, HPos.RIGHT, VPos.TOP);
        place(bottomLeft, text, HPos.LEFT, VPos.BOTTOM);
        place(bottomRight, text, HPos.RIGHT, VPos.BOTTOM);
        place(left, text, HPos.LEFT, VPos.CENTER);
        place(right, text, HPos.RIGHT, VPos.CENTER);
        place(top, text, HPos.CENTER, VPos.TOP);
        place(bottom, text, HPos.CENTER, VPos.BOTTOM);
        place(hint, w - 4 * MARGIN, HPos.CENTER, VPos.CENTER);
    }

    private void place(Label label, double largest, HPos horizontal, VPos vertical) {
        label.setVisible(!label.getText().isEmpty());
        double w = Math.min(Math.ceil(label.prefWidth(-1)), largest);
        double h = Math.ceil(label.prefHeight(w));
        label.resizeRelocate(
                switch (horizontal) {
                    case LEFT -> MARGIN;
                    case CENTER -> Math.rint((getWidth() - w) / 2);
                    case RIGHT -> getWidth() - MARGIN - w;
                },
                switch (vertical) {
                    case TOP -> MARGIN;
                    case CENTER -> Math.rint((getHeight() - h) / 2);
                    case BOTTOM, BASELINE -> getHeight() - MARGIN - h;
                },
                w,
                h);
    }
}
