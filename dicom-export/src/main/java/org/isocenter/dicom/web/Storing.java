package org.isocenter.dicom.web;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.file.DicomFormatException;
import org.isocenter.dicom.file.DicomReader;

/**
 * Stores files, several in a request as long as they are not too many or too large together (PS3.18 10.5). A request that
 * the server refuses as a whole is sent again in halves, so that one bad instance does not keep the others away. A server that asks to
 * be left alone, in whatever answer, gets no further request. One thread.
 */
final class Storing {
    static final int MAX_INSTANCES = 100;
    private static final long MAX_BYTES = 64L << 20;
    private static final int MAX_REPLY_BYTES = 8 << 20;

    private static final String ACCEPTED = DicomWebClient.JSON + ", application/dicom+xml;q=0.5";

    /** Refusals that may be due to what is in the request; others are about us or the service. */
    private static final Set<Integer> OF_CONTENT = Set.of(400, 409, 413, 415, 422);

    private static final String GONE = "the file cannot be read: see that it is there";

    private record Instance(Path file, long bytes, String sopInstanceUid) {}

    private final WebConnection connection;
    private final Consumer<StoreOutcome> outcomes;
    private Optional<WebException> pause = Optional.empty();

    Storing(WebConnection connection, Consumer<StoreOutcome> outcomes) {
        this.connection = connection;
        this.outcomes = outcomes;
    }

    void store(List<Path> files, ToIntFunction<Path> mostTogether) throws IOException {
        List<Instance> batch = new ArrayList<>();
        long bytes = 0;
        for (Path file : files) {
            Instance next = open(file);
            if (next == null) {
                continue;
            }
            int most = Math.min(MAX_INSTANCES, mostTogether.applyAsInt(file));
            if (!batch.isEmpty() && (batch.size() >= most || bytes + next.bytes() > MAX_BYTES)) {
                send(batch);
                batch.clear();
                bytes = 0;
            }
            batch.add(next);
            bytes += next.bytes();
        }
        send(batch);
    }

    /** Null, and an outcome, when it is no file to be sent. */
    private Instance open(Path file) {
        String problem;
        try {
            String uid = DicomReader.readStart(file).meta().getString(Tag.MediaStorageSOPInstanceUID);
            if (uid != null) {
                return new Instance(file, Files.size(file), uid);
            }
            problem = "the file does not tell which instance it holds";
        } catch (DicomFormatException e) {
            problem = "the file is no DICOM file that can be read: make it anew";
        } catch (IOException e) {
            problem = GONE;
        }
        outcomes.accept(new StoreOutcome(file, "", StoreOutcome.Kind.REFUSED, problem, Duration.ZERO));
        return null;
    }

    private void send(List<Instance> batch) throws IOException {
        List<Instance> there = new ArrayList<>();
        Optional<WebConnection.Call> call = call(batch, there);
        if (call.isPresent()) {
            if (pause.isPresent()) {
                throw pause.get();
            }
            send(there, call.get());
        }
    }

    private void send(List<Instance> batch, WebConnection.Call call) throws IOException {
        boolean answered;
        try {
            answered = exchange(batch, call);
        } catch (WebException e) {
            tellOfFailure(batch, e);
            throw e;
        }
        if (!answered) {
            int half = batch.size() / 2;
            send(batch.subList(0, half));
            send(batch.subList(half, batch.size()));
        }
    }

    /** False when the server refuses as a whole what it may take in parts. */
    private boolean exchange(List<Instance> batch, WebConnection.Call call) throws IOException {
        try (WebConnection.Reply reply = connection.send(call)) {
            StoreReply told = StoreReply.of(connection.where(), reply.status(), body(reply));
            if (reply.status() == 200 || reply.status() == 202 || told.tellsOfAny()) {
                pause = connection.pause(reply);
                batch.forEach(instance -> tell(instance, told.of(instance.sopInstanceUid())));
                return true;
            }
            WebException problem = connection.failure(reply);
            if (!OF_CONTENT.contains(reply.status())) {
                throw problem;
            }
            if (batch.size() == 1) {
                tell(batch.get(0), new StoreReply.Verdict(StoreOutcome.Kind.REFUSED, problem.getMessage()));
                return true;
            }
            return false;
        }
    }

    /** Those that were in a request which failed for now are known to be: it may be one of them that the server cannot bear. */
    private void tellOfFailure(List<Instance> batch, WebException failure) {
        if (failure.isTemporary() && failure.kind() != WebException.Kind.CANCELLED) {
            StoreReply.Verdict verdict = new StoreReply.Verdict(StoreOutcome.Kind.TRY_LATER, failure.getMessage());
            pause = failure.retryAfter().isPresent() ? Optional.of(failure) : Optional.empty();
            batch.forEach(instance -> tell(instance, verdict));
        }
    }

    private byte[] body(WebConnection.Reply reply) throws IOException {
        boolean ofInstances = reply.status() == 200 || reply.status() == 202 || reply.status() == 409;
        return ofInstances ? reply.bytes(connection.where(), MAX_REPLY_BYTES) : new byte[0];
    }

    private void tell(Instance instance, StoreReply.Verdict verdict) {
        Duration asked = pause.flatMap(WebException::retryAfter).orElse(Duration.ZERO);
        outcomes.accept(
                new StoreOutcome(instance.file(), instance.sopInstanceUid(), verdict.kind(), verdict.reason(), asked));
    }

    /**
     * The files are opened one after the other, each when it is its turn.
     *
     * @param there gets those whose file is still there; of the others an outcome is told
     * @return empty when there is none
     */
    private Optional<WebConnection.Call> call(List<Instance> batch, List<Instance> there) {
        String boundary = "isocenter-" + UUID.randomUUID();
        List<BodyPublisher> pieces = new ArrayList<>();
        for (Instance instance : batch) {
            try {
                BodyPublisher content = BodyPublishers.ofFile(instance.file());
                String lineEnd = there.isEmpty() ? "" : "\r\n";
                pieces.add(ascii(lineEnd + "--" + boundary + "\r\nContent-Type: application/dicom\r\n\r\n"));
                pieces.add(content);
                there.add(instance);
            } catch (FileNotFoundException e) {
                tell(instance, new StoreReply.Verdict(StoreOutcome.Kind.REFUSED, GONE));
            }
        }
        if (there.isEmpty()) {
            return Optional.empty();
        }
        pieces.add(ascii("\r\n--" + boundary + "--\r\n"));
        return Optional.of(new WebConnection.Call(
                "POST",
                connection.uri("/studies"),
                Map.of(
                        "Accept",
                        ACCEPTED,
                        "Content-Type",
                        "multipart/related; type=\"application/dicom\"; boundary=" + boundary),
                BodyPublishers.concat(pieces.toArray(BodyPublisher[]::new))));
    }

    private static BodyPublisher ascii(String text) {
        return BodyPublishers.ofByteArray(text.getBytes(StandardCharsets.US_ASCII));
    }
}
