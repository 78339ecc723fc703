package org.isocenter.recon.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.ScanHeader;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.mrd.MrdImage;
import org.isocenter.recon.mrd.MrdMessage;
import org.isocenter.recon.mrd.MrdMessages;
import org.isocenter.recon.mrd.VolumeImages;
import org.isocenter.recon.remote.RemoteException.Kind;
import org.isocenter.recon.standard.StandardReconstruction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RemoteReconstructionTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);
    private final Reconstruction local = new StandardReconstruction();

    @Test
    void imagesOfTheServerComeBackWhereTheyBelong() throws Exception {
        RawData raw = Scans.small("2D", 3);
        ImageVolume made = local.reconstruct(raw).volumes().get(0);
        List<MrdMessage> got = new ArrayList<>();
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        RemoteListener listener = new RemoteListener() {
            @Override
            public void line(String line) {
                lines.add(line);
            }
        };
        try (FakeServer server = new FakeServer(talk -> {
                    ScanHeader header = talk.takeScan(got);
                    talk.sendText("INFO     one\nWARNING  \u001b[31mtwo\0");
                    for (MrdImage image : VolumeImages.of(made, header, 0)) {
                        talk.send(MrdMessages.image(image));
                    }
                    talk.send(MrdMessages.close());
                });
                RemoteScan scan = new RemoteReconstruction(server.server(LONG), null, listener).follow(raw)) {

            Reconstruction.Result result = scan.reconstruct(raw);

            assertThat(result.volumes()).hasSize(1);
            assertThat(result.volumes().get(0).pixels()).containsExactly(made.pixels());
            assertThat(result.volumes()
                            .get(0)
                            .geometry()
                            .voxelMeters(0, 15, 2)
                            .minus(made.geometry().voxelMeters(0, 15, 2))
                            .norm())
                    .isLessThan(1e-8);
            assertThat(result.notes().get(0)).contains("127.0.0.1", "simplefft", "3 images");
            assertThat(result.notes()).anyMatch(note -> note.contains("WARNING") && note.contains("two"));
            assertThat(lines)
                    .containsExactly("INFO     one", "WARNING   [31mtwo")
                    .isEqualTo(scan.log());
            assertThat(scan.failure()).isEmpty();
        }
        assertThat(got.get(0)).isEqualTo(new MrdMessage.Config("simplefft"));
        assertThat(got).hasSize(2 + raw.size() + 1);
        for (int i = 0; i < raw.size(); i++) {
            Readout sent = ((MrdMessage.Acquisition) got.get(2 + i)).readout();
            assertThat(sent.header()).isEqualTo(raw.readout(i).header());
            assertThat(sent.real()).containsExactly(raw.readout(i).real());
        }
    }

    @Test
    void theServerLearnsNobodysName() throws Exception {
        List<MrdMessage> got = new ArrayList<>();
        RawData raw = Scans.small("2D", 1);
        try (FakeServer server = new FakeServer(talk -> {
            talk.takeScan(got);
            talk.send(MrdMessages.close());
        })) {
            new RemoteReconstruction(server.server(LONG), local, RemoteListener.NONE).reconstruct(raw);
        }
        String xml = ((MrdMessage.Header) got.get(1)).xml();
        assertThat(xml)
                .doesNotContain("Secret")
                .doesNotContain(Scans.PATIENT_ID)
                .doesNotContain("1951")
                .doesNotContain("A-99-X")
                .doesNotContain("Hinz")
                .doesNotContain("61.5")
                .contains("HFS");
    }

    /** What a server can do wrong, and what is made of it. */
    private enum Fault {
        GOES_AT_ONCE(Kind.BROKEN_OFF, talk -> {}),
        GOES_AFTER_THE_HEADER(Kind.BROKEN_OFF, talk -> {
            talk.next();
            talk.next();
        }),
        ENDS_WITHOUT_CLOSE(Kind.BROKEN_OFF, talk -> {
            talk.takeScan(new ArrayList<>());
            talk.send(MrdMessages.image(image()));
        }),
        ENDS_WITHIN_AN_IMAGE(Kind.BROKEN_OFF, talk -> {
            talk.takeScan(new ArrayList<>());
            ByteBuffer image = MrdMessages.image(image());
            talk.send(image.limit(image.limit() - 1));
        }),
        SAYS_NOTHING(Kind.SILENT, talk -> {
            talk.takeScan(new ArrayList<>());
            talk.freeze();
        }),
        SENDS_GARBAGE(Kind.GARBAGE, talk -> {
            talk.send(ByteBuffer.wrap("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes()));
            talk.freeze();
        }),
        PROMISES_A_HUGE_IMAGE(Kind.GARBAGE, talk -> {
            ByteBuffer image = MrdMessages.image(image()).order(ByteOrder.LITTLE_ENDIAN);
            for (int at : new int[] {16, 18, 20, 34}) {
                image.putShort(2 + at, (short) 0xffff);
            }
            talk.send(image);
            talk.freeze();
        }),
        PROMISES_A_HUGE_TEXT(Kind.GARBAGE, talk -> {
            talk.send(ByteBuffer.wrap(new byte[] {5, 0, -1, -1, -1, -1}));
            talk.freeze();
        }),
        HAS_NO_IMAGE(Kind.NO_IMAGE, talk -> {
            talk.takeScan(new ArrayList<>());
            talk.send(MrdMessages.close());
        }),
        SENDS_READOUTS_BACK(Kind.NO_IMAGE, talk -> {
            talk.takeScan(new ArrayList<>());
            for (Readout readout : Scans.readouts("2D", 1)) {
                ByteBuffer message = ByteBuffer.allocate(MrdMessages.acquisitionBytes(readout.header(), 0));
                MrdMessages.putAcquisition(readout, message);
                talk.send(message.flip());
            }
            talk.send(MrdMessages.close());
        }),
        GIVES_UP_AS_GADGETRON_DOES(Kind.FAILED, talk -> {
            talk.takeScan(new ArrayList<>());
            talk.send(MrdMessages.image(image()));
            talk.sendText("[Connection Main Thread] ERROR: no such gadget");
            talk.send(MrdMessages.close());
        }),
        SENDS_AN_ERROR(Kind.FAILED, talk -> {
            byte[] text = "out of memory".getBytes();
            talk.send(ByteBuffer.allocate(10 + text.length)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putShort((short) 8)
                    .putLong(text.length)
                    .put(text)
                    .flip());
            talk.freeze();
        });

        final Kind kind;
        final FakeServer.Manners manners;

        Fault(Kind kind, FakeServer.Manners manners) {
            this.kind = kind;
            this.manners = manners;
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void whateverTheServerDoesWrongIsNamedAndTheImageIsTheSameAsWithoutIt(Fault fault) throws Exception {
        RawData raw = Scans.small("2D", 2);
        Reconstruction.Result alone = local.reconstruct(raw);
        try (FakeServer server = new FakeServer(fault.manners);
                RemoteScan scan = new RemoteReconstruction(
                                server.server(fault.kind == Kind.SILENT ? SHORT : LONG), local, RemoteListener.NONE)
                        .follow(raw)) {
            Reconstruction.Result result = scan.reconstruct(raw);
            assertThat(scan.failure()).isPresent();
            assertThat(scan.failure().orElseThrow().kind()).isEqualTo(fault.kind);
            assertThat(result.notes().get(0))
                    .contains(server.server(LONG).address())
                    .contains("the images were made here instead");
            assertThat(result.notes().subList(1, result.notes().size())).isEqualTo(alone.notes());
            assertThat(result.volumes()).hasSameSizeAs(alone.volumes());
            assertThat(result.volumes().get(0).pixels())
                    .containsExactly(alone.volumes().get(0).pixels());
            assertThat(result.chains()).isEqualTo(alone.chains());
        }
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        MrdServer nobody = MrdServer.at("127.0.0.1:" + port, new MrdServer.Configuration("x", ""), LONG);
        RawData raw = Scans.small("2D", 1);
        try (RemoteScan scan = new RemoteReconstruction(nobody, null, RemoteListener.NONE).follow(raw)) {
            assertThatThrownBy(() -> scan.reconstruct(raw))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("127.0.0.1:" + port);
            assertThat(scan.failure().orElseThrow().kind()).isEqualTo(Kind.UNREACHABLE);
        }
    }

    /** Either side has more to send than both sockets hold, before it listens. */
    @Test
    void bothSidesCanSendWithoutEnd() throws Exception {
        RawData raw = large(16, 1 << 18);
        MrdImage image = image();
        int[] came = new int[1];
        try (FakeServer server = new FakeServer(talk -> {
                    talk.next();
                    for (int i = 0; i < 16; i++) {
                        talk.sendText("x".repeat(1 << 20));
                    }
                    List<MrdMessage> all = new ArrayList<>();
                    talk.takeScan(all);
                    came[0] = all.size();
                    talk.send(MrdMessages.image(image));
                    talk.send(MrdMessages.close());
                });
                RemoteScan scan =
                        new RemoteReconstruction(server.server(LONG), null, RemoteListener.NONE).follow(raw)) {
            assertThat(scan.reconstruct(raw).volumes()).hasSize(1);
            assertThat(came[0]).isEqualTo(1 + raw.size() + 1);
        }
    }

    @Test
    void readoutsAreSentWhileTheScanStillRuns() throws Exception {
        List<Readout> readouts = Scans.readouts("2D", 2);
        RawData raw = new RawData(Scans.header("2D", 2), readouts.size());
        CountDownLatch half = new CountDownLatch(readouts.size() / 2);
        List<Integer> counters = new ArrayList<>();
        try (FakeServer server = new FakeServer(talk -> {
                    for (MrdMessage m = talk.next(); !(m instanceof MrdMessage.Close); m = talk.next()) {
                        if (m instanceof MrdMessage.Acquisition a) {
                            counters.add(a.readout().header().scanCounter());
                            half.countDown();
                        }
                    }
                    talk.send(MrdMessages.image(image()));
                    talk.send(MrdMessages.close());
                });
                RemoteScan scan =
                        new RemoteReconstruction(server.server(SHORT), null, RemoteListener.NONE).follow(raw)) {
            readouts.subList(0, readouts.size() / 2).forEach(readout -> {
                raw.append(readout);
                scan.more();
            });
            assertThat(half.await(30, TimeUnit.SECONDS)).isTrue();
            readouts.subList(readouts.size() / 2, readouts.size()).forEach(raw::append);
            scan.reconstruct(raw);
            assertThat(scan.failure()).isEmpty();
        }
        assertThat(counters)
                .containsExactlyElementsOf(
                        readouts.stream().map(r -> r.header().scanCounter()).toList());
    }

    @Test
    void aServerThatIsDoneBeforeTheScanIsHasNotSeenItAll() throws Exception {
        List<Readout> readouts = Scans.readouts("2D", 1);
        RawData raw = new RawData(Scans.header("2D", 1), readouts.size());
        raw.append(readouts.get(0));
        CountDownLatch told = new CountDownLatch(1);
        RemoteListener listener = new RemoteListener() {
            @Override
            public void failed(String why) {
                told.countDown();
            }
        };
        try (FakeServer server = new FakeServer(talk -> {
                    talk.next();
                    talk.send(MrdMessages.image(image()));
                    talk.send(MrdMessages.close());
                });
                RemoteScan scan = new RemoteReconstruction(server.server(LONG), local, listener).follow(raw)) {
            assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
            readouts.subList(1, readouts.size()).forEach(raw::append);
            scan.reconstruct(raw);
            assertThat(scan.failure().orElseThrow().kind()).isEqualTo(Kind.BROKEN_OFF);
        }
    }

    @Test
    void aServerThatNobodyWaitsForAnyLongerIsLeft() throws Exception {
        RawData raw = Scans.small("2D", 1);
        CountDownLatch allSent = new CountDownLatch(1);
        try (FakeServer server = new FakeServer(talk -> {
                    talk.takeScan(new ArrayList<>());
                    allSent.countDown();
                    talk.freeze();
                });
                RemoteScan scan =
                        new RemoteReconstruction(server.server(LONG), local, RemoteListener.NONE).follow(raw)) {
            assertThatThrownBy(() -> scan.reconstruct(raw, () -> allSent.getCount() == 0))
                    .isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void aScanIsMadeHereWhenItIsTakenFromTheServer() throws Exception {
        RawData raw = Scans.small("2D", 1);
        try (FakeServer server = new FakeServer(FakeServer.Talk::freeze);
                RemoteScan scan =
                        new RemoteReconstruction(server.server(LONG), local, RemoteListener.NONE).follow(raw)) {
            scan.cancel();
            Reconstruction.Result result = scan.reconstruct(raw);
            assertThat(scan.failure().orElseThrow().kind()).isEqualTo(Kind.CANCELLED);
            assertThat(result.volumes().get(0).pixels())
                    .containsExactly(local.reconstruct(raw).volumes().get(0).pixels());
        }
    }

    @Test
    void readoutsThatMrdCannotHoldAreMadeHere() throws Exception {
        ReadoutHeader h = Scans.readouts("2D", 1).get(0).header();
        ReadoutHeader longer = new ReadoutHeader(0, 0, h.counters(), 70_000, 1, 35_000, 0, 0, 1e-6, 0, 0, h.geometry());
        RawData raw =
                RawData.of(Scans.header("2D", 1), List.of(new Readout(longer, new float[70_000], new float[70_000])));
        try (FakeServer server = new FakeServer(FakeServer.Talk::freeze);
                RemoteScan scan =
                        new RemoteReconstruction(server.server(LONG), null, RemoteListener.NONE).follow(raw)) {
            assertThatThrownBy(() -> scan.reconstruct(raw)).hasMessageContaining("70000 samples");
            assertThat(scan.failure().orElseThrow().kind()).isEqualTo(Kind.UNSENDABLE);
        }
    }

    /** A good answer with some bytes changed, cut anywhere. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void anAnswerWithWrongBytesIsAnImageOrAFailureButNeverMore(long seed) throws Exception {
        RawData raw = Scans.small("2D", 1);
        Random random = new Random(seed);
        ByteBuffer answer = ByteBuffer.allocate(20_000);
        answer.put(MrdMessages.text(MrdMessages.TEXT, "INFO ok"))
                .put(MrdMessages.image(image()))
                .put(MrdMessages.close())
                .flip();
        for (int i = 0; i < 6; i++) {
            int at = random.nextInt(random.nextBoolean() ? 250 : answer.limit());
            answer.put(at, (byte) random.nextInt(256));
        }
        if (random.nextBoolean()) {
            answer.limit(random.nextInt(answer.limit()));
        }
        try (FakeServer server = new FakeServer(talk -> {
                    talk.takeScan(new ArrayList<>());
                    talk.send(answer);
                });
                RemoteScan scan =
                        new RemoteReconstruction(server.server(LONG), local, RemoteListener.NONE).follow(raw)) {
            Reconstruction.Result result = scan.reconstruct(raw);
            assertThat(result.volumes()).as("seed %d", seed).isNotEmpty();
            for (float pixel : result.volumes().get(0).pixels()) {
                assertThat(pixel).as("seed %d", seed).isFinite();
            }
        }
    }

    private static RawData large(int count, int samplesOfAllChannels) {
        ReadoutHeader h = Scans.readouts("2D", 1).get(0).header();
        List<Readout> readouts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ReadoutHeader header = new ReadoutHeader(
                    i, 0, h.counters(), samplesOfAllChannels / 8, 8, 0, 0, 0, 1e-6, 0, 0, h.geometry());
            readouts.add(new Readout(header, new float[samplesOfAllChannels], new float[samplesOfAllChannels]));
        }
        return RawData.of(Scans.header("2D", 1), readouts);
    }

    private static MrdImage image() {
        RawData raw = Scans.small("2D", 1);
        ImageVolume volume =
                new StandardReconstruction().reconstruct(raw).volumes().get(0);
        return VolumeImages.of(volume, raw.header(), 0).get(0);
    }
}
