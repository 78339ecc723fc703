package org.isocenter.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.file.DicomWriter;
import org.isocenter.dicom.net.Association;
import org.isocenter.dicom.net.NetSettings;
import org.isocenter.dicom.net.Peer;
import org.isocenter.dicom.net.PresentationContext;
import org.isocenter.dicom.web.DicomPath;
import org.isocenter.dicom.web.DicomWebClient;
import org.isocenter.dicom.web.QueryLevel;
import org.isocenter.dicom.web.WebSettings;
import org.isocenter.testing.JavaProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What others send may say that it is as long as it likes, or be long: a program with little memory reads all of it, one
 * after the other, and lives.
 */
@Timeout(120)
class HostileLengthsTest {
    private static final String MEMORY = "-Xmx160m";

    @Test
    void nothingThatIsReadTakesMoreThanItsBound() throws Exception {
        List<String> options = List.of(MEMORY, "-XX:+ExitOnOutOfMemoryError");
        Process program = new ProcessBuilder(JavaProgram.command(options, Program.class))
                .redirectErrorStream(true)
                .start();
        try (InputStream said = program.getInputStream()) {
            String text = new String(said.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(program.waitFor()).as(text).isZero();
            assertThat(text).contains("all read");
        } finally {
            program.destroyForcibly();
        }
    }

    private interface Attempt {
        void run() throws IOException;
    }

    /** Reads each, whatever comes of it; says which. */
    static final class Program {
        /** Of 64 kB: 100 MB; just what is read of JSON and XML. */
        private static final int ENDLESS = 1_600;

        private static final int JSON_BLOCKS = 250;
        private static final int XML_BLOCKS = 125;
        private static final Duration PATIENCE = Duration.ofSeconds(20);

        private Program() {}

        public static void main(String[] arguments) {
            attempts().forEach((name, attempt) -> {
                try {
                    attempt.run();
                    System.out.println(name + ": read");
                } catch (IOException e) {
                    System.out.println(name + ": " + e.getMessage());
                }
            });
            System.out.println("all read");
        }

        private static Map<String, Attempt> attempts() {
            Map<String, Attempt> attempts = new LinkedHashMap<>();
            dataSets(attempts);
            associations(attempts);
            web(attempts);
            return attempts;
        }

        private static void dataSets(Map<String, Attempt> attempts) {
            byte[] longest = element(0x0010, 0x0010, -2);
            byte[] sequence = element(0x0008, 0x1140, -2);
            byte[] items = repeated(element(0x0008, 0x1140, -1), element(0xFFFE, 0xE000, 0), 2 << 20);
            byte[] nested =
                    repeated(new byte[0], join(element(0x0008, 0x1140, -1), element(0xFFFE, 0xE000, -1)), 60_000);
            byte[] empty = new byte[16 << 20];
            for (int i = 0; i < empty.length / 8; i++) {
                ByteBuffer.wrap(empty, 8 * i, 8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putShort((short) (0x0011 + (i >>> 16)))
                        .putShort((short) i)
                        .putInt(0);
            }
            Map.of("long value", longest, "long sequence", sequence, "items", items, "depth", nested, "elements", empty)
                    .forEach((name, bytes) -> attempts.put(
                            "data set, " + name,
                            () -> DicomReader.readDataset("test", bytes, 0, UID.ImplicitVRLittleEndian)));
        }

        private static byte[] element(int group, int element, int length) {
            return ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putShort((short) group)
                    .putShort((short) element)
                    .putInt(length)
                    .array();
        }

        private static byte[] join(byte[]... pieces) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (byte[] piece : pieces) {
                out.writeBytes(piece);
            }
            return out.toByteArray();
        }

        private static byte[] repeated(byte[] start, byte[] piece, int times) {
            ByteBuffer whole =
                    ByteBuffer.allocate(start.length + piece.length * times).put(start);
            for (int i = 0; i < times; i++) {
                whole.put(piece);
            }
            return whole.array();
        }

        /** What a peer answers to an association request, or later. */
        private static void associations(Map<String, Attempt> attempts) {
            byte[] accept = acceptance();
            byte[] pending = command(0x0000, 0xFF00);
            byte[] fragment = pdv(0, new byte[100_000]);
            attempts.put("association answer of 4 GB", () -> find(new byte[] {2, 0, -1, -1, -1, -1}, 1));
            attempts.put("items of 64 kB in it", () -> find(filled(accept, 74, (byte) -1), 1));
            attempts.put("PDU of 4 GB", () -> find(join(accept, new byte[] {4, 0, -1, -1, -1, -1}), 1));
            attempts.put(
                    "value of 4 GB in it",
                    () -> find(join(accept, new byte[] {4, 0, 0, 0, 0, 6, -1, -1, -1, -1, 1, 3}), 1));
            attempts.put("command without end", () -> find(join(accept, pdv(1, new byte[100_000])), 4_000));
            attempts.put("data set without end", () -> find(join(accept, pending, fragment), 4_000));
            attempts.put(
                    "matches without end",
                    () -> find(join(accept, repeated(new byte[0], command(0x0101, 0xFF00), 200_000)), 1));
        }

        private static byte[] filled(byte[] whole, int from, byte value) {
            byte[] bytes = whole.clone();
            Arrays.fill(bytes, from, bytes.length, value);
            return bytes;
        }

        /** A-ASSOCIATE-AC of context 1 in Implicit VR. */
        private static byte[] acceptance() {
            byte[] syntax = UID.ImplicitVRLittleEndian.getBytes(StandardCharsets.US_ASCII);
            byte[] context = join(
                    new byte[] {0x21, 0, 0, (byte) (8 + syntax.length), 1, 0, 0, 0, 0x40, 0, 0, (byte) syntax.length},
                    syntax);
            byte[] user = {0x50, 0, 0, 8, 0x51, 0, 0, 4, 0, 0, 0x40, 0};
            byte[] name = "1.2.840.10008.3.1.1.1".getBytes(StandardCharsets.US_ASCII);
            byte[] application = join(new byte[] {0x10, 0, 0, (byte) name.length}, name);
            byte[] titles = new byte[68];
            titles[1] = 1;
            byte[] body = join(titles, application, context, user);
            return join(new byte[] {2, 0, 0, 0, 0, (byte) body.length}, body);
        }

        private static byte[] pdv(int control, byte[] content) {
            return ByteBuffer.allocate(12 + content.length)
                    .put(new byte[] {4, 0})
                    .putInt(content.length + 6)
                    .putInt(content.length + 2)
                    .put(new byte[] {1, (byte) control})
                    .put(content)
                    .array();
        }

        /** A C-FIND response. @param dataset the kind of data set that follows */
        private static byte[] command(int dataset, int status) {
            ByteBuffer command = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
            int[][] elements = {{0x0100, 0x8020}, {0x0120, 1}, {0x0800, dataset}, {0x0900, status}};
            for (int[] element : elements) {
                command.putShort((short) 0)
                        .putShort((short) element[0])
                        .putInt(2)
                        .putShort((short) element[1]);
            }
            return pdv(3, command.array());
        }

        /** A search whose answer these bytes are, the last 100 kB of them so many times. */
        private static void find(byte[] answer, int times) throws IOException {
            try (ServerSocket server = served(out -> {
                out.write(answer);
                for (int i = 1; i < times; i++) {
                    out.write(answer, Math.max(0, answer.length - 100_012), Math.min(answer.length, 100_012));
                }
            })) {
                Peer peer = Peer.of("HOSTILE", "127.0.0.1", server.getLocalPort());
                try (Association association = Association.open(
                        peer,
                        NetSettings.of("MR").withTimeouts(PATIENCE),
                        List.of(PresentationContext.of(UID.StudyRootFind)))) {
                    association.find(UID.StudyRootFind, new Attributes(), match -> true);
                }
            }
        }

        private interface Answer {
            void writeTo(OutputStream out) throws IOException;
        }

        /** One connection, of which all is thrown away that it says. */
        private static ServerSocket served(Answer answer) throws IOException {
            ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
            Thread thread = new Thread(() -> {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().read();
                    answer.writeTo(socket.getOutputStream());
                    socket.shutdownOutput();
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    return; // gave us up, as it should
                }
            });
            thread.setDaemon(true);
            thread.start();
            return server;
        }

        private static void web(Map<String, Attempt> attempts) {
            String json = "Content-Type: application/dicom+json\r\n";
            attempts.put(
                    "JSON of a thousand million",
                    () -> search(json + "Content-Length: 1000000000\r\n", "[{", " ", ENDLESS));
            attempts.put("JSON of objects", () -> search(json, "[", "{},", JSON_BLOCKS));
            attempts.put("JSON of arrays", () -> search(json, "[", "[],", JSON_BLOCKS));
            attempts.put(
                    "JSON of numbers",
                    () -> search(json, "[{\"00280010\":{\"vr\":\"US\",\"Value\":[", "7,", JSON_BLOCKS));
            attempts.put("JSON of depth", () -> search(json, "", "[", JSON_BLOCKS));
            attempts.put(
                    "JSON of one text",
                    () -> search(json, "[{\"00100010\":{\"vr\":\"PN\",\"Value\":[\"", "S", JSON_BLOCKS));
            attempts.put(
                    "JSON of one number",
                    () -> search(json, "[{\"00280010\":{\"vr\":\"US\",\"Value\":[1", "1", JSON_BLOCKS));
            String xml = "Content-Type: application/dicom+xml\r\n";
            attempts.put(
                    "XML of items",
                    () -> store(xml, "<NativeDicomModel><DicomAttribute tag=\"00081199\" vr=\"SQ\">", "<Item/>"));
            attempts.put(
                    "XML of values",
                    () -> store(xml, "<NativeDicomModel><DicomAttribute tag=\"00081190\" vr=\"UR\">", "<Value/>"));
            attempts.put(
                    "XML of depth",
                    () -> store(xml, "<NativeDicomModel>", "<DicomAttribute tag=\"00081199\" vr=\"SQ\"><Item>"));
            attempts.put(
                    "XML of one text",
                    () -> store(xml, "<NativeDicomModel><DicomAttribute tag=\"00081190\" vr=\"UR\"><Value>", "S"));
            attempts.put("XML of one name", () -> store(xml, "<NativeDicomModel><", "S"));
            String parts = "Content-Type: multipart/related; type=\"application/dicom\"; boundary=b\r\n";
            attempts.put("multipart of a header", () -> retrieve(parts, "--b\r\nX: ", "S"));
            attempts.put("multipart of headers", () -> retrieve(parts, "--b\r\n", "X: S\r\n"));
            attempts.put("multipart of a preamble", () -> retrieve(parts, "", "S"));
            attempts.put("multipart of parts", () -> retrieve(parts, "", "--b\r\nX: S\r\n\r\n\r\n"));
            attempts.put("multipart of one part", () -> retrieve(parts, "--b\r\n\r\n", "S"));
            attempts.put("head without end", () -> search("X: " + "S".repeat(8 << 20), "", "S", 1));
        }

        private static void search(String headers, String start, String piece, int blocks) throws IOException {
            call(
                    headers,
                    start,
                    piece,
                    blocks,
                    client -> client.search(QueryLevel.STUDY, null, new Attributes(), List.of(), 10));
        }

        private static void retrieve(String headers, String start, String piece) throws IOException {
            call(
                    headers,
                    start,
                    piece,
                    ENDLESS,
                    client -> client.retrieve(
                            DicomPath.study("1.2"), object -> object.transferTo(OutputStream.nullOutputStream())));
        }

        private static void store(String headers, String start, String piece) throws IOException {
            Path file = Files.createTempFile("hostile", ".dcm");
            try {
                Attributes image = new Attributes();
                image.setString(Tag.SOPClassUID, UID.MRImageStorage);
                image.setString(Tag.SOPInstanceUID, "2.25.1");
                DicomWriter.write(file, image);
                call(headers, start, piece, XML_BLOCKS, client -> client.store(List.of(file), outcome -> {}));
            } finally {
                Files.delete(file);
            }
        }

        private interface Use {
            void of(DicomWebClient client) throws IOException;
        }

        /** The reply's body is the start, and then the piece again and again. */
        private static void call(String headers, String start, String piece, int blocks, Use use) throws IOException {
            byte[] block = piece.repeat(Math.max(1, 64_000 / piece.length())).getBytes(StandardCharsets.US_ASCII);
            try (ServerSocket server = served(out -> {
                String head = "HTTP/1.1 200 OK\r\nConnection: close\r\n" + headers + "\r\n" + start;
                out.write(head.getBytes(StandardCharsets.US_ASCII));
                for (int i = 0; i < blocks; i++) {
                    out.write(block);
                }
            })) {
                URI base = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/web");
                use.of(new DicomWebClient(
                        new WebSettings(base, Optional.empty(), Optional.empty(), PATIENCE, PATIENCE, PATIENCE)));
            }
        }
    }
}
