package org.isocenter.hardware.virtual;

/**
 * The frequencies that the spins of a voxel have for T2': a Lorentzian distribution of half width 1/(2πT2'), which lets a
 * free decay fall by exp(-t/T2') and which a spin echo refocuses.
 *
 * <p>Each point of the lattice is given its share of the distribution by its number, as a Kronecker sequence with the
 * generalised golden ratio of three dimensions (Roberts, "The unreasonable effectiveness of quasirandom sequences", 2018):
 * neighbouring points have frequencies far apart, so every voxel gets an even sample of it, whatever its shape. A hundred
 * thousand points make a free decay that is right within 0.4 % of itself up to 1.5 T2'.
 *
 * <p>A Lorentzian has no end. Beyond 50 half widths, where 1.3 % of the spins are, its density goes down in a straight line
 * to nothing at 150. The decay is then too slow by at most 0.5 %, up to a tenth of T2', and by less than 0.1 % later.
 */
final class VoxelSpread {
    /** Half widths up to where the distribution is Lorentzian. */
    private static final double LORENTZIAN = 50;

    /** Share of the spins beyond it, on one side. */
    private static final double TAIL_SHARE = Math.atan(1 / LORENTZIAN) / Math.PI;

    /** Length of a tail in half widths: a triangle with the density that the Lorentzian has where it ends. */
    private static final double TAIL = 2 * TAIL_SHARE * Math.PI * (1 + LORENTZIAN * LORENTZIAN);

    /** The farthest that a spin may be, in half widths. */
    static final double FARTHEST = LORENTZIAN + TAIL;

    /** The solution of g⁴ = g + 1. */
    private static final double GOLDEN = 1.2207440846057596;

    private VoxelSpread() {}

    /** For the first point of column (i, j) of a lattice: the share of the spins that are below its frequency, 0 to 1. */
    static double share(int i, int j) {
        return fraction(0.5 + i / GOLDEN + j / (GOLDEN * GOLDEN));
    }

    /** For the point k places further along the column. */
    static double further(double share, int k) {
        return fraction(share + k / (GOLDEN * GOLDEN * GOLDEN));
    }

    private static double fraction(double value) {
        return value - Math.floor(value);
    }

    /** The frequency at this share, from the middle, in half widths. */
    static double halfWidths(double share) {
        double fromEnd = Math.min(share, 1 - share);
        double magnitude = fromEnd > TAIL_SHARE
                ? Math.tan(Math.PI * (0.5 - fromEnd))
                : LORENTZIAN + TAIL * (1 - Math.sqrt(fromEnd / TAIL_SHARE));
        return share < 0.5 ? -magnitude : magnitude;
    }
}
