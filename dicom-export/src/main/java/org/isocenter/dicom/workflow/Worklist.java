package org.isocenter.dicom.workflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.model.RequestedProcedure;
import org.isocenter.model.ScheduledStep;

/** Modality Worklist (PS3.4 annex K) as its user. */
public final class Worklist {
    private Worklist() {}

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
