package org.isocenter.app.shell;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.text.Font;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Colours and typeface. FX thread. */
public final class Theme {
    private static final Logger LOG = LoggerFactory.getLogger(Theme.class);
    private static final String FONTS = "/com/formdev/flatlaf/fonts/inter/";
    private static final List<String> FACES = List.of("Inter-Regular.otf", "Inter-SemiBold.otf", "Inter-Bold.otf");
    private static final String LIGHT = "light";

    private Theme() {}

    /** Makes Inter known to JavaFX; without it the system's sans serif stands in. */
    public static void loadFonts() {
        for (String face : FACES) {
            try (InputStream in = Theme.class.getResourceAsStream(FONTS + face)) {
                if (in == null || Font.loadFont(in, 14) == null) {
                    LOG.warn("typeface {} cannot be loaded; the system's sans serif is used", face);
                }
            } catch (IOException e) {
                LOG.warn("typeface {} cannot be read", face, e);
            }
        }
    }

    /** Dresses a scene. */
    public static void apply(Scene scene, boolean light) {
        Application.setUserAgentStylesheet(
                light ? new PrimerLight().getUserAgentStylesheet() : new PrimerDark().getUserAgentStylesheet());
        String sheet = Theme.class.getResource("console.css").toExternalForm();
        if (!scene.getStylesheets().contains(sheet)) {
            scene.getStylesheets().add(sheet);
        }
        scene.getRoot().getStyleClass().remove(LIGHT);
        if (light) {
            scene.getRoot().getStyleClass().add(LIGHT);
        }
    }
}
