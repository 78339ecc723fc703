package org.isocenter.app.device;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.isocenter.app.fx.Tasks;
import org.isocenter.app.notice.NoticesModel;
import org.isocenter.app.text.Messages;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.Scanners;
import org.isocenter.model.SystemLimits;

/** The scanner that scans run on: its address, and what it says of itself. FX thread; asks the scanner in the background. */
public final class DeviceModel {
    private final Path home;
    private final Tasks tasks;
    private final NoticesModel notices;
    private final ReadOnlyObjectWrapper<Preferences> preferences;
    private final ReadOnlyObjectWrapper<Link> link = new ReadOnlyObjectWrapper<>(Link.CONNECTING);
    private final ReadOnlyObjectWrapper<Found> found = new ReadOnlyObjectWrapper<>();
    private long newest;

    /** Whether the scanner answers. */
    public enum Link {
        CONNECTING,
        READY,
        UNREACHABLE
    }

    /** What a scanner says of itself. */
    public record Found(URI uri, String description, String firmware, SystemLimits limits) {}

    public DeviceModel(Path home, Preferences preferences, Tasks tasks, NoticesModel notices) {
        this.home = home;
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
                    }
                },
                failure -> {
                    if (number == newest) {
                        link.set(Link.UNREACHABLE);
                        notices.addFailure(Messages.text("device.unreachable", failure.getMessage()), failure);
                    }
                });
    }

    private static Found ask(String address) throws ScannerException {
        URI uri;
        try {
            uri = new URI(address.strip());
        } catch (URISyntaxException e) {
            throw new ScannerException(ScannerException.Kind.REFUSED, address, e.getReason(), e);
        }
        try (Scanner scanner = Scanners.open(uri)) {
            return new Found(uri, scanner.description(), scanner.firmware(), scanner.limits());
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

    /** The scanner that answered last; null before any did. */
    public ReadOnlyObjectProperty<Found> foundProperty() {
        return found.getReadOnlyProperty();
    }
}
