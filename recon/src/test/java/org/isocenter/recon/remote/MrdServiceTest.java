package org.isocenter.recon.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.isocenter.model.RawData;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.mrd.MrdMessage;
import org.isocenter.recon.mrd.MrdMessages;
import org.isocenter.recon.mrd.MrdNotes;
import org.isocenter.recon.standard.StandardReconstruction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MrdServiceTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private final Reconstruction local = new StandardReconstruction();
    private MrdService service;

    @AfterEach
    void stop() throws IOException {
        service.close();
    }

    @ParameterizedTest
    @CsvSource({"2D,3", "3D,4"})
    void aScanThatIsSentComesBackAsTheImageThatIsMadeHere(String acquisition, int slices) throws Exception {
        start(asked -> local, 2, LONG);
        RawData raw = Scans.small(acquisition, slices);
        Reconstruction.Result alone = local.reconstruct(raw);
        try (RemoteScan scan = new RemoteReconstruction(server(), null, RemoteListener.NONE).follow(raw)) {
            Reconstruction.Result result = scan.reconstruct(raw);
            assertThat(result.volumes()).hasSize(1);
            assertThat(result.volumes().get(0).pixels())
                    .containsExactly(alone.volumes().get(0).pixels());
            assertThat(scan.log()).anyMatch(line -> line.contains(raw.size() + " readouts came"));
        }
    }

    @Test
    void theClientsConfigurationPicksTheReconstruction() throws Exception {
        List<String> asked = new ArrayList<>();
        start(
                name -> {
                    asked.add(name);
                    return local;
                },
                1,
                LONG);
        new RemoteReconstruction(server(), null, RemoteListener.NONE).reconstruct(Scans.small("2D", 1));
        assertThat(asked).containsExactly("default");
    }

    @Test
    void questionsAreAnsweredAndAClientThatOnlyAsksIsLetGo() throws Exception {
        start(asked -> local, 1, LONG);
        List<MrdMessage> answers = answers(MrdMessages.query(5, "gadgetron::info::version"), MrdMessages.close());
        assertThat(answers).containsExactly(new MrdMessage.Response(5, "Unknown query"), new MrdMessage.Close());
    }

    @Test
    void whoComesWhenAllPlacesAreTakenIsToldSo() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        start(
                asked -> {
                    working.countDown();
                    await(goOn);
                    return local;
                },
                1,
                LONG);
        RawData raw = Scans.small("2D", 1);
        try (RemoteScan first = new RemoteReconstruction(server(), null, RemoteListener.NONE).follow(raw)) {
            Thread waiting = new Thread(() -> first.reconstruct(raw));
            waiting.start();
            await(working);
            assertThat(answers())
                    .anyMatch(m -> m instanceof MrdMessage.Text t && t.text().contains("1 places"));
            goOn.countDown();
            waiting.join();
            assertThat(first.failure()).isEmpty();
        }
    }

    @Test
    void aHeaderThatAsksForMoreThanThereIsMemoryForIsRefused() throws Exception {
        start(asked -> local, 1, LONG);
        String xml = ((MrdMessage.Header) MrdMessages.read(MrdMessages.header(Scans.header("3D", 16)), new MrdNotes()))
                .xml()
                .replaceAll("<([xyz])>16<", "<$1>65535<");
        assertThat(answers(MrdMessages.text(MrdMessages.HEADER, xml), MrdMessages.close()))
                .anyMatch(m -> m instanceof MrdMessage.Text t && t.text().contains("no memory"))
                .last()
                .isEqualTo(new MrdMessage.Close());
    }

    @Test
    void whoSaysNothingIsLeft() throws Exception {
        start(asked -> local, 1, Duration.ofMillis(100));
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), service.address().getPort())) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    /** Streams with some bytes changed, cut anywhere; then one that is whole. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void wrongBytesDoNotKeepTheNextClientFromItsImage(long seed) throws Exception {
        start(asked -> local, 1, LONG);
        Random random = new Random(seed);
        RawData raw = Scans.small("2D", 1);
        ByteBuffer stream = ByteBuffer.allocate(40_000);
        stream.put(MrdMessages.configFile("x")).put(MrdMessages.header(raw.header()));
        for (int i = 0; i < raw.size(); i++) {
            MrdMessages.putAcquisition(raw.readout(i), stream);
        }
        stream.put(MrdMessages.close()).flip();
        for (int i = 0; i < 8; i++) {
            stream.put(random.nextInt(stream.limit()), (byte) random.nextInt(256));
        }
        if (random.nextBoolean()) {
            stream.limit(random.nextInt(stream.limit()));
        }
        answers(stream);
        MrdServer server = server();
        boolean made = false;
        while (!made) { // the place may be free only after the client has seen the end
            try (RemoteScan scan = new RemoteReconstruction(server, local, RemoteListener.NONE).follow(raw)) {
                scan.reconstruct(raw);
                made = scan.failure().isEmpty();
            }
        }
    }

    private void start(Function<String, Reconstruction> reconstructions, int places, Duration silence)
            throws IOException {
        service = new MrdService(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new MrdService.Settings(reconstructions, places, silence, line -> {}));
        Thread thread = new Thread(
                () -> {
                    try {
                        service.serve();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                "service");
        thread.setDaemon(true);
        thread.start();
    }

    private MrdServer server() throws IOException {
        return MrdServer.at(
                "127.0.0.1:" + service.address().getPort(),
                new MrdServer.Configuration(MrdServer.DEFAULT_CONFIGURATION, ""),
                LONG);
    }

    /** Sends, ends its output and takes what comes until the service ends the connection. */
    private List<MrdMessage> answers(ByteBuffer... messages) throws IOException {
        List<MrdMessage> answers = new ArrayList<>();
        MessageInbox inbox = new MessageInbox(1 << 26, new MrdNotes());
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), service.address().getPort())) {
            InputStream in = socket.getInputStream();
            for (ByteBuffer message : messages) {
                byte[] bytes = new byte[message.remaining()];
                message.get(bytes);
                socket.getOutputStream().write(bytes);
            }
            socket.shutdownOutput();
            while (inbox.fill(Channels.newChannel(in)) >= 0) {
                for (MrdMessage m = inbox.next(); m != null; m = inbox.next()) {
                    answers.add(m);
                }
            }
        } catch (SocketException e) {
            // The service has left in the middle of what it was sent.
        }
        return answers;
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nothing happened");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
