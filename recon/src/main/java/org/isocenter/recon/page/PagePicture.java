package org.isocenter.recon.page;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.recon.DrawnPicture;
import org.isocenter.recon.Picture;
import org.isocenter.recon.PngImage;
import org.isocenter.recon.spectrum.SpectrumPicture;

/** Draws items one below the other, on as many pages as they need. Needs neither a display nor fonts. One thread. */
public final class PagePicture {
    /** Of a page, in pixels: A4 upright. */
    public static final int WIDTH = 900;

    public static final int HEIGHT = 1272;

    private static final int MARGIN = 42;
    private static final int LARGEST_PICTURE = 560;
    private static final int GAP = 10;
    private static final double SMALL = 1.6;
    private static final double LARGE = 2.4;
    private static final double LINES = 1.6;
    private static final int BETWEEN_COLUMNS = 3;
    private static final Color PAPER = Color.WHITE;
    private static final Color INK = new Color(0x222222);
    private static final Color HEAD = new Color(0x0b4f74);

    private final List<BufferedImage> pages = new ArrayList<>();
    private Graphics2D graphics;
    private int top;

    private PagePicture() {}

    /** The pages, all of one size; at least one. */
    public static List<PngImage> pages(List<PageItem> items) {
        PagePicture picture = new PagePicture();
        picture.turn();
        items.forEach(picture::draw);
        picture.graphics.dispose();
        return picture.pages.stream().map(DrawnPicture::toKeep).toList();
    }

    private void turn() {
        if (graphics != null) {
            graphics.dispose();
        }
        BufferedImage page = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        pages.add(page);
        graphics = page.createGraphics();
        graphics.setColor(PAPER);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        top = MARGIN;
    }

    /** Makes sure that so much fits below. */
    private void need(double height) {
        if (top + height > HEIGHT - MARGIN && top > MARGIN) {
            turn();
        }
    }

    private void draw(PageItem item) {
        if (item instanceof PageItem.Heading heading) {
            need(6 * lineHeight(LARGE));
            top += GAP;
            graphics.setColor(HEAD);
            line(heading.text(), LARGE);
            graphics.drawLine(MARGIN, top, WIDTH - MARGIN, top);
            top += GAP;
        } else if (item instanceof PageItem.Text text) {
            graphics.setColor(INK);
            wrapped(Strokes.drawable(text.text()), lettersAcross()).forEach(each -> line(each, SMALL));
            top += GAP / 2;
        } else if (item instanceof PageItem.Table table) {
            draw(table);
        } else if (item instanceof PageItem.Images images) {
            draw(DrawnPicture.toDraw(Picture.montage(images.volumes())));
        } else if (item instanceof PageItem.Plot plot) {
            draw(DrawnPicture.toDraw(SpectrumPicture.of(plot.measurement())));
        }
    }

    private void draw(PageItem.Table table) {
        int[] widths = new int[table.rows().stream().mapToInt(List::size).max().orElse(0)];
        for (List<String> row : table.rows()) {
            for (int column = 0; column < row.size(); column++) {
                int letters = Strokes.drawable(row.get(column)).length();
                widths[column] = Math.max(widths[column], letters + BETWEEN_COLUMNS);
            }
        }
        for (List<String> row : table.rows()) {
            need(lineHeight(SMALL));
            graphics.setColor(INK);
            int at = 0;
            for (int column = 0; column < row.size(); column++) {
                String text = Strokes.drawable(row.get(column));
                int room = Math.max(0, lettersAcross() - at);
                text(text.length() <= room ? text : text.substring(0, Math.max(0, room - 1)) + "…", at, SMALL);
                at += widths[column];
            }
            top += lineHeight(SMALL);
        }
        top += GAP / 2;
    }

    /** As large as fits, whole pixels for each of its own where it is small. */
    private void draw(BufferedImage image) {
        double fits = Math.min((WIDTH - 2.0 * MARGIN) / image.getWidth(), (double) LARGEST_PICTURE / image.getHeight());
        double scale = fits >= 1 ? Math.floor(fits) : fits;
        int width = (int) (image.getWidth() * scale);
        int height = (int) (image.getHeight() * scale);
        need(height);
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION,
                fits >= 1
                        ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
                        : RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(image, MARGIN, top, width, height, null);
        top += height + GAP;
    }

    private void line(String text, double scale) {
        need(lineHeight(scale));
        text(Strokes.drawable(text), 0, scale);
        top += lineHeight(scale);
    }

    /** @param column of the first letter */
    private void text(String text, int column, double scale) {
        graphics.setStroke(new BasicStroke((float) (0.75 * scale), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (int i = 0; i < text.length(); i++) {
            double left = MARGIN + (column + i) * Strokes.ADVANCE * scale;
            for (int[] stroke : Strokes.of(text.charAt(i))) {
                Path2D path = new Path2D.Double();
                for (int p = 0; p < stroke.length; p += 2) {
                    double x = left + stroke[p] * scale;
                    double y = top + (Strokes.HEIGHT - stroke[p + 1]) * scale;
                    if (p == 0) {
                        path.moveTo(x, y);
                    } else {
                        path.lineTo(x, y);
                    }
                }
                graphics.draw(path);
            }
        }
    }

    private static int lettersAcross() {
        return (int) ((WIDTH - 2 * MARGIN) / (Strokes.ADVANCE * SMALL));
    }

    private static int lineHeight(double scale) {
        return (int) (Strokes.HEIGHT * LINES * scale);
    }

    /** At blanks; a word that is longer than a line, anywhere. */
    static List<String> wrapped(String text, int letters) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > letters) {
            int blank = rest.lastIndexOf(' ', letters);
            int end = blank > 0 ? blank : letters;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).strip();
        }
        lines.add(rest);
        return lines;
    }
}
