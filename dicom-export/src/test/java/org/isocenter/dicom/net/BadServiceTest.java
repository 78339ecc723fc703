package org.isocenter.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Stream;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.net.DicomNetException.Kind;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every service against a peer that is bad in every way: each ends, with what it was. */
@Timeout(60)
class BadServiceTest {
    private static final NetSettings PATIENT = NetSettings.of("ISOCENTER");
    /** Patient but for what is waited for once an operation is under way. */
    private static final NetSettings SHORT = new NetSettings(
            "ISOCENTER",
            PATIENT.connectTimeout(),
            PATIENT.associateTimeout(),
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            PATIENT.releaseTimeout(),
            PATIENT.idleTimeout(),
            PATIENT.maxPduBytes(),
            PATIENT.maxOperations(),
            PATIENT.maxDatasetBytes());

    private interface Call {
        DimseStatus on(Association association) throws DicomNetException;
    }

    enum Service {
        ECHO(Operation.C_ECHO, UID.Verification, Association::echo),
        STORE(Operation.C_STORE, UID.MRImageStorage, association -> association.store(Objects.image("2.25.1", 4))),
        WORKLIST(
                Operation.C_FIND,
                UID.ModalityWorklistFind,
                association -> association.find(UID.ModalityWorklistFind, keys(), match -> true)),
        QUERY(
                Operation.C_FIND,
                UID.StudyRootFind,
                association -> association.find(UID.StudyRootFind, keys(), match -> true)),
        GET(
                Operation.C_GET,
                UID.StudyRootGet,
                association -> association
                        .get(UID.StudyRootGet, keys(), progress -> true)
                        .status()),
        MOVE(
                Operation.C_MOVE,
                UID.StudyRootMove,
                association -> association
                        .move(UID.StudyRootMove, "ISOCENTER", keys(), progress -> true)
                        .status()),
        MPPS_CREATE(
                Operation.N_CREATE,
                UID.ModalityPerformedProcedureStep,
                association -> association
                        .nCreate(UID.ModalityPerformedProcedureStep, "2.25.1", keys())
                        .status()),
        MPPS_SET(
                Operation.N_SET,
                UID.ModalityPerformedProcedureStep,
                association -> association
                        .nSet(UID.ModalityPerformedProcedureStep, "2.25.1", keys())
                        .status()),
        COMMITMENT(
                Operation.N_ACTION,
                UID.StorageCommitmentPushModel,
                association -> association
                        .nAction(UID.StorageCommitmentPushModel, UID.StorageCommitmentPushModelInstance, 1, keys())
                        .status());

        private final Operation operation;
        private final String sopClass;
        private final Call call;

        Service(Operation operation, String sopClass, Call call) {
            this.operation = operation;
            this.sopClass = sopClass;
            this.call = call;
        }

        private byte[] answer(int status) {
            return BadPeer.response(operation, 1, status);
        }

        private boolean hasPending() {
            return operation == Operation.C_FIND || operation == Operation.C_GET || operation == Operation.C_MOVE;
        }
    }

    /** What a peer does when it has got the whole request. */
    enum Misdeed {
        ABORTS(Kind.ABORTED, service -> talk -> {
            talk.send(BadPeer.abort(2, 6));
            talk.stall();
        }),
        STALLS(Kind.TIMEOUT, service -> BadPeer.Talk::stall),
        STALLS_WITHIN_A_PDU(Kind.TIMEOUT, service -> talk -> {
            talk.send(Arrays.copyOf(service.answer(0), 20));
            talk.stall();
        }),
        SENDS_GARBAGE(Kind.PROTOCOL, service -> talk -> {
            talk.send("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            talk.stall();
        }),
        SENDS_A_COMMAND_THAT_IS_NONE(Kind.PROTOCOL, service -> talk -> {
            talk.send(BadPeer.data(1, 3, new byte[] {1, 2, 3}));
            talk.stall();
        }),
        ANSWERS_SOMETHING_ELSE(Kind.PROTOCOL, service -> talk -> {
            talk.send(BadPeer.response(service.operation, 2, 0));
            talk.stall();
        }),
        CLOSES_WITHIN_A_PDU(Kind.CLOSED, service -> talk -> talk.send(Arrays.copyOf(service.answer(0), 20))),
        CLOSES(Kind.CLOSED, service -> talk -> {}),
        CUTS_THE_CONNECTION(Kind.CLOSED, service -> BadPeer.Talk::cut),
        RELEASES(Kind.CLOSED, service -> talk -> {
            talk.send(BadPeer.releaseRequest());
            talk.receive();
        });

        private final Kind kind;
        private final Function<Service, BadPeer.Script> deed;

        Misdeed(Kind kind, Function<Service, BadPeer.Script> deed) {
            this.kind = kind;
            this.deed = deed;
        }
    }

    private static Attributes keys() {
        Attributes keys = new Attributes();
        keys.setString(Tag.StudyInstanceUID, "2.25.1");
        return keys;
    }

    private static Association open(BadPeer bad, Service service) throws DicomNetException {
        return Association.open(bad.peer(), SHORT, List.of(PresentationContext.of(service.sopClass)));
    }

    /** Accepts the association, takes one request with its data set, and does the rest. */
    private static BadPeer.Script afterRequest(Service service, BadPeer.Script rest) {
        List<String> implicit = List.of(UID.ImplicitVRLittleEndian);
        return talk -> {
            talk.receive();
            talk.send(BadPeer.acceptance(List.of(new Pdu.Context(1, 0, "", implicit))));
            talk.receive();
            if (service != Service.ECHO) {
                talk.receive();
            }
            rest.run(talk);
        };
    }

    private static Stream<Arguments> everyMisdeedToEveryService() {
        return everyMisdeedTo(Stream.of(Service.values()));
    }

    private static Stream<Arguments> everyMisdeedInTheMidst() {
        return everyMisdeedTo(Stream.of(Service.values()).filter(Service::hasPending));
    }

    private static Stream<Arguments> everyMisdeedTo(Stream<Service> services) {
        return services.flatMap(service -> Stream.of(Misdeed.values()).map(misdeed -> Arguments.of(service, misdeed)));
    }

    private static void assertEnds(BadPeer bad, Service service, Kind kind) throws DicomNetException {
        try (Association association = open(bad, service)) {
            DicomNetException failure =
                    catchThrowableOfType(DicomNetException.class, () -> service.call.on(association));
            assertThat(failure).isNotNull();
            assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
            assertThat(failure).hasMessageContaining("BAD (127.0.0.1:");
        }
    }

    @ParameterizedTest
    @MethodSource("everyMisdeedToEveryService")
    void itEndsWithWhatHappened(Service service, Misdeed misdeed) throws Exception {
        try (BadPeer bad = new BadPeer(afterRequest(service, misdeed.deed.apply(service)))) {
            assertEnds(bad, service, misdeed.kind);
        }
    }

    @ParameterizedTest
    @MethodSource("everyMisdeedInTheMidst")
    void itEndsSoInTheMidstOfSeveralAnswersToo(Service service, Misdeed misdeed) throws Exception {
        BadPeer.Script afterOne = talk -> {
            talk.send(service.answer(0xFF00));
            misdeed.deed.apply(service).run(talk);
        };
        try (BadPeer bad = new BadPeer(afterRequest(service, afterOne))) {
            assertEnds(bad, service, misdeed.kind);
        }
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void aLateAnswerIsNotTakenForTheNextOne(Service service) throws Exception {
        CountDownLatch timedOut = new CountDownLatch(1);
        BadPeer.Script late = talk -> {
            timedOut.await();
            talk.send(service.answer(0));
        };
        try (BadPeer bad = new BadPeer(afterRequest(service, late))) {
            Association association = open(bad, service);
            assertThat(catchThrowableOfType(DicomNetException.class, () -> service.call.on(association))
                            .kind())
                    .isEqualTo(Kind.TIMEOUT);
            timedOut.countDown();
            assertThat(catchThrowableOfType(DicomNetException.class, () -> service.call.on(association))
                            .kind())
                    .isEqualTo(Kind.ABORTED);
        }
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void aPeerThatHasNoRoomIsToBeTriedAgain(Service service) throws Exception {
        int noRoom = service.operation.isNormalized() || service == Service.ECHO ? 0x0213 : 0xA700;
        assertAnswer(service, noRoom, true);
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void aPeerThatRefusesIsNot(Service service) throws Exception {
        assertAnswer(service, 0x0124, false);
    }

    private static void assertAnswer(Service service, int code, boolean again) throws Exception {
        try (BadPeer bad = new BadPeer(afterRequest(service, talk -> {
                    talk.send(service.answer(code));
                    talk.receive();
                    talk.send(BadPeer.releaseReply());
                }));
                Association association = open(bad, service)) {
            DimseStatus status = service.call.on(association);
            assertThat(status.code()).isEqualTo(code);
            assertThat(status.kind()).isEqualTo(DimseStatus.Kind.FAILURE);
            assertThat(status.isTransient()).isEqualTo(again);
        }
    }
}
