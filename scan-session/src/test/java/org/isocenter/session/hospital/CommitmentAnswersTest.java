package org.isocenter.session.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.net.Association;
import org.isocenter.dicom.net.DicomListener;
import org.isocenter.dicom.net.ListenerSettings;
import org.isocenter.dicom.net.NetSettings;
import org.isocenter.dicom.net.Peer;
import org.isocenter.dicom.net.PresentationContext;
import org.isocenter.dicom.net.Services;
import org.isocenter.dicom.workflow.CommitmentHandler;
import org.isocenter.dicom.workflow.StorageCommitment;
import org.isocenter.model.SopReference;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.OutboxEntry;
import org.isocenter.session.archive.OutboxOutcome;
import org.isocenter.session.archive.OutboxState;
import org.isocenter.session.archive.OutboxStore;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.dicom.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who calls with an answer to a commitment request must have been asked. */
@Timeout(60)
class CommitmentAnswersTest {
    private static final String IMAGE = "1.2.3.1";
    private static final int INVALID_ARGUMENT = 0x0115;

    @TempDir
    Path home;

    private Archive archive;
    private DicomListener listener;
    private long image;

    @BeforeEach
    void askAboutOneImage() throws IOException {
        archive = Archive.open(home);
        OutboxStore store = archive.outbox();
        image = store.add(List.of(OutboxEntry.instance("pacs", UID.MRImageStorage, IMAGE, home.resolve("1.dcm"), true)))
                .get(0);
        store.claim("pacs", 1, Instant.now());
        store.settle(List.of(new OutboxStore.Settled(image, OutboxOutcome.SENT, Instant.now())));
        store.askCommitment("pacs", () -> "1.2.9");
        List<Destination> destinations = List.of(destination("pacs", "ARCHIVE"), destination("other", "OTHER"));
        DicomSettings settings = new DicomSettings("MR", Optional.empty(), destinations);
        CommitmentAnswers answers = new CommitmentAnswers(store, () -> settings, () -> {});
        listener = DicomListener.open(
                ListenerSettings.of(
                        0, List.of(Peer.of("ARCHIVE", "127.0.0.1", 104), Peer.of("OTHER", "127.0.0.1", 104))),
                NetSettings.of("MR"),
                new CommitmentHandler(answers).addTo(Services.NONE));
    }

    private static Destination destination(String name, String aeTitle) {
        return new Destination.Dimse(
                name, aeTitle, "127.0.0.1", 104, Optional.empty(), Set.of(Service.STORE, Service.COMMITMENT), false);
    }

    @AfterEach
    void close() {
        listener.close();
        archive.close();
    }

    private int report(String callingTitle, String transaction) throws IOException {
        try (Association association = Association.open(
                Peer.of("MR", "127.0.0.1", listener.port()),
                NetSettings.of(callingTitle),
                List.of(PresentationContext.of(UID.StorageCommitmentPushModel).provided()))) {
            return association
                    .nEventReport(
                            UID.StorageCommitmentPushModel,
                            UID.StorageCommitmentPushModelInstance,
                            1,
                            StorageCommitment.request(
                                    transaction, List.of(new SopReference(UID.MRImageStorage, IMAGE))))
                    .status()
                    .code();
        }
    }

    private OutboxState state() {
        return archive.outbox().find(image).orElseThrow().state();
    }

    @Test
    void anAnswerOfWhoWasNotAskedIsRefusedAndChangesNothing() throws IOException {
        assertThat(report("OTHER", "1.2.9")).isEqualTo(INVALID_ARGUMENT);
        assertThat(state()).isEqualTo(OutboxState.SENT);
    }

    @Test
    void anAnswerToAQuestionThatWasNotAskedIsRefused() throws IOException {
        assertThat(report("ARCHIVE", "1.2.8")).isEqualTo(INVALID_ARGUMENT);
        assertThat(state()).isEqualTo(OutboxState.SENT);
    }

    @Test
    void anAnswerOfWhoWasAskedCountsAlsoWhenItComesTwice() throws IOException {
        assertThat(report("ARCHIVE", "1.2.9")).isZero();
        assertThat(state()).isEqualTo(OutboxState.COMMITTED);
        assertThat(report("ARCHIVE", "1.2.9")).isZero();
        assertThat(state()).isEqualTo(OutboxState.COMMITTED);
    }
}
