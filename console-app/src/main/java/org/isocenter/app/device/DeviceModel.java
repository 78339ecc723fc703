package org.isocenter.app.device;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.isocenter.app.fx.Tasks;
import org.isocenter.app.notice.Notice;
import org.isocenter.app.notice.NoticesModel;
import org.isocenter.app.text.Messages;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.Scanners;
import org.isocenter.hardware.StopLatency;
import org.isocenter.model.SystemLimits;
import org.isocenter.session.run.DeviceInterlocks;

/** The scanner that scans run on: its address, and what it says of itself. FX thread; asks the scanner in the background. */
public final class DeviceModel {
    private final Path home;
    private final Tasks tasks;
    private final NoticesModel notices;
    private final DeviceInterlocks latches;
    private final ReadOnlyObjectWrapper<Preferences> preferences;
    private final ReadOnlyObjectWrapper<Link> link = new ReadOnlyObjectWrapper<>(Link.CONNECTING);
    private final ReadOnlyObjectWrapper<Found> found = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<List<Interlock>> interlocks = new ReadOnlyObjectWrapper<>(List.of());
    private long newest;

    /** Whether the scanner answers. */
    public enum Link {
        CONNECTING,
        READY,
        UNREACHABLE
    }

    /** What a scanner says of itself. */
    public record Found(URI uri, String description, String firmware, SystemLimits limits, StopLatency stop) {}

    public DeviceModel(
            Path home, DeviceInterlocks latches, Preferences preferences, Tasks tasks, NoticesModel notices) {
        this.home = home;
        this.latches = latches;
        this.tasks = tasks;
        this.notices = notices;
        this.preferences = new ReadOnlyObjectWrapper<>(preferences);
    }

    /** Asks the scanner of the preferences who it is. */
    public void connect() {
        long number = ++newest;
        String address = preferences.get().device();
        link.set(Link.CONNECTING);
        tasks.run(
                () -> ask(address),
                answer -> {
                    if (number == newest) {
                        found.set(answer);
                        link.set(Link.READY);
                        askLatches(address);
                    }
                },
                failure -> {
                    if (number == newest) {
                        unreachable(Messages.text("device.unreachable", failure.getMessage()), failure);
                        askLatches(address);
                    }
                });
    }

    private void unreachable(String text, Exception cause) {
        link.set(Link.UNREACHABLE);
        notices.addFailure(text, cause, new Notice.Action(Messages.text("device.connect"), this::connect));
    }

    /** A scan found that the scanner does not answer any more. */
    public void lost(String message, Exception cause) {
        newest++;
        unreachable(Messages.text("device.lost", message), cause);
    }

    /** Interlocks of this scanner are latched. */
    public void interlocked(List<Interlock> latched) {
        interlocks.set(latched);
    }

    /** A person says that what tripped the interlocks is mended. The scanner is asked in the background whether that is so. */
    public void acknowledge() {
        String address = preferences.get().device();
        tasks.run(
                () -> latches.acknowledge(uri(address)),
                cleared -> {
                    interlocks.set(List.of());
                    notices.add(Notice.of(Notice.Kind.OK, Messages.text("interlock.acknowledged")));
                },
                failure -> {
                    notices.addFailure(Messages.text("interlock.stays", failure.getMessage()), failure);
                    askLatches(address);
                });
    }

    private void askLatches(String address) {
        tasks.run(
                () -> latches.latched(uri(address)),
                interlocks::set,
                failure ->
                        notices.addFailure(Messages.text("archive.unreadable", home, failure.getMessage()), failure));
    }

    private Found ask(String address) throws ScannerException {
        URI uri = uri(address);
        try (Scanner scanner = Scanners.open(uri)) {
            latches.latch(uri, scanner.interlocks(), null);
            return new Found(uri, scanner.description(), scanner.firmware(), scanner.limits(), scanner.stopLatency());
        }
    }

    private static URI uri(String address) throws ScannerException {
        try {
            return Scanners.address(address);
        } catch (URISyntaxException e) {
            throw new ScannerException(ScannerException.Kind.REFUSED, address, e.getReason(), e);
        }
    }

    /** Keeps these preferences, and connects again when the address is another. */
    public void prefer(Preferences wanted) {
        boolean other = !wanted.device().equals(preferences.get().device());
        preferences.set(wanted);
        tasks.run(
                () -> {
                    wanted.write(home);
                    return wanted;
                },
                kept -> {},
                failure -> {
                    String cause = failure instanceof IOException ? failure.getMessage() : failure.toString();
                    notices.addFailure(Messages.text("device.notKept", cause), failure);
                });
        if (other) {
            connect();
        }
    }

    public ReadOnlyObjectProperty<Preferences> preferencesProperty() {
        return preferences.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Link> linkProperty() {
        return link.getReadOnlyProperty();
    }

    /** The interlocks that are latched: no scan starts until a person has acknowledged them. */
    public ReadOnlyObjectProperty<List<Interlock>> interlocksProperty() {
        return interlocks.getReadOnlyProperty();
    }

    /** The scanner that answered last; null before any did. */
    public ReadOnlyObjectProperty<Found> foundProperty() {
        return found.getReadOnlyProperty();
    }
}
