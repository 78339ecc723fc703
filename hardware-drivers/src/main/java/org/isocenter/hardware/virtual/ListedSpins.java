package org.isocenter.hardware.virtual;

import org.isocenter.hardware.virtual.phantom.SpinList;

/** Takes the spins of a phantom that lists them, every one, in blocks of neighbours of one material. */
final class ListedSpins {
    private ListedSpins() {}

    static Spins of(SpinList list, FieldMap field, TransmitField transmit) {
        SpinPoints points = new SpinPoints();
        for (int i = 0; i < list.count(); i++) {
            points.add(
                    list.xMeters(i),
                    list.yMeters(i),
                    list.zMeters(i),
                    list.material(i),
                    list.offsetHertz(i),
                    list.density(i));
        }
        return new Spins(
                points.groups(list.materials().size(), field, transmit, null), list.cubicMetersPerSpin(), true);
    }
}
