package org.isocenter.dicom.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.isocenter.dicom.web.ScriptedServer.raw;
import static org.isocenter.dicom.web.ScriptedServer.rawThenSilence;
import static org.isocenter.dicom.web.ScriptedServer.reply;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that refuse, stall, talk nonsense or too much: each call ends, and says what was wrong. */
class BadServerTest {
    private static final String JSON = "Content-Type: application/dicom+json\r\n";
    private static final String MULTIPART =
            "Content-Type: multipart/related; type=\"application/dicom\"; boundary=b\r\n";

    @TempDir
    private Path folder;

    private static DicomWebClient client(ScriptedServer server) throws IOException {
        return new DicomWebClient(WebExamples.settings(server.base(), Optional.empty()));
    }

    private static DicomWebClient impatient(ScriptedServer server) throws IOException {
        return new DicomWebClient(WebExamples.impatient(server.base(), Optional.empty(), Duration.ofMillis(300)));
    }

    private static WebException failure(ThrowingCallable call) {
        WebException failure = catchThrowableOfType(WebException.class, call);
        assertThat(failure).isNotNull();
        return failure;
    }

    private List<StoreOutcome> store(ScriptedServer server, int count) throws IOException {
        List<StoreOutcome> outcomes = new ArrayList<>();
        client(server).store(WebExamples.files(folder, "2.25.1", count), outcomes::add);
        return outcomes;
    }

    private static Attributes item(int number, int tag, int code) {
        Attributes item = new Attributes();
        item.setString(Tag.ReferencedSOPClassUID, UID.MRImageStorage);
        item.setString(Tag.ReferencedSOPInstanceUID, "2.25.1.1." + number);
        if (code != 0) {
            item.setInt(tag, code);
        }
        return item;
    }

    private static byte[] told(List<Attributes> stored, List<Attributes> failed) {
        Attributes reply = new Attributes();
        reply.setSequence(Tag.ReferencedSOPSequence, stored);
        reply.setSequence(Tag.FailedSOPSequence, failed);
        return DicomJsonWriter.write(List.of(reply), DicomJsonWriter.BulkUris.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "401, UNAUTHORIZED, true",
        "403, REFUSED, false",
        "404, REFUSED, false",
        "429, BUSY, true",
        "500, BUSY, true",
        "503, BUSY, true",
        "507, BUSY, true",
        "302, PROTOCOL, false",
        "600, PROTOCOL, false"
    })
    void aStatusSaysWhetherToTryAgain(int status, WebException.Kind kind, boolean temporary) throws IOException {
        try (ScriptedServer server = new ScriptedServer(reply(status + " Smith", "", "Smith"))) {
            WebException failure = failure(() -> store(server, 2));
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.isTemporary()).isEqualTo(temporary);
            assertThat(failure).hasMessageContaining(server.base().toString()).hasMessageNotContaining("Smith");
        }
    }

    @Test
    void aBusyServerSaysHowLongToWait() throws IOException {
        try (ScriptedServer server = new ScriptedServer(reply("503 Busy", "Retry-After: 120\r\n", ""))) {
            assertThat(failure(() -> store(server, 1)).retryAfter()).contains(Duration.ofSeconds(120));
        }
        try (ScriptedServer server =
                new ScriptedServer(reply("503 Busy", "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\n", ""))) {
            assertThat(failure(() -> store(server, 1)).retryAfter()).contains(Duration.ZERO);
        }
        try (ScriptedServer server = new ScriptedServer(reply("503 Busy", "Retry-After: soon\r\n", ""))) {
            assertThat(failure(() -> store(server, 1)).retryAfter()).isEmpty();
        }
    }

    @Test
    void eachInstanceHasItsOwnOutcome() throws IOException {
        byte[] body = told(
                List.of(item(1, Tag.WarningReason, 0), item(2, Tag.WarningReason, 0xB000)),
                List.of(
                        item(3, Tag.FailureReason, 0xA700),
                        item(4, Tag.FailureReason, 0xC123),
                        item(5, Tag.FailureReason, 0x0111)));
        try (ScriptedServer server = new ScriptedServer(reply("202 Accepted", JSON, body))) {
            assertThat(store(server, 6))
                    .extracting(StoreOutcome::kind)
                    .containsExactly(
                            StoreOutcome.Kind.STORED,
                            StoreOutcome.Kind.WARNING,
                            StoreOutcome.Kind.TRY_LATER,
                            StoreOutcome.Kind.REFUSED,
                            StoreOutcome.Kind.WARNING,
                            StoreOutcome.Kind.TRY_LATER);
        }
    }

    @Test
    void aServerThatTookSomeAndAsksForAPauseGetsNoFurtherRequestMeanwhile() throws IOException {
        byte[] body = told(List.of(item(1, Tag.WarningReason, 0)), List.of(item(2, Tag.FailureReason, 0xA700)));
        List<StoreOutcome> outcomes = new ArrayList<>();
        try (ScriptedServer server = new ScriptedServer(
                reply("202 Accepted", JSON + "Retry-After: 90\r\n", body), reply("200 OK", "", ""))) {
            List<Path> files = WebExamples.files(folder, "2.25.1", 101);
            WebException pause = failure(() -> client(server).store(files, outcomes::add));
            assertThat(pause.isTemporary()).isTrue();
            assertThat(pause.retryAfter()).contains(Duration.ofSeconds(90));
            assertThat(server.requests()).hasSize(1);
        }
        assertThat(outcomes).hasSize(100);
        assertThat(outcomes.get(0).kind()).isEqualTo(StoreOutcome.Kind.STORED);
        assertThat(outcomes.subList(1, 100))
                .extracting(StoreOutcome::kind, StoreOutcome::pause)
                .containsOnly(tuple(StoreOutcome.Kind.TRY_LATER, Duration.ofSeconds(90)));
    }

    @Test
    void eachInstanceHasItsOwnOutcomeInXmlToo() throws IOException {
        String body = "\uFEFF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<NativeDicomModel xmlns=\"http://dicom.nema.org/PS3.19/models/NativeDICOM\">"
                + "<DicomAttribute keyword=\"RetrieveURL\" tag=\"00081190\" vr=\"UR\"><Value number=\"1\">u</Value>"
                + "</DicomAttribute>"
                + "<DicomAttribute keyword=\"FailedSOPSequence\" tag=\"00081198\" vr=\"SQ\">"
                + xmlItem(1, 3, "00081197", 0xA700) + xmlItem(2, 4, "00081197", 0xC123) + "</DicomAttribute>"
                + "<DicomAttribute keyword=\"ReferencedSOPSequence\" tag=\"00081199\" vr=\"SQ\">"
                + xmlItem(1, 1, "00081196", 0) + xmlItem(2, 2, "00081196", 0xB000) + "</DicomAttribute>"
                + "</NativeDicomModel>";
        try (ScriptedServer server =
                new ScriptedServer(reply("202 Accepted", "Content-Type: application/dicom+xml\r\n", body))) {
            assertThat(store(server, 5))
                    .extracting(StoreOutcome::kind)
                    .containsExactly(
                            StoreOutcome.Kind.STORED,
                            StoreOutcome.Kind.WARNING,
                            StoreOutcome.Kind.TRY_LATER,
                            StoreOutcome.Kind.REFUSED,
                            StoreOutcome.Kind.TRY_LATER);
        }
    }

    private static String xmlItem(int number, int instance, String tag, int code) {
        return "<Item number=\"" + number + "\">"
                + "<DicomAttribute tag=\"00081150\" vr=\"UI\"><Value number=\"1\">" + UID.MRImageStorage
                + "</Value></DicomAttribute>"
                + "<DicomAttribute tag=\"00081155\" vr=\"UI\"><Value number=\"1\">2.25.1.1." + instance
                + "</Value></DicomAttribute>"
                + (code == 0
                        ? ""
                        : "<DicomAttribute tag=\"" + tag + "\" vr=\"US\"><Value number=\"1\">" + code
                                + "</Value></DicomAttribute>")
                + "</Item>";
    }

    @Test
    void aConflictWithReasonsIsToldForEachInstance() throws IOException {
        byte[] body = told(List.of(), List.of(item(1, Tag.FailureReason, 0xA900)));
        try (ScriptedServer server = new ScriptedServer(reply("409 Conflict", JSON, body))) {
            assertThat(store(server, 1)).singleElement().satisfies(outcome -> {
                assertThat(outcome.kind()).isEqualTo(StoreOutcome.Kind.REFUSED);
                assertThat(outcome.reason()).contains("A900");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 413, 415})
    void oneBadInstanceDoesNotKeepTheOthersAway(int status) throws IOException {
        try (ScriptedServer server = new ScriptedServer((request, out) -> {
            boolean bad = request.body().contains("2.25.1.1.3");
            reply(bad ? status + " No" : "200 OK", "", "").answer(request, out);
        })) {
            List<StoreOutcome> outcomes = store(server, 5);
            assertThat(outcomes).hasSize(5);
            assertThat(outcomes)
                    .filteredOn(outcome -> outcome.kind() == StoreOutcome.Kind.REFUSED)
                    .singleElement()
                    .satisfies(outcome -> assertThat(outcome.sopInstanceUid()).isEqualTo("2.25.1.1.3"));
            assertThat(outcomes)
                    .filteredOn(outcome -> outcome.kind() == StoreOutcome.Kind.STORED)
                    .hasSize(4);
        }
    }

    @Test
    void anUnreadableReplyToAcceptedImagesLeavesThemToBeSentAgain() throws IOException {
        try (ScriptedServer server = new ScriptedServer(reply("202 Accepted", "", "<xml/>"))) {
            assertThat(store(server, 2)).allMatch(outcome -> outcome.kind() == StoreOutcome.Kind.TRY_LATER);
        }
        try (ScriptedServer server = new ScriptedServer(reply("200 OK", "", "<xml/>"))) {
            assertThat(store(server, 2)).allMatch(outcome -> outcome.kind() == StoreOutcome.Kind.STORED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0-Smith\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[{",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[{",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nSmith\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nSmith",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: multipart/related; boundary=\"\r\n\r\n",
            })
    void nonsenseAndBrokenOffRepliesAreFailures(String text) throws IOException {
        try (ScriptedServer server = new ScriptedServer(raw(text))) {
            assertThat(failure(() -> client(server).metadata(DicomPath.study("1.2"))))
                    .hasMessageNotContaining("Smith");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[",
            })
    void aServerThatFallsSilentIsGivenUp(String text) throws IOException {
        try (ScriptedServer server = new ScriptedServer(rawThenSilence(text))) {
            assertThat(failure(() -> impatient(server).check()).kind()).isEqualTo(WebException.Kind.TIMEOUT);
        }
    }

    @Test
    void anEndlessReplyIsGivenUp() throws IOException {
        try (ScriptedServer server = new ScriptedServer((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n[".getBytes(StandardCharsets.US_ASCII));
            byte[] more = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            while (true) {
                out.write(more);
            }
        })) {
            assertThat(failure(() -> client(server).check())).hasMessageContaining("more than");
        }
    }

    @Test
    void anEndlessHeaderIsGivenUp() throws IOException {
        try (ScriptedServer server = new ScriptedServer((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            for (int line = 0; line < 2000; line++) {
                out.write(("X-" + line + ": " + "x".repeat(1000) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
            out.write("Content-Length: 2\r\n\r\n[]".getBytes(StandardCharsets.US_ASCII));
        })) {
            assertThatThrownBy(() -> client(server).check()).isInstanceOf(WebException.class);
        }
    }

    @Test
    void aRedirectElsewhereIsNotFollowedAndShowsNobodyOurCredentials() throws IOException {
        Path credentials = Files.writeString(folder.resolve("token"), "secret\n");
        try (ScriptedServer other = new ScriptedServer(reply("200 OK", JSON, "[]"));
                ScriptedServer server =
                        new ScriptedServer(reply("307 Elsewhere", "Location: " + other.base() + "/studies\r\n", ""))) {
            DicomWebClient client = new DicomWebClient(WebExamples.settings(server.base(), Optional.of(credentials)));
            assertThat(failure(client::check))
                    .hasMessageContaining("another one (http://127.0.0.1:")
                    .hasMessageNotContaining("secret");
            assertThat(other.requests()).isEmpty();
            assertThat(server.requests()).singleElement().asString().contains("Authorization: Bearer secret");
        }
    }

    @Test
    void aRedirectWithinTheServerIsFollowedAndARingOfThemIsLeft() throws IOException {
        try (ScriptedServer server =
                new ScriptedServer(reply("308 There", "Location: /elsewhere\r\n", ""), reply("200 OK", JSON, "[]"))) {
            client(server).check();
            assertThat(server.requests()).last().asString().startsWith("GET /elsewhere ");
        }
        try (ScriptedServer server = new ScriptedServer(reply("307 There", "Location: /ring\r\n", ""))) {
            assertThat(failure(() -> client(server).check()).kind()).isEqualTo(WebException.Kind.PROTOCOL);
        }
    }

    @Test
    void aPartThatBreaksOffIsNotTakenForWhole() throws IOException {
        String body = "--b\r\nContent-Type: application/dicom\r\n\r\nfirst\r\n--b\r\n\r\nseco";
        try (ScriptedServer server = new ScriptedServer(reply("200 OK", MULTIPART, body))) {
            List<String> parts = new ArrayList<>();
            WebException failure = failure(() -> client(server)
                    .retrieve(
                            DicomPath.study("1.2"),
                            in -> parts.add(new String(in.readAllBytes(), StandardCharsets.US_ASCII))));
            assertThat(failure.kind()).isEqualTo(WebException.Kind.CLOSED);
            assertThat(parts).containsExactly("first");
        }
    }

    @Test
    void anEndlessSearchEnds() throws IOException {
        String match = "{\"0020000D\":{\"vr\":\"UI\",\"Value\":[\"1.2.%d\"]}}";
        String page = String.format(Locale.ROOT, "[" + match + "," + match + "]", 1, 2);
        try (ScriptedServer server = new ScriptedServer(reply("200 OK", JSON, page))) {
            WebConnection connection = new WebConnection(WebExamples.settings(server.base(), Optional.empty()));
            Found found = new StudySearch(connection, 2, 1000).run(QueryLevel.STUDY, null, new Attributes(), List.of());
            assertThat(found.matches()).hasSize(2);
            assertThat(found.complete()).isFalse();
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void anotherThreadEndsTheWait() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer((request, out) -> {
            asked.countDown();
            rawThenSilence("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[").answer(request, out);
        })) {
            DicomWebClient client = client(server);
            Thread other = new Thread(() -> {
                try {
                    asked.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                client.abort();
            });
            other.start();
            assertThat(failure(client::check).kind()).isEqualTo(WebException.Kind.CANCELLED);
            other.join();
            assertThat(failure(client::check).kind()).isEqualTo(WebException.Kind.CANCELLED);
        }
    }

    @Test
    void nobodyThereIsToldAsSuch() throws IOException {
        URI gone;
        try (ScriptedServer server = new ScriptedServer(raw(""))) {
            gone = server.base();
        }
        DicomWebClient client = new DicomWebClient(WebExamples.settings(gone, Optional.empty()));
        assertThat(failure(client::check).kind()).isEqualTo(WebException.Kind.UNREACHABLE);
    }
}
