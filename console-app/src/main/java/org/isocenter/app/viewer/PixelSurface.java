package org.isocenter.app.viewer;

import java.nio.IntBuffer;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

/** Pixels that we draw ourselves, on the screen without a copy. New memory only when the size changes. FX thread. */
final class PixelSurface {
    private final ImageView view = new ImageView();
    private int[] argb = {};
    private PixelBuffer<IntBuffer> buffer;
    private int width;
    private int height;

    ImageView node() {
        return view;
    }

    /** @param scale screen pixels per layout unit */
    void resize(double layoutWidth, double layoutHeight, double scale) {
        int newWidth = (int) Math.max(1, Math.round(layoutWidth * scale));
        int newHeight = (int) Math.max(1, Math.round(layoutHeight * scale));
        view.setFitWidth(newWidth / scale);
        view.setFitHeight(newHeight / scale);
        if (newWidth != width || newHeight != height) {
            width = newWidth;
            height = newHeight;
            argb = new int[width * height];
            buffer = new PixelBuffer<>(width, height, IntBuffer.wrap(argb), PixelFormat.getIntArgbPreInstance());
            view.setImage(new WritableImage(buffer));
        }
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Row by row; call {@link #show} after writing. */
    int[] argb() {
        return argb;
    }

    void show() {
        buffer.updateBuffer(b -> null);
    }
}
