package org.isocenter.recon.image;

/** Where in a distorted volume the value of a point of the true one is to be found. Any thread. */
public interface Warp {
    /**
     * @param column of the true point, in voxels of the volume's grid; may lie a little outside of it
     * @param to takes the distorted column, row and slice, and a factor for the density beside that which follows from the
     *     change of these three
     */
    void at(double column, double row, double slice, double[] to);
}
