package org.isocenter.recon.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.List;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.Waveform;
import org.isocenter.recon.mrd.MrdMessages;
import org.junit.jupiter.api.Test;

class ScanCollectorTest {
    private final RawData raw = Scans.small("2D", 2);

    @Test
    void aStreamIsReadToItsEnd() throws Exception {
        ScanCollector.Contents read = read(stream(), 1 << 24);
        assertThat(read.raw().size()).isEqualTo(raw.size());
        assertThat(read.raw().isComplete()).isTrue();
        assertThat(read.raw().header().measurementId()).isEqualTo("scan-1");
        assertThat(read.raw().readout(5).real()).containsExactly(raw.readout(5).real());
        assertThat(read.notes()).isEmpty();
    }

    @Test
    void aStreamWithoutItsCloseIsReadAndNoted() throws Exception {
        byte[] stream = stream();
        ScanCollector.Contents read = read(Arrays.copyOf(stream, stream.length - 2), 1 << 24);
        assertThat(read.raw().size()).isEqualTo(raw.size());
        assertThat(read.notes()).singleElement().asString().contains("without having been closed");
    }

    @Test
    void whatAScanSendsComesTogetherAgain() throws Exception {
        RawData interleaved = Scans.interleaved(3);
        interleaved.appendWaveforms(List.of(
                new Waveform(0, 1, 0, 7, 2, 1, 2.5e-3, 2, new int[] {5, -6}),
                new Waveform(0, 1, 9, 8, 1, 2, 2.5e-3, 0, new int[] {7, 8})));
        ScanSender sender = new ScanSender(new MrdServer.Configuration("default", ""), interleaved);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        while (!sender.isDone()) {
            ByteBuffer piece = sender.bytes(true);
            byte[] bytes = new byte[piece.remaining()];
            piece.get(bytes);
            stream.write(bytes);
        }
        RawData read = read(stream.toByteArray(), 1 << 24).raw();
        assertThat(read.waveforms()).usingRecursiveComparison().isEqualTo(interleaved.waveforms());
        assertThat(read.size()).isEqualTo(48);
        for (int i = 0; i < 48; i++) {
            Readout measured = interleaved.readout(3 * (i % 16) + i / 16);
            assertThat(read.readout(i).header()).isEqualTo(measured.header());
            assertThat(read.readout(i).real()).containsExactly(measured.real());
        }
    }

    /** Wherever the cut is: all whole readouts before it, and never a part of one. */
    @Test
    void aStreamThatWasCutOffKeepsItsWholeReadouts() throws Exception {
        byte[] stream = stream();
        int first = MrdMessages.header(raw.header()).remaining();
        int each = (stream.length - 2 - first) / raw.size();
        for (int length = first + each; length < stream.length - 2; length += 37) {
            ScanCollector.Contents read = read(Arrays.copyOf(stream, length), 1 << 24);
            int whole = (length - first) / each;
            assertThat(read.raw().size()).as("cut at byte %d", length).isEqualTo(whole);
            assertThat(read.raw().readout(whole - 1).real())
                    .containsExactly(raw.readout(whole - 1).real());
            if ((length - first) % each != 0) {
                assertThat(read.raw().isComplete()).isFalse();
                assertThat(read.notes())
                        .singleElement()
                        .asString()
                        .contains("ends within a message after " + whole + " whole readouts");
            }
        }
    }

    @Test
    void aStreamThatWasCutOffBeforeItsFirstReadoutIsNoScan() {
        int first = MrdMessages.header(raw.header()).remaining();
        for (int length : new int[] {1, first - 1, first + 1, first + 400}) {
            assertThatThrownBy(() -> read(Arrays.copyOf(stream(), length), 1 << 24))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("before the first readout is whole");
        }
    }

    @Test
    void aStreamThatIsDamagedHalfWayKeepsWhatCameBefore() throws Exception {
        byte[] stream = stream();
        int first = MrdMessages.header(raw.header()).remaining();
        int each = (stream.length - 2 - first) / raw.size();
        stream[first + 3 * each + 1] = 99;
        ScanCollector.Contents read = read(stream, 1 << 24);
        assertThat(read.raw().size()).isEqualTo(3);
        assertThat(read.raw().isComplete()).isFalse();
        assertThat(read.notes()).singleElement().asString().contains("is damaged", "after 3 whole readouts");
    }

    @Test
    void aStreamLargerThanTheRoomForItIsRefused() {
        assertThatThrownBy(() -> read(stream(), 20_000))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("memory");
    }

    @Test
    void readoutsWithoutAHeaderAreRefused() {
        ByteBuffer buffer = ByteBuffer.allocate(10_000);
        MrdMessages.putAcquisition(raw.readout(0), buffer);
        assertThatThrownBy(() -> read(Arrays.copyOf(buffer.array(), buffer.position()), 1 << 24))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("before the header");
    }

    private static ScanCollector.Contents read(byte[] stream, long mostBytes) throws IOException {
        return ScanCollector.read(Channels.newChannel(new ByteArrayInputStream(stream)), mostBytes);
    }

    private byte[] stream() {
        ByteBuffer buffer = ByteBuffer.allocate(100_000);
        buffer.put(MrdMessages.header(raw.header()));
        for (int i = 0; i < raw.size(); i++) {
            MrdMessages.putAcquisition(raw.readout(i), buffer);
        }
        buffer.put(MrdMessages.close());
        return Arrays.copyOf(buffer.array(), buffer.position());
    }
}
