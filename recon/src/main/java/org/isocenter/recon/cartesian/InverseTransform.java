package org.isocenter.recon.cartesian;

import java.util.stream.IntStream;
import org.isocenter.model.Encoding;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.SlabData;
import org.isocenter.recon.chain.SlabStep;
import org.isocenter.recon.fft.CentredFft;

/**
 * From k-space to the image: inverse, centred, unscaled, so that the values equal those of the ISMRMRD tools. Keeps the middle of
 * each axis, which is what is wanted of what was encoded. Along x, then y, then z; planes and rows in parallel on the
 * common pool.
 */
public final class InverseTransform implements SlabStep {
    @Override
    public boolean isChannelByChannel() {
        return true;
    }

    @Override
    public SlabData apply(SlabData slab, ChainContext context) {
        if (slab.domain() == SlabData.Domain.IMAGE) {
            return slab;
        }
        ChannelGrid kspace = slab.values();
        Encoding e = slab.encoding();
        ChannelGrid image = new ChannelGrid(kspace.channels(), e.reconX(), e.reconY(), e.reconZ());
        for (int channel = 0; channel < kspace.channels(); channel++) {
            context.throwIfStopped();
            transform(kspace, image, channel);
        }
        return slab.withImage(image);
    }

    private static void transform(ChannelGrid kspace, ChannelGrid image, int channel) {
        // With more planes in k-space than in the image, the way there needs room for all of them.
        boolean direct = kspace.sizeZ() <= image.sizeZ();
        int room = image.sizeX() * image.sizeY() * kspace.sizeZ();
        float[] real = direct ? image.real(channel) : new float[room];
        float[] imaginary = direct ? image.imaginary(channel) : new float[room];
        IntStream.range(0, kspace.sizeZ())
                .parallel()
                .forEach(plane -> transformPlane(kspace, image, channel, plane, real, imaginary));
        if (kspace.sizeZ() > 1 || image.sizeZ() > 1) {
            IntStream.range(0, image.sizeY())
                    .parallel()
                    .forEach(row -> transformAcrossPlanes(kspace, image, channel, row, real, imaginary));
        }
    }

    /** Along x and y. */
    private static void transformPlane(
            ChannelGrid kspace, ChannelGrid image, int channel, int plane, float[] real, float[] imaginary) {
        int columns = image.sizeX();
        int width = kspace.sizeX();
        int height = kspace.sizeY();
        float[] hybridReal = new float[height * columns];
        float[] hybridImaginary = new float[height * columns];
        CentredFft alongX = new CentredFft(width);
        int firstColumn = width / 2 - columns / 2;
        for (int row = 0; row < height; row++) {
            int offset = (plane * height + row) * width;
            if (isEmpty(kspace.real(channel), offset, width) && isEmpty(kspace.imaginary(channel), offset, width)) {
                continue;
            }
            alongX.load(kspace.real(channel), kspace.imaginary(channel), offset, 1);
            alongX.inverse();
            alongX.store(hybridReal, hybridImaginary, row * columns, 1, firstColumn, columns);
        }
        CentredFft alongY = new CentredFft(height);
        int firstRow = height / 2 - image.sizeY() / 2;
        int to = plane * columns * image.sizeY();
        for (int column = 0; column < columns; column++) {
            alongY.load(hybridReal, hybridImaginary, column, columns);
            alongY.inverse();
            alongY.store(real, imaginary, to + column, columns, firstRow, image.sizeY());
        }
    }

    private static boolean isEmpty(float[] values, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            if (values[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static void transformAcrossPlanes(
            ChannelGrid kspace, ChannelGrid image, int channel, int row, float[] real, float[] imaginary) {
        int planePixels = image.sizeX() * image.sizeY();
        CentredFft alongZ = new CentredFft(kspace.sizeZ());
        int firstPlane = kspace.sizeZ() / 2 - image.sizeZ() / 2;
        for (int at = row * image.sizeX(); at < (row + 1) * image.sizeX(); at++) {
            alongZ.load(real, imaginary, at, planePixels);
            alongZ.inverse();
            alongZ.store(image.real(channel), image.imaginary(channel), at, planePixels, firstPlane, image.sizeZ());
        }
    }
}
