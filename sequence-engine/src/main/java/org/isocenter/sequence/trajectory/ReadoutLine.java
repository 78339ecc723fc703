package org.isocenter.sequence.trajectory;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Sequence;

/**
 * One ADC window as a piece of k-space, on the device's axes.
 *
 * @param adcIndex running number of the window
 * @param startSeconds start of the window
 * @param first k at the first sample, 1/m
 * @param last k at the last sample
 * @param nearest the sample nearest to the centre of k-space
 * @param bendPerMeter largest distance of a sample from the straight line between first and last
 * @param unevenness largest deviation from even spacing along that line, in samples
 * @param largestStep largest distance of neighbouring samples along that line, 1/m
 * @param excitations how many excitations came before
 * @param excitationBlock block of the last one; -1 for none
 * @param excitationSeconds centre of the last one; NaN for none
 * @param refocusings pulses since then
 */
record ReadoutLine(
        int adcIndex,
        int block,
        double startSeconds,
        Adc adc,
        Vec3 first,
        Vec3 last,
        int nearest,
        double bendPerMeter,
        double unevenness,
        double largestStep,
        int excitations,
        int excitationBlock,
        double excitationSeconds,
        int refocusings) {

    static List<ReadoutLine> all(Sequence sequence) {
        List<ReadoutLine> lines = new ArrayList<>();
        KspaceTrajectory.forEachWindow(sequence, window -> lines.add(of(window)));
        return lines;
    }

    private static ReadoutLine of(KspaceTrajectory.Window w) {
        int n = w.samples();
        double[] kx = w.kx();
        double[] ky = w.ky();
        double[] kz = w.kz();
        double cx = kx[n - 1] - kx[0];
        double cy = ky[n - 1] - ky[0];
        double cz = kz[n - 1] - kz[0];
        double chord = Math.sqrt(cx * cx + cy * cy + cz * cz);
        double scale = chord > 0 ? 1 / chord : 0;
        int nearest = 0;
        double smallest = Double.POSITIVE_INFINITY;
        double bend = 0;
        double uneven = 0;
        double before = 0;
        double step = 0;
        for (int i = 0; i < n; i++) {
            double k2 = kx[i] * kx[i] + ky[i] * ky[i] + kz[i] * kz[i];
            if (k2 < smallest) {
                smallest = k2;
                nearest = i;
            }
            double dx = kx[i] - kx[0];
            double dy = ky[i] - ky[0];
            double dz = kz[i] - kz[0];
            double along = (dx * cx + dy * cy + dz * cz) * scale;
            bend = Math.max(bend, dx * dx + dy * dy + dz * dz - along * along);
            uneven = Math.max(uneven, Math.abs(along - chord * i / Math.max(n - 1, 1)));
            step = Math.max(step, Math.abs(along - before));
            before = along;
        }
        return new ReadoutLine(
                w.adcIndex(),
                w.block(),
                w.startSeconds(),
                w.adc(),
                new Vec3(kx[0], ky[0], kz[0]),
                new Vec3(kx[n - 1], ky[n - 1], kz[n - 1]),
                nearest,
                Math.sqrt(Math.max(bend, 0)),
                chord > 0 ? uneven / chord * (n - 1) : 0,
                step,
                w.excitations(),
                w.excitationBlock(),
                w.excitationSeconds(),
                w.refocusings());
    }

    int samples() {
        return adc.samples();
    }

    double dwellSeconds() {
        return adc.dwellPs() * 1e-12;
    }

    Vec3 chord() {
        return last.minus(first);
    }

    /** Mean distance of neighbouring samples, 1/m. */
    double spacing() {
        return samples() < 2 ? 0 : chord().norm() / (samples() - 1);
    }

    /** Where k along this unit vector is 0, as a fractional sample number; NaN when it does not move along it. */
    double zeroCrossing(Vec3 axis) {
        double perSample = chord().dot(axis) / (samples() - 1);
        return perSample == 0 ? Double.NaN : -first.dot(axis) / perSample;
    }

    /** k at a fractional sample number, on the straight line. */
    Vec3 at(double sample) {
        return samples() < 2 ? first : first.plus(chord().scaled(sample / (samples() - 1)));
    }

    /** From the sequence's start to a fractional sample number. */
    double secondsAt(double sample) {
        return startSeconds + (sample + 0.5) * dwellSeconds();
    }

    /** Straight enough for a Cartesian line; blips may lean on its ends. */
    boolean isStraight() {
        return bendPerMeter <= Math.max(0.05 * spacing() * samples(), 1e-6);
    }
}
