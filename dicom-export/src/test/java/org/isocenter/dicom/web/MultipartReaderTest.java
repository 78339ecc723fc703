package org.isocenter.dicom.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.isocenter.dicom.web.MultipartReader.Limits;
import org.isocenter.dicom.web.MultipartReader.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartReaderTest {
    private static final Limits LIMITS = new Limits(1000, 10 << 20);

    /** A network that gives a few bytes at a time. */
    private static InputStream dripping(byte[] bytes, Random random) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] to, int offset, int length) {
                return super.read(to, offset, Math.min(length, 1 + random.nextInt(100)));
            }
        };
    }

    private static List<byte[]> read(byte[] bytes, Random random) throws IOException {
        MultipartReader reader = new MultipartReader(dripping(bytes, random), "b-1", "reply", LIMITS);
        List<byte[]> parts = new ArrayList<>();
        for (Optional<Part> part = reader.next(); part.isPresent(); part = reader.next()) {
            parts.add(part.get().content().readAllBytes());
        }
        return parts;
    }

    private static byte[] body(List<byte[]> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("a preamble\r\n".getBytes(StandardCharsets.US_ASCII));
        for (byte[] part : parts) {
            out.writeBytes("--b-1 \r\nContent-Type: application/dicom\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(part);
            out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.writeBytes("--b-1--\r\nan epilogue".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    /** Parts that are full of what nearly is a boundary. */
    private static List<byte[]> parts(Random random) {
        List<byte[]> parts = new ArrayList<>();
        for (int count = 1 + random.nextInt(4); count > 0; count--) {
            StringBuilder part = new StringBuilder();
            for (int pieces = random.nextInt(300); pieces > 0; pieces--) {
                String[] choice = {"\r\n", "\r", "--b-1", "\r\n--b", "-", "\r\n--b-2", "x".repeat(random.nextInt(500))};
                part.append(choice[random.nextInt(choice.length)]);
            }
            // Behind a line end, the header's among them, a boundary is one.
            String harmless = ("\r\n" + part).replace("\n--b-1", "\n==b-1").substring(2);
            parts.add(harmless.getBytes(StandardCharsets.US_ASCII));
        }
        return parts;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void partsComeBackAsTheyAre(long seed) throws IOException {
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            List<byte[]> parts = parts(random);
            assertThat(read(body(parts), random))
                    .as("seed %d round %d", seed, round)
                    .containsExactlyElementsOf(parts);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void damagedBodiesAreReadOrRefused(long seed) throws IOException {
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            byte[] body = body(parts(random));
            for (int hits = random.nextInt(5); hits > 0; hits--) {
                body[random.nextInt(body.length)] = (byte) "\r\n-b1: ".charAt(random.nextInt(7));
            }
            byte[] cut = Arrays.copyOf(body, random.nextInt(body.length));
            for (byte[] damaged : List.of(body, cut)) {
                try {
                    int total = read(damaged, random).stream()
                            .mapToInt(part -> part.length)
                            .sum();
                    assertThat(total).as("seed %d round %d", seed, round).isLessThanOrEqualTo(damaged.length);
                } catch (WebException e) {
                    assertThat(e).as("seed %d round %d", seed, round).hasMessageStartingWith("reply: ");
                }
            }
        }
    }

    @Test
    void whatIsNotReadOfAPartIsPassedOver() throws IOException {
        byte[] bytes = body(List.of(new byte[200_000], new byte[] {7}));
        MultipartReader reader = new MultipartReader(new ByteArrayInputStream(bytes), "b-1", "reply", LIMITS);
        assertThat(reader.next().orElseThrow().content().read()).isZero();
        Part second = reader.next().orElseThrow();
        assertThat(second.headers()).containsEntry("content-type", "application/dicom");
        assertThat(second.content().readAllBytes()).containsExactly(7);
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void partsOutOfAllBoundsAreRefused() {
        byte[] bytes = body(List.of(new byte[100], new byte[100], new byte[100]));
        assertThatThrownBy(() -> readAll(bytes, new Limits(2, 1000))).hasMessageContaining("more than 2 parts");
        assertThatThrownBy(() -> readAll(bytes, new Limits(3, 99))).hasMessageContaining("larger");
        String header = "--b-1\r\nX: " + "x".repeat(100_000) + "\r\n\r\n\r\n--b-1--";
        assertThatThrownBy(() -> readAll(header.getBytes(StandardCharsets.US_ASCII), LIMITS))
                .hasMessageContaining("headers");
        assertThatThrownBy(() -> readAll(new byte[1 << 20], LIMITS)).isInstanceOf(WebException.class);
    }

    private static void readAll(byte[] bytes, Limits limits) throws IOException {
        MultipartReader reader = new MultipartReader(new ByteArrayInputStream(bytes), "b-1", "reply", limits);
        for (Optional<Part> part = reader.next(); part.isPresent(); part = reader.next()) {
            part.get().content().readAllBytes();
        }
    }

    @Test
    void theBoundaryIsFoundHoweverItIsWritten() {
        assertThat(MultipartReader.boundary("multipart/related; type=\"application/dicom\"; boundary=\"a b:c\""))
                .contains("a b:c");
        assertThat(MultipartReader.boundary("Multipart/Related;BOUNDARY=abc;type=x"))
                .contains("abc");
        assertThat(MultipartReader.boundary("multipart/related; type=x")).isEmpty();
        assertThat(MultipartReader.boundary("application/json; boundary=abc")).isEmpty();
        assertThat(MultipartReader.boundary(null)).isEmpty();
    }
}
