package org.isocenter.app.instrument;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableStringValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.isocenter.app.device.DeviceModel;
import org.isocenter.app.device.InterlocksModel;
import org.isocenter.app.fx.Tasks;
import org.isocenter.app.notice.NoticesModel;
import org.isocenter.app.text.Messages;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.instrument.Instruments;
import org.isocenter.hardware.instrument.NetworkAnalyzer;
import org.isocenter.hardware.serial.PortWatch;
import org.isocenter.hardware.serial.SerialPortInfo;
import org.isocenter.session.run.DeviceInterlocks;

/** The instruments beside the scanner. Remembers their addresses with the preferences. FX thread. */
public final class InstrumentsModel implements AutoCloseable {
    private static final long LOOK_NANOS = 5_000_000_000L;

    private final DeviceModel device;
    private final DeviceInterlocks latches;
    private final InterlocksModel interlocks;
    private final Tasks tasks;
    private final BooleanProperty scanning = new SimpleBooleanProperty();
    private final InstrumentModel.Surroundings surroundings;
    private final ObservableList<InstrumentModel> items =
            FXCollections.observableArrayList(item -> new javafx.beans.Observable[] {
                item.nameProperty(), item.workProperty(), item.problemProperty(), item.connectedProperty()
            });
    private Runnable onTrip = () -> {};
    private long lookedAt;

    public InstrumentsModel(
            DeviceModel device,
            DeviceInterlocks latches,
            InterlocksModel interlocks,
            Tasks tasks,
            NoticesModel notices) {
        this.device = device;
        this.latches = latches;
        this.interlocks = interlocks;
        this.tasks = tasks;
        surroundings = new InstrumentModel.Surroundings(tasks, scanning, this::latch);
        for (String address : device.preferencesProperty().get().instruments()) {
            try {
                items.add(new InstrumentModel(new URI(address), surroundings));
            } catch (URISyntaxException | IllegalArgumentException e) {
                notices.addFailure(Messages.text("instrument.unusable", address), e);
            }
        }
        interlocks.setRelease(this::release);
    }

    /** Called when an instrument that takes no part in scans reports an interlock while one runs. */
    public void setOnTrip(Runnable newOnTrip) {
        onTrip = newOnTrip;
    }

    /** What is latched from earlier days. */
    public void begin() {
        items.forEach(item -> interlocks.refresh(item.address()));
    }

    public ObservableList<InstrumentModel> items() {
        return items;
    }

    /** Whether a scan runs: then nothing is done with an instrument by hand. */
    public BooleanProperty scanningProperty() {
        return scanning;
    }

    /** The main field's carrier frequency; 0 while no scanner has answered. */
    double larmorHertz() {
        DeviceModel.Found found = device.foundProperty().get();
        return found == null ? 0 : found.limits().larmorHertz();
    }

    /** The first network analyser that is connected. */
    Optional<InstrumentModel> analyzer() {
        return items.stream()
                .filter(item -> item.connectedProperty().get() instanceof NetworkAnalyzer)
                .findFirst();
    }

    /** Addresses of those that take part in scans. */
    public List<URI> guards() {
        return items.stream()
                .filter(InstrumentModel::takesPartInScans)
                .map(InstrumentModel::address)
                .toList();
    }

    public boolean isAtWork() {
        return items.stream().anyMatch(InstrumentModel::isAtWork);
    }

    /**
     * Adds one.
     *
     * @param port serial port or USB serial number, or "//HOST:PORT"
     * @return what is wrong; empty when it was added
     */
    public String add(String scheme, String port) {
        String text = scheme + ":" + port.strip();
        if (port.isBlank() || port.strip().contains(" ")) {
            return Messages.text("instrument.noPort");
        }
        if (items.stream().anyMatch(item -> item.address().toString().equals(text))) {
            return Messages.text("instrument.twice", text);
        }
        try {
            InstrumentModel added = new InstrumentModel(new URI(text), surroundings);
            items.add(added);
            interlocks.refresh(added.address());
            remember();
            added.connect();
            return "";
        } catch (URISyntaxException e) {
            return Messages.text("instrument.badPort", port.strip(), e.getReason());
        }
    }

    /** Lets go of it and forgets it. */
    public void remove(InstrumentModel item) {
        item.disconnect();
        items.remove(item);
        interlocks.show(item.address(), List.of());
        remember();
    }

    private void remember() {
        List<String> addresses =
                items.stream().map(item -> item.address().toString()).toList();
        device.prefer(device.preferencesProperty().get().withInstruments(addresses));
    }

    /**
     * Tells the serial ports of this computer, soon and whenever one is plugged in or unplugged, until what is returned is closed.
     *
     * @param changed called on the FX thread
     */
    PortWatch watchPorts(Consumer<List<SerialPortInfo>> changed) {
        return PortWatch.start(List.of(), new PortWatch.Listener() {
            private final List<SerialPortInfo> ports = new ArrayList<>();

            @Override
            public void plugged(SerialPortInfo port) {
                ports.add(port);
                tell();
            }

            @Override
            public void unplugged(SerialPortInfo port) {
                ports.remove(port);
                tell();
            }

            private void tell() {
                List<SerialPortInfo> now = List.copyOf(ports);
                tasks.ui().execute(() -> changed.accept(now));
            }
        });
    }

    /** In the background. */
    private void latch(URI address, List<Interlock> tripped) {
        latches.latch(address, tripped, null);
        tasks.ui().execute(() -> {
            interlocks.refresh(address);
            if (scanning.get() && !Instruments.takePartInScans(address.getScheme())) {
                onTrip.run();
            }
        });
    }

    /** An instrument that somebody else is to speak to. */
    private Callable<Void> release(URI address) {
        Optional<InstrumentModel> item =
                items.stream().filter(each -> each.address().equals(address)).findFirst();
        return item.map(InstrumentModel::release).orElse(() -> null);
    }

    /** Asks those that are connected every few seconds how they are; called once per frame. */
    public void frame() {
        long now = System.nanoTime();
        if (now - lookedAt > LOOK_NANOS) {
            lookedAt = now;
            items.forEach(InstrumentModel::look);
        }
    }

    /** Lets go of all of them, so that they make themselves safe. Waits for them. */
    @Override
    public void close() {
        for (InstrumentModel item : items) {
            item.end();
        }
    }

    /** "2 instruments"; empty when there are none. */
    public ObservableStringValue chipBinding() {
        return Bindings.createStringBinding(
                () -> items.isEmpty() ? "" : Messages.text("instrument.chip", items.size()), items);
    }
}
