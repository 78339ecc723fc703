package org.isocenter.hardware.virtual.phantom;

import java.util.ArrayList;
import java.util.List;

/** What a phantom's mixtures are made of: {@link Phantom#materials} and {@link Phantom#mixtures} in one. */
record Composition(List<Material> materials, List<List<Integer>> mixtures) {
    Composition {
        materials = List.copyOf(materials);
        mixtures = List.copyOf(mixtures);
    }

    /** Each list is the pools of a mixture, with the densities that they have in it. */
    static Composition of(List<List<Material>> poolsOfMixtures) {
        List<Material> materials = new ArrayList<>();
        List<List<Integer>> mixtures = new ArrayList<>();
        for (List<Material> pools : poolsOfMixtures) {
            List<Integer> mixture = new ArrayList<>();
            for (Material pool : pools) {
                mixture.add(materials.size());
                materials.add(pool);
            }
            mixtures.add(List.copyOf(mixture));
        }
        return new Composition(materials, mixtures);
    }
}
