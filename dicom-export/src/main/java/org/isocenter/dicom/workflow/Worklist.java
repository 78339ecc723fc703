package org.isocenter.dicom.workflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.net.Association;
import org.isocenter.dicom.net.DicomNetException;
import org.isocenter.dicom.net.DimseStatus;
import org.isocenter.dicom.net.PresentationContext;
import org.isocenter.model.RequestedProcedure;
import org.isocenter.model.ScheduledStep;

/** Modality Worklist (PS3.4 annex K) as its user. */
public final class Worklist {
    /** What an association is opened with for {@link #find}. */
    public static final PresentationContext CONTEXT = PresentationContext.of(UID.ModalityWorklistFind);

    /** More answers are of no use to a person: the search is cancelled then. */
    private static final int MOST_ANSWERS = 2000;

    private Worklist() {}

    /**
     * What a server answered.
     *
     * @param entries those that came, also when the server failed in the end
     * @param complete whether there is not more than these
     * @param status the final one; CANCEL when there were too many
     */
    public record Answer(List<WorklistEntry> entries, boolean complete, DimseStatus status) {
        public Answer {
            entries = List.copyOf(entries);
        }
    }

    /**
     * Asks a server. Waits for the network.
     *
     * @throws org.isocenter.dicom.data.DicomValueException when a key cannot be asked for like this
     */
    public static Answer find(Association association, WorklistQuery query) throws DicomNetException {
        List<Attributes> answers = new ArrayList<>();
        DimseStatus status = association.find(UID.ModalityWorklistFind, query.identifier(), answer -> {
            answers.add(answer);
            return answers.size() < MOST_ANSWERS;
        });
        return new Answer(entries(answers), status.isDone(), status);
    }

    /**
     * What the answers to a query say, in their order; several steps of one requested procedure are several entries. The same
     * entry told twice is listed once; different entries with the same ids are all listed, and each says so.
     *
     * @param answers identifiers of the pending C-FIND responses, each in its own character set
     */
    public static List<WorklistEntry> entries(List<Attributes> answers) {
        Set<WorklistEntry> all = new LinkedHashSet<>();
        for (Attributes answer : answers) {
            all.addAll(AnswerReader.read(answer));
        }
        Map<List<String>, Integer> count = new HashMap<>();
        all.forEach(entry -> count.merge(ids(entry.step()), 1, Integer::sum));
        List<WorklistEntry> entries = new ArrayList<>();
        for (WorklistEntry entry : all) {
            boolean alone = count.get(ids(entry.step())) == 1;
            entries.add(
                    alone ? entry : entry.with("another entry has the same ids and says something else: compare them"));
        }
        return entries;
    }

    private static List<String> ids(ScheduledStep step) {
        RequestedProcedure procedure = step.procedure();
        return List.of(procedure.studyInstanceUid(), procedure.id(), step.id());
    }
}
