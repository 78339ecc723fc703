package org.isocenter.app.shell;

import java.util.Locale;
import javafx.beans.InvalidationListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.isocenter.app.device.DeviceModel;
import org.isocenter.app.text.Messages;
import org.isocenter.model.SystemLimits;
import org.isocenter.session.archive.OutboxStore;

/** The top of the window: who lies in the magnet, and how the scanner is. FX thread. */
final class TopBar extends HBox {
    private static final double PATIENT_WIDTH = 240;
    private static final double DEVICE_WIDTH = 180;

    private final Console console;
    private final Button device = new Button();
    private final Label deviceSign = new Label();
    private final Label field = new Label();
    private final Label storage = new Label();
    private final Button outbox = new Button();
    private final Label outboxSign = new Label();

    /**
     * @param openPatient opens the patient's data
     * @param openSettings opens the settings
     * @param openOutbox opens what goes to the hospital's systems
     * @param openInstruments opens the instruments beside the scanner
     */
    TopBar(
            Console console,
            Runnable openPatient,
            Runnable openSettings,
            Runnable openOutbox,
            Runnable openInstruments) {
        super(10);
        this.console = console;
        getStyleClass().add("top-bar");
        setAlignment(Pos.CENTER_LEFT);
        Label product = new Label(Messages.text("app.name"));
        product.getStyleClass().add("product");
        product.setMinWidth(USE_PREF_SIZE);
        Region divider = new Region();
        divider.getStyleClass().add("divider");
        Label name = new Label();
        name.getStyleClass().add("patient-title");
        name.textProperty().bind(console.patient().titleBinding());
        name.setMinWidth(0);
        Label detail = new Label();
        detail.getStyleClass().add("patient-detail");
        detail.textProperty().bind(console.patient().detailBinding());
        detail.setMinWidth(0);
        HBox patientText = new HBox(10, name, detail);
        patientText.setAlignment(Pos.CENTER_LEFT);
        Button patient = new Button();
        patient.setGraphic(patientText);
        patient.setId("patient-open");
        patient.getStyleClass().add("quiet");
        patient.setMinWidth(PATIENT_WIDTH); // who it is stays readable in a narrow window
        patient.setAccessibleText(Messages.text("patient.open"));
        patient.setTooltip(new Tooltip(Messages.text("patient.open")));
        patient.setOnAction(e -> openPatient.run());
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        device.setId("device-open");
        device.getStyleClass().add("chip");
        device.setGraphic(deviceSign);
        deviceSign.getStyleClass().add("chip-sign");
        device.setMinWidth(DEVICE_WIDTH);
        device.setTooltip(new Tooltip(Messages.text("device.open")));
        device.setOnAction(e -> openSettings.run());
        field.getStyleClass().add("chip");
        field.setMinWidth(USE_PREF_SIZE);
        field.setTooltip(new Tooltip(Messages.text("device.field.help")));
        storage.getStyleClass().add("chip");
        storage.setMinWidth(USE_PREF_SIZE);
        storage.setTooltip(new Tooltip(Messages.text("archive.help")));
        outbox.setId("outbox-open");
        outbox.getStyleClass().add("chip");
        outbox.setGraphic(outboxSign);
        outboxSign.getStyleClass().add("chip-sign");
        outbox.setMinWidth(USE_PREF_SIZE);
        outbox.setTooltip(new Tooltip(Messages.text("outbox.chip.help")));
        outbox.setOnAction(e -> openOutbox.run());
        Button instruments = new Button();
        instruments.setId("instruments-open");
        instruments.getStyleClass().add("chip");
        instruments.setMinWidth(USE_PREF_SIZE);
        instruments.setTooltip(new Tooltip(Messages.text("instrument.chip.help")));
        instruments.setOnAction(e -> openInstruments.run());
        instruments.textProperty().bind(console.instruments().chipBinding());
        instruments.visibleProperty().bind(instruments.textProperty().isNotEmpty());
        instruments.managedProperty().bind(instruments.visibleProperty());
        getChildren().addAll(product, divider, patient, gap, device, instruments, field, storage, outbox);
        InvalidationListener changed = o -> update();
        console.device().linkProperty().addListener(changed);
        console.device().foundProperty().addListener(changed);
        console.device().preferencesProperty().addListener(changed);
        console.interlocks().latchedProperty().addListener(changed);
        console.storageProperty().addListener(changed);
        console.scan().busyProperty().addListener(changed);
        console.hospital().countsProperty().addListener(changed);
        update();
    }

    private void update() {
        DeviceModel.Link link = console.device().linkProperty().get();
        DeviceModel.Found found = console.device().foundProperty().get();
        boolean ready = link == DeviceModel.Link.READY && found != null;
        String name = ready
                ? found.description()
                : console.device().preferencesProperty().get().device();
        String key = link.name().toLowerCase(Locale.ROOT);
        boolean busy = console.scan().busyProperty().get();
        boolean interlocked = !console.interlocks().latchedProperty().get().isEmpty();
        String state = interlocked ? "device.interlocked" : busy ? "device.busy" : "device.link." + key;
        device.setText(name + " · " + Messages.text(state));
        deviceSign.setText(interlocked ? "⚠" : sign(link));
        deviceSign.getStyleClass().setAll("chip-sign", interlocked ? "link-interlocked" : "link-" + key);
        show(field, ready ? fieldText(found.limits()) : "");
        updateOutbox();
        Console.Storage s = console.storageProperty().get();
        show(
                storage,
                s.freeBytes() < 0
                        ? ""
                        : Messages.text(
                                "archive.chip", s.scans(), String.format(Locale.ROOT, "%.0f", s.freeBytes() / 1e9)));
    }

    private void updateOutbox() {
        OutboxStore.Counts counts = console.hospital().countsProperty().get();
        int underWay = counts.pending() + counts.sending();
        boolean refused = counts.failed() > 0;
        outbox.setText(Messages.text(refused ? "outbox.chip.refused" : "outbox.chip", underWay, counts.failed()));
        outboxSign.setText(refused ? "✕" : underWay > 0 ? "▲" : "✓");
        outboxSign
                .getStyleClass()
                .setAll("chip-sign", refused ? "link-unreachable" : underWay > 0 ? "link-connecting" : "link-ready");
    }

    private static String sign(DeviceModel.Link link) {
        return switch (link) {
            case READY -> "●";
            case CONNECTING -> "…";
            case UNREACHABLE -> "✕";
        };
    }

    private static String fieldText(SystemLimits limits) {
        return Messages.text(
                "device.field",
                limits.fieldTesla() < 1
                        ? String.format(Locale.ROOT, "%.3g mT", limits.fieldTesla() * 1e3)
                        : String.format(Locale.ROOT, "%.2f T", limits.fieldTesla()),
                String.format(Locale.ROOT, "%.3f", limits.larmorHertz() / 1e6));
    }

    private static void show(Label chip, String text) {
        chip.setText(text);
        chip.setVisible(!text.isEmpty());
        chip.setManaged(!text.isEmpty());
    }
}
