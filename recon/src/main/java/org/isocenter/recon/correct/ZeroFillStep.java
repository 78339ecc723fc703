package org.isocenter.recon.correct;

import org.isocenter.model.Encoding;
import org.isocenter.model.Vec3;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.Sampling;
import org.isocenter.recon.chain.SlabData;
import org.isocenter.recon.chain.SlabStep;

/**
 * {@link ZeroFilling} as a step: the image gets another matrix over the same field of view. Of a stack of slices only the
 * matrix within their planes changes. Where k-space cannot be filled to exactly that many pixels over the same extent,
 * the extent changes by a part of a pixel, and the image's geometry with it.
 *
 * @param factor of all axes whose matrix is 0
 * @param matrixX columns of the image; 0 for {@code factor} times as many as it had
 * @param matrixY rows of the image; 0 likewise
 * @param matrixZ slices of a slab's image; 0 likewise
 */
public record ZeroFillStep(double factor, int matrixX, int matrixY, int matrixZ) implements SlabStep {
    private record Axis(int grid, int pixels, double extentMeters) {}

    @Override
    public boolean isChannelByChannel() {
        return true;
    }

    @Override
    public SlabData apply(SlabData slab, ChainContext context) {
        if (slab.domain() == SlabData.Domain.IMAGE) {
            throw new IllegalStateException("zero filling stands after the transform to the image");
        }
        ChannelGrid values = slab.values();
        Encoding e = slab.encoding();
        Vec3 fov = e.reconFovMeters();
        Axis x = axis("x", matrixX, values.sizeX(), e.reconX(), fov.x());
        Axis y = axis("y", matrixY, values.sizeY(), e.reconY(), fov.y());
        Axis z =
                values.sizeZ() == 1 ? new Axis(1, 1, fov.z()) : axis("z", matrixZ, values.sizeZ(), e.reconZ(), fov.z());
        return slab.withValues(ZeroFilling.to(values, x.grid(), y.grid(), z.grid()))
                .withSampling(sampling(slab.sampling(), values, x, y, z))
                .withEncoding(e.withImage(
                        x.pixels(),
                        y.pixels(),
                        z.pixels(),
                        new Vec3(x.extentMeters(), y.extentMeters(), z.extentMeters())));
    }

    private Axis axis(String name, int matrix, int grid, int pixels, double extentMeters) {
        int wanted = matrix > 0 ? matrix : (int) Math.rint(pixels * factor);
        if (wanted < pixels) {
            throw new IllegalStateException("zero filling to " + wanted + " pixels along " + name + ", where there are "
                    + pixels + " already: choose at least as many");
        }
        int newGrid = (int) Math.rint((double) grid * wanted / pixels);
        return new Axis(newGrid, wanted, extentMeters / pixels * grid / newGrid * wanted);
    }

    private static Sampling sampling(Sampling old, ChannelGrid from, Axis x, Axis y, Axis z) {
        boolean[] rows = new boolean[y.grid() * z.grid()];
        int firstX = x.grid() / 2 - from.sizeX() / 2;
        int firstY = y.grid() / 2 - from.sizeY() / 2;
        int firstZ = z.grid() / 2 - from.sizeZ() / 2;
        for (int row = 0; row < old.rows().length; row++) {
            int toZ = firstZ + row / from.sizeY();
            int toY = firstY + row % from.sizeY();
            rows[toZ * y.grid() + toY] = old.rows()[row];
        }
        return new Sampling(rows, old.fromX() + firstX, old.toX() + firstX);
    }
}
