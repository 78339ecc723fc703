package org.isocenter.sequence.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Shape;
import org.isocenter.sequence.Waveform;
import org.isocenter.sequence.design.ShinnarLeRoux.Filter;
import org.isocenter.sequence.design.ShinnarLeRoux.Purpose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PulseDesignTest {
    private static final Rasters RASTERS = Rasters.BEFORE_1_4;
    private static final int SAMPLES = 3000;
    private static final double SECONDS = SAMPLES * 1e-6;
    private static final double NINETY = Math.PI / 2;

    private static RfPulse played(PulseShape shape, RfUse use) {
        return shape.pulse(SAMPLES, RASTERS.rfPs(), 0, use);
    }

    private static SliceProfile profile(PulseShape shape, double[] hertz) {
        return SliceProfile.overFrequency(played(shape, RfUse.EXCITATION), RASTERS, 0, hertz);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aProfileIsWhatBlochsEquationGives(long seed) {
        Random random = new Random(seed);
        int n = 60;
        double[] magnitude = new double[n];
        double[] phase = new double[n];
        for (int i = 0; i < n; i++) {
            magnitude[i] = random.nextDouble();
            phase[i] = random.nextDouble();
        }
        double amplitude = 20e3 * random.nextDouble();
        double offset = 5e3 * random.nextGaussian();
        double start = random.nextDouble();
        RfPulse pulse = new RfPulse(
                amplitude,
                new Shape(magnitude),
                new Shape(phase),
                null,
                30e-6,
                100_000_000,
                0,
                0,
                offset,
                start,
                RfUse.EXCITATION);
        Waveform gradient = new Gradient.Trapezoid(200e3, 120_000_000, 20_000_000, 70_000_000, 0).waveform(RASTERS);
        double[] places = {-0.05, -0.004, 0, 0.013, 0.08};

        SliceProfile found = SliceProfile.overPosition(pulse, RASTERS, 0, gradient, places, 700);

        for (int p = 0; p < places.length; p++) {
            double place = places[p];
            double[] m = BlochIntegration.play(
                    n,
                    1e-6,
                    i -> amplitude * magnitude[i] * Math.cos(angle(phase[i], start, offset, i)),
                    i -> amplitude * magnitude[i] * Math.sin(angle(phase[i], start, offset, i)),
                    i -> 700 + place * gradient.at(100_000_000 + i * 1_000_000 + 500_000));
            assertThat(found.mx()[p]).as("seed %d", seed).isCloseTo(m[0], within(1e-6));
            assertThat(found.my()[p]).as("seed %d", seed).isCloseTo(m[1], within(1e-6));
            assertThat(found.mz()[p]).as("seed %d", seed).isCloseTo(m[2], within(1e-6));
        }
    }

    private static double angle(double cycles, double start, double offset, int i) {
        return 2 * Math.PI * (cycles + offset * (i + 0.5) * 1e-6) + start;
    }

    @Test
    void aTimeShapeIsFollowedAlongStraightLines() {
        RfPulse ramp =
                new RfPulse(10e3, new Shape(0, 1), null, new Shape(0, 100), 50e-6, 0, 0, 0, 0, 0, RfUse.EXCITATION);

        SliceProfile found = SliceProfile.overFrequency(ramp, RASTERS, 0, new double[] {0});

        // Half a block of 100 µs and 10 kHz: half a turn.
        assertThat(found.mz()[0]).isCloseTo(-1, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {10, 45, 90, 150, 180})
    void plainPulsesTurnByTheirFlipAngleOnResonance(double degrees) {
        double flip = Math.toRadians(degrees);
        for (PulseShape shape : new PulseShape[] {
            PulseShape.block(flip),
            PulseShape.sinc(flip, 4, PulseShape.Window.HANN),
            PulseShape.sinc(flip, 8, PulseShape.Window.HAMMING),
            PulseShape.gauss(flip)
        }) {
            assertThat(profile(shape, new double[] {0}).mz()[0]).isCloseTo(Math.cos(flip), within(1e-5));
        }
    }

    @Test
    void theBandwidthIsTheWidthAtHalfHeightOfTheSmallTipProfile() {
        double[] hertz = SliceProfile.axis(4000, 801);
        double flip = Math.toRadians(5);
        for (PulseShape shape : new PulseShape[] {
            PulseShape.block(flip),
            PulseShape.gauss(flip),
            PulseShape.sinc(flip, 6, PulseShape.Window.HAMMING),
            PulseShape.sinc(flip, 6, PulseShape.Window.HANN)
        }) {
            double[] profile = profile(shape, hertz).transverse();
            double width = SliceProfile.width(hertz, profile, 0.5 * Math.sin(flip));
            assertThat(width / shape.bandwidthHertz(SECONDS)).isCloseTo(1, within(0.03));
        }
    }

    /** Largest deviation of a profile from a rectangle, outside the filter's transition. */
    private static double[] ripples(double[] hertz, double[] profile, double height, double bandwidth, double edge) {
        double inside = 0;
        double outside = 0;
        for (int i = 0; i < hertz.length; i++) {
            double away = Math.abs(hertz[i]) / (bandwidth / 2);
            if (away < 1 - edge) {
                inside = Math.max(inside, Math.abs(profile[i] - height));
            } else if (away > 1 + edge) {
                outside = Math.max(outside, Math.abs(profile[i]));
            }
        }
        return new double[] {inside, outside};
    }

    private static double edge(Purpose purpose, Filter filter, double flip, double product) {
        double[] b = ShinnarLeRoux.ripplesOfB(purpose, flip, 0.01, 0.01);
        boolean linear = filter == Filter.LEAST_SQUARES || filter == Filter.EQUIRIPPLE;
        double transition =
                linear ? ShinnarLeRoux.transition(b[0], b[1]) : ShinnarLeRoux.transition(2 * b[0], b[1] * b[1] / 2) / 2;
        return transition / product;
    }

    @ParameterizedTest
    @EnumSource(Filter.class)
    void everyDesignedPulseHasItsProfileWithinItsRipples(Filter filter) {
        double[] hertz = SliceProfile.axis(8000, 1601);
        double product = 8;
        // The transition's formula is an estimate. Least squares lets ripples grow next to the edges.
        double slack = filter == Filter.LEAST_SQUARES ? 3 : 2;
        double beyond = filter == Filter.LEAST_SQUARES ? 1.5 : 1;
        for (Purpose purpose : Purpose.values()) {
            double flip = switch (purpose) {
                case SMALL_TIP -> Math.toRadians(10);
                case EXCITATION, SATURATION -> NINETY;
                default -> Math.PI;
            };
            PulseShape shape = ShinnarLeRoux.pulse(purpose, filter, flip, product, 0.01, 0.01);
            SliceProfile at = profile(shape, hertz);
            double[] effect = switch (purpose) {
                case SMALL_TIP, EXCITATION -> at.transverse();
                case REFOCUSING -> at.refocused();
                default -> java.util.Arrays.stream(at.mz()).map(z -> 1 - z).toArray();
            };
            double full = switch (purpose) {
                case SMALL_TIP -> Math.sin(flip);
                case INVERSION -> 2;
                default -> 1;
            };
            double edge = beyond * edge(purpose, filter, flip, product);

            double[] found = ripples(hertz, effect, full, shape.bandwidthHertz(SECONDS), edge);

            assertThat(found[0]).as("%s inside", purpose).isLessThan(slack * 0.01 * full);
            assertThat(found[1]).as("%s outside", purpose).isLessThan(slack * 0.01 * full);
            assertThat(SliceProfile.width(hertz, effect, full / 2) / shape.bandwidthHertz(SECONDS))
                    .as("%s width", purpose)
                    .isCloseTo(1, within(0.12));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {30, 60, 90})
    void anExcitationOfAnyAngleStaysWithinItsRipples(double degrees) {
        double[] hertz = SliceProfile.axis(8000, 801);
        double flip = Math.toRadians(degrees);
        PulseShape shape = ShinnarLeRoux.pulse(Purpose.EXCITATION, Filter.EQUIRIPPLE, flip, 6, 0.01, 0.01);

        double edge = edge(Purpose.EXCITATION, Filter.EQUIRIPPLE, flip, 6);
        double[] effect = profile(shape, hertz).transverse();
        double[] found = ripples(hertz, effect, Math.sin(flip), shape.bandwidthHertz(SECONDS), edge);

        assertThat(found[0]).isLessThan(0.02 * Math.sin(flip));
        assertThat(found[1]).isLessThan(0.02 * Math.sin(flip));
    }

    @Test
    void anSlrSliceIsMoreRectangularThanASinc() {
        double[] hertz = SliceProfile.axis(4000, 1601);
        PulseShape slr = ShinnarLeRoux.pulse(Purpose.REFOCUSING, Filter.LEAST_SQUARES, Math.PI, 4, 0.01, 0.01);
        PulseShape sinc = PulseShape.sinc(Math.PI, 4, PulseShape.Window.HANN);
        double[] designed = profile(slr, hertz).refocused();
        double[] plain = profile(sinc, hertz).refocused();

        double designedEdge = SliceProfile.width(hertz, designed, 0.1) / SliceProfile.width(hertz, designed, 0.9);
        double plainEdge = SliceProfile.width(hertz, plain, 0.1) / SliceProfile.width(hertz, plain, 0.9);
        assertThat(designedEdge).isLessThan(0.75 * plainEdge);
    }

    @ParameterizedTest
    @EnumSource(Filter.class)
    void magnetisationIsInPhaseAcrossTheSliceOnceRephasedFromTheCentre(Filter filter) {
        PulseShape shape = ShinnarLeRoux.pulse(Purpose.EXCITATION, filter, NINETY, 8, 0.01, 0.01);
        double[] hertz = SliceProfile.axis(0.5 * shape.bandwidthHertz(SECONDS) * 0.6, 41);
        SliceProfile at = profile(shape, hertz);
        double re = 0;
        double im = 0;
        for (int i = 0; i < hertz.length; i++) {
            double back = -2 * Math.PI * hertz[i] * SECONDS * (1 - shape.center());
            re += at.mx()[i] * Math.cos(back) - at.my()[i] * Math.sin(back);
            im += at.mx()[i] * Math.sin(back) + at.my()[i] * Math.cos(back);
        }
        assertThat(Math.hypot(re, im) / hertz.length).isGreaterThan(0.97);
    }

    @Test
    void aMinimumPhasePulseTurnsLateAndAMaximumPhasePulseEarly() {
        assertThat(ShinnarLeRoux.pulse(Purpose.EXCITATION, Filter.MINIMUM_PHASE, NINETY, 8, 0.01, 0.01)
                        .center())
                .isGreaterThan(0.7);
        assertThat(ShinnarLeRoux.pulse(Purpose.EXCITATION, Filter.MAXIMUM_PHASE, NINETY, 8, 0.01, 0.01)
                        .center())
                .isLessThan(0.3);
        assertThat(ShinnarLeRoux.pulse(Purpose.REFOCUSING, Filter.LEAST_SQUARES, Math.PI, 8, 0.01, 0.01)
                        .center())
                .isCloseTo(0.5, within(1e-6));
    }

    @Test
    void aProductTooSmallForTheRipplesIsRefusedWithTheLeastThatDoes() {
        assertThatThrownBy(() -> ShinnarLeRoux.pulse(Purpose.INVERSION, Filter.EQUIRIPPLE, Math.PI, 1.5, 0.001, 0.001))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least");
    }

    @Test
    void aHyperbolicSecantTooShortForItsBandToBeAdiabaticIsRefused() {
        assertThatThrownBy(() -> HyperbolicSecant.inversion(5, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("6.7");
    }

    @ParameterizedTest
    @CsvSource({"0", "0.3", "0.5", "0.7", "1.2"})
    void aHyperbolicSecantInvertsAsItsClosedFormSays(double ofHalfBand) {
        double product = 20;
        PulseShape shape = HyperbolicSecant.inversion(product, 1);
        double hertz = ofHalfBand * shape.bandwidthHertz(SECONDS) / 2;
        double mu = HyperbolicSecant.mu(product);
        double peak = HyperbolicSecant.overBeta(shape.peakCycles());
        double wanted = HyperbolicSecant.longitudinal(mu, peak, HyperbolicSecant.overBeta(hertz * SECONDS));

        double found = profile(shape, new double[] {hertz}).mz()[0];

        // The closed form is for a pulse that is not cut.
        assertThat(found).isCloseTo(wanted, within(0.03));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1 / 1.3, 1, 1.5, 3})
    void aHyperbolicSecantInvertsWhateverTheTransmitField(double field) {
        PulseShape shape = HyperbolicSecant.inversion(16, 1.3);
        PulseShape other =
                new PulseShape(shape.amplitude(), shape.phaseCycles(), Math.PI, shape.peakCycles() * field, 16, 0.5);
        double half = shape.bandwidthHertz(SECONDS) / 2;

        double[] z = profile(other, new double[] {0, 0.3 * half, -0.6 * half, 3 * half})
                .mz();

        assertThat(z[0]).isLessThan(-0.96);
        assertThat(z[1]).isLessThan(-0.96);
        assertThat(z[2]).isLessThan(-0.9);
        if (field <= 1) {
            assertThat(z[3]).isGreaterThan(0.97);
        }
    }

    @Test
    void aHalfPassageExcitesWhateverTheTransmitFieldAndItsReverseUndoesIt() {
        for (double overdrive : new double[] {2, 4}) {
            PulseShape half = HyperbolicSecant.halfPassage(40, overdrive);
            SliceProfile forth = profile(half, new double[] {0});
            assertThat(Math.hypot(forth.mx()[0], forth.my()[0])).isGreaterThan(0.97);
            SliceProfile back = profile(HyperbolicSecant.reversedHalfPassage(40, overdrive), new double[] {0});
            assertThat(back.transverse()[0]).isGreaterThan(0.97);
        }
    }

    @Test
    void theTransformIsTheSumThatItStandsFor() {
        Random random = new Random(11);
        int n = 32;
        double[] re = random.doubles(n).toArray();
        double[] im = random.doubles(n).toArray();
        double[] fastRe = re.clone();
        double[] fastIm = im.clone();
        Fourier.transform(fastRe, fastIm, -1);
        for (int k = 0; k < n; k++) {
            double sumRe = 0;
            double sumIm = 0;
            for (int i = 0; i < n; i++) {
                double angle = -2 * Math.PI * i * k / n;
                sumRe += re[i] * Math.cos(angle) - im[i] * Math.sin(angle);
                sumIm += re[i] * Math.sin(angle) + im[i] * Math.cos(angle);
            }
            assertThat(fastRe[k]).isCloseTo(sumRe, within(1e-12));
            assertThat(fastIm[k]).isCloseTo(sumIm, within(1e-12));
        }
    }
}
