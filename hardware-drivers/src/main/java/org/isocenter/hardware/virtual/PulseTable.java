package org.isocenter.hardware.virtual;

import org.isocenter.hardware.virtual.phantom.Material;

/**
 * A pulse under a constant gradient acts by the spin's offset alone, so it is worked out at equally spaced offsets and
 * interpolated. Half the pulse's free precession is taken off on either side first: what is left changes slowly with the
 * offset, and cubic interpolation on a grid of 1/24 of the inverse duration is good to 1e-4. Relaxation is put
 * between twelve segments, good to 3e-3 of the equilibrium far off resonance when T2 is 40 ms.
 */
final class PulseTable {
    static final int RELAXATION_SEGMENTS = 12;
    private static final double POINTS_PER_INVERSE_DURATION = 24;

    private final double lowestHertz;
    private final double stepHertz;
    private final double durationSeconds;
    private final PulseTurns turns;
    private final double largestExcitation;
    private final AffineMaps[] byMaterial;

    PulseTable(Pulse pulse, double lowestHertz, double highestHertz, int materials) {
        durationSeconds = pulse.durationSeconds();
        stepHertz = 1 / (POINTS_PER_INVERSE_DURATION * durationSeconds);
        this.lowestHertz = lowestHertz - 2 * stepHertz;
        int points = points(pulse, lowestHertz, highestHertz);
        double[] offsets = new double[points];
        for (int i = 0; i < points; i++) {
            offsets[i] = this.lowestHertz + i * stepHertz;
        }
        turns = PulseTurns.atOffsets(pulse, offsets, RELAXATION_SEGMENTS);
        largestExcitation = largestExcitation(turns);
        byMaterial = new AffineMaps[materials];
    }

    /** The most transverse magnetisation that it makes of the equilibrium, at any offset. */
    double largestExcitation() {
        return largestExcitation;
    }

    private static double largestExcitation(PulseTurns turns) {
        AffineMaps maps = AffineMaps.of(turns, new Material("lasting", 1, 1e9, 1e9));
        double largest = 0;
        for (int i = 0; i < maps.spins; i++) {
            largest = Math.max(largest, Math.hypot(maps.entry[2][i], maps.entry[5][i]));
        }
        return largest;
    }

    static int points(Pulse pulse, double lowestHertz, double highestHertz) {
        return 6
                + (int) Math.ceil((highestHertz - lowestHertz) * POINTS_PER_INVERSE_DURATION * pulse.durationSeconds());
    }

    /** The maps of spins with these offsets. */
    AffineMaps at(double[] offsetHertz, int materialIndex, Material material) {
        AffineMaps table = table(materialIndex, material);
        AffineMaps maps = new AffineMaps(offsetHertz.length);
        double[] m = new double[AffineMaps.ENTRIES];
        for (int i = 0; i < offsetHertz.length; i++) {
            double place = (offsetHertz[i] - lowestHertz) / stepHertz;
            int cell = (int) place;
            double f = place - cell;
            double w0 = -f * (f - 1) * (f - 2) / 6;
            double w1 = (f + 1) * (f - 1) * (f - 2) / 2;
            double w2 = -(f + 1) * f * (f - 2) / 2;
            double w3 = (f + 1) * f * (f - 1) / 6;
            for (int k = 0; k < AffineMaps.ENTRIES; k++) {
                float[] e = table.entry[k];
                m[k] = w0 * e[cell - 1] + w1 * e[cell] + w2 * e[cell + 1] + w3 * e[cell + 2];
            }
            turnBothSides(m, Math.PI * offsetHertz[i] * durationSeconds);
            for (int k = 0; k < AffineMaps.ENTRIES; k++) {
                maps.entry[k][i] = (float) m[k];
            }
        }
        return maps;
    }

    private synchronized AffineMaps table(int index, Material material) {
        if (byMaterial[index] == null) {
            AffineMaps maps = AffineMaps.of(turns, material);
            double[] m = new double[AffineMaps.ENTRIES];
            for (int i = 0; i < maps.spins; i++) {
                for (int k = 0; k < AffineMaps.ENTRIES; k++) {
                    m[k] = maps.entry[k][i];
                }
                turnBothSides(m, -Math.PI * (lowestHertz + i * stepHertz) * durationSeconds);
                for (int k = 0; k < AffineMaps.ENTRIES; k++) {
                    maps.entry[k][i] = (float) m[k];
                }
            }
            byMaterial[index] = maps;
        }
        return byMaterial[index];
    }

    /** Z(angle)·A·Z(angle) and Z(angle)·c. */
    private static void turnBothSides(double[] m, double angle) {
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        for (int row = 0; row < 9; row += 3) {
            double x = m[row];
            double y = m[row + 1];
            m[row] = c * x + s * y;
            m[row + 1] = c * y - s * x;
        }
        for (int column = 0; column < 3; column++) {
            double x = m[column];
            double y = m[column + 3];
            m[column] = c * x - s * y;
            m[column + 3] = s * x + c * y;
        }
        double x = m[9];
        double y = m[10];
        m[9] = c * x - s * y;
        m[10] = s * x + c * y;
    }
}
