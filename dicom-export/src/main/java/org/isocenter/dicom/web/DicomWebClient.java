package org.isocenter.dicom.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.web.MultipartReader.Limits;
import org.isocenter.dicom.web.WebException.Kind;

/**
 * Stores, finds and fetches images over HTTP: STOW-RS, QIDO-RS, WADO-RS (PS3.18 chapter 10). Any thread, several at once.
 * Whatever the server does, each call ends: with what it promises, or with a {@link WebException}.
 */
public final class DicomWebClient {
    static final String JSON = "application/dicom+json";
    private static final int MAX_JSON_BYTES = 16 << 20;
    /** Uncompressed pixels, little endian: what is read here. */
    private static final String OBJECTS =
            "multipart/related; type=\"application/dicom\"; transfer-syntax=1.2.840.10008.1.2.1";

    private static final Limits OBJECT_LIMITS = new Limits(100_000, 2L << 30);

    /** Takes an object in Part 10 form as it comes in. */
    @FunctionalInterface
    public interface ObjectSink {
        /** @param object to be read before this returns; need not be closed */
        void accept(InputStream object) throws IOException;
    }

    private final WebConnection connection;

    /** @throws WebException of kind TLS when a certificate or key cannot be read */
    public DicomWebClient(WebSettings settings) throws WebException {
        connection = new WebConnection(settings);
    }

    /** Ends what is under way, from any thread, with {@link Kind#CANCELLED}; nothing can be asked afterwards. */
    public void abort() {
        connection.abort();
    }

    /** Asks for one study, any: whether the server is there, speaks DICOMweb and takes the credentials. */
    public void check() throws IOException {
        new StudySearch(connection, 1, 1).run(QueryLevel.STUDY, null, new Attributes(), List.of());
    }

    /**
     * Stores the files, several in a request, each streamed from the disk.
     *
     * @param files in Part 10 form
     * @param outcomes is told of every instance as soon as the server has answered for it, on this thread
     * @throws WebException when the server cannot be used, now or at all: then those that {@code outcomes} was not told of
     *     have not been stored as far as is known
     */
    public void store(List<Path> files, Consumer<StoreOutcome> outcomes) throws IOException {
        store(files, file -> Storing.MAX_INSTANCES, outcomes);
    }

    /**
     * The same, with fewer in a request where one of them may be what the server cannot bear. When a request fails for now,
     * {@code outcomes} is told of all that were in it.
     *
     * @param mostTogether with how many others a file goes at most, itself included
     */
    public void store(List<Path> files, ToIntFunction<Path> mostTogether, Consumer<StoreOutcome> outcomes)
            throws IOException {
        new Storing(connection, outcomes).store(files, mostTogether);
    }

    /**
     * Finds studies, series or instances (PS3.18 10.6).
     *
     * @param within the study or series to look in; null to look everywhere
     * @param keys what must match, as in C-FIND
     * @param includes tags to be told of beside those that the level has by itself
     * @param most how many are wanted at most
     */
    public Found search(QueryLevel level, DicomPath within, Attributes keys, List<Integer> includes, int most)
            throws IOException {
        return new StudySearch(connection, StudySearch.PAGE, most).run(level, within, keys, includes);
    }

    /** Fetches whole objects (PS3.18 10.4), each handed over as it comes in. */
    public void retrieve(DicomPath path, ObjectSink sink) throws IOException {
        URI uri = connection.uri(path.text());
        try (WebConnection.Reply reply = connection.sendForSuccess(WebConnection.Call.get(uri, OBJECTS))) {
            String type = reply.header("Content-Type");
            if (type != null && isObject(type)) {
                sink.accept(reply.body());
                return;
            }
            Optional<String> boundary = MultipartReader.boundary(type);
            if (boundary.isEmpty()) {
                throw new WebException(
                        Kind.PROTOCOL,
                        connection.where() + ": expected objects in a multipart reply: check the address");
            }
            MultipartReader parts =
                    new MultipartReader(reply.body(), boundary.get(), connection.where(), OBJECT_LIMITS);
            for (Optional<MultipartReader.Part> part = parts.next(); part.isPresent(); part = parts.next()) {
                if (!isObject(part.get().headers().get("content-type"))) {
                    throw new WebException(Kind.PROTOCOL, connection.where() + ": a part of the reply is no object");
                }
                sink.accept(part.get().content());
            }
        }
    }

    /** The data sets without their large values, which are left out. */
    public List<Attributes> metadata(DicomPath path) throws IOException {
        URI uri = connection.uri(path.text() + "/metadata");
        try (WebConnection.Reply reply = connection.sendForSuccess(WebConnection.Call.get(uri, JSON))) {
            return readJson(connection, reply);
        }
    }

    static List<Attributes> readJson(WebConnection connection, WebConnection.Reply reply) throws IOException {
        byte[] bytes = reply.bytes(connection.where(), MAX_JSON_BYTES);
        return DicomJsonReader.read(connection.where(), bytes, DicomJsonReader.BulkData.LEFT_OUT);
    }

    /** Some servers leave the type of a part out, which the whole has told. */
    private static boolean isObject(String contentType) {
        return contentType == null
                || contentType.strip().toLowerCase(Locale.ROOT).startsWith("application/dicom");
    }
}
