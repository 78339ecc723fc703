package org.isocenter.app.device;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.isocenter.app.fx.Tasks;
import org.isocenter.app.notice.Notice;
import org.isocenter.app.notice.NoticesModel;
import org.isocenter.app.text.Messages;
import org.isocenter.hardware.Interlock;
import org.isocenter.session.run.DeviceInterlocks;

/** The interlocks that are latched on the scanner and on the instruments beside it. FX thread; asks devices in the background. */
public final class InterlocksModel {
    private final DeviceInterlocks latches;
    private final Tasks tasks;
    private final NoticesModel notices;
    private final ReadOnlyObjectWrapper<List<Latched>> latched = new ReadOnlyObjectWrapper<>(List.of());
    private Function<URI, Callable<Void>> release = device -> () -> null;
    private final Map<String, Latched> byHardware = new LinkedHashMap<>();

    /**
     * A device whose interlocks nobody has acknowledged.
     *
     * @param asking whether it is being asked to let go of them
     */
    public record Latched(URI device, List<Interlock> interlocks, boolean asking) {}

    public InterlocksModel(DeviceInterlocks latches, Tasks tasks, NoticesModel notices) {
        this.latches = latches;
        this.tasks = tasks;
        this.notices = notices;
    }

    /**
     * Asked before a device is asked to let go of an interlock.
     *
     * @param newRelease lets go of a connection to that device; what it returns is done in the background first
     */
    public void setRelease(Function<URI, Callable<Void>> newRelease) {
        release = newRelease;
    }

    /** What this device has latched now; nothing when the list is empty. */
    public void show(URI device, List<Interlock> interlocks) {
        if (interlocks.isEmpty()) {
            byHardware.remove(hardware(device));
        } else {
            byHardware.put(hardware(device), new Latched(device, List.copyOf(interlocks), false));
        }
        latched.set(new ArrayList<>(byHardware.values()));
    }

    /** Reads again what is latched for this device. */
    public void refresh(URI device) {
        tasks.run(
                () -> latches.latched(device),
                found -> show(device, found),
                failure -> notices.addFailure(Messages.text("interlock.unreadable", failure.getMessage()), failure));
    }

    /** A person says that what tripped is mended. The device is asked whether that is so. */
    public void acknowledge(URI device) {
        Latched now = byHardware.get(hardware(device));
        if (now == null || now.asking()) {
            return;
        }
        Callable<Void> released = release.apply(device);
        byHardware.put(hardware(device), new Latched(device, now.interlocks(), true));
        latched.set(new ArrayList<>(byHardware.values()));
        tasks.run(
                () -> {
                    released.call();
                    return latches.acknowledge(device);
                },
                cleared -> {
                    show(device, List.of());
                    notices.add(Notice.of(Notice.Kind.OK, Messages.text("interlock.acknowledged")));
                },
                failure -> {
                    show(device, now.interlocks());
                    notices.addFailure(Messages.text("interlock.stays", failure.getMessage()), failure);
                    refresh(device);
                });
    }

    /** Latches are kept for the hardware, whatever options an address has. */
    private static String hardware(URI device) {
        return device.toString().replaceFirst("\\?.*", "");
    }

    /** The devices with latched interlocks; no scan starts while there is one. */
    public ReadOnlyObjectProperty<List<Latched>> latchedProperty() {
        return latched.getReadOnlyProperty();
    }
}
