package org.isocenter.session.hospital;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.net.Association;
import org.isocenter.dicom.web.DicomPath;
import org.isocenter.dicom.web.DicomWebClient;
import org.isocenter.dicom.web.Found;
import org.isocenter.dicom.web.QueryLevel;
import org.isocenter.dicom.web.WebSettings;
import org.isocenter.dicom.workflow.FoundStudy;
import org.isocenter.dicom.workflow.QueryRetrieve;
import org.isocenter.dicom.workflow.StudyQuery;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;

/** Asks an archive what it has, by C-FIND or QIDO-RS. Waits for the network. */
public final class ArchiveSearch {
    /** More are of no use to a person. */
    private static final int MOST_MATCHES = 2000;

    private ArchiveSearch() {}

    /**
     * What it answered.
     *
     * @param status how the search ended, for programs
     * @param problem why it did not tell all, as a sentence; empty when it did
     */
    public record Listing<T>(List<T> matches, String status, String problem) {
        public Listing {
            matches = List.copyOf(matches);
        }

        private static <T> Listing<T> of(QueryRetrieve.Found<T> found) {
            return new Listing<>(
                    found.matches(),
                    found.status().toString(),
                    found.status().isDone() ? "" : found.status().describe());
        }

        private static <T> Listing<T> of(Found found, Function<Attributes, T> read) {
            return new Listing<>(
                    found.matches().stream().map(read).toList(),
                    found.complete() ? "COMPLETE" : "INCOMPLETE",
                    found.complete() ? "" : "there are more than it told, or than are wanted: ask for fewer");
        }
    }

    /**
     * Studies.
     *
     * @throws IOException when there is no answer; says why and what to do
     * @throws org.isocenter.dicom.data.DicomValueException when a key cannot be asked for like this
     */
    public static Listing<FoundStudy> studies(Destination archive, DicomSettings settings, StudyQuery query)
            throws IOException {
        Attributes keys = query.identifier(); // before anybody is called: it may be none
        if (archive instanceof Destination.Web web) {
            return Listing.of(search(settings.web(web), QueryLevel.STUDY, null, keys), FoundStudy::of);
        }
        try (Association association = open(archive, settings)) {
            return Listing.of(QueryRetrieve.studies(association, query));
        }
    }

    /**
     * The series of a study.
     *
     * @param study a UID
     * @throws IOException when there is no answer; says why and what to do
     */
    public static Listing<FoundStudy.Series> series(Destination archive, DicomSettings settings, String study)
            throws IOException {
        if (archive instanceof Destination.Web web) {
            Attributes keys = StudyQuery.seriesIdentifier(study);
            keys.remove(Tag.StudyInstanceUID); // told by the path
            return Listing.of(
                    search(settings.web(web), QueryLevel.SERIES, DicomPath.study(study), keys), FoundStudy.Series::of);
        }
        try (Association association = open(archive, settings)) {
            return Listing.of(QueryRetrieve.series(association, study));
        }
    }

    private static Association open(Destination archive, DicomSettings settings) throws IOException {
        Destination.Dimse dimse = (Destination.Dimse) archive;
        return Association.open(dimse.peer(), settings.net(dimse), QueryRetrieve.CONTEXTS);
    }

    /** What a C-FIND would ask for: keys without a value are those to be told of. */
    private static Found search(WebSettings web, QueryLevel level, DicomPath within, Attributes keys)
            throws IOException {
        keys.remove(Tag.QueryRetrieveLevel);
        List<Integer> includes = Arrays.stream(keys.tags())
                .filter(tag -> keys.getStrings(tag).length == 0)
                .boxed()
                .toList();
        return new DicomWebClient(web).search(level, within, keys, includes, MOST_MATCHES);
    }
}
