package org.isocenter.dicom.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.web.WebException.Kind;
import org.isocenter.dicom.workflow.WorklistQuery;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every web service against a server that is bad in every way: each ends, with what it was, and keeps no half object. */
@Timeout(60)
class BadWebServiceTest {
    private static final String OBJECTS = "Content-Type: multipart/related; type=\"application/dicom\"; boundary=b\r\n";
    private static final String PATIENT = "Smith";

    @TempDir
    Path folder;

    private interface Call {
        void on(WebSettings settings, Path folder) throws IOException;
    }

    enum Service {
        STOW(
                "",
                (settings, folder) -> new DicomWebClient(settings)
                        .store(
                                WebExamples.files(folder, "2.25.1", 2),
                                outcome -> assertThat(outcome.kind()).isEqualTo(StoreOutcome.Kind.TRY_LATER))),
        QIDO(
                "",
                (settings, folder) ->
                        new DicomWebClient(settings).search(QueryLevel.STUDY, null, new Attributes(), List.of(), 10)),
        WADO(
                OBJECTS,
                (settings, folder) -> new DicomWebClient(settings)
                        .retrieve(DicomPath.study("2.25.1"), new ObjectFolder(folder.resolve("in"), received -> {}))),
        METADATA("", (settings, folder) -> new DicomWebClient(settings).metadata(DicomPath.study("2.25.1"))),
        FHIR(
                "",
                (settings, folder) -> new FhirClient(settings)
                        .orders(new WorklistQuery("", null, null, "MR", "", "", "", ""), ZoneId.of("UTC")));

        private final String headers;
        private final Call call;

        Service(String headers, Call call) {
            this.headers = headers;
            this.call = call;
        }
    }

    enum Misdeed {
        REFUSES("HTTP/1.1 403 Smith\r\nContent-Length: 5\r\n\r\nSmith", false, Kind.REFUSED),
        HAS_NO_ROOM("HTTP/1.1 507 Smith\r\nContent-Length: 5\r\n\r\nSmith", false, Kind.BUSY),
        ASKS_TO_WAIT("HTTP/1.1 429 Smith\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n", false, Kind.BUSY),
        SAYS_NOTHING_AND_CLOSES("", false, Kind.CLOSED),
        STALLS("", true, Kind.TIMEOUT),
        STALLS_IN_THE_HEAD("HTTP/1.1 200 OK\r\nContent-Le", true, Kind.TIMEOUT),
        STALLS_IN_THE_BODY("HTTP/1.1 200 OK\r\n%sContent-Length: 9999\r\n\r\n--b\r\n", true, Kind.TIMEOUT),
        CLOSES_IN_THE_HEAD("HTTP/1.1 200 OK\r\nContent-Le", false, Kind.CLOSED, Kind.PROTOCOL),
        CLOSES_IN_THE_BODY("HTTP/1.1 200 OK\r\n%sContent-Length: 9999\r\n\r\n--b\r\n\r\nSmith", false, Kind.CLOSED),
        CLOSES_IN_A_CHUNK("HTTP/1.1 200 OK\r\n%sTransfer-Encoding: chunked\r\n\r\n20\r\n--b\r\n", false, Kind.CLOSED),
        SENDS_GARBAGE("SSH-2.0-Smith\r\n", false, Kind.CLOSED, Kind.PROTOCOL),
        SENDS_WRONG_CHUNKS(
                "HTTP/1.1 200 OK\r\n%sTransfer-Encoding: chunked\r\n\r\nSmith\r\n", false, Kind.CLOSED, Kind.PROTOCOL);

        private final String reply;
        private final boolean silent;
        private final Set<Kind> kinds;

        Misdeed(String reply, boolean silent, Kind... kinds) {
            this.reply = reply;
            this.silent = silent;
            this.kinds = Set.of(kinds);
        }

        private ScriptedServer server(Service service) throws IOException {
            String text = reply.replace("%s", service.headers);
            return new ScriptedServer(silent ? ScriptedServer.rawThenSilence(text) : ScriptedServer.raw(text));
        }
    }

    private static Stream<Arguments> everyMisdeedToEveryService() {
        return Stream.of(Service.values())
                .flatMap(service -> Stream.of(Misdeed.values()).map(misdeed -> Arguments.of(service, misdeed)));
    }

    @ParameterizedTest
    @MethodSource("everyMisdeedToEveryService")
    void itEndsWithWhatHappenedAndKeepsNothingHalf(Service service, Misdeed misdeed) throws IOException {
        try (ScriptedServer server = misdeed.server(service)) {
            Duration patience = misdeed.silent ? Duration.ofMillis(300) : Duration.ofSeconds(30);
            WebSettings settings = WebExamples.impatient(server.base(), Optional.empty(), patience);
            WebException failure = catchThrowableOfType(WebException.class, () -> service.call.on(settings, folder));
            assertThat(failure).isNotNull();
            assertThat(failure.kind()).as(failure.getMessage()).isIn(misdeed.kinds);
            assertThat(failure).hasMessageContaining("127.0.0.1:").hasMessageNotContaining(PATIENT);
        }
        Path in = folder.resolve("in");
        if (Files.exists(in)) {
            assertThat(in).isEmptyDirectory();
        }
    }
}
