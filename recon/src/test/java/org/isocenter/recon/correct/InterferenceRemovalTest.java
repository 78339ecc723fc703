package org.isocenter.recon.correct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.isocenter.model.RawData;
import org.isocenter.model.ScannerInfo;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.mrd.MrdNotes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two image channels and two or three coils that see interference only; what is true is known. */
class InterferenceRemovalTest {
    private static final int SIZE_X = 128;
    private static final int SIZE_Y = 64;
    private static final double NOISE = 0.3;

    /** What each source sends, at the times of the samples and a few beyond. */
    private record Source(double[] real, double[] imaginary) {
        static final int MARGIN = 4;
    }

    /** A tone that swings with the mains, broadband bursts at its peaks, and a wandering carrier. */
    private static Source source(int kind, Random random) {
        int length = SIZE_X * SIZE_Y + 2 * Source.MARGIN;
        double[] re = new double[length];
        double[] im = new double[length];
        double phase = 0;
        for (int i = 0; i < length; i++) {
            double mains = Math.cos(2 * Math.PI * i / 371.3);
            if (kind == 0) {
                re[i] = (1 + 0.5 * mains) * Math.cos(0.91 * i);
                im[i] = (1 + 0.5 * mains) * Math.sin(0.91 * i);
            } else if (kind == 1) {
                re[i] = mains * mains * random.nextGaussian();
                im[i] = mains * mains * random.nextGaussian();
            } else {
                phase += 0.4 + 0.2 * random.nextGaussian();
                re[i] = Math.cos(phase);
                im[i] = Math.sin(phase);
            }
        }
        return new Source(re, im);
    }

    private record Scan(ChannelGrid signal, ChannelGrid received) {}

    /**
     * @param sources picked up by image channels directly and one sample late; by each reference with its own couplings
     * @param changeAt line from which on the image channels pick up otherwise
     */
    private static Scan scan(int sources, int references, double strength, int changeAt, long seed) {
        Random random = new Random(seed);
        ChannelGrid signal = SmoothPhaseObject.kSpace(SmoothPhaseObject.image(2, SIZE_X, SIZE_Y, 1));
        ChannelGrid received = new ChannelGrid(2 + references, SIZE_X, SIZE_Y, 1);
        for (int channel = 0; channel < 2; channel++) {
            System.arraycopy(signal.real(channel), 0, received.real(channel), 0, signal.points());
            System.arraycopy(signal.imaginary(channel), 0, received.imaginary(channel), 0, signal.points());
        }
        for (int number = 0; number < sources; number++) {
            Source source = source(number, random);
            for (int channel = 0; channel < 2 + references; channel++) {
                boolean reference = channel >= 2;
                double[] now = {random.nextGaussian(), random.nextGaussian()};
                double[] late = {0.3 * random.nextGaussian(), 0.3 * random.nextGaussian()};
                double[] later = {random.nextGaussian(), random.nextGaussian()};
                for (int i = 0; i < received.points(); i++) {
                    double[] coupling = !reference && i / SIZE_X >= changeAt ? later : now;
                    pickUp(received, channel, i, source, i + Source.MARGIN, coupling, strength);
                    if (!reference) {
                        pickUp(received, channel, i, source, i + Source.MARGIN - 1, late, strength);
                    }
                }
            }
        }
        for (int channel = 0; channel < 2 + references; channel++) {
            for (int i = 0; i < received.points(); i++) {
                received.real(channel)[i] += (float) (NOISE * random.nextGaussian());
                received.imaginary(channel)[i] += (float) (NOISE * random.nextGaussian());
            }
        }
        return new Scan(signal, received);
    }

    private static void pickUp(
            ChannelGrid received, int channel, int i, Source source, int at, double[] coupling, double strength) {
        double re = source.real()[at];
        double im = source.imaginary()[at];
        received.real(channel)[i] += (float) (strength * (coupling[0] * re - coupling[1] * im));
        received.imaginary(channel)[i] += (float) (strength * (coupling[0] * im + coupling[1] * re));
    }

    private static double decibels(ChannelGrid got, ChannelGrid received, ChannelGrid signal) {
        return 20 * Math.log10(distance(received, signal) / distance(got, signal));
    }

    private static double distance(ChannelGrid got, ChannelGrid signal) {
        double sum = 0;
        for (int channel = 0; channel < 2; channel++) {
            for (int i = 0; i < signal.points(); i++) {
                sum += Math.pow(got.real(channel)[i] - signal.real(channel)[i], 2)
                        + Math.pow(got.imaginary(channel)[i] - signal.imaginary(channel)[i], 2);
            }
        }
        return Math.sqrt(sum);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 60, 40", "2, 2, 60, 32", "3, 3, 60, 29", "2, 3, 10, 21"})
    void interferenceGoesDownToTheNoise(int sources, int references, double strength, double wantedDecibels) {
        Scan scan = scan(sources, references, strength, SIZE_Y, 42);
        List<Integer> coils = List.of(2, 3, 4).subList(0, references);

        RawData cleaned = InterferenceRemoval.remove(
                LineScan.of(scan.received()), coils, InterferenceRemoval.NEIGHBOURS, new MrdNotes());

        assertThat(cleaned.readout(0).header().channels()).isEqualTo(2);
        assertThat(cleaned.header().scanner().receiverChannels()).isEqualTo(2);
        double decibels = decibels(LineScan.kSpace(cleaned, 2, scan.signal()), scan.received(), scan.signal());
        assertThat(decibels).as("seed 42").isGreaterThan(wantedDecibels);
    }

    @Test
    void couplingsThatChangeDuringTheScanAreFittedApart() {
        Scan scan = scan(2, 2, 60, 41, 43);
        MrdNotes notes = new MrdNotes();

        RawData cleaned = InterferenceRemoval.remove(LineScan.of(scan.received()), List.of(2, 3), 3, notes);

        double decibels = decibels(LineScan.kSpace(cleaned, 2, scan.signal()), scan.received(), scan.signal());
        assertThat(decibels).as("seed 43").isGreaterThan(35);
        assertThat(notes.toList()).singleElement().asString().contains("2 reference channels", "2 groups");
    }

    @Test
    void withoutInterferenceTheSignalStays() {
        Scan scan = scan(0, 2, 0, SIZE_Y, 44);

        RawData cleaned = InterferenceRemoval.remove(
                LineScan.of(scan.received()), List.of(2, 3), InterferenceRemoval.NEIGHBOURS, new MrdNotes());

        ChannelGrid got = LineScan.kSpace(cleaned, 2, scan.signal());
        assertThat(distance(got, scan.signal())).isLessThan(1.1 * distance(scan.received(), scan.signal()));
    }

    @Test
    void referencesAreNamedByNumberOrByTheLabelsOfTheirCoils() {
        ScannerInfo scanner = new ScannerInfo("", "", "", "", "", "", 0.05, 2.1e6, 5, "")
                .withChannels(5, List.of("head", "emi 1", "EMI 2"));
        assertThat(InterferenceRemoval.references("EMI*", scanner, 5)).containsExactly(1, 2);
        assertThat(InterferenceRemoval.references(" 4, head ", scanner, 5)).containsExactly(0, 4);
        assertThat(InterferenceRemoval.references("sniffer*", scanner, 5)).isEmpty();
        assertThatThrownBy(() -> InterferenceRemoval.references("sniffer", scanner, 5))
                .hasMessageContaining("'sniffer'", "head, emi 1, EMI 2");
        assertThatThrownBy(() -> InterferenceRemoval.references("5", scanner, 5))
                .hasMessageContaining("0 to 4");
    }

    @Test
    void aChannelThatIsNotThereIsNamed() {
        RawData raw = LineScan.of(new ChannelGrid(2, 16, 4, 1));
        assertThatThrownBy(() -> InterferenceRemoval.remove(raw, List.of(2), 3, new MrdNotes()))
                .hasMessageContaining("no channel 2", "0 to 1");
        assertThatThrownBy(() -> InterferenceRemoval.remove(raw, List.of(0, 1), 3, new MrdNotes()))
                .hasMessageContaining("at least one of either kind");
    }
}
