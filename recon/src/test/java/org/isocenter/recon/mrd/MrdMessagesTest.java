package org.isocenter.recon.mrd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MrdMessagesTest {
    @ParameterizedTest
    @CsvSource({"1,1,0", "64,1,0", "7,3,2", "0,2,3", "100,0,3"})
    void aReadoutComesBackAsItWas(int samples, int channels, int dimensions) throws Exception {
        Readout sent = MrdExamples.readout(new Random(1), 77, samples, channels, dimensions);

        ByteBuffer buffer = encoded(sent);
        assertThat(MrdMessages.length(buffer)).isEqualTo(buffer.remaining());
        MrdMessage message = MrdMessages.read(buffer, new MrdNotes());

        Readout got = ((MrdMessage.Acquisition) message).readout();
        assertThat(got.header()).isEqualTo(roundedToNanoseconds(sent.header()));
        assertThat(got.real()).containsExactly(sent.real());
        assertThat(got.imaginary()).containsExactly(sent.imaginary());
        assertThat(got.trajectoryDimensions()).isEqualTo(dimensions);
        assertThat(got.trajectoryPerMeter()).containsExactly(sent.trajectoryPerMeter());
        assertThat(buffer.remaining()).isZero();
    }

    /** Offsets of ISMRMRD's packed C structure. */
    @Test
    void fieldsLieWhereIsmrmrdPutsThem() {
        Readout readout = MrdExamples.readout(new Random(2), 5, 2, 2, 1);
        ByteBuffer bytes = encoded(readout).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(bytes.remaining()).isEqualTo(2 + 340 + 2 * 4 + 2 * 2 * 8);
        assertThat(bytes.getShort(0)).isEqualTo((short) 1008);
        assertThat(bytes.getShort(2)).isEqualTo((short) 1);
        assertThat(bytes.getLong(2 + 2)).isEqualTo(1L << 21 | 1L << 63);
        assertThat(bytes.getInt(2 + 14)).isEqualTo(5);
        assertThat(bytes.getInt(2 + 18)).isEqualTo(700617);
        assertThat(bytes.getShort(2 + 34)).isEqualTo((short) 2);
        assertThat(bytes.getShort(2 + 38)).isEqualTo((short) 2);
        assertThat(bytes.getLong(2 + 40)).isEqualTo(3);
        assertThat(bytes.getShort(2 + 172)).isEqualTo((short) 1);
        assertThat(bytes.getFloat(2 + 178)).isEqualTo(19.2f);
        assertThat(bytes.getFloat(2 + 182)).isEqualTo(12.5f);
        assertThat(bytes.getFloat(2 + 206 + 8)).isEqualTo(-1f);
        assertThat(bytes.getShort(2 + 242)).isEqualTo((short) 1);
        assertThat(bytes.getShort(2 + 258)).isEqualTo((short) 9);
        int data = 2 + 340 + 8;
        assertThat(bytes.getFloat(data + 4)).isEqualTo(readout.imaginary()[0]);
        assertThat(bytes.getFloat(data + 16)).isEqualTo(readout.real()[2]);
    }

    @Test
    void theHeaderMessageHoldsTheXmlHeader() throws Exception {
        MrdMessage message = MrdMessages.read(MrdMessages.header(MrdExamples.header()), new MrdNotes());
        String xml = ((MrdMessage.Header) message).xml();
        assertThat(MrdHeaderXml.read(xml).header()).isEqualTo(MrdExamples.header());
    }

    @Test
    void textsComeWithAndWithoutAClosingNul() throws Exception {
        assertThat(MrdMessages.read(MrdMessages.text(MrdMessages.TEXT, "INFO ok\0"), new MrdNotes()))
                .isEqualTo(new MrdMessage.Text("INFO ok"));
        assertThat(MrdMessages.read(MrdMessages.text(MrdMessages.CONFIG_TEXT, "<x/>"), new MrdNotes()))
                .isEqualTo(new MrdMessage.Config("<x/>"));
        assertThat(MrdMessages.read(MrdMessages.configFile("simplefft"), new MrdNotes()))
                .isEqualTo(new MrdMessage.Config("simplefft"));
        assertThat(MrdMessages.read(MrdMessages.close(), new MrdNotes())).isEqualTo(new MrdMessage.Close());
    }

    @Test
    void gadgetronsQuestionsAndAnswersAreRead() throws Exception {
        assertThat(MrdMessages.read(MrdMessages.query(7, "gadgetron::version"), new MrdNotes()))
                .isEqualTo(new MrdMessage.Query(7, "gadgetron::version"));
        assertThat(MrdMessages.read(MrdMessages.response(7, "4.7"), new MrdNotes()))
                .isEqualTo(new MrdMessage.Response(7, "4.7"));
        ByteBuffer failure = little(2 + 8 + 4).putShort((short) 8).putLong(4).put("oops".getBytes());
        assertThat(MrdMessages.read(failure.flip(), new MrdNotes())).isEqualTo(new MrdMessage.Failure("oops"));
    }

    @Test
    void aDicomObjectOfGadgetronsIsSkippedToWhereItEnds() throws Exception {
        byte[] name = "image_1.dcm".getBytes(StandardCharsets.UTF_8);
        ByteBuffer stream = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        stream.putShort((short) 1018).putInt(50).put(new byte[50]);
        stream.putLong(name.length).put(name).putLong(3).put(new byte[3]);
        int end = stream.position();
        stream.put(MrdMessages.close()).flip();
        for (int cut = 2; cut < end; cut++) {
            ByteBuffer part = stream.duplicate().limit(cut);
            long length = MrdMessages.length(part);
            assertThat(length < 0 || length == end).isTrue();
        }
        assertThat(MrdMessages.read(stream, new MrdNotes())).isEqualTo(new MrdMessage.Dicom("image_1.dcm"));
        assertThat(MrdMessages.read(stream, new MrdNotes())).isEqualTo(new MrdMessage.Close());
        ByteBuffer hostile = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
        hostile.putShort(0, (short) 1018).putInt(2, -1);
        assertThatThrownBy(() -> MrdMessages.length(hostile)).isInstanceOf(MrdFormatException.class);
    }

    @Test
    void anArrayIsSkippedToWhereItEnds() throws Exception {
        ByteBuffer stream =
                little(100).putShort((short) 1030).putShort((short) 5).putShort((short) 0);
        stream.putShort((short) 2).putLong(3).putLong(2).put(new byte[24]).put(MrdMessages.close());
        stream.flip();
        assertThat(MrdMessages.read(stream, new MrdNotes())).isEqualTo(new MrdMessage.Array(8 + 16 + 24));
        assertThat(MrdMessages.read(stream, new MrdNotes())).isEqualTo(new MrdMessage.Close());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MAX_VALUE, 1L << 40})
    void lengthsThatCannotBeAreRefused(long length) {
        ByteBuffer array = little(24).putShort((short) 1030).putShort((short) 8).putInt(0x2_0000);
        ByteBuffer text = little(100).putShort((short) 8).putLong(length);
        assertThatThrownBy(() ->
                        MrdMessages.length(array.putLong(length).putLong(length).flip()))
                .isInstanceOf(MrdFormatException.class);
        assertThatThrownBy(() -> MrdMessages.length(text.rewind())).isInstanceOf(MrdFormatException.class);
    }

    @Test
    void anImageOfFarTooManyPixelsIsRefusedBeforeAnyMemoryIsAskedFor() {
        ByteBuffer bytes = MrdMessages.image(MrdExamples.image(new Random(7), MrdPixelType.FLOAT))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int at : new int[] {16, 18, 20, 34}) {
            bytes.putShort(2 + at, (short) 0xffff);
        }
        assertThatThrownBy(() -> MrdMessages.length(bytes))
                .isInstanceOf(MrdFormatException.class)
                .hasMessageContaining("at most");
    }

    @Test
    void messagesFollowOneAnotherInOneBuffer() throws Exception {
        Readout first = MrdExamples.readout(new Random(3), 0, 4, 1, 0);
        Readout second = MrdExamples.readout(new Random(3), 1, 9, 2, 0);
        ByteBuffer stream = ByteBuffer.allocateDirect(2000);
        MrdMessages.putAcquisition(first, stream);
        MrdMessages.putAcquisition(second, stream);
        stream.put(MrdMessages.close()).flip();

        assertThat(scanCounter(MrdMessages.read(stream, new MrdNotes()))).isZero();
        assertThat(scanCounter(MrdMessages.read(stream, new MrdNotes()))).isEqualTo(1);
        assertThat(MrdMessages.read(stream, new MrdNotes())).isEqualTo(new MrdMessage.Close());
    }

    @Test
    void aBufferTooSmallIsLeftUntouched() {
        Readout readout = MrdExamples.readout(new Random(4), 0, 4, 1, 0);
        ByteBuffer small = ByteBuffer.allocate(MrdMessages.acquisitionBytes(readout.header(), 0) - 1);
        assertThatThrownBy(() -> MrdMessages.putAcquisition(readout, small))
                .isInstanceOf(BufferOverflowException.class);
        assertThat(small.array()).containsOnly(0);
    }

    @Test
    void anotherConsolesUserIntegersAreNotTakenForATime() throws Exception {
        ByteBuffer bytes =
                encoded(MrdExamples.readout(new Random(5), 0, 1, 1, 0)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(2 + 18, 20).putLong(2 + 276, 0x0000_0007_0000_0003L);
        Readout got = ((MrdMessage.Acquisition) MrdMessages.read(bytes, new MrdNotes())).readout();
        assertThat(got.header().startSeconds()).isEqualTo(0.002, within(1e-12));
    }

    @Test
    void directionsThatAreNoFrameAreReplacedAndNoted() throws Exception {
        ByteBuffer bytes =
                encoded(MrdExamples.readout(new Random(6), 8, 1, 1, 0)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putFloat(2 + 194, Float.NaN);
        MrdNotes notes = new MrdNotes();
        Readout got = ((MrdMessage.Acquisition) MrdMessages.read(bytes, notes)).readout();
        assertThat(got.header().geometry()).isEqualTo(EncodingGeometry.AXIAL.centredAt(new Vec3(0.0125, -0.03, 0.4)));
        assertThat(notes.toList()).singleElement().asString().contains("read_dir", "1 readouts", "number 8");
    }

    @Test
    void aReadoutTooLongForMrdIsRefused() {
        Readout readout = MrdExamples.readout(new Random(7), 0, 65536, 1, 0);
        assertThatThrownBy(() -> encoded(readout))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65536 samples");
    }

    @Test
    void anUnknownMessageIsNamed() {
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {0x39, 0x05, 0, 0});
        assertThatThrownBy(() -> MrdMessages.read(bytes, new MrdNotes()))
                .isInstanceOf(MrdFormatException.class)
                .hasMessageContaining("1337");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aMessageCutShortAnywhereIsAnErrorAndNothingElse(long seed) throws Exception {
        Random random = new Random(seed);
        ByteBuffer whole = encoded(MrdExamples.readout(random, 0, 5, 1, 2));
        for (int cut = 0; cut < whole.remaining(); cut++) {
            ByteBuffer part = whole.slice(0, cut);
            assertThatThrownBy(() -> MrdMessages.read(part, new MrdNotes()))
                    .as("seed %d cut at %d", seed, cut)
                    .isInstanceOf(MrdFormatException.class);
            assertThat(part.position()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void garbageIsReadOrRefusedButNeverBreaksAnything(long seed) {
        Random random = new Random(seed);
        int[] ids = {1, 2, 3, 4, 5, 6, 7, 8, 1008, 1022, 1026, 1030, 77};
        for (int round = 0; round < 3000; round++) {
            byte[] bytes = new byte[random.nextInt(1500)];
            random.nextBytes(bytes);
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            if (bytes.length >= 2) {
                buffer.putShort(0, (short) ids[random.nextInt(ids.length)]);
            }
            if (bytes.length > 400 && random.nextBoolean()) {
                // Small sizes, so that whole readouts with senseless contents come up too.
                buffer.putShort(2 + 34, (short) random.nextInt(8)).putShort(2 + 38, (short) random.nextInt(3));
                buffer.putShort(2 + 176, (short) random.nextInt(4));
            }
            try {
                MrdMessages.read(buffer, new MrdNotes());
            } catch (MrdFormatException expected) {
                assertThat(buffer.position())
                        .as("seed %d round %d", seed, round)
                        .isZero();
            }
        }
    }

    private static int scanCounter(MrdMessage message) {
        return ((MrdMessage.Acquisition) message).readout().header().scanCounter();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer encoded(Readout readout) {
        ByteBuffer buffer =
                ByteBuffer.allocate(MrdMessages.acquisitionBytes(readout.header(), readout.trajectoryDimensions()));
        MrdMessages.putAcquisition(readout, buffer);
        return buffer.flip();
    }

    private static ReadoutHeader roundedToNanoseconds(ReadoutHeader h) {
        return new ReadoutHeader(
                h.scanCounter(),
                h.flags(),
                h.counters(),
                h.samples(),
                h.channels(),
                h.centerSample(),
                h.discardPre(),
                h.discardPost(),
                h.dwellSeconds(),
                Math.round(h.startSeconds() * 1e9) / 1e9,
                h.encodingSpace(),
                h.geometry());
    }
}
