package org.isocenter.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomWriter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever bytes come, the parsers end with an answer or the one exception for it. */
@Timeout(60)
class ProtocolFuzzTest {
    private static final NetSettings SETTINGS = NetSettings.of("ISOCENTER").withLimits(1 << 16, 4, 1 << 16);

    @TempDir
    Path folder;

    private static byte[] associationRequest() {
        List<String> syntaxes = List.of(UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian);
        UserInformation user = new UserInformation(
                16384,
                "1.2.3",
                "FUZZ",
                3,
                0,
                Map.of(UID.MRImageStorage, new UserInformation.Role(true, true)),
                Map.of(UID.StudyRootFind, new byte[] {1}));
        return BadPeer.associationRequest(
                user,
                new Pdu.Context(1, 0, UID.Verification, syntaxes),
                new Pdu.Context(3, 0, UID.MRImageStorage, syntaxes),
                new Pdu.Context(5, 0, UID.StudyRootFind, syntaxes),
                new Pdu.Context(7, 0, "1.2.3", syntaxes));
    }

    private static byte[] request(Operation operation, int context, String sopClass, byte[] dataset) {
        Attributes command = Dialogue.request(operation, sopClass, "2.25." + context);
        command.setInt(Tag.MessageID, context);
        command.setInt(Tag.CommandDataSetType, dataset == null ? 0x0101 : 0);
        byte[] bytes = BadPeer.data(context, 3, DicomWriter.toCommandBytes(command));
        return dataset == null ? bytes : concat(bytes, BadPeer.data(context, 2, dataset));
    }

    private static byte[] concat(byte[]... pieces) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            out.writeBytes(piece);
        }
        return out.toByteArray();
    }

    private static byte[] conversation() {
        Attributes keys = new Attributes();
        keys.setString(Tag.PatientName, "A*");
        byte[] image = DicomWriter.toBytes(Objects.image("2.25.3", 1), UID.ExplicitVRLittleEndian);
        return concat(
                associationRequest(),
                request(Operation.C_ECHO, 1, UID.Verification, null),
                request(Operation.C_STORE, 3, UID.MRImageStorage, image),
                request(Operation.C_FIND, 5, UID.StudyRootFind, DicomWriter.toBytes(keys, UID.ExplicitVRLittleEndian)),
                BadPeer.releaseRequest());
    }

    private static byte[] mutated(byte[] whole, Random random) {
        byte[] bytes = Arrays.copyOf(whole, random.nextInt(4) == 0 ? random.nextInt(whole.length) : whole.length);
        for (int i = random.nextInt(5); i >= 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) -1);
                default -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) 0);
            }
        }
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void noMutationOfAConversationDoesMoreThanEndIt(long seed) throws IOException {
        StoreFolder store = new StoreFolder(folder, file -> {});
        Services services = Services.NONE
                .with(Operation.C_STORE, UID.MRImageStorage, store)
                .with(Operation.C_FIND, UID.StudyRootFind, request -> {
                    request.sendMatch(request.dataset());
                    return DimseResponse.of(DimseStatus.success());
                });
        byte[] whole = conversation();
        assertThat(serve(whole, services)).isTrue();
        Random random = new Random(seed);
        int ended = 0;
        for (int round = 0; round < 1_200; round++) {
            ended += serve(mutated(whole, random), services) ? 0 : 1;
        }
        assertThat(ended).as("seed %d", seed).isBetween(120, 1_180);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files)
                    .as("seed %d", seed)
                    .noneMatch(file -> file.toString().endsWith(".part"));
        }
    }

    /** Whether the association ended with a release, or a rejection. */
    private static boolean serve(byte[] incoming, Services services) throws IOException {
        MemorySocket socket = new MemorySocket(incoming);
        UpperLayer layer = new UpperLayer(new Connection(socket, socket), SETTINGS, false, "fuzz");
        try {
            Association association = Acceptor.accept(layer, SETTINGS, services, new Acceptor.Policy() {
                @Override
                public boolean knows(String aeTitle, InetAddress address) {
                    return true;
                }

                @Override
                public boolean takePlace() {
                    return true;
                }
            });
            if (association != null) {
                association.serveAll();
            }
            return true;
        } catch (DicomNetException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22})
    void noMutationOfAnAssociationRequestDoesMoreThanBeInvalid(long seed) {
        byte[] whole = associationRequest();
        Random random = new Random(seed);
        int invalid = 0;
        for (int round = 0; round < 8_000; round++) {
            byte[] bytes = mutated(whole, random);
            try {
                AssociateCodec.decode(
                        false, ByteBuffer.wrap(bytes, Math.min(6, bytes.length), Math.max(0, bytes.length - 6)));
            } catch (PduException e) {
                invalid++;
            }
        }
        assertThat(invalid).as("seed %d", seed).isBetween(800, 7_600);
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32})
    void noAnswerOfAPeerDoesMoreThanEndTheAssociation(long seed) throws IOException {
        Attributes match = new Attributes();
        match.setString(Tag.PatientName, "A^B");
        byte[] dataset = DicomWriter.toBytes(match, UID.ImplicitVRLittleEndian);
        byte[] whole = concat(findResponse(0xFF00, true), BadPeer.data(1, 2, dataset), findResponse(0, false));
        Negotiated negotiated = new Negotiated(
                "FUZZ",
                InetAddress.getLoopbackAddress(),
                "",
                16384,
                1,
                1,
                List.of(new AcceptedContext(1, UID.StudyRootFind, UID.ImplicitVRLittleEndian, true, false)),
                Map.of(),
                Set.of());
        Random random = new Random(seed);
        int failed = 0;
        for (int round = 0; round < 2_500; round++) {
            MemorySocket socket = new MemorySocket(mutated(whole, random));
            UpperLayer layer = new UpperLayer(new Connection(socket, socket), SETTINGS, true, "fuzz");
            layer.opened();
            try {
                new Association(layer, negotiated, SETTINGS, Services.NONE)
                        .find(UID.StudyRootFind, match, found -> true);
            } catch (DicomNetException e) {
                failed++;
            }
        }
        assertThat(failed).as("seed %d", seed).isBetween(250, 2_450);
    }

    private static byte[] findResponse(int status, boolean withDataset) {
        Attributes command = new Attributes();
        command.setInt(Tag.CommandField, 0x8020);
        command.setInt(Tag.MessageIDBeingRespondedTo, 1);
        command.setInt(Tag.CommandDataSetType, withDataset ? 0 : 0x0101);
        command.setInt(Tag.Status, status);
        return BadPeer.data(1, 3, DicomWriter.toCommandBytes(command));
    }
}
