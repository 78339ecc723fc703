package org.isocenter.recon.spectrum;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.isocenter.recon.DrawnPicture;
import org.isocenter.recon.PngImage;

/** The panels of a measurement side by side, with numbers at their axes. Needs neither a display nor fonts. */
public final class SpectrumPicture {
    private static final int WIDTH = 480;
    private static final int HEIGHT = 360;
    private static final int LEFT = 72;
    private static final int RIGHT = 20;
    private static final int TOP = 20;
    private static final int BOTTOM = 44;
    private static final int TICKS = 5;
    private static final double POINT = 7;

    private static final Color PAPER = Color.WHITE;
    private static final Color GRID = new Color(0xdddddd);
    private static final Color INK = new Color(0x333333);
    private static final Color CURVE = new Color(0x0b6fa4);
    private static final Color POINTS = new Color(0xc0392b);

    private SpectrumPicture() {}

    /** Writes a PNG; an existing file is replaced by a whole one or not at all. */
    public static void writePng(Measurement measurement, Path file) throws IOException {
        of(measurement).write(file);
    }

    /** In colour. */
    public static PngImage of(Measurement measurement) {
        return DrawnPicture.toKeep(draw(measurement));
    }

    private static BufferedImage draw(Measurement measurement) {
        List<Panel> panels = measurement.panels();
        BufferedImage image = new BufferedImage(WIDTH * panels.size(), HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setColor(PAPER);
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            for (int i = 0; i < panels.size(); i++) {
                draw(panels.get(i), graphics, i * WIDTH);
            }
        } finally {
            graphics.dispose();
        }
        return image;
    }

    private static void draw(Panel panel, Graphics2D graphics, int offset) {
        boolean milliseconds = panel.xUnit().equals("s");
        Axis x = Axis.of(milliseconds ? 1e3 : 1, panel.x(), panel.pointX());
        Axis y = Axis.ofAmounts(panel.y(), panel.pointY());
        int bottom = HEIGHT - BOTTOM;
        graphics.setStroke(new BasicStroke(1));
        for (double tick : x.ticks(TICKS)) {
            double at = offset + LEFT + x.place(tick) * (WIDTH - LEFT - RIGHT);
            graphics.setColor(GRID);
            graphics.draw(new Line2D.Double(at, TOP, at, bottom));
            graphics.setColor(INK);
            String text = x.text(tick);
            TinyTextPicture.draw(graphics, text, (int) at - TinyTextPicture.width(text) / 2, bottom + 8);
        }
        for (double tick : y.ticks(TICKS)) {
            double at = bottom - y.place(tick) * (bottom - TOP);
            graphics.setColor(GRID);
            graphics.draw(new Line2D.Double(offset + LEFT, at, offset + WIDTH - RIGHT, at));
            graphics.setColor(INK);
            String text = y.text(tick);
            TinyTextPicture.draw(
                    graphics,
                    text,
                    offset + LEFT - 6 - TinyTextPicture.width(text),
                    (int) at - TinyTextPicture.HEIGHT / 2);
        }
        String unit = milliseconds ? "ms" : panel.xUnit();
        TinyTextPicture.draw(
                graphics,
                unit,
                offset + WIDTH - RIGHT - TinyTextPicture.width(unit),
                HEIGHT - TinyTextPicture.HEIGHT - 6);
        graphics.setColor(CURVE);
        graphics.setStroke(new BasicStroke(1.5f));
        for (int i = 1; i < panel.x().length; i++) {
            graphics.draw(new Line2D.Double(
                    offset + across(x, panel.x()[i - 1]),
                    down(y, panel.y()[i - 1]),
                    offset + across(x, panel.x()[i]),
                    down(y, panel.y()[i])));
        }
        graphics.setColor(POINTS);
        for (int i = 0; i < panel.pointX().length; i++) {
            graphics.fill(new Ellipse2D.Double(
                    offset + across(x, panel.pointX()[i]) - POINT / 2,
                    down(y, panel.pointY()[i]) - POINT / 2,
                    POINT,
                    POINT));
        }
    }

    private static double across(Axis axis, double value) {
        return LEFT + axis.place(value * axis.scale()) * (WIDTH - LEFT - RIGHT);
    }

    private static double down(Axis axis, double value) {
        return HEIGHT - BOTTOM - axis.place(value) * (HEIGHT - BOTTOM - TOP);
    }
}
