package org.isocenter.session.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.isocenter.dicom.data.DicomValueException;
import org.isocenter.dicom.workflow.WorklistEntry;
import org.isocenter.dicom.workflow.WorklistQuery;
import org.isocenter.model.ScheduledStep;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.dicom.Service;
import org.isocenter.session.hospital.EntryCheck;
import org.isocenter.session.hospital.WorklistSearch;

/** Asks the hospital's worklists for a command. */
final class WorklistEntries {
    private final DicomSettings settings;
    private final List<Destination> worklists;

    /** @param peer name or address of the one to ask; null for all that the settings have for worklists */
    WorklistEntries(DicomSettings settings, String peer) throws CommandException {
        this.settings = settings;
        worklists =
                peer == null ? settings.offering(Service.WORKLIST) : List.of(DicomDestinations.find(settings, peer));
        if (worklists.isEmpty()) {
            throw new CommandException(
                    ExitCode.INPUT,
                    "no worklist is known: name one with --peer AE@HOST:PORT, or give a destination of dicom.json the"
                            + " service \"worklist\"");
        }
    }

    /** All entries, with notes, from all of them. */
    WorklistSearch.Listing ask(WorklistQuery query) throws CommandException {
        List<WorklistEntry> entries = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        boolean refused = false;
        for (Destination worklist : worklists) {
            try {
                WorklistSearch.Listing listing = WorklistSearch.ask(worklist, settings, query, abort -> {});
                entries.addAll(listing.entries());
                listing.notes().forEach(note -> notes.add(note + " (" + worklist.name() + ")"));
                refused |= listing.refused();
            } catch (DicomValueException e) {
                throw new CommandException(ExitCode.INPUT, "this cannot be asked for: " + e.getMessage(), e);
            } catch (IOException e) {
                throw new CommandException(ExitCode.DEVICE, e.getMessage(), e);
            }
        }
        return new WorklistSearch.Listing(entries, notes, refused);
    }

    /**
     * For each id the one entry with exactly this step id or accession number. Refuses when there is none, or several, or when they
     * cannot be one exam.
     */
    List<ScheduledStep> exactly(List<String> ids) throws CommandException {
        WorklistSearch.Listing listing = ask(WorklistQuery.ALL);
        Set<ScheduledStep> steps = new LinkedHashSet<>();
        for (String id : ids) {
            steps.add(only(id, listing));
        }
        Optional<String> apart = EntryCheck.whyNotTogether(List.copyOf(steps));
        if (apart.isPresent()) {
            throw new CommandException(
                    ExitCode.NO, "no exam can be of all (" + String.join(", ", ids) + "): " + apart.get());
        }
        return List.copyOf(steps);
    }

    private static ScheduledStep only(String id, WorklistSearch.Listing listing) throws CommandException {
        List<WorklistEntry> found = listing.entries().stream()
                .filter(entry -> Objects.equals(entry.step().id(), id)
                        || Objects.equals(entry.step().procedure().accessionNumber(), id))
                .toList();
        if (found.isEmpty()) {
            String why = listing.refused() ? ": " + String.join("; ", listing.notes()) : "";
            throw new CommandException(
                    ExitCode.NO,
                    "the worklist has no entry with this step id or accession number (" + id + ")" + why
                            + ": see isocenter dicom worklist --date all");
        }
        if (found.size() > 1) {
            throw new CommandException(
                    ExitCode.NO,
                    "the worklist has " + found.size() + " entries with this id (" + id + "), of the steps "
                            + String.join(
                                    ", ",
                                    found.stream()
                                            .map(entry -> entry.step().id())
                                            .toList())
                            + ": name the steps (--worklist may be repeated), or have the worklist mended");
        }
        WorklistEntry entry = found.get(0);
        if (!entry.usable()) {
            throw new CommandException(
                    ExitCode.NO,
                    "the entry cannot be used (" + id + "): " + String.join("; ", entry.problems())
                            + ": have the worklist mended");
        }
        return entry.step();
    }
}
