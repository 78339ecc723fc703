package org.isocenter.recon.mrd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.isocenter.model.Vec3;
import org.isocenter.model.Waveform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MrdImageTest {
    @ParameterizedTest
    @EnumSource(MrdPixelType.class)
    void anImageOfAnyPixelTypeGoesThroughAStream(MrdPixelType type) throws Exception {
        MrdImage image = MrdExamples.image(new Random(type.code()), type);
        MrdNotes notes = new MrdNotes();

        ByteBuffer message = MrdMessages.image(image);
        MrdImage got = ((MrdMessage.Image) MrdMessages.read(message, notes)).image();

        assertThat(got).isEqualTo(image);
        assertThat(message.hasRemaining()).isFalse();
        assertThat(notes.toList()).isEmpty();
    }

    /** Offsets as in the table of the C++ library's header file. */
    @Test
    void theHeaderLiesWhereOthersLookForIt() {
        MrdImage image = MrdExamples.image(new Random(1), MrdPixelType.FLOAT);
        ByteBuffer message = MrdMessages.image(image).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(message.getShort(0)).isEqualTo((short) 1022);
        ByteBuffer header = message.slice(2, 198).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(header.getShort(2)).isEqualTo((short) 5);
        assertThat(header.getShort(16)).isEqualTo((short) 5);
        assertThat(header.getShort(18)).isEqualTo((short) 4);
        assertThat(header.getShort(20)).isEqualTo((short) 3);
        assertThat(header.getFloat(22)).isEqualTo(200f);
        assertThat(header.getShort(34)).isEqualTo((short) 2);
        assertThat(header.getFloat(36)).isEqualTo(12.5f);
        assertThat(header.getShort(98)).as("slice").isEqualTo((short) 4);
        assertThat(header.getShort(106)).as("set").isEqualTo((short) 8);
        assertThat(header.getShort(124)).as("image_type").isEqualTo((short) 1);
        assertThat(header.getFloat(162 + 28)).isEqualTo(0.75f);
        assertThat(header.getInt(194))
                .isEqualTo((int) message.getLong(200))
                .isEqualTo(image.meta().xml().getBytes(java.nio.charset.StandardCharsets.UTF_8).length);
    }

    @Test
    void complexPixelsHaveParts() {
        MrdImageHeader header = MrdExamples.imageHeader(MrdPixelType.COMPLEX_FLOAT);
        float[] real = new float[120];
        float[] imaginary = new float[120];
        real[7] = 3;
        imaginary[7] = -4;
        MrdImage image = MrdImage.of(header, MrdMeta.NONE, real, imaginary);
        assertThat(image.real()).containsExactly(real);
        assertThat(image.imaginary()).containsExactly(imaginary);
        assertThat(image.magnitude()[7]).isEqualTo(5, within(1e-6f));
    }

    @Test
    void pixelsThatDoNotFitTheHeaderAreRefused() {
        MrdImageHeader header = MrdExamples.imageHeader(MrdPixelType.FLOAT);
        assertThatThrownBy(() -> MrdImage.of(header, MrdMeta.NONE, new float[119]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("476 bytes")
                .hasMessageContaining("480");
    }

    @Test
    void directionsThatAreNoFrameAreReplacedAndNoted() throws Exception {
        ByteBuffer message = MrdMessages.image(MrdExamples.image(new Random(2), MrdPixelType.SHORT));
        message.putFloat(2 + 48, Float.NaN);
        MrdNotes notes = new MrdNotes();
        MrdImage got = ((MrdMessage.Image) MrdMessages.read(message, notes)).image();
        assertThat(got.header().geometry().read()).isEqualTo(Vec3.X);
        assertThat(notes.toList()).singleElement().asString().contains("read_dir");
    }

    @Test
    void attributesKeepTheirOrderAndTheirOddCharacters() {
        MrdMeta meta =
                MrdMeta.NONE.with("ImageComment", List.of("a < b", "µ & \"q\"")).with("EchoTime", "20.1");
        MrdNotes notes = new MrdNotes();
        assertThat(MrdMeta.parse(meta.xml(), notes)).isEqualTo(meta);
        assertThat(MrdMeta.parse(meta.xml(), notes).values().keySet()).containsExactly("ImageComment", "EchoTime");
        assertThat(notes.toList()).isEmpty();
    }

    @Test
    void attributesThatCannotBeReadAreLeftOutAndNoted() {
        String bomb = "<!DOCTYPE x [<!ENTITY a \"" + "b".repeat(100)
                + "\">]><ismrmrdMeta><meta><name>&a;</name></meta></ismrmrdMeta>";
        for (String broken : List.of("<ismrmrdMeta><meta>", "none", "<other/>", bomb)) {
            MrdNotes notes = new MrdNotes();
            assertThat(MrdMeta.parse(broken, notes)).isEqualTo(MrdMeta.NONE);
            assertThat(notes.toList()).as(broken).singleElement().asString().contains("attributes of an image");
        }
    }

    @Test
    void aWaveformGoesThroughAStream() throws Exception {
        Waveform waveform = MrdExamples.waveform(new Random(3));
        ByteBuffer message = MrdMessages.waveform(waveform).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(message.getShort(0)).isEqualTo((short) 1026);
        assertThat(message.getShort(2 + 28)).isEqualTo((short) 7);
        assertThat(message.getShort(2 + 36)).isEqualTo((short) 2);
        Waveform got = ((MrdMessage.Waveform) MrdMessages.read(message, new MrdNotes())).waveform();
        assertThat(got).usingRecursiveComparison().isEqualTo(waveform);
    }
}
