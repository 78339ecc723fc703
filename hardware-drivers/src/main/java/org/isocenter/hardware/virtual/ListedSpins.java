package org.isocenter.hardware.virtual;

import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.hardware.virtual.phantom.SpinList;

/** Takes the spins of a phantom that lists them, every one, in blocks of neighbours of one material. */
final class ListedSpins {
    private ListedSpins() {}

    /** @param phantom the list, or what moves it */
    static Spins of(Phantom phantom, SpinList list, Surroundings surroundings, SpinOrder order) {
        SpinPoints points = new SpinPoints();
        for (int i = 0; i < list.count(); i++) {
            points.add(
                    list.xMeters(i),
                    list.yMeters(i),
                    list.zMeters(i),
                    list.material(i),
                    list.offsetHertz(i),
                    list.density(i),
                    list.number(i));
        }
        SpinGrouping groups = new SpinGrouping(phantom, surroundings);
        groups.add(points, order);
        return groups.spins(list.cubicMetersPerSpin(), true);
    }
}
