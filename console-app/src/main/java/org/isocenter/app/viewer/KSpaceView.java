package org.isocenter.app.viewer;

import java.util.Arrays;
import javafx.scene.AccessibleRole;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.isocenter.app.text.Messages;

/** K-space on the screen, as it fills. Double click or Enter: fill the viewer. */
final class KSpaceView extends Pane2D {
    private static final double FILLED = 0.94;
    private final KSpaceModel model;

    KSpaceView(KSpaceModel model, Runnable maximise) {
        this.model = model;
        setId("viewport-kspace");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleText(Messages.text("viewer.kspace"));
        topLeft.setText(Messages.text("viewer.kspace"));
        topRight.setText(Messages.text("viewer.kspace.scale"));
        model.takenProperty().addListener((o, before, now) -> redraw());
        addEventHandler(MouseEvent.MOUSE_PRESSED, e -> {
            requestFocus();
            if (e.getButton() == MouseButton.PRIMARY && e.getClickCount() == 2) {
                maximise.run();
            }
        });
        addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ENTER) {
                maximise.run();
                e.consume();
            }
        });
    }

    @Override
    void draw(double scale) {
        int[] argb = surface.argb();
        int width = surface.width();
        int height = surface.height();
        Arrays.fill(argb, 0xFF000000);
        boolean empty = model.isEmpty() || model.columns() == 0;
        bottomLeft.setText(
                empty
                        ? ""
                        : Messages.text(
                                "viewer.kspace.filled",
                                Math.round(100.0 * model.takenProperty().get() / Math.max(1, model.expected()))));
        hint.setText(empty ? Messages.text("viewer.kspace.empty") : "");
        if (empty) {
            return;
        }
        double aspect = model.aspect();
        int drawnWidth = (int) (Math.min(width, height * aspect) * FILLED);
        int drawnHeight = (int) (Math.min(height, width / aspect) * FILLED);
        int x0 = (width - drawnWidth) / 2;
        int y0 = (height - drawnHeight) / 2;
        for (int y = 0; y < drawnHeight; y++) {
            int row = (int) ((long) y * model.rows() / drawnHeight);
            int to = (y0 + y) * width + x0;
            for (int x = 0; x < drawnWidth; x++) {
                argb[to + x] = 0xFF000000 | model.grey((int) ((long) x * model.columns() / drawnWidth), row) * 0x010101;
            }
        }
    }
}
