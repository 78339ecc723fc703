package org.isocenter.session.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.file.DicomWriter;
import org.isocenter.dicom.net.DicomListener;
import org.isocenter.dicom.net.DimseRequest;
import org.isocenter.dicom.net.DimseResponse;
import org.isocenter.dicom.net.DimseStatus;
import org.isocenter.dicom.net.ListenerSettings;
import org.isocenter.dicom.net.NetSettings;
import org.isocenter.dicom.net.Operation;
import org.isocenter.dicom.net.Peer;
import org.isocenter.dicom.net.Services;
import org.isocenter.dicom.net.StoreFolder;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.OutboxEntry;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.archive.OutboxState;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.dicom.Service;
import org.isocenter.session.outbox.TestImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A console that nobody can call sends images to an archive that answers for them on the association of the question. */
@Timeout(60)
class SameAssociationTest {
    private static final int DATA = 4;
    private static final int COMMAND = 3;
    private static final int DATASET = 2;
    private static final int HEADER = 6;
    private static final int PDV_START = 12;

    @TempDir
    Path home;

    /** What is to follow the response to the N-ACTION. */
    private final AtomicReference<byte[]> report = new AtomicReference<>();

    /** The console's response to that, a command set. */
    private final CompletableFuture<byte[]> response = new CompletableFuture<>();

    @Test
    void theAnswerIsHeardAndTheImagesArePromised() throws Exception {
        Services services = Services.NONE
                .with(Operation.C_STORE, UID.MRImageStorage, new StoreFolder(home.resolve("pacs"), file -> {}))
                .with(Operation.N_ACTION, UID.StorageCommitmentPushModel, this::asked);
        try (DicomListener pacs = DicomListener.open(
                        ListenerSettings.of(0, List.of(Peer.of("MR", "127.0.0.1", 104))),
                        NetSettings.of("PACS"),
                        services);
                ServerSocket link = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                Archive archive = Archive.open(home)) {
            start(() -> relayAll(link, pacs.port()));
            Destination destination = new Destination.Dimse(
                    "pacs",
                    "PACS",
                    "127.0.0.1",
                    link.getLocalPort(),
                    Optional.empty(),
                    Set.of(Service.STORE, Service.COMMITMENT),
                    false);
            DicomSettings settings = new DicomSettings("MR", Optional.empty(), List.of(destination));
            try (Hospital hospital = new Hospital(archive, () -> settings)) {
                assertThat(hospital.listen()).isEmpty();
                List<Long> images = archive.outbox().add(List.of(image(1), image(2)));
                hospital.outbox().start();
                while (!archive.outbox().open().isEmpty()) {
                    TimeUnit.MILLISECONDS.sleep(5);
                }
                assertThat(archive.outbox().find(images))
                        .extracting(OutboxRow::state)
                        .containsOnly(OutboxState.COMMITTED);
            }
        }
        Attributes answer = DicomReader.readDataset("a command", response.join(), 0, UID.ImplicitVRLittleEndian);
        assertThat(answer.getInt(Tag.CommandField, 0)).isEqualTo(0x8100);
        assertThat(answer.getInt(Tag.Status, -1)).isZero();
    }

    private OutboxEntry image(int number) throws IOException {
        Path file = TestImages.entry("pacs", home, number).file().orElseThrow();
        return OutboxEntry.instance("pacs", UID.MRImageStorage, TestImages.uid(number), file, true);
    }

    private DimseResponse asked(DimseRequest request) throws IOException {
        Attributes event = new Attributes();
        event.setString(Tag.AffectedSOPClassUID, UID.StorageCommitmentPushModel);
        event.setInt(Tag.CommandField, 0x0100);
        event.setInt(Tag.MessageID, 1);
        event.setInt(Tag.CommandDataSetType, 0);
        event.setString(Tag.AffectedSOPInstanceUID, UID.StorageCommitmentPushModelInstance);
        event.setInt(Tag.EventTypeID, 1);
        byte[] command = pdu(COMMAND, DicomWriter.toCommandBytes(event));
        // A report that all is kept holds what the request did.
        byte[] dataset = pdu(DATASET, DicomWriter.toBytes(request.dataset(), request.transferSyntax()));
        report.set(ByteBuffer.allocate(command.length + dataset.length)
                .put(command)
                .put(dataset)
                .array());
        return DimseResponse.of(DimseStatus.success());
    }

    /** P-DATA-TF of one value on the only context. */
    private static byte[] pdu(int control, byte[] content) {
        return ByteBuffer.allocate(PDV_START + content.length)
                .put((byte) DATA)
                .put((byte) 0)
                .putInt(content.length + 6)
                .putInt(content.length + 2)
                .put((byte) 1)
                .put((byte) control)
                .put(content)
                .array();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "link");
        thread.setDaemon(true);
        thread.start();
    }

    private void relayAll(ServerSocket link, int port) {
        while (!link.isClosed()) {
            try {
                Socket client = link.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                start(() -> relay(client, server, false));
                start(() -> relay(server, client, true));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    /** The archive's next message after the question is its response: the report follows, and what is said to that stays here. */
    private void relay(Socket from, Socket to, boolean ofTheArchive) {
        try (from;
                to) {
            DataInputStream in = new DataInputStream(from.getInputStream());
            while (true) {
                byte[] header = new byte[HEADER];
                in.readFully(header);
                byte[] pdu = Arrays.copyOf(
                        header, HEADER + ByteBuffer.wrap(header, 2, 4).getInt());
                in.readFully(pdu, HEADER, pdu.length - HEADER);
                boolean afterReport = report.get() != null && pdu[0] == DATA;
                if (ofTheArchive || !afterReport) {
                    to.getOutputStream().write(pdu);
                }
                if (afterReport && ofTheArchive) {
                    to.getOutputStream().write(report.get());
                } else if (afterReport) {
                    response.complete(Arrays.copyOfRange(pdu, PDV_START, pdu.length));
                }
            }
        } catch (IOException e) {
            return; // one side has ended it
        }
    }
}
