package org.isocenter.app.exam;

import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javafx.beans.InvalidationListener;
import javafx.scene.control.Label;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.isocenter.app.text.Messages;
import org.isocenter.app.text.PersonName;
import org.isocenter.model.Patient;
import org.isocenter.session.archive.ArchivedScan;
import org.isocenter.session.archive.ArchivedStudy;

/** Earlier studies and their scans; a double click or Enter shows the images of one. FX thread. */
public final class EarlierView extends VBox {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final double LEAST_HEIGHT = 100;
    private final EarlierModel model;
    private final TreeView<Object> tree = new TreeView<>();

    public EarlierView(EarlierModel model) {
        super(8);
        this.model = model;
        Label title = new Label(Messages.text("earlier.title").toUpperCase(Locale.ROOT));
        title.getStyleClass().add("section-title");
        tree.setId("earlier");
        tree.setShowRoot(false);
        tree.setRoot(new TreeItem<>());
        tree.setCellFactory(t -> new Cell());
        tree.getStyleClass().add("earlier");
        tree.setAccessibleText(Messages.text("earlier.title"));
        VBox.setVgrow(tree, Priority.ALWAYS);
        // Grows into what the exam leaves, never pushes it.
        tree.setPrefHeight(LEAST_HEIGHT);
        tree.setMinHeight(LEAST_HEIGHT);
        tree.addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ENTER) {
                openSelected();
            }
        });
        tree.addEventHandler(MouseEvent.MOUSE_CLICKED, e -> {
            if (e.getClickCount() == 2) {
                openSelected();
            }
        });
        Label nothing = new Label(Messages.text("earlier.empty"));
        nothing.getStyleClass().add("hint");
        nothing.setWrapText(true);
        nothing.setMinHeight(USE_PREF_SIZE);
        getChildren().addAll(title, nothing, tree);
        InvalidationListener changed = o -> {
            boolean any = !model.studies().isEmpty();
            nothing.setVisible(!any);
            nothing.setManaged(!any);
            tree.setVisible(any);
            tree.setManaged(any);
            rebuild();
        };
        model.studies().addListener(changed);
        changed.invalidated(model.studies());
    }

    private void rebuild() {
        TreeItem<Object> root = new TreeItem<>();
        for (ArchivedStudy study : model.studies()) {
            TreeItem<Object> node = new TreeItem<>(study);
            node.setExpanded(root.getChildren().isEmpty());
            for (ArchivedScan scan : study.scans()) {
                node.getChildren().add(new TreeItem<>(scan));
            }
            root.getChildren().add(node);
        }
        tree.setRoot(root);
    }

    private void openSelected() {
        TreeItem<Object> item = tree.getSelectionModel().getSelectedItem();
        if (item != null && item.getValue() instanceof ArchivedScan scan) {
            model.open(scan);
        }
    }

    /** "Doe, Jane · 2026-03-01". */
    static String studyText(ArchivedStudy archived) {
        Patient patient = archived.study().patient();
        String name = patient.name().isBlank() ? Messages.text("patient.none") : PersonName.display(patient.name());
        return name + " · " + DAY.format(archived.study().start());
    }

    /** "14:02  T2 TSE · part (81 of 130)". */
    static String scanText(ArchivedScan scan) {
        String text = TIME.format(scan.start()) + "  " + scan.protocolName();
        return switch (scan.state()) {
            case "DONE" -> text;
            case "ABORTED" -> text + " · " + Messages.text("earlier.part", scan.readouts(), scan.expectedReadouts());
            case "FAILED" -> text + " · " + Messages.text("earlier.failed");
            default -> text + " · " + Messages.text("earlier.cutShort");
        };
    }

    private static final class Cell extends TreeCell<Object> {
        Cell() {
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(Object value, boolean empty) {
            super.updateItem(value, empty);
            if (empty || value == null) {
                setText(null);
            } else if (value instanceof ArchivedStudy study) {
                setText(studyText(study));
            } else if (value instanceof ArchivedScan scan) {
                setText(scanText(scan));
            }
        }
    }
}
