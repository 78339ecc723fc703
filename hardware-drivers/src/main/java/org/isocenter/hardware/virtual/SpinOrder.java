package org.isocenter.hardware.virtual;

/**
 * In which order spins are gathered into blocks: in thin layers of what a pulse selects together, and in each by the frequency
 * that they have while they are read. So a block's spins are turned by the same pulses, and hardly turn against one another in
 * a window, whichever way their frequencies come about; along the other directions a block may be as long as the phantom.
 *
 * @param selecting the gradients under the pulses that select slices; null when there are none
 * @param reading the gradients under the windows; null when they are read in several directions
 */
record SpinOrder(GradientField selecting, GradientField reading) {
    private static final double LAYER_METERS = 1.5e-3;
    /** Layers of a thick slab are thicker: all of it is turned together. */
    private static final double LAYER_HERTZ = 200;

    private static final int MOST_TOGETHER = 3;
    private static final int BLOCKS_PER_LAYER = 16;

    private static final double CELL_METERS = 6.5e-3;

    /** Farther from the isocentre nothing is. */
    private static final double REACH_METERS = 1;

    private static final int CURVE_BITS = 7;
    private static final int PLACE_BITS = 3 * CURVE_BITS;
    private static final double PLACE_METERS = 2.0 / (1 << PLACE_BITS);
    private static final int LAST_PLACE = (1 << PLACE_BITS) - 1;

    /** Keys fit into 31 bits. */
    private static final int MOST_LAYERS = 1 << 31 - PLACE_BITS;

    /** For spins that do not stay where they are: those of a block are neighbours. */
    SpinOrder ofNeighbours() {
        return new SpinOrder(selecting, null);
    }

    /** The finest layer that a spin is in; see {@link #key}. */
    int layer(double x, double y, double z, double offsetHertz) {
        if (selecting == null) {
            return 0;
        }
        double meters = Math.max(LAYER_METERS, LAYER_HERTZ / strength(selecting));
        return Math.min(MOST_LAYERS - 1, rank(selecting, x, y, z, offsetHertz, meters));
    }

    /** How many layers to take together where so many spins are in so many layers: few spins make wide blocks. */
    static int layersTogether(int spins, int layers) {
        int wanted = (int) Math.ceil((double) layers * BLOCKS_PER_LAYER * SpinBlock.LARGEST / spins);
        return Math.max(1, Math.min(MOST_TOGETHER, wanted));
    }

    /**
     * Spins are sorted by it.
     *
     * @param x metres, where the gradients see the spin, as y and z
     * @param offsetHertz of the spin, without gradients
     */
    int key(double x, double y, double z, double offsetHertz, int layersTogether) {
        int place = reading == null ? curve(x, y, z) : rank(reading, x, y, z, offsetHertz, PLACE_METERS);
        int within = Math.min(place, LAST_PLACE);
        int layer = layer(x, y, z, offsetHertz) / layersTogether;
        // To and fro: a block that holds the end of one layer and the start of the next is no larger than the others.
        return layer << PLACE_BITS | (layer % 2 == 0 ? within : LAST_PLACE - within);
    }

    /** Where the gradients make the spin appear along their direction; by the offset alone when there are none. */
    private static int rank(GradientField field, double x, double y, double z, double offsetHertz, double stepMeters) {
        double perMeter = strength(field);
        double hertz = field.hertzAt(x, y, z) + offsetHertz;
        double meters = perMeter > 0 ? hertz / perMeter : 1e-5 * hertz;
        return (int) Math.max(0, (REACH_METERS + meters) / stepMeters);
    }

    /** In Hz/m. */
    private static double strength(GradientField field) {
        return Math.sqrt(field.x() * field.x() + field.y() * field.y() + field.z() * field.z());
    }

    /** Morton's curve: the bits of the three cell numbers, interleaved. */
    private static int curve(double x, double y, double z) {
        int[] cell = {(int) ((x + 0.4) / CELL_METERS), (int) ((y + 0.4) / CELL_METERS), (int) ((z + 0.4) / CELL_METERS)
        };
        int key = 0;
        for (int bit = CURVE_BITS - 1; bit >= 0; bit--) {
            for (int c : cell) {
                key = key << 1 | (c >> bit & 1);
            }
        }
        return key;
    }
}
