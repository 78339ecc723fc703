package org.isocenter.recon.parallel;

import java.util.stream.IntStream;
import org.isocenter.recon.array.ChannelGrid;

/** The sensitivities of a volume, some columns of pixels at a time, for whoever has no room for all of them. */
interface MapColumns {
    /** The maps from this x on, so many pixels wide. */
    Sensitivities at(int fromX, int width);

    /** Cut out of whole maps. */
    static MapColumns of(Sensitivities whole) {
        return (fromX, width) -> whole.columns(fromX, width);
    }

    /**
     * ESPIRiT's, made when they are asked for, in parallel on the common pool.
     *
     * @param beforeEach run before each plane across x, to throw when nobody wants them any more
     */
    static MapColumns espirit(
            ChannelGrid calibration, int sizeX, int sizeY, int sizeZ, Espirit.Settings settings, Runnable beforeEach) {
        Espirit.Planes planes = new Espirit.Planes(turned(calibration), sizeY, sizeZ, sizeX, settings);
        return (fromX, width) -> {
            ChannelGrid maps = new ChannelGrid(calibration.channels(), width, sizeY, sizeZ);
            IntStream.range(0, width).parallel().forEach(i -> {
                beforeEach.run();
                ChannelGrid plane = planes.plane(fromX + i);
                for (int channel = 0; channel < maps.channels(); channel++) {
                    for (int row = 0; row < plane.points(); row++) {
                        maps.real(channel)[row * width + i] = plane.real(channel)[row];
                        maps.imaginary(channel)[row * width + i] = plane.imaginary(channel)[row];
                    }
                }
            });
            return new Sensitivities(maps);
        };
    }

    /** The same grid with y fastest, then z, then x. */
    private static ChannelGrid turned(ChannelGrid grid) {
        ChannelGrid turned = new ChannelGrid(grid.channels(), grid.sizeY(), grid.sizeZ(), grid.sizeX());
        int rows = grid.sizeY() * grid.sizeZ();
        for (int channel = 0; channel < grid.channels(); channel++) {
            for (int i = 0; i < grid.points(); i++) {
                int to = i % grid.sizeX() * rows + i / grid.sizeX();
                turned.real(channel)[to] = grid.real(channel)[i];
                turned.imaginary(channel)[to] = grid.imaginary(channel)[i];
            }
        }
        return turned;
    }
}
