package org.isocenter.app.device;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.isocenter.app.fx.Tasks;
import org.isocenter.app.notice.Notice;
import org.isocenter.app.notice.NoticesModel;
import org.isocenter.app.text.Messages;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.Scanners;
import org.isocenter.hardware.StopLatency;
import org.isocenter.model.SystemLimits;
import org.isocenter.session.run.DeviceInterlocks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scanner that scans run on: its address, and what it says of itself. FX thread; asks the scanner in the background. */
public final class DeviceModel {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceModel.class);

    private final Path home;
    private final Tasks tasks;
    private final NoticesModel notices;
    private final DeviceInterlocks latches;
    private final InterlocksModel interlocks;
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
    public record Found(URI uri, String description, String firmware, SystemLimits limits, StopLatency stop) {}

    public DeviceModel(
            Path home,
            DeviceInterlocks latches,
            InterlocksModel interlocks,
            Preferences preferences,
            Tasks tasks,
            NoticesModel notices) {
        this.home = home;
        this.latches = latches;
        this.interlocks = interlocks;
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
                        with(address, interlocks::refresh);
                    }
                },
                failure -> {
                    if (number == newest) {
                        unreachable(Messages.text("device.unreachable", failure.getMessage()), failure);
                        with(address, interlocks::refresh);
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
        String before = preferences.get().device();
        boolean other = !wanted.device().equals(before);
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
            // Those of the scanner before stay latched, but do not matter here.
            with(before, old -> interlocks.show(old, List.of()));
            connect();
        }
    }

    /** Has something done with the scanner of this address; nothing when that cannot be one. */
    private static void with(String address, Consumer<URI> action) {
        try {
            action.accept(uri(address));
        } catch (ScannerException e) {
            LOG.debug("{} is no address of a scanner", address, e);
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
