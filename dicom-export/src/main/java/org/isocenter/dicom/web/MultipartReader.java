package org.isocenter.dicom.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.isocenter.dicom.web.WebException.Kind;

/**
 * Takes a multipart body (RFC 2046 5.1) apart as it comes in, holding no more than one buffer of it. Whatever the bytes, it
 * ends, or throws {@link WebException}. One thread at a time.
 */
final class MultipartReader {
    /**
     * @param parts most of them
     * @param partBytes most bytes of one
     */
    record Limits(int parts, long partBytes) {}

    /**
     * @param headers names in small letters
     * @param content to be read before the next part is asked for
     */
    record Part(Map<String, String> headers, InputStream content) {}

    private static final Pattern BOUNDARY = Pattern.compile(
            ";\\s*boundary\\s*=\\s*(?:\"([0-9A-Za-z'()+_,./:=? -]{1,70})\"|([0-9A-Za-z'()+_./:=?-]{1,70}))",
            Pattern.CASE_INSENSITIVE);
    private static final int BUFFER_BYTES = 64 << 10;
    private static final int MAX_HEADER_BYTES = 16 << 10;
    private static final int MAX_PREAMBLE_BYTES = 64 << 10;

    private final InputStream in;
    private final String where;
    private final Limits limits;
    private final byte[] delimiter;

    /** Bytes {@code start} to {@code end} are to be read. A line end stands before the first boundary, real or not. */
    private final byte[] buffer = new byte[BUFFER_BYTES];

    private int start;
    private int end;
    private int parts;
    private boolean ended;
    private Content content;

    /** @param where the server, for messages */
    MultipartReader(InputStream in, String boundary, String where, Limits limits) {
        this.in = in;
        this.where = where;
        this.limits = limits;
        delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
        buffer[0] = '\r';
        buffer[1] = '\n';
        end = 2;
        content = new Content(MAX_PREAMBLE_BYTES);
    }

    /** The boundary that a Content-Type tells; empty when it is no multipart, or its boundary is none. */
    static Optional<String> boundary(String contentType) {
        if (contentType == null || !contentType.strip().toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            return Optional.empty();
        }
        Matcher matcher = BOUNDARY.matcher(contentType);
        if (!matcher.find()) {
            return Optional.empty();
        }
        return Optional.of(matcher.group(1) != null ? matcher.group(1).stripTrailing() : matcher.group(2));
    }

    /** The next part; empty behind the last. What is left of the one before is passed over. */
    Optional<Part> next() throws IOException {
        if (ended) {
            return Optional.empty();
        }
        content.skipAll();
        start += delimiter.length;
        if (endsHere()) {
            ended = true;
            return Optional.empty();
        }
        if (++parts > limits.parts()) {
            throw broken("more than " + limits.parts() + " parts, which are not read");
        }
        Map<String, String> headers = readHeaders();
        content = new Content(limits.partBytes());
        return Optional.of(new Part(headers, content));
    }

    private boolean endsHere() throws IOException {
        require(2);
        return buffer[start] == '-' && buffer[start + 1] == '-';
    }

    private Map<String, String> readHeaders() throws IOException {
        if (!readLine(MAX_HEADER_BYTES).isBlank()) {
            throw broken("a boundary has something behind it");
        }
        Map<String, String> headers = new HashMap<>();
        int left = MAX_HEADER_BYTES;
        // The line end before the content is kept: it may be the beginning of the next boundary.
        while (!atLineEnd()) {
            String line = readLine(left);
            left -= line.length() + 2;
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw broken("a header of a part has no name");
            }
            headers.put(
                    line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        if (!startsWithDelimiter()) {
            start += 2;
        }
        return headers;
    }

    private boolean atLineEnd() throws IOException {
        require(2);
        return buffer[start] == '\r' && buffer[start + 1] == '\n';
    }

    /** A part without content may have but one line end between its headers and the boundary. */
    private boolean startsWithDelimiter() throws IOException {
        require(delimiter.length);
        return matches(start);
    }

    private String readLine(int most) throws IOException {
        StringBuilder line = new StringBuilder();
        while (!atLineEnd()) {
            if (line.length() >= most) {
                throw broken("a part's headers have more than " + MAX_HEADER_BYTES + " bytes");
            }
            line.append((char) (buffer[start++] & 0xFF));
        }
        start += 2;
        return line.toString();
    }

    /** Sees to it that so many bytes lie in the buffer. */
    private void require(int bytes) throws IOException {
        while (end - start < bytes) {
            fill();
        }
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        int count = in.read(buffer, end, buffer.length - end);
        if (count < 0) {
            throw new WebException(Kind.CLOSED, where + ": the reply ended before its last part did: try again");
        }
        end += count;
    }

    private boolean matches(int at) {
        for (int i = 0; i < delimiter.length; i++) {
            if (buffer[at + i] != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    private WebException broken(String problem) {
        return new WebException(Kind.PROTOCOL, where + ": the multipart reply cannot be used: " + problem);
    }

    /** The bytes up to the next delimiter, which is left in the buffer. */
    private final class Content extends InputStream {
        private long left;
        /** How many bytes from {@code start} are known to be content. */
        private int known;

        private boolean atEnd;

        Content(long most) {
            left = most;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, to.length);
            if (length == 0) {
                return 0;
            }
            while (known == 0) {
                if (atEnd) {
                    return -1;
                }
                look();
            }
            int count = Math.min(length, known);
            left -= count;
            if (left < 0) {
                throw broken("a part is larger than what is read here");
            }
            System.arraycopy(buffer, start, to, offset, count);
            start += count;
            known -= count;
            return count;
        }

        void skipAll() throws IOException {
            byte[] rest = new byte[8192];
            while (read(rest, 0, rest.length) >= 0) {
                continue;
            }
        }

        private void look() throws IOException {
            require(delimiter.length);
            int last = end - delimiter.length;
            int at = start;
            while (at <= last && !(buffer[at] == '\r' && matches(at))) {
                at++;
            }
            known = at - start;
            atEnd = at <= last;
        }
    }
}
