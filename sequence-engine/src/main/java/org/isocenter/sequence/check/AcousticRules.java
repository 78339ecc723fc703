package org.isocenter.sequence.check;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.isocenter.model.SafetyLimits.AcousticBand;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Sequence;

/** How strongly gradients drive mechanical resonances: the largest amplitude of {@link WindowedSpectrum} in each band. */
final class AcousticRules implements BlockRule {
    private final double hertzPerMilliTesla;
    private final List<AcousticBand> bands;
    private final int[] asked;
    private final Peak[] peaks;
    private final int[] loudest;
    private final int[][] inBand;
    private final WindowedSpectrum spectrum;

    AcousticRules(Sequence sequence, SystemLimits limits) {
        hertzPerMilliTesla = limits.gammaHertzPerTesla() * 1e-3;
        bands = limits.safety().acousticBands();
        peaks = new Peak[bands.size()];
        loudest = new int[bands.size()];
        SortedSet<Integer> all = new TreeSet<>();
        List<SortedSet<Integer>> each = new ArrayList<>();
        for (int b = 0; b < peaks.length; b++) {
            peaks[b] = new Peak();
            SortedSet<Integer> ks = frequencies(bands.get(b));
            each.add(ks);
            all.addAll(ks);
        }
        asked = all.stream().mapToInt(Integer::intValue).toArray();
        inBand = new int[bands.size()][];
        for (int b = 0; b < peaks.length; b++) {
            inBand[b] =
                    each.get(b).stream().mapToInt(k -> all.headSet(k).size()).toArray();
        }
        spectrum = asked.length == 0 ? null : new WindowedSpectrum(sequence, asked, this::window);
    }

    /** Those of the spectrum within the band, and at least the one next to its centre. */
    private static SortedSet<Integer> frequencies(AcousticBand band) {
        SortedSet<Integer> ks = new TreeSet<>();
        double spacing = WindowedSpectrum.SPACING_HERTZ;
        double low = (band.centerHertz() - band.widthHertz() / 2) / spacing;
        double high = (band.centerHertz() + band.widthHertz() / 2) / spacing;
        for (int k = Math.max(1, (int) Math.ceil(low)); k <= high; k++) {
            ks.add(k);
        }
        ks.add(Math.max(1, (int) Math.rint(band.centerHertz() / spacing)));
        return ks;
    }

    @Override
    public void block(int block) {
        if (spectrum != null) {
            spectrum.block(block);
        }
    }

    private void window(long startPs, int lastBlock, double[][] amplitude) {
        for (int b = 0; b < peaks.length; b++) {
            for (int a = 0; a < 3; a++) {
                for (int i : inBand[b]) {
                    if (peaks[b].isBelow(amplitude[a][i])) {
                        peaks[b].set(amplitude[a][i], Math.max(0, startPs), lastBlock, a);
                        loudest[b] = asked[i];
                    }
                }
            }
        }
    }

    @Override
    public List<CheckResult> results() {
        List<CheckResult> results = new ArrayList<>();
        if (spectrum != null) {
            spectrum.end();
        }
        for (int b = 0; b < peaks.length; b++) {
            results.add(result(b));
        }
        return results;
    }

    private CheckResult result(int b) {
        AcousticBand band = bands.get(b);
        Peak peak = peaks[b];
        double value = peak.value() / hertzPerMilliTesla;
        double most = band.limitHertzPerMeter() / hertzPerMilliTesla;
        boolean pass = value <= most;
        String detail = pass
                ? ""
                : "the " + Windows.name(WindowedSpectrum.WINDOW_SECONDS) + " from " + Worst.ms(peak.ps())
                        + " on, to block " + (peak.block() + 1) + ", gradient " + "xyz".charAt(peak.axis()) + ": "
                        + Worst.number(value) + " mT/m at "
                        + Worst.number(Math.rint(loudest[b] * WindowedSpectrum.SPACING_HERTZ))
                        + " Hz; gradients scaled by "
                        + Peak.factor(most, value) + " pass, or an echo spacing or TR that avoids "
                        + Worst.number(band.centerHertz() - band.widthHertz() / 2) + " to "
                        + Worst.number(band.centerHertz() + band.widthHertz() / 2) + " Hz and their fractions";
        return new CheckResult(
                "acoustic " + Worst.number(band.centerHertz()) + " Hz", value, most, "mT/m", pass, detail);
    }
}
