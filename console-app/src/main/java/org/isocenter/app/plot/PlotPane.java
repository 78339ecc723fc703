package org.isocenter.app.plot;

import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.isocenter.recon.spectrum.Axis;
import org.isocenter.recon.spectrum.Panel;

/** One panel with axes on black, as the images stand. Draws no more than four numbers per pixel column. FX thread. */
public final class PlotPane extends Region {
    private static final double LEFT = 64;
    private static final double RIGHT = 16;
    private static final double TOP = 28;
    private static final double BOTTOM = 44;
    private static final double POINT = 7;
    private static final Color LINES = Color.web("#2b3644");
    private static final Color WORDS = Color.web("#9fb0c0");
    private static final Color LINE = Color.web("#4ea1ff");
    private static final Color POINTS = Color.web("#f2c94c");
    private static final Font FONT = Font.font("Inter", 12);

    private final Canvas canvas = new Canvas();
    private Panel panel;
    private String title = "";

    public PlotPane() {
        setMinSize(0, 0);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        getChildren().add(canvas);
    }

    /**
     * @param newPanel or null for none
     * @param newTitle what lies along y, with its unit
     */
    public void show(Panel newPanel, String newTitle) {
        panel = newPanel;
        title = newTitle;
        setAccessibleText(newTitle);
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.setFill(Color.BLACK);
        g.fillRect(0, 0, getWidth(), getHeight());
        if (panel != null && getWidth() > LEFT + RIGHT + 40 && getHeight() > TOP + BOTTOM + 40) {
            draw(g);
        }
    }

    private void draw(GraphicsContext g) {
        double width = getWidth() - LEFT - RIGHT;
        double height = getHeight() - TOP - BOTTOM;
        boolean milliseconds = panel.xUnit().equals("s");
        Axis x = Axis.of(milliseconds ? 1e3 : 1, panel.x(), panel.pointX());
        Axis y = Axis.ofAmounts(panel.y(), panel.pointY());
        g.setFont(FONT);
        g.setLineWidth(1);
        g.setStroke(LINES);
        g.setFill(WORDS);
        g.setTextBaseline(VPos.CENTER);
        g.setTextAlign(TextAlignment.RIGHT);
        for (double number : y.ticks((int) Math.max(2, height / 35))) {
            double at = Math.rint(TOP + (1 - y.place(number)) * height) + 0.5;
            g.strokeLine(LEFT, at, LEFT + width, at);
            g.fillText(y.text(number), LEFT - 8, at);
        }
        g.setTextAlign(TextAlignment.CENTER);
        for (double number : x.ticks((int) Math.max(2, width / 90))) {
            double at = Math.rint(LEFT + x.place(number) * width) + 0.5;
            g.strokeLine(at, TOP, at, TOP + height);
            g.fillText(x.text(number), at, TOP + height + 12);
        }
        g.setTextAlign(TextAlignment.LEFT);
        g.fillText(title, 10, TOP / 2);
        g.setTextAlign(TextAlignment.RIGHT);
        g.fillText(milliseconds ? "ms" : panel.xUnit(), LEFT + width, TOP + height + 32);
        drawLine(g, x, y, width, height);
        g.setFill(POINTS);
        for (int i = 0; i < panel.pointX().length; i++) {
            g.fillOval(
                    LEFT + x.place(panel.pointX()[i] * x.scale()) * width - POINT / 2,
                    TOP + (1 - y.place(panel.pointY()[i])) * height - POINT / 2,
                    POINT,
                    POINT);
        }
    }

    /** Of all values that fall into one pixel column the first, least, greatest and last. */
    private void drawLine(GraphicsContext g, Axis xAxis, Axis yAxis, double width, double height) {
        double[] x = panel.x();
        double[] y = panel.y();
        g.setStroke(LINE);
        g.setLineWidth(1.5);
        g.beginPath();
        boolean started = false;
        for (int i = 0; i < x.length; ) {
            double column = Math.rint(xAxis.place(x[i] * xAxis.scale()) * width);
            double first = y[i];
            double least = y[i];
            double most = y[i];
            double last = y[i];
            for (i++; i < x.length && Math.rint(xAxis.place(x[i] * xAxis.scale()) * width) == column; i++) {
                least = Math.min(least, y[i]);
                most = Math.max(most, y[i]);
                last = y[i];
            }
            if (!Double.isFinite(least + most)) {
                continue;
            }
            for (double value : new double[] {first, least, most, last}) {
                double down = TOP + (1 - yAxis.place(value)) * height;
                if (started) {
                    g.lineTo(LEFT + column, down);
                } else {
                    g.moveTo(LEFT + column, down);
                    started = true;
                }
            }
        }
        g.stroke();
    }
}
