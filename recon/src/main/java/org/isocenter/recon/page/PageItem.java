package org.isocenter.recon.page;

import java.util.List;
import org.isocenter.model.ImageVolume;
import org.isocenter.recon.spectrum.Measurement;

/** What stands on a page, one below the other. */
public sealed interface PageItem {
    /** Stays with what follows. */
    record Heading(String text) implements PageItem {}

    /** Broken into lines at its blanks. */
    record Text(String text) implements PageItem {}

    /**
     * Cells in columns.
     *
     * @param rows may have different numbers of cells
     */
    record Table(List<List<String>> rows) implements PageItem {
        public Table {
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /** All slices of volumes, small. */
    record Images(List<ImageVolume> volumes) implements PageItem {
        public Images {
            volumes = List.copyOf(volumes);
        }
    }

    /** The panels of a measurement. */
    record Plot(Measurement measurement) implements PageItem {}
}
