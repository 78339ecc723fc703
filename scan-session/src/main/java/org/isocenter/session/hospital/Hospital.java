package org.isocenter.session.hospital;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.isocenter.dicom.net.DicomListener;
import org.isocenter.dicom.net.ListenerSettings;
import org.isocenter.dicom.net.Peer;
import org.isocenter.dicom.net.Services;
import org.isocenter.dicom.workflow.CommitmentHandler;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.OutboxStore;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.outbox.Delivery;
import org.isocenter.session.outbox.Outbox;
import org.isocenter.session.outbox.SettingsSource;
import org.isocenter.session.outbox.StoreDelivery;

/**
 * A console's side of the hospital's network while a program runs: sends what waits in the outbox, and answers when others call. Any
 * thread.
 */
public final class Hospital implements AutoCloseable {
    private final Archive archive;
    private final SettingsSource settings;
    private final Outbox outbox;
    private final CommitmentAnswers answers;
    private DicomListener listener; // guarded by this

    /** @param archive stays the caller's to close, after this */
    public Hospital(Archive archive, SettingsSource settings) {
        this.archive = archive;
        this.settings = settings;
        answers = new CommitmentAnswers(archive.outbox(), settings, this::answered);
        outbox = new Outbox(archive.outbox(), settings, deliveries());
    }

    /** All that knows how to deliver something. */
    private List<Delivery> deliveries() {
        return List.of(
                new StoreDelivery(),
                new WebStoreDelivery(),
                new PerformedStepDelivery(),
                new CommitmentDelivery(archive.outbox(), answers),
                new ImagingStudyDelivery(archive));
    }

    private void answered() {
        outbox.wake();
    }

    /** As they are now. */
    public DicomSettings settings() throws IOException {
        return settings.read();
    }

    /** Keeps these in the archive's folder, where they are read from again each time that they are needed. */
    public void keep(DicomSettings wanted) throws IOException {
        wanted.write(archive.folder());
    }

    /** What waits. */
    public OutboxStore store() {
        return archive.outbox();
    }

    /** What sends; not started yet. */
    public Outbox outbox() {
        return outbox;
    }

    /**
     * Listens as the settings say by now, in place of how it listened before.
     *
     * @return the port; empty when the settings say not to listen
     * @throws IOException when the settings cannot be read, the port is taken, or a certificate cannot be used
     */
    public synchronized Optional<Integer> listen() throws IOException {
        stopListening();
        DicomSettings now = settings.read();
        List<Peer> peers = now.destinations().stream()
                .filter(Destination.Dimse.class::isInstance)
                .map(destination -> ((Destination.Dimse) destination).peer())
                .toList();
        Optional<ListenerSettings> listening = now.listener(peers);
        if (listening.isEmpty()) {
            return Optional.empty();
        }
        listener = DicomListener.open(listening.get(), now.net(), new CommitmentHandler(answers).addTo(Services.NONE));
        return Optional.of(listener.port());
    }

    private void stopListening() {
        if (listener != null) {
            listener.close();
            listener = null;
        }
    }

    /** Ends what is under way. What was not sent is sent next time. */
    @Override
    public synchronized void close() {
        stopListening();
        outbox.close();
    }
}
