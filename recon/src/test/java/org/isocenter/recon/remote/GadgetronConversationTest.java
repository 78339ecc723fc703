package org.isocenter.recon.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.RawData;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.mrd.MrdImage;
import org.isocenter.recon.mrd.MrdMessages;
import org.isocenter.recon.mrd.VolumeImages;
import org.isocenter.recon.remote.RemoteException.Kind;
import org.isocenter.recon.standard.StandardReconstruction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Gadgetron's side of a connection by the rules of its source ({@code apps/gadgetron/connection}, November 2024): three states,
 * each of which knows some messages and fails on all others; a failure, or the end, is answered by texts and a close.
 */
class GadgetronConversationTest {
    private static final int FILENAME = 1;
    private static final int CONFIG = 2;
    private static final int HEADER = 3;
    private static final int CLOSE = 4;
    private static final int TEXT = 5;
    private static final int QUERY = 6;
    private static final int ACQUISITION = 1008;
    private static final int ACQUISITION_HEADER_BYTES = 340;

    private static final Set<Integer> IN_CONFIG = Set.of(FILENAME, CONFIG, QUERY, CLOSE);
    private static final Set<Integer> IN_HEADER = Set.of(HEADER, TEXT, QUERY, CLOSE);
    private static final Set<Integer> IN_STREAM = Set.of(TEXT, QUERY, CLOSE, ACQUISITION);

    /** What the server has understood. */
    private static final class Gadgetron {
        private final InputStream in;
        private String configuration = "";
        private String header = "";
        private int acquisitions;

        Gadgetron(InputStream in) {
            this.in = in;
        }

        /** Goes through all states until the client closes the stream. */
        void talk() throws IOException {
            if (!state(IN_CONFIG) || !state(IN_HEADER)) {
                return;
            }
            while (state(IN_STREAM)) {
                acquisitions++;
            }
        }

        /** Reads messages until one that ends the state, in the stream one readout. False for the close. */
        private boolean state(Set<Integer> known) throws IOException {
            while (true) {
                int id = take(2).getShort(0) & 0xffff;
                if (!known.contains(id)) {
                    throw new IllegalStateException("no handler for message " + id);
                }
                switch (id) {
                    case FILENAME -> configuration = text(take(1024));
                    case CONFIG -> configuration = text(take(take(4).getInt(0)));
                    case HEADER -> header = text(take(take(4).getInt(0)));
                    case TEXT -> take(take(4).getInt(0));
                    case QUERY -> take((int) take(24).getLong(16));
                    case ACQUISITION -> acquisition();
                    default -> {
                        return false;
                    }
                }
                if (id != TEXT && id != QUERY) {
                    return true;
                }
            }
        }

        private void acquisition() throws IOException {
            ByteBuffer head = take(ACQUISITION_HEADER_BYTES);
            int samples = head.getShort(34) & 0xffff;
            int channels = head.getShort(38) & 0xffff;
            int dimensions = head.getShort(176) & 0xffff;
            take(4 * samples * dimensions);
            take(8 * samples * channels);
        }

        private static String text(ByteBuffer bytes) {
            String text = StandardCharsets.UTF_8.decode(bytes).toString();
            int end = text.indexOf('\0');
            return end < 0 ? text : text.substring(0, end);
        }

        private ByteBuffer take(int count) throws IOException {
            byte[] bytes = in.readNBytes(count);
            if (bytes.length < count) {
                throw new IOException("the client has gone");
            }
            return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<configuration/>"})
    void ourScanGoesThroughItsStatesAndItsImageComesBack(String configurationText) throws Exception {
        RawData raw = Scans.small("2D", 2);
        ImageVolume made =
                new StandardReconstruction().reconstruct(raw).volumes().get(0);
        List<Gadgetron> met = new ArrayList<>();
        try (FakeServer fake = new FakeServer(talk -> {
            Gadgetron gadgetron = new Gadgetron(talk.bytes());
            met.add(gadgetron);
            try {
                gadgetron.talk();
                for (MrdImage image : VolumeImages.of(made, raw.header(), 0)) {
                    talk.send(MrdMessages.image(image));
                }
            } catch (IllegalStateException e) {
                talk.sendText("[Connection Main Thread] ERROR: " + e.getMessage());
            }
            talk.send(MrdMessages.close());
        })) {
            MrdServer simple = fake.server(Duration.ofSeconds(30));
            MrdServer server = new MrdServer(
                    simple.host(),
                    simple.port(),
                    new MrdServer.Configuration("default.xml", configurationText),
                    simple.connectTimeout(),
                    simple.silence());
            Reconstruction.Result result = new RemoteReconstruction(server, null, RemoteListener.NONE).reconstruct(raw);
            assertThat(result.volumes())
                    .singleElement()
                    .satisfies(volume -> assertThat(volume.pixels()).containsExactly(made.pixels()));
        }
        Gadgetron gadgetron = met.get(0);
        assertThat(gadgetron.configuration).isEqualTo(configurationText.isEmpty() ? "default.xml" : configurationText);
        assertThat(gadgetron.header.strip()).startsWith("<?xml").endsWith("</ismrmrdHeader>");
        assertThat(gadgetron.acquisitions).isEqualTo(raw.size());
    }

    /** Its handler of configurations finds no file of that name: the parser's words, and the end. */
    @ParameterizedTest
    @ValueSource(
            strings = {"[Connection Input Thread] ERROR: Parsing configuration failed", "[Connection] ERROR: map::at"})
    void whatItGivesUpForIsTold(String error) throws Exception {
        RawData raw = Scans.small("2D", 1);
        try (FakeServer fake = new FakeServer(talk -> {
                    new Gadgetron(talk.bytes()).talk();
                    talk.sendText(error);
                    talk.send(MrdMessages.close());
                });
                RemoteScan scan = new RemoteReconstruction(
                                fake.server(Duration.ofSeconds(30)), new StandardReconstruction(), RemoteListener.NONE)
                        .follow(raw)) {
            scan.reconstruct(raw);
            assertThat(scan.failure().orElseThrow().kind()).isEqualTo(Kind.FAILED);
            assertThat(scan.failure().orElseThrow()).hasMessageContaining(error);
        }
    }

    /** The chain dicom.xml. */
    @Test
    void dicomObjectsInsteadOfImagesAreTold() throws Exception {
        RawData raw = Scans.small("2D", 1);
        try (FakeServer fake = new FakeServer(talk -> {
                    new Gadgetron(talk.bytes()).talk();
                    ByteBuffer object = ByteBuffer.allocate(122).order(ByteOrder.LITTLE_ENDIAN);
                    talk.send(object.putShort(0, (short) 1018).putInt(2, 100));
                    talk.send(MrdMessages.close());
                });
                RemoteScan scan = new RemoteReconstruction(
                                fake.server(Duration.ofSeconds(30)), new StandardReconstruction(), RemoteListener.NONE)
                        .follow(raw)) {
            assertThat(scan.reconstruct(raw).volumes()).hasSize(1);
            assertThat(scan.failure().orElseThrow().kind()).isEqualTo(Kind.NO_IMAGE);
            assertThat(scan.failure().orElseThrow()).hasMessageContaining("but 1 DICOM objects");
        }
    }
}
