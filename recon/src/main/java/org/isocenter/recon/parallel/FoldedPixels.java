package org.isocenter.recon.parallel;

/**
 * Which rows of an image fall on one another when its k-space is measured on a lattice, and with what phases: the image of the
 * measured rows times their factor is {@code Σ phase · image} over the rows of a group. The rows of a group are at the points
 * of the reciprocal lattice. Immutable.
 */
final class FoldedPixels {
    private final Lattice lattice;
    private final int sizeY;
    private final int sizeZ;
    private final float[] phaseReal;
    private final float[] phaseImaginary;

    /**
     * @param kspaceY matrix that the lattice belongs to
     * @param sizeY of the image, a multiple of the step
     * @param sizeZ of the image, a multiple of the step; of the factor for a sheared lattice
     */
    FoldedPixels(Lattice lattice, int kspaceY, int kspaceZ, int sizeY, int sizeZ) {
        this.lattice = lattice;
        this.sizeY = sizeY;
        this.sizeZ = sizeZ;
        phaseReal = new float[lattice.factor()];
        phaseImaginary = new float[lattice.factor()];
        for (int member = 0; member < lattice.factor(); member++) {
            double turns = turnsY(member) * (lattice.firstY() - kspaceY / 2)
                    + turnsZ(member) * (lattice.firstZ() - kspaceZ / 2);
            phaseReal[member] = (float) Math.cos(-2 * Math.PI * turns);
            phaseImaginary[member] = (float) Math.sin(-2 * Math.PI * turns);
        }
    }

    /** Vectors b of the reciprocal lattice: b·a is whole for both vectors a of the lattice. In fields of view. */
    private double turnsY(int member) {
        return (double) (member % lattice.stepY()) / lattice.stepY();
    }

    private double turnsZ(int member) {
        return (member / lattice.stepY() - lattice.shiftY() * turnsY(member)) / lattice.stepZ();
    }

    int groups() {
        return sizeY / lattice.stepY() * (sizeZ / lattice.stepZ());
    }

    /** Rows of a group. */
    int members() {
        return lattice.factor();
    }

    /** The row {@code z * sizeY + y} of a group's member; member 0 is where the folded image is read. */
    int row(int group, int member) {
        int y = group % (sizeY / lattice.stepY()) + (int) Math.rint(turnsY(member) * sizeY);
        int z = group / (sizeY / lattice.stepY()) + (int) Math.rint(turnsZ(member) * sizeZ);
        return Math.floorMod(z, sizeZ) * sizeY + Math.floorMod(y, sizeY);
    }

    float phaseReal(int member) {
        return phaseReal[member];
    }

    float phaseImaginary(int member) {
        return phaseImaginary[member];
    }
}
