package org.isocenter.app.worklist;

import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import org.isocenter.app.fx.Tasks;
import org.isocenter.app.text.Messages;
import org.isocenter.app.text.PersonName;
import org.isocenter.dicom.net.AbortSwitch;
import org.isocenter.dicom.workflow.WorklistEntry;
import org.isocenter.dicom.workflow.WorklistQuery;
import org.isocenter.model.ScheduledStep;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.dicom.Service;
import org.isocenter.session.hospital.EntryCheck;
import org.isocenter.session.hospital.ProtocolCodes;
import org.isocenter.session.hospital.WorklistSearch;

/** The worklist of this week, as the hospital tells it now. FX thread. */
public final class WorklistModel {
    private static final int DAYS_BACK = 1;
    private static final int DAYS_AHEAD = 7;

    /** What a refresh needs of the disk. */
    public interface Sources {
        DicomSettings settings() throws IOException;

        ProtocolCodes codes() throws IOException;
    }

    private record Answer(List<PlannedExam> exams, List<String> notes) {}

    private final Sources sources;
    private final Tasks network;
    private final Consumer<List<PlannedExam>> onChosen;
    private final ObservableList<PlannedExam> exams = FXCollections.observableArrayList();
    private final FilteredList<PlannedExam> shown = new FilteredList<>(exams);
    private final StringProperty search = new SimpleStringProperty("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper(Messages.text("worklist.notAsked"));
    private AbortSwitch question = new AbortSwitch();

    /**
     * @param network for what waits for other machines
     * @param onChosen takes what the operator wants to do as one exam
     */
    public WorklistModel(Sources sources, Tasks network, Consumer<List<PlannedExam>> onChosen) {
        this.sources = sources;
        this.network = network;
        this.onChosen = onChosen;
        search.addListener((o, before, now) -> shown.setPredicate(exam -> matches(exam, now)));
    }

    /** Those that match the search: today's first, then by day and time. */
    public ObservableList<PlannedExam> shown() {
        return shown;
    }

    /** Part of a name, id or accession number. */
    public StringProperty searchProperty() {
        return search;
    }

    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** What came of asking, for people. */
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /** Asks again; while it is being asked, ends that at once: the list stays as it was. */
    public void refresh() {
        if (busy.get()) {
            network.background().execute(question::abort);
            question = new AbortSwitch();
            end(Messages.text("worklist.cancelled"));
            return;
        }
        AbortSwitch now = new AbortSwitch();
        question = now;
        busy.set(true);
        message.set(Messages.text("worklist.asking"));
        network.run(
                () -> ask(now),
                answer -> {
                    if (now == question) {
                        exams.setAll(answer.exams());
                        end(text(answer));
                    }
                },
                failure -> {
                    if (now == question) {
                        end(failure.getMessage());
                    }
                });
    }

    /** Asks again unless it is being asked. */
    public void refreshIfIdle() {
        if (!busy.get()) {
            refresh();
        }
    }

    private void end(String text) {
        busy.set(false);
        message.set(text);
    }

    private static String text(Answer answer) {
        List<String> sentences = new ArrayList<>(answer.notes());
        if (sentences.isEmpty() || !answer.exams().isEmpty()) {
            sentences.add(0, countText(answer.exams().size()));
        }
        return String.join("\n", sentences);
    }

    private static String countText(int count) {
        return Messages.text(count == 0 ? "worklist.empty" : "worklist.count", count);
    }

    /** Of all worklists; one that does not answer does not hide the others. */
    private Answer ask(AbortSwitch now) throws IOException {
        DicomSettings settings = sources.settings();
        ProtocolCodes codes = sources.codes();
        List<Destination> worklists = settings.offering(Service.WORKLIST);
        if (worklists.isEmpty()) {
            return new Answer(List.of(), List.of(Messages.text("worklist.none")));
        }
        LocalDate today = LocalDate.now();
        WorklistQuery query =
                new WorklistQuery("", today.minusDays(DAYS_BACK), today.plusDays(DAYS_AHEAD), "MR", "", "", "", "");
        List<PlannedExam> found = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Destination worklist : worklists) {
            if (now.isAborted()) {
                break;
            }
            try {
                WorklistSearch.Listing listing = WorklistSearch.ask(worklist, settings, query, now::endsBy);
                listing.notes().forEach(note -> notes.add(Messages.text("worklist.note", worklist.name(), note)));
                for (WorklistEntry entry : listing.entries()) {
                    found.add(planned(entry, settings, codes, today));
                }
            } catch (IOException e) {
                notes.add(Messages.text("worklist.failed", worklist.name(), e.getMessage()));
            }
        }
        found.sort(Comparator.comparing(
                        (PlannedExam exam) -> !today.equals(exam.step().startDate()))
                .thenComparing(
                        exam -> exam.step().startDate(), Comparator.nullsLast(Comparator.<LocalDate>naturalOrder()))
                .thenComparing(
                        exam -> exam.step().startTime(), Comparator.nullsLast(Comparator.<LocalTime>naturalOrder())));
        return new Answer(found, notes);
    }

    private static PlannedExam planned(
            WorklistEntry entry, DicomSettings settings, ProtocolCodes codes, LocalDate today) {
        ScheduledStep step = entry.step();
        return new PlannedExam(
                entry,
                EntryCheck.warnings(step),
                EntryCheck.mismatches(step, settings.localAeTitle(), today, codes),
                codes.scans(step),
                EntryCheck.anatomy(List.of(step), codes));
    }

    private static boolean matches(PlannedExam exam, String wanted) {
        String text = wanted.strip().toLowerCase(Locale.ROOT);
        ScheduledStep step = exam.step();
        return List.of(
                        step.patient().name(),
                        PersonName.display(step.patient().name()),
                        step.patient().id(),
                        step.procedure().accessionNumber(),
                        step.procedure().id(),
                        step.id(),
                        step.description())
                .stream()
                .anyMatch(each -> each.toLowerCase(Locale.ROOT).contains(text));
    }

    /** These are to be done now, as one exam; nothing happens when they cannot be. */
    public void choose(List<PlannedExam> chosen) {
        if (canBeOneExam(chosen)) {
            onChosen.accept(List.copyOf(chosen));
        }
    }

    /** Whether there are any, all can be used, and they are of one patient. */
    static boolean canBeOneExam(List<PlannedExam> chosen) {
        return !chosen.isEmpty()
                && chosen.stream().allMatch(exam -> exam.entry().usable())
                && whyNotTogether(chosen).isEmpty();
    }

    /** A sentence when they are not of one patient. */
    static Optional<String> whyNotTogether(List<PlannedExam> chosen) {
        return EntryCheck.whyNotTogether(chosen.stream().map(PlannedExam::step).toList());
    }

    /** What becomes of entries of several studies; empty when they are of one. */
    public static Optional<String> groupNote(List<PlannedExam> chosen) {
        return EntryCheck.groupNote(chosen.stream().map(PlannedExam::step).toList());
    }
}
