package org.isocenter.app.instrument;

import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableBooleanValue;
import org.isocenter.app.fx.Tasks;
import org.isocenter.app.text.Messages;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.SelfTestResult;
import org.isocenter.hardware.instrument.Instrument;
import org.isocenter.hardware.instrument.Instruments;

/**
 * One instrument beside the scanner. Those that take part in scans are opened by each scan, and here for a test only; the others
 * stay connected until a person, or the end of the window, lets go of them. FX thread; speaks to the instrument in the background,
 * one call at a time.
 */
public final class InstrumentModel {
    /** @param interlocks is given what the instrument has latched, in the background */
    record Surroundings(Tasks tasks, ObservableBooleanValue scanning, Latches interlocks) {}

    /** Who keeps interlocks. */
    @FunctionalInterface
    interface Latches {
        void latch(URI device, List<Interlock> interlocks);
    }

    private final URI address;
    private final Surroundings with;
    private final ReadOnlyObjectWrapper<Instrument> connected = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper name;
    private final ReadOnlyStringWrapper work = new ReadOnlyStringWrapper("");
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(Double.NaN);
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<List<SelfTestResult>> tests = new ReadOnlyObjectWrapper<>(List.of());
    private final BooleanBinding blocked;
    private final ReentrantLock talking = new ReentrantLock();
    private volatile List<Interlock> told = List.of();
    private Course course;

    InstrumentModel(URI address, Surroundings with) {
        this.address = address;
        this.with = with;
        name = new ReadOnlyStringWrapper(Instruments.describe(address.getScheme()));
        blocked = Bindings.createBooleanBinding(
                () -> isAtWork() || with.scanning().get(), work, with.scanning());
    }

    public URI address() {
        return address;
    }

    /** Whether scans open and switch it themselves. */
    public boolean takesPartInScans() {
        return Instruments.takePartInScans(address.getScheme());
    }

    /** Opens it and asks how it is. */
    public void connect() {
        if (blocked.get() || connected.get() != null) {
            return;
        }
        run(
                "instrument.connecting",
                course -> {
                    Instrument opened = Instruments.open(address);
                    try {
                        return new Opened(opened, opened.selfTest());
                    } catch (ScannerException e) {
                        latch(opened);
                        opened.close();
                        throw e;
                    }
                },
                this::take);
    }

    private record Opened(Instrument instrument, List<SelfTestResult> tests) {}

    private void take(Opened opened) {
        tests.set(opened.tests());
        Instrument instrument = opened.instrument();
        name.set(
                instrument.firmware().isEmpty()
                        ? instrument.description()
                        : Messages.text("instrument.firmware", instrument.description(), instrument.firmware()));
        if (takesPartInScans()) {
            with.tasks()
                    .run(
                            () -> {
                                latch(instrument);
                                instrument.close();
                                return null;
                            },
                            closed -> {},
                            failure -> problem.set(failure.getMessage()));
        } else {
            connected.set(instrument);
            look();
        }
    }

    private void latch(Instrument instrument) {
        List<Interlock> latched = instrument.interlocks();
        if (!latched.isEmpty() && !latched.equals(told)) {
            told = latched;
            with.interlocks().latch(address, latched);
        }
    }

    /** Asks a connected instrument how it is, if nothing else is being done with it. */
    void look() {
        Instrument instrument = connected.get();
        if (instrument == null || isAtWork()) {
            return;
        }
        Course quiet = new Course(share -> {});
        with.tasks()
                .run(
                        () -> talk(instrument, quiet, course -> instrument.selfTest()),
                        tests::set,
                        failure -> tell(quiet, failure));
    }

    /** Has a connected instrument test itself. */
    public void test() {
        Instrument instrument = connected.get();
        if (instrument != null) {
            work("instrument.testing", course -> instrument.selfTest(), tests::set);
        }
    }

    /** Ends what is being done and does this instead; also while a scan runs. */
    <T> void urgently(Work<T> job, Consumer<? super T> done) {
        Instrument instrument = connected.get();
        if (instrument != null) {
            cancel();
            Course now = new Course(share -> {});
            with.tasks().run(() -> talk(instrument, now, job), done, failure -> tell(now, failure));
        }
    }

    /** Does something with the connected instrument, and shows that it does. */
    <T> void work(String textKey, Work<T> job, Consumer<? super T> done) {
        Instrument instrument = connected.get();
        if (instrument != null && !blocked.get()) {
            run(textKey, course -> talk(instrument, course, job), done);
        }
    }

    /** The same with another connected instrument, with which nothing else is done meanwhile. */
    <T> void workWith(InstrumentModel other, String textKey, Work<T> job, Consumer<? super T> done) {
        Instrument instrument = connected.get();
        if (instrument == null || blocked.get() || other.blocked.get()) {
            return;
        }
        other.problem.set("");
        other.work.set(Messages.text("instrument.lent", name.get()));
        run(
                textKey,
                course -> {
                    try {
                        return talk(instrument, course, job);
                    } finally {
                        with.tasks().ui().execute(() -> other.work.set(""));
                    }
                },
                done);
        other.course = course;
    }

    /** On the FX thread, soon. Any thread. */
    void later(Runnable action) {
        with.tasks().ui().execute(action);
    }

    /** One after the other, and never without hearing what the instrument reports meanwhile. */
    private <T> T talk(Instrument instrument, Course course, Work<T> job) throws Exception {
        talking.lockInterruptibly();
        try {
            return job.run(course);
        } finally {
            talking.unlock();
            latch(instrument);
        }
    }

    private <T> void run(String textKey, Work<T> job, Consumer<? super T> done) {
        Course now = new Course(share -> with.tasks().ui().execute(() -> progress.set(share)));
        course = now;
        problem.set("");
        progress.set(Double.NaN);
        work.set(Messages.text(textKey));
        with.tasks()
                .run(
                        () -> now.run(job),
                        result -> {
                            work.set("");
                            done.accept(result);
                        },
                        failure -> {
                            work.set("");
                            tell(now, failure);
                        });
    }

    private void tell(Course of, Exception failure) {
        problem.set(of.isCancelled() ? Messages.text("instrument.cancelled") : failure.getMessage());
    }

    /** Ends what is being done, as soon as the instrument lets it. */
    public void cancel() {
        if (course != null) {
            course.cancel();
        }
    }

    /** Lets go of the instrument, which makes itself safe. */
    public void disconnect() {
        with.tasks().run(release(), closed -> {}, failure -> problem.set(failure.getMessage()));
    }

    /** Lets go of it here; what is returned closes the link, and waits. */
    Callable<Void> release() {
        Instrument instrument = connected.get();
        connected.set(null);
        tests.set(List.of());
        cancel();
        return () -> {
            if (instrument != null) {
                instrument.close();
            }
            return null;
        };
    }

    /** The window is gone: lets go of the instrument. Any thread; waits for the link. */
    void end() {
        Instrument instrument = connected.get();
        if (instrument != null) {
            instrument.close();
        }
    }

    public boolean isAtWork() {
        return !work.get().isEmpty();
    }

    /** Whether nothing can be asked of it now: something is being done with it, or a scan runs. */
    public BooleanBinding blockedBinding() {
        return blocked;
    }

    /** The open instrument; null while it is not connected. */
    public ReadOnlyObjectProperty<Instrument> connectedProperty() {
        return connected.getReadOnlyProperty();
    }

    /** What it calls itself, once it has answered; before, what it should be. */
    public ReadOnlyStringProperty nameProperty() {
        return name.getReadOnlyProperty();
    }

    /** What is being done with it; empty when nothing is. */
    public ReadOnlyStringProperty workProperty() {
        return work.getReadOnlyProperty();
    }

    /** 0 to 1; NaN when it is not known. */
    public ReadOnlyDoubleProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /** Why the last thing did not work; empty when it did. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** What it said last of itself. */
    public ReadOnlyObjectProperty<List<SelfTestResult>> testsProperty() {
        return tests.getReadOnlyProperty();
    }
}
