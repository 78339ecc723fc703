package org.isocenter.dicom.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.net.Association;
import org.isocenter.dicom.net.DicomNetException;
import org.isocenter.dicom.net.DimseHandler;
import org.isocenter.dicom.net.DimseResponse;
import org.isocenter.dicom.net.DimseStatus;
import org.isocenter.dicom.net.Operation;
import org.isocenter.dicom.net.PresentationContext;
import org.isocenter.dicom.net.Services;
import org.isocenter.dicom.net.SubOperations;

/** Query/Retrieve by the Study Root model (PS3.4 annex C) as its user: what an archive has of a patient, and getting it. */
public final class QueryRetrieve {
    /** What an association is opened with to find, and to have things sent to this console's listener. */
    public static final List<PresentationContext> CONTEXTS =
            List.of(PresentationContext.of(UID.StudyRootFind), PresentationContext.of(UID.StudyRootMove));

    /** More are of no use to a person: the search is cancelled then. */
    private static final int MOST_MATCHES = 2000;

    private QueryRetrieve() {}

    /**
     * What an archive answered.
     *
     * @param matches those that came, also when the archive failed in the end
     * @param status the final one; CANCEL when there were too many
     */
    public record Found<T>(List<T> matches, DimseStatus status) {
        public Found {
            matches = List.copyOf(matches);
        }
    }

    /**
     * What came of fetching.
     *
     * @param counts as the archive told last
     * @param failedInstances SOP instance UIDs that it could not send
     */
    public record Retrieved(DimseStatus status, SubOperations counts, List<String> failedInstances) {
        public Retrieved {
            failedInstances = List.copyOf(failedInstances);
        }
    }

    /** Waits for the network. @throws org.isocenter.dicom.data.DicomValueException when a key cannot be asked for like this */
    public static Found<FoundStudy> studies(Association association, StudyQuery query) throws DicomNetException {
        List<FoundStudy> studies = new ArrayList<>();
        DimseStatus status = association.find(UID.StudyRootFind, query.identifier(), match -> {
            studies.add(FoundStudy.of(match));
            return studies.size() < MOST_MATCHES;
        });
        return new Found<>(studies, status);
    }

    /** Waits for the network. */
    public static Found<FoundStudy.Series> series(Association association, String studyInstanceUid)
            throws DicomNetException {
        List<FoundStudy.Series> series = new ArrayList<>();
        DimseStatus status =
                association.find(UID.StudyRootFind, StudyQuery.seriesIdentifier(studyInstanceUid), match -> {
                    series.add(FoundStudy.Series.of(match));
                    return series.size() < MOST_MATCHES;
                });
        return new Found<>(series, status);
    }

    /** What an association is opened with for {@link #get}, together with {@link #receiving}. */
    public static List<PresentationContext> getContexts() {
        List<PresentationContext> contexts = new ArrayList<>(StorageClasses.provided());
        contexts.add(PresentationContext.of(UID.StudyRootGet));
        return contexts;
    }

    /** Takes objects of all kinds: on an association of {@link #get}, or on a listener that is a {@link #move} destination. */
    public static Services receiving(DimseHandler keeper) {
        return Services.NONE.with(Operation.C_STORE, StorageClasses.ALL, StorageClasses.transferSyntaxes(), keeper);
    }

    /**
     * Has a study, or one series of it, sent on this association. Waits for the network.
     *
     * @param seriesInstanceUid or empty for the whole study
     * @param progress takes how far it is; false cancels
     */
    public static Retrieved get(
            Association association,
            String studyInstanceUid,
            String seriesInstanceUid,
            Predicate<SubOperations> progress)
            throws DicomNetException {
        Attributes keys = StudyQuery.retrieval(studyInstanceUid, seriesInstanceUid);
        Latest latest = new Latest(progress);
        return latest.retrieved(association.get(UID.StudyRootGet, keys, latest));
    }

    /**
     * Has a study, or one series of it, sent to a listener on associations that the archive opens. Waits for the network.
     *
     * @param destination title of the listener, as the archive knows it
     * @param seriesInstanceUid or empty for the whole study
     * @param progress takes how far it is; false cancels
     */
    public static Retrieved move(
            Association association,
            String destination,
            String studyInstanceUid,
            String seriesInstanceUid,
            Predicate<SubOperations> progress)
            throws DicomNetException {
        Attributes keys = StudyQuery.retrieval(studyInstanceUid, seriesInstanceUid);
        Latest latest = new Latest(progress);
        return latest.retrieved(association.move(UID.StudyRootMove, destination, keys, latest));
    }

    /** Remembers what was told last: the final response need not count again. */
    private static final class Latest implements Predicate<SubOperations> {
        private final Predicate<SubOperations> progress;
        private SubOperations counts = new SubOperations(-1, -1, -1, -1);

        Latest(Predicate<SubOperations> progress) {
            this.progress = progress;
        }

        @Override
        public boolean test(SubOperations now) {
            counts = now;
            return progress.test(now);
        }

        Retrieved retrieved(DimseResponse last) {
            return new Retrieved(
                    last.status(), counts, List.of(last.dataset().getStrings(Tag.FailedSOPInstanceUIDList)));
        }
    }
}
