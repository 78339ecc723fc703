package org.isocenter.sequence.pulseq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Sequence;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PulseqReaderTest {
    private static final String HEAD =
            "[VERSION]\nmajor 1\nminor 5\nrevision 1\n\n[DEFINITIONS]\nGradientRasterTime 1e-05\n"
                    + "RadiofrequencyRasterTime 1e-06\nAdcRasterTime 1e-07\nBlockDurationRaster 1e-05\n\n";
    /** One pulse with a slice gradient, one readout with labels. */
    static final String SMALL = HEAD
            + "[BLOCKS]\n1 300 1 0 0 2 0 0\n2 40 0 5 0 0 7 1\n\n[RF]\n"
            + "1 250 1 0 0 500 100 0 0 10.5 0.25 e\n\n[TRAP]\n2 1e5 100 1000 100 0\n5 -2.5e4 50 200 50 10\n\n[ADC]\n"
            + "7 8 25000 60 0 0 0 0 0\n\n[EXTENSIONS]\n1 4 1 2\n2 9 3 0\n\nextension LABELINC 4\n1 1 LIN\n\n"
            + "extension LABELSET 9\n3 5 LIN\n\n[SHAPES]\n\nshape_id 1\nnum_samples 1000\n1\n0\n0\n997\n";

    private static PulseqFile read(String text) throws PulseqFormatException {
        return PulseqReader.read("test.seq", text.getBytes(StandardCharsets.UTF_8));
    }

    private static PulseqFormatException refusal(String text) {
        ThrowingCallable reading = () -> read(text);
        return catchThrowableOfType(PulseqFormatException.class, reading);
    }

    @Test
    void aSmallFileIsReadInWholePicoseconds() throws PulseqFormatException {
        PulseqFile file = read(SMALL);
        Sequence s = file.sequence();
        assertThat(file.version()).isEqualTo("1.5.1");
        assertThat(file.warnings()).isEmpty();
        assertThat(s.blockCount()).isEqualTo(2);
        assertThat(s.durationPs()).isEqualTo(3_400_000_000L);
        RfPulse rf = s.rfPulse(s.rfId(0));
        assertThat(rf.amplitudeHertz()).isEqualTo(250);
        assertThat(rf.use()).isEqualTo(RfUse.EXCITATION);
        assertThat(rf.centerSeconds()).isCloseTo(500e-6, Offset.offset(1e-15));
        assertThat(rf.delayPs()).isEqualTo(100_000_000);
        assertThat(rf.frequencyHertz()).isEqualTo(10.5);
        assertThat(rf.phaseRadians()).isEqualTo(0.25);
        assertThat(rf.magnitude().length()).isEqualTo(1000);
        assertThat(rf.magnitude().at(999)).isEqualTo(1);
        assertThat(s.gradient(s.gradientId(1, Axis.X)))
                .isEqualTo(new Gradient.Trapezoid(-25000, 50_000_000, 200_000_000, 50_000_000, 10_000_000));
        assertThat(s.adc(s.adcId(1))).isEqualTo(new Adc(8, 25_000_000, 60_000_000, 0, 0, 0, 0, null));
        assertThat(s.extensions(s.extensionId(1)))
                .containsExactly(new Extension.Label(true, "LIN", 1), new Extension.Label(false, "LIN", 5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\r"})
    void allLineEndsAreTheSame(String end) throws PulseqFormatException {
        assertSameAsSmall(SMALL.replace("\n", end));
    }

    @Test
    void tabsCommentsAndByteOrderMarksAreNothing() throws PulseqFormatException {
        assertSameAsSmall("\ufeff# a comment\n" + SMALL.replace(' ', '\t'));
        assertSameAsSmall(SMALL.replace("100 0\n", "100 0 # ramps\n").replace("[TRAP]\n", "[TRAP]\n# id\n\n"));
        assertSameAsSmall(SMALL.replace("[RF]\n", "[RF] # pulses\n"));
    }

    @Test
    void sectionsMayComeInAnyOrder() throws PulseqFormatException {
        int blocks = SMALL.indexOf("[BLOCKS]");
        int version = SMALL.indexOf("[DEFINITIONS]");
        assertSameAsSmall(
                SMALL.substring(blocks) + "\n" + SMALL.substring(version, blocks) + SMALL.substring(0, version));
    }

    private static void assertSameAsSmall(String text) throws PulseqFormatException {
        Sequence expected = read(SMALL).sequence();
        Sequence actual = read(text).sequence();
        assertThat(PulseqWriter.write(actual, PulseqVersion.V1_5_1))
                .isEqualTo(PulseqWriter.write(expected, PulseqVersion.V1_5_1));
    }

    @Test
    void aRevisionMayHaveASuffix() throws PulseqFormatException {
        assertThat(read(SMALL.replace("revision 1", "revision 1post1")).version())
                .isEqualTo("1.5.1post1");
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            value = {
                // what | becomes | line | section | problem
                "major 1 | major 2 | 1 | VERSION | version 2.5.1 cannot be read",
                "minor 5 | minor 1 | 1 | VERSION | version 1.1.1 cannot be read",
                "minor 5 | minor x | 1 | VERSION | 'minor' is missing or no number",
                "AdcRasterTime 1e-07 | Adc 1e-07 | 0 | DEFINITIONS | AdcRasterTime is missing",
                "AdcRasterTime 1e-07 | AdcRasterTime soon | 0 | DEFINITIONS | AdcRasterTime is 'soon', expected a time",
                "1 300 1 0 | 1 300 3 0 | 13 | BLOCKS | RF event 3 is not defined",
                "2 40 0 5 | 2 40 0 6 | 14 | BLOCKS | gradient event 6 is not defined",
                "2 40 0 5 | 2 40 0 | 14 | BLOCKS | 7 fields",
                "2 40 0 5 | 2 4.5 0 5 | 14 | BLOCKS | duration is 4.5, expected a whole number",
                "2 40 0 5 | 2 -4 0 5 | 14 | BLOCKS | duration is -4",
                "1 250 1 | 1 0x10 1 | 17 | RF | amplitude is '0x10', expected a number",
                "1 250 1 | 1 NaN 1 | 17 | RF | amplitude is 'NaN'",
                "1 250 1 | 1 1e999 1 | 17 | RF | amplitude is '1e999'",
                "1 250 1 | 1 250 2 | 17 | RF | magnitude shape 2 is not defined",
                "5 -2.5e4 | 2 -2.5e4 | 21 | TRAP | id 2 is defined twice",
                "100 1000 100 0 | 100 1000 100 | 20 | TRAP | 5 fields, expected 6",
                "100 1000 100 0 | -5 1000 100 0 | 20 | TRAP | rise is -5, expected a time",
                "7 8 25000 | 7 99999999999 25000 | 24 | ADC | num is 99999999999",
                "7 8 25000 | 7 8 0 | 24 | ADC | dwell is 0 ns",
                "2 9 3 0 | 2 9 3 1 | 27 | EXTENSIONS | the list from 1 runs in a circle",
                "num_samples 1000 | num_samples 1001 | 38 | SHAPES | shape 1 does not unpack to its 1001 samples",
                "num_samples 1000 | num_samples 2000000000 | 39 | SHAPES | num_samples is 2000000000",
                "997 | 99999999 | 38 | SHAPES | shape 1 does not unpack",
                "[ADC] | [DELAYS] | 23 | DELAYS | the section is not allowed from version 1.4 on",
                "[ADC] | [RF] | 23 | RF | the section is here twice; the first is in line 16",
                "major 1 | maj 1 | 2 | VERSION | expected 'major N'",
                "extension LABELSET 9 | extension LABELSET | 33 | EXTENSIONS | 'extension' needs a name and a type number",
                "extension LABELSET 9 | extension LABELSET x | 33 | extension LABELSET | the type number is 'x'",
                "extension LABELSET 9 | extension LABELSET 4 | 33 | extension LABELSET | two extensions have the type number 4"
            })
    void whatIsWrongIsToldWithItsPlace(String what, String becomes, int line, String section, String problem) {
        assertThat(SMALL).contains(what);
        PulseqFormatException refusal = refusal(SMALL.replaceFirst(Pattern.quote(what), becomes));
        assertThat(refusal).isNotNull();
        assertThat(refusal.getMessage()).contains(problem);
        assertThat(refusal.line()).isEqualTo(line);
        assertThat(refusal.section()).isEqualTo(section);
        assertThat(refusal.file()).isEqualTo("test.seq");
        assertThat(refusal.getMessage()).doesNotContain("\n");
    }

    @Test
    void whatIsNoPulseqFileSaysSo() {
        assertThat(refusal("")).hasMessageContaining("no [VERSION] section");
        assertThat(refusal("hello\n"))
                .hasMessage("test.seq line 1: not a Pulseq file: text before the first section;"
                        + " expected # comments and then [VERSION]");
        assertThat(refusal("[VERSION]\nmajor 1\u0000\n")).hasMessageContaining("holds a zero byte");
        assertThat(refusal(HEAD)).hasMessageContaining("no blocks: the file is incomplete");
        assertThatThrownBy(() -> PulseqReader.read(Path.of("no/such.seq")))
                .isInstanceOf(PulseqFormatException.class)
                .hasMessageContaining("no such file");
    }

    @Test
    void aHugeFileIsRefusedUnread(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("huge.seq");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(PulseqReader.MAX_FILE_BYTES + 1L);
        }
        assertThatThrownBy(() -> PulseqReader.read(file)).hasMessageContaining("more than the 256 MB");
    }

    @Test
    void aLostRotationIsRefused() {
        String text = SMALL.replace("[BLOCKS]", "RequiredExtensions ROTATIONS\n[BLOCKS]");
        assertThat(refusal(text)).hasMessageContaining("its meaning was lost in an export to an older version");
        assertThat(refusal(text.replace("ROTATIONS", "HOLOGRAMS"))).hasMessageContaining("cannot play");
    }

    @Test
    void aRealFileThatLostItsRotationsIsRefused() {
        Path lossy = SharedData.path("seq/gen141_radial_rotext_LOSSY.seq");
        assertThatThrownBy(() -> PulseqReader.read(lossy))
                .isInstanceOf(PulseqFormatException.class)
                .hasMessageContaining("ROTATIONS");
    }

    @Test
    void unknownExtensionsAreKeptWithAWarning() throws PulseqFormatException {
        PulseqFile file = read(SMALL.replace("extension LABELSET 9\n3 5 LIN", "extension NOVELTY 9\n3 a b c"));
        assertThat(file.warnings()).containsExactly("line 33: extension NOVELTY is not known; it has no effect");
        assertThat(file.sequence().extensions(1)).contains(new Extension.Unknown("NOVELTY", "a b c"));
    }

    @Test
    void whatExtensionsMissIsKeptWithAWarning() throws PulseqFormatException {
        PulseqFile noKind = read(SMALL.replace("2 9 3 0", "2 8 3 0"));
        assertThat(noKind.warnings())
                .containsExactly("line 28: extension type 8 is used but not defined; it has no effect");
        assertThat(noKind.sequence().extensions(1)).contains(new Extension.Unknown("UNDEFINED_8", "3"));
        PulseqFile noEntry = read(SMALL.replace("2 9 3 0", "2 9 4 0"));
        assertThat(noEntry.warnings()).containsExactly("line 28: LABELSET 4 is not defined; it has no effect");
        assertThat(noEntry.sequence().extensions(1)).contains(new Extension.Unknown("MISSING_LABELSET", "4"));
        PulseqFile noList = read(SMALL.replace("0 7 1", "0 7 3"));
        assertThat(noList.warnings())
                .containsExactly("line 14: extension list entry 3 is used but not defined; ignored everywhere");
        assertThat(noList.sequence().extensionListCount()).isZero();
    }

    @Test
    void aMissingRotationIsRefused() {
        String rotated = SMALL.replace("extension LABELSET 9\n3 5 LIN", "extension ROTATIONS 9\n4 1 0 0 0");
        assertThat(refusal(rotated)).hasMessageContaining("line 28").hasMessageContaining("ROTATIONS 3 is not defined");
    }

    @Test
    void aTransmitShimOfThePulseGoesToItsBlock() throws PulseqFormatException {
        String shimmed = SMALL.replace("0 500 100 0 0 10.5 0.25 e", "0 100 10.5 0.25 2 3")
                + "\nshape_id 2\nnum_samples 2\n0.5\n0.5\n\nshape_id 3\nnum_samples 2\n0\n-1.5\n";
        Sequence s = read(shimmed).sequence();
        assertThat(s.extensions(s.extensionId(0))).containsExactly(new Extension.RfShim(List.of(0.5, 0.0, 0.5, -1.5)));
        assertThat(refusal(shimmed.replace("0.25 2 3", "0.25 2 0"))).hasMessageContaining("both or none are needed");
    }

    @Test
    void theTransmitShimsOfTheBranchForManyChannelsAreKept() throws PulseqFormatException {
        String old = OLD.replace("250 1 0 100 0 0", "250 1 0 100 0 0 4 5")
                + "shape_id 4\nnum_samples 2\n0.35\n0.35\nshape_id 5\nnum_samples 2\n0.5\n0.75\n";
        Sequence s = read(old).sequence();
        assertThat(s.extensions(s.extensionId(0)))
                .as("stored as they are, though shapes of that version are compressed")
                .containsExactly(new Extension.RfShim(List.of(0.35, 0.5, 0.35, 0.75)));
        assertThat(s.extensionId(3)).as("the other pulse has none").isZero();
    }

    @Test
    void customLabelsAreNotFatal() throws PulseqFormatException {
        assertThat(read(SMALL.replace("3 5 LIN", "3 -5 MINE")).sequence().extensions(1))
                .contains(new Extension.Label(false, "MINE", -5));
    }

    @Test
    void columnsAreToldByTheirNumberWhateverTheVersion() throws PulseqFormatException {
        PulseqFile file = read(SMALL.replace("0 500 100 0 0 10.5 0.25 e", "0 100 10.5 0.25"));
        assertThat(file.warnings()).containsExactly("line 17: [RF] has 8 columns where this version has 12");
        RfPulse rf = file.sequence().rfPulse(1);
        assertThat(rf.delayPs()).isEqualTo(100_000_000);
        assertThat(rf.frequencyHertz()).isEqualTo(10.5);
        assertThat(rf.centerSeconds()).as("the middle of the plateau").isCloseTo(500e-6, Offset.offset(1e-12));
        assertThat(rf.use()).as("250 Hz for 1 ms are 90°").isEqualTo(RfUse.EXCITATION);
    }

    private static final String OLD = "[VERSION]\nmajor 1\nminor 2\nrevision 0\n[BLOCKS]\n"
            + "1 0 1 2 0 0 0\n2 0 0 2 0 0 0\n3 1 0 0 0 0 0\n4 0 2 3 0 0 0\n[RF]\n1 250 1 0 100 0 0\n2 500 1 0 0 0 0\n"
            + "[GRADIENTS]\n2 1000 2 0\n3 1000 2 20\n[DELAYS]\n1 5000\n[SHAPES]\nshape_id 1\nnum_samples 1000\n1\n0\n0\n"
            + "997\nshape_id 2\nnum_samples 3\n0.2\n0.1\n0.5\n";

    @Test
    void beforeVersion14EventsGiveTheDuration() throws PulseqFormatException {
        Sequence s = read(OLD).sequence();
        assertThat(s.blockDurationPs(0)).isEqualTo(1_100_000_000);
        assertThat(s.blockDurationPs(1)).isEqualTo(30_000_000);
        assertThat(s.blockDurationPs(2)).isEqualTo(5_000_000_000L);
    }

    @Test
    void beforeVersion15UseAndEdgesAreWorkedOut() throws PulseqFormatException {
        Sequence s = read(OLD).sequence();
        assertThat(s.rfPulse(1).use()).isEqualTo(RfUse.EXCITATION);
        assertThat(s.rfPulse(2).use()).isEqualTo(RfUse.REFOCUSING);
        Gradient.Uniform alone = (Gradient.Uniform) s.gradient(s.gradientId(0, Axis.X));
        assertThat(alone.shape().samples()).containsExactly(new double[] {0.2, 0.3, 0.8}, Offset.offset(1e-12));
        assertThat(alone.first()).isZero();
        assertThat(alone.last()).as("along the last slope").isCloseTo(1050, Offset.offset(1e-9));
        Gradient.Uniform delayed = (Gradient.Uniform) s.gradient(s.gradientId(3, Axis.X));
        assertThat(delayed.first()).isZero();
        assertThat(delayed.delayPs()).isEqualTo(20_000_000);
    }

    @Test
    void aShapedGradientGoesOnFromOneThatFilledItsBlock() throws PulseqFormatException {
        Sequence s = read(OLD.replace("1 0 1 2 0 0 0", "1 0 0 2 0 0 0")).sequence();
        Gradient.Uniform second = (Gradient.Uniform) s.gradient(s.gradientId(1, Axis.X));
        assertThat(second.first()).isCloseTo(1050, Offset.offset(1e-9));
    }

    @Test
    void signaturesAreCheckedWithAndWithoutTheNewline() throws PulseqFormatException {
        String hash = Signatures.md5(SMALL.getBytes(StandardCharsets.UTF_8), SMALL.length());
        String with = "\n[SIGNATURE]\n# see [SIGNATURE]\nType md5\nHash " + hash + "\n";
        assertThat(read(SMALL + with).signature()).isEqualTo(PulseqFile.Signature.VALID);
        assertThat(read(SMALL + with.substring(1)).signature()).isEqualTo(PulseqFile.Signature.VALID_WITH_NEWLINE);
        PulseqFile changed = read(SMALL.replace("250", "251") + with);
        assertThat(changed.signature()).isEqualTo(PulseqFile.Signature.INVALID);
        assertThat(changed.warnings())
                .containsExactly("the signature does not fit: the file was changed after it was written");
        PulseqFile exchanged = read((SMALL + with).replace("\n", "\r\n"));
        assertThat(exchanged.signature()).isEqualTo(PulseqFile.Signature.VALID_BEFORE_LINE_ENDS_CHANGED);
        assertThat(exchanged.warnings())
                .containsExactly(
                        "the signature fits but for the line ends: they were exchanged after the file was written");
        String returns = SMALL.replace("\n", "\r\n");
        String signed = with.replace(hash, Signatures.md5(returns.getBytes(StandardCharsets.UTF_8), returns.length()));
        assertThat(read(returns + signed.replace("\n", "\r\n")).signature())
                .as("written with CRLF")
                .isEqualTo(PulseqFile.Signature.VALID);
        assertThat(read(SMALL + signed).signature())
                .as("CRLF made LF")
                .isEqualTo(PulseqFile.Signature.VALID_BEFORE_LINE_ENDS_CHANGED);
        assertThat(read(SMALL + with.replace("md5", "sha1")).signature()).isEqualTo(PulseqFile.Signature.UNKNOWN_TYPE);
        assertThat(read(SMALL).signature()).isEqualTo(PulseqFile.Signature.ABSENT);
    }

    @Test
    void aTerminalIsNotDrivenByAFilesText() {
        PulseqFormatException refusal = refusal("[VERSION]\nmajor 1\n[A\u001b[31mB]\n");
        assertThat(refusal.getMessage().chars()).allMatch(c -> c >= 0x20);
        PulseqFormatException hostile = refusal(SMALL.replace("1 250 1", "1 \u001b[31m" + "9".repeat(300) + " 1"));
        assertThat(hostile.getMessage().chars()).allMatch(c -> c >= 0x20);
        assertThat(hostile.getMessage().length()).isLessThan(200);
    }

    @Test
    void manySamplesFromFewBytesAreRefused() {
        StringBuilder bomb = new StringBuilder(SMALL);
        for (int id = 2; id < 40; id++) {
            bomb.append("\nshape_id ").append(id).append("\nnum_samples 1000000\n0\n0\n999998\n");
        }
        assertThat(refusal(bomb.toString())).hasMessageContaining("too many for the file's size");
    }

    @Test
    void aSequenceOfAHundredDaysIsRefused() {
        String endless = SMALL.replace("2 40 0 5", "2 2147483647 0 5").replace("Raster 1e-05", "Raster 1");
        assertThat(refusal(endless)).hasMessageContaining("100 days");
        assertThat(List.of(refusal(endless).section())).containsExactly("BLOCKS");
    }
}
