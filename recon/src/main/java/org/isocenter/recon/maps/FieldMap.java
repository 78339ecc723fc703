package org.isocenter.recon.maps;

import java.util.List;
import org.isocenter.model.Quantity;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.VolumeData;
import org.isocenter.recon.image.NoiseLevel;

/**
 * The main field's offset from two or more gradient echoes: what the phase turns with the echo time, in Hz (Schneider and Glover
 * 1991). A spin above the carrier counts positive. Images are the conjugate of the magnetisation, so that its phase
 * runs backwards in them. Channels are weighted by their signal, echoes by theirs. Where there is next to no signal the map is 0.
 */
final class FieldMap {
    private final List<VolumeData> echoes;
    private final double[] seconds;
    private final int points;
    /** Sum of the channels' squares of each echo. */
    private final float[][] squares;
    /** Of each echo: turned since the first, in radians. */
    private final double[][] turned;

    private FieldMap(List<VolumeData> echoes, double[] seconds) {
        this.echoes = echoes;
        this.seconds = seconds;
        points = echoes.get(0).values().points();
        squares = new float[echoes.size()][points];
        turned = new double[echoes.size()][points];
    }

    /**
     * The map, and one of its standard deviation if the images tell their noise.
     *
     * @param echoes at least two images of the same place
     * @param seconds their echo times, rising
     * @param unwrap whether offsets beyond ±1/(2·spacing) of the first two echoes are found by going from voxel to voxel; if not,
     *     they appear as smaller
     */
    static List<VolumeData> of(List<VolumeData> echoes, double[] seconds, boolean unwrap) {
        return new FieldMap(echoes, seconds).maps(unwrap);
    }

    private List<VolumeData> maps(boolean unwrap) {
        VolumeData first = echoes.get(0);
        ChannelGrid grid = first.values();
        boolean[] object = ObjectMask.of(first.image());
        for (int echo = 0; echo < echoes.size(); echo++) {
            compare(echo);
        }
        if (unwrap) {
            PhaseUnwrapping.apply(turned[1], squares[0], object, grid.sizeX(), grid.sizeY(), grid.sizeZ());
        }
        double sigma = NoiseLevel.ofComplex(grid);
        float[] hertz = new float[points];
        float[] deviation = new float[points];
        for (int i = 0; i < points; i++) {
            if (object[i]) {
                unwrapOverTime(i);
                double spread = line(i, hertz);
                deviation[i] = (float) (sigma / (2 * Math.PI * Math.sqrt(spread)));
            }
        }
        VolumeData map = first.withMap("field map", Quantity.FIELD_OFFSET, hertz);
        return Double.isNaN(sigma)
                ? List.of(map)
                : List.of(map, first.withMap("field map deviation", Quantity.FIELD_OFFSET_DEVIATION, deviation));
    }

    /** First times conjugate of this one: the phase that was lost on the way, which is what the spin has gained. */
    private void compare(int echo) {
        double[] re = new double[points];
        double[] im = new double[points];
        ChannelGrid first = echoes.get(0).values();
        ChannelGrid other = echoes.get(echo).values();
        for (int c = 0; c < first.channels(); c++) {
            float[] aRe = first.real(c);
            float[] aIm = first.imaginary(c);
            float[] bRe = other.real(c);
            float[] bIm = other.imaginary(c);
            for (int i = 0; i < points; i++) {
                re[i] += (double) aRe[i] * bRe[i] + (double) aIm[i] * bIm[i];
                im[i] += (double) aIm[i] * bRe[i] - (double) aRe[i] * bIm[i];
                squares[echo][i] += bRe[i] * bRe[i] + bIm[i] * bIm[i];
            }
        }
        for (int i = 0; i < points; i++) {
            turned[echo][i] = Math.atan2(im[i], re[i]);
        }
    }

    /** Each later echo turns on as the ones before it did, to half a turn. */
    private void unwrapOverTime(int at) {
        for (int echo = 2; echo < turned.length; echo++) {
            double before = turned[echo - 1][at] * (seconds[echo] - seconds[0]) / (seconds[echo - 1] - seconds[0]);
            turned[echo][at] += 2 * Math.PI * Math.rint((before - turned[echo][at]) / (2 * Math.PI));
        }
    }

    /**
     * A straight line through the phases, whose variances are the noise's over the signals' squares.
     *
     * @return one over the variance of the slope, in units of the noise's variance
     */
    private double line(int at, float[] hertz) {
        double weight = 0;
        double time = 0;
        double phase = 0;
        for (int echo = 0; echo < turned.length; echo++) {
            double w = squares[echo][at];
            weight += w;
            time += w * seconds[echo];
            phase += w * turned[echo][at];
        }
        double spread = 0;
        double together = 0;
        for (int echo = 0; echo < turned.length; echo++) {
            double t = seconds[echo] - time / weight;
            spread += squares[echo][at] * t * t;
            together += squares[echo][at] * t * (turned[echo][at] - phase / weight);
        }
        hertz[at] = spread > 0 ? (float) (together / spread / (2 * Math.PI)) : 0;
        return spread;
    }
}
