package org.isocenter.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.file.DicomWriter;
import org.isocenter.dicom.net.DicomNetException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Our requestor and our acceptor talk to each other, both services and both roles. */
@Timeout(60)
class LoopbackTest {
    private static final NetSettings SETTINGS = NetSettings.of("ISOCENTER");
    private static final String MPPS = UID.ModalityPerformedProcedureStep;

    @TempDir
    Path folder;

    private static DicomListener listen(Services services) throws IOException {
        return DicomListener.open(
                ListenerSettings.of(0, List.of(Peer.of("ISOCENTER", "localhost", 104))), SETTINGS, services);
    }

    private static Association open(DicomListener listener, Services services, PresentationContext... contexts)
            throws DicomNetException {
        Peer peer = Peer.of("ISOCENTER", "127.0.0.1", listener.port());
        return Association.open(peer, SETTINGS, List.of(contexts), services);
    }

    private static Attributes study(int number) {
        Attributes study = new Attributes();
        study.setString(Tag.SpecificCharacterSet, "ISO_IR 192");
        study.setString(Tag.PatientName, "Пробa^" + number);
        return study;
    }

    @Test
    void aSearchStreamsItsMatchesAndEndsWhenItIsCancelled() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        DimseHandler finder = request -> {
            Attributes keys = request.dataset();
            assertThat(keys.getString(Tag.PatientName)).isEqualTo("Пробa^0");
            while (!request.isCancelled()) {
                request.sendMatch(study(sent.incrementAndGet()));
            }
            return DimseResponse.of(DimseStatus.of(Operation.C_FIND, 0xFE00));
        };
        List<String> names = new ArrayList<>();
        try (DicomListener listener = listen(Services.NONE.with(Operation.C_FIND, UID.StudyRootFind, finder));
                Association association = open(listener, Services.NONE, PresentationContext.of(UID.StudyRootFind))) {
            DimseStatus status = association.find(UID.StudyRootFind, study(0), match -> {
                names.add(match.getString(Tag.PatientName));
                return names.size() < 5;
            });
            assertThat(status.kind()).isEqualTo(DimseStatus.Kind.CANCEL);
            association.release();
        }
        assertThat(names).startsWith("Пробa^1", "Пробa^2", "Пробa^3", "Пробa^4", "Пробa^5");
        assertThat(sent.get()).isGreaterThanOrEqualTo(5);
    }

    @Test
    void aGetBringsItsObjectsOnTheSameAssociation() throws Exception {
        DimseHandler getter = request -> {
            request.dataset();
            int done = 0;
            for (int i = 1; i <= 3; i++) {
                done += request.store(Objects.image("2.25.4" + i, i)).isDone() ? 1 : 0;
                request.sendProgress(new SubOperations(3 - i, done, i - done, 0));
            }
            Attributes failed = new Attributes();
            failed.setString(Tag.FailedSOPInstanceUIDList, "2.25.99");
            DimseStatus status = DimseStatus.of(Operation.C_GET, 0xB000);
            return new DimseResponse(status, "", failed, new SubOperations(0, done, 1, 0));
        };
        Services server = Services.NONE
                .with(Operation.C_GET, UID.StudyRootGet, getter)
                .withClientRole(List.of(UID.MRImageStorage));
        Path in = folder.resolve("in");
        Services client = Services.NONE.with(Operation.C_STORE, UID.MRImageStorage, new StoreFolder(in, file -> {}));
        List<Integer> remaining = new ArrayList<>();
        try (DicomListener listener = listen(server);
                Association association = open(
                        listener,
                        client,
                        PresentationContext.of(UID.StudyRootGet),
                        PresentationContext.of(UID.MRImageStorage).provided())) {
            assertThat(association.accepts(Operation.C_STORE, UID.MRImageStorage))
                    .isFalse();
            DimseResponse response = association.get(UID.StudyRootGet, study(0), progress -> {
                remaining.add(progress.remaining());
                return true;
            });
            assertThat(response.status().code()).isEqualTo(0xB000);
            assertThat(response.subOperations()).isEqualTo(new SubOperations(0, 3, 1, 0));
            assertThat(response.dataset().getString(Tag.FailedSOPInstanceUIDList))
                    .isEqualTo("2.25.99");
        }
        assertThat(remaining).containsExactly(2, 1, 0);
        assertThat(DicomReader.read(in.resolve("2.25.43.dcm")).dataset()).isEqualTo(Objects.image("2.25.43", 3));
    }

    @Test
    void theNormalizedServicesCarryTheirTypesInstancesAndDataSets() throws Exception {
        List<String> seen = new ArrayList<>();
        DimseHandler handler = request -> {
            String text = request.dataset().getString(Tag.PatientName);
            seen.add(request.operation() + " " + request.sopInstanceUid() + " " + request.typeId() + " " + text);
            String instance = request.sopInstanceUid().isEmpty() ? "2.25.77" : "";
            Attributes answer = request.operation() == Operation.N_GET ? study(8) : new Attributes();
            return new DimseResponse(DimseStatus.success(), instance, answer);
        };
        Services services = Services.NONE
                .with(Operation.N_CREATE, MPPS, handler)
                .with(Operation.N_SET, MPPS, handler)
                .with(Operation.N_GET, MPPS, handler)
                .with(Operation.N_ACTION, MPPS, handler);
        try (DicomListener listener = listen(services);
                Association association = open(listener, Services.NONE, PresentationContext.of(MPPS))) {
            assertThat(association.nCreate(MPPS, "", study(1)).sopInstanceUid()).isEqualTo("2.25.77");
            assertThat(association.nSet(MPPS, "2.25.77", study(2)).status().isDone())
                    .isTrue();
            assertThat(association
                            .nAction(MPPS, "2.25.77", 1, study(3))
                            .status()
                            .isDone())
                    .isTrue();
            assertThat(association.nGet(MPPS, "2.25.77", Tag.PatientName).dataset())
                    .isEqualTo(study(8));
            assertThat(association
                            .nEventReport(MPPS, "2.25.77", 1, study(4))
                            .status()
                            .code())
                    .as("we are not the provider")
                    .isEqualTo(0x0122);
            assertThat(association
                            .nCreate(UID.StudyRootFind, "", study(1))
                            .status()
                            .describe())
                    .contains("did not accept 1.2.840.10008.5.1.4.1.2.2.1");
        }
        assertThat(seen)
                .containsExactly(
                        "N-CREATE  -1 Пробa^1",
                        "N-SET 2.25.77 -1 Пробa^2",
                        "N-ACTION 2.25.77 1 Пробa^3",
                        "N-GET 2.25.77 -1 null");
    }

    @Test
    void anEventIsReportedOnAnAssociationOfTheProvider() throws Exception {
        BlockingQueue<Integer> events = new LinkedBlockingQueue<>();
        DimseHandler handler = request -> {
            events.add(request.typeId());
            return DimseResponse.of(DimseStatus.success());
        };
        Services services = Services.NONE.with(Operation.N_EVENT_REPORT, UID.StorageCommitmentPushModel, handler);
        try (DicomListener listener = listen(services);
                Association association = open(
                        listener,
                        Services.NONE,
                        PresentationContext.of(UID.StorageCommitmentPushModel).provided())) {
            DimseResponse response = association.nEventReport(
                    UID.StorageCommitmentPushModel, UID.StorageCommitmentPushModelInstance, 2, study(1));
            assertThat(response.status()).isEqualTo(DimseStatus.success());
        }
        assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo(2);
    }

    @Test
    void aRequestOfTheAcceptorIsServedOnTheSameAssociation() throws Exception {
        byte[] event = BadPeer.data(1, 3, DicomWriter.toCommandBytes(eventReport()));
        try (BadPeer provider = new BadPeer(talk -> {
            talk.accept();
            // In the middle of our echo, and when nothing is under way.
            talk.receive();
            talk.send(event);
            talk.receive();
            talk.send(BadPeer.response(Operation.C_ECHO, 1, 0));
            talk.send(event);
            talk.receive();
            talk.receive();
            talk.send(BadPeer.releaseReply());
        })) {
            AtomicInteger served = new AtomicInteger();
            Services services = Services.NONE.with(Operation.N_EVENT_REPORT, UID.Verification, request -> {
                served.incrementAndGet();
                return DimseResponse.of(DimseStatus.success());
            });
            try (Association association = Association.open(
                    provider.peer(),
                    SETTINGS,
                    List.of(PresentationContext.of(UID.Verification), PresentationContext.of(MPPS)),
                    services)) {
                assertThat(association.echo()).isEqualTo(DimseStatus.success());
                assertThat(association.serveOne(Duration.ofSeconds(30))).isTrue();
                assertThat(served).hasValue(2);
                assertThat(association.serveOne(Duration.ofMillis(1))).isFalse();
                association.release();
            }
            provider.await();
        }
    }

    private static Attributes eventReport() {
        Attributes event = Dialogue.request(Operation.N_EVENT_REPORT, UID.Verification, "1.2");
        event.setInt(Tag.MessageID, 1);
        event.setInt(Tag.EventTypeID, 1);
        event.setInt(Tag.CommandDataSetType, 0x0101);
        return event;
    }

    @Test
    void severalImagesAreUnderWayAtOnceWhenThePeerAllowsIt() throws Exception {
        Path in = folder.resolve("in");
        Services services = Services.NONE.with(Operation.C_STORE, UID.MRImageStorage, new StoreFolder(in, file -> {}));
        List<Path> files = new ArrayList<>();
        for (int i = 1; i <= 30; i++) {
            files.add(Objects.file(folder, "2.25.5" + i, i));
        }
        List<Path> stored = new ArrayList<>();
        try (DicomListener listener = listen(services);
                Association association = open(listener, Services.NONE, PresentationContext.of(UID.MRImageStorage))) {
            assertThat(association.operationsWindow()).isEqualTo(SETTINGS.maxOperations());
            association.storeAll(files, new Association.StoreListener() {
                @Override
                public void answered(Path file, DimseStatus status) {
                    assertThat(status).isEqualTo(DimseStatus.success());
                    stored.add(file);
                }

                @Override
                public void unreadable(Path file, IOException problem) {
                    throw new AssertionError(problem);
                }
            });
        }
        assertThat(stored).isEqualTo(files);
        try (Stream<Path> list = Files.list(in)) {
            assertThat(list).hasSize(30);
        }
    }

    @Test
    void anObjectThatIsHereAlreadyIsNotReplaced() throws Exception {
        Path in = folder.resolve("in");
        List<Path> told = new ArrayList<>();
        Services services = Services.NONE.with(Operation.C_STORE, UID.MRImageStorage, new StoreFolder(in, told::add));
        try (DicomListener listener = listen(services);
                Association association = open(listener, Services.NONE, PresentationContext.of(UID.MRImageStorage))) {
            assertThat(association.store(Objects.image("2.25.5", 4)).code()).isZero();
            assertThat(association.store(Objects.image("2.25.5", 4)).code()).isZero();
            DimseStatus other = association.store(Objects.image("2.25.5", 5));
            assertThat(other.code()).isEqualTo(0x0111);
            assertThat(other.describe()).contains("Duplicate SOP instance");
        }
        assertThat(told).containsExactly(in.resolve("2.25.5.dcm"));
        assertThat(in).isDirectoryContaining(file -> file.equals(told.get(0)));
        assertThat(DicomReader.read(told.get(0)).dataset()).isEqualTo(Objects.image("2.25.5", 4));
    }

    @Test
    void anObjectThatIsAnotherThanTheCommandSaysIsRefused() throws Exception {
        Path in = folder.resolve("in");
        Services services = Services.NONE.with(Operation.C_STORE, UID.MRImageStorage, new StoreFolder(in, file -> {}));
        Path file = Objects.file(folder, "2.25.5", 4);
        byte[] bytes = Files.readAllBytes(file);
        long dataset = DicomReader.readStart(file).datasetOffset();
        Path wrong = folder.resolve("wrong.dcm");
        try (OutputStream out = Files.newOutputStream(wrong)) {
            out.write(DicomWriter.toFileStart(UID.MRImageStorage, "2.25.6", UID.ExplicitVRLittleEndian));
            out.write(bytes, (int) dataset, bytes.length - (int) dataset);
        }
        try (DicomListener listener = listen(services);
                Association association = open(listener, Services.NONE, PresentationContext.of(UID.MRImageStorage))) {
            assertThat(association.store(wrong).code()).isEqualTo(0xA900);
            assertThat(association.store(file).code()).isZero();
        }
        try (Stream<Path> list = Files.list(in)) {
            assertThat(list).containsExactly(in.resolve("2.25.5.dcm"));
        }
    }

    @Test
    void whatCannotBeWrittenIsRefusedForNowAndTheAssociationGoesOn() throws Exception {
        Path in = folder.resolve("in");
        Services services = Services.NONE.with(Operation.C_STORE, UID.MRImageStorage, new StoreFolder(in, file -> {}));
        try (DicomListener listener = listen(services);
                Association association = open(listener, Services.NONE, PresentationContext.of(UID.MRImageStorage))) {
            Files.delete(in);
            DimseStatus full = association.store(Objects.image("2.25.5", 2_000));
            assertThat(full.code()).isEqualTo(0xA700);
            assertThat(full.isTransient()).isTrue();
            Files.createDirectory(in);
            assertThat(association.store(Objects.image("2.25.5", 2_000)).code()).isZero();
        }
        try (Stream<Path> list = Files.list(in)) {
            assertThat(list).containsExactly(in.resolve("2.25.5.dcm"));
        }
    }

    @Test
    void anObjectThatIsCutOffLeavesNoFile() throws Exception {
        Path in = folder.resolve("in");
        StoreFolder store = new StoreFolder(in, file -> {});
        CountDownLatch handled = new CountDownLatch(1);
        Services services = Services.NONE.with(Operation.C_STORE, UID.MRImageStorage, request -> {
            try {
                return store.handle(request);
            } finally {
                handled.countDown();
            }
        });
        Attributes command = Dialogue.request(Operation.C_STORE, UID.MRImageStorage, "2.25.6");
        command.setInt(Tag.MessageID, 1);
        command.setInt(Tag.CommandDataSetType, 0);
        byte[] half = BadPeer.data(1, 0, new byte[100_000]);
        try (DicomListener listener = listen(services);
                Socket socket = new Socket("127.0.0.1", listener.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(BadPeer.associationRequest(UID.MRImageStorage));
            out.write(BadPeer.data(1, 3, DicomWriter.toCommandBytes(command)));
            out.write(half);
            socket.shutdownOutput();
            assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
            handled.await();
        }
        try (Stream<Path> list = Files.list(in)) {
            assertThat(list).isEmpty();
        }
    }

    @Test
    void aHandlerThatFailsIsAFailureAndNoEnd() throws Exception {
        DimseHandler broken = request -> {
            throw new IllegalStateException("Mustermann^Erika");
        };
        DimseHandler picky = request -> DimseResponse.of(
                DimseStatus.of(Operation.C_STORE, 0xA900).with("no Rows\\here", List.of(Tag.Rows, Tag.Columns)));
        Services services =
                Services.NONE.with(Operation.N_SET, MPPS, broken).with(Operation.C_STORE, UID.MRImageStorage, picky);
        try (DicomListener listener = listen(services);
                Association association = open(
                        listener,
                        Services.NONE,
                        PresentationContext.of(MPPS),
                        PresentationContext.of(UID.MRImageStorage))) {
            DimseStatus status = association.nSet(MPPS, "2.25.1", study(1)).status();
            assertThat(status.code()).isEqualTo(0x0110);
            assertThat(status.describe()).doesNotContain("Mustermann");
            DimseStatus refused = association.store(Objects.image("2.25.1", 1));
            assertThat(refused.describe())
                    .contains("0xA900 Data set does not match SOP class")
                    .contains("it says: no Rows/here")
                    .contains("it names Rows (0028,0010), Columns (0028,0011)");
            assertThat(association.nCreate(MPPS, "", study(1)).status().code()).isEqualTo(0x0122);
        }
    }

    @Test
    void moreAssociationsThanAllowedAreRejectedForNow() throws Exception {
        ListenerSettings one =
                new ListenerSettings(0, List.of(Peer.of("ISOCENTER", "127.0.0.1", 104)), 1, Optional.empty());
        try (DicomListener listener = DicomListener.open(one, SETTINGS, Services.NONE);
                Association first = open(listener, Services.NONE, PresentationContext.of(UID.Verification))) {
            DicomNetException failure = catchThrowableOfType(
                    DicomNetException.class,
                    () -> open(listener, Services.NONE, PresentationContext.of(UID.Verification)));
            assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
            assertThat(failure.isTransient()).isTrue();
            assertThat(first.echo()).isEqualTo(DimseStatus.success());
        }
    }
}
