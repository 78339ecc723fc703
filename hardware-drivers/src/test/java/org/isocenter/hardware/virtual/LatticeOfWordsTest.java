package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.LibraryTables;
import org.isocenter.hardware.marcos.server.TablesOfWords;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.compile.EventTable;
import org.isocenter.sequence.compile.TimedEvents;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A table and what a console plays of it, with gradients and B1 of 16 or 18 bits, times of its own clock and samples received in parts, are
 * the same to the spins: they stand on one lattice. Otherwise the grain would differ, by a percent or two of an image.
 */
class LatticeOfWordsTest {
    private static final double CUBIC_METERS = 2e-9;

    private static Lattice lattice(TimedEvents table) throws Exception {
        VirtualOptions options = VirtualOptions.parse(URI.create("virtual:osi2one?phantom=bottle"));
        SystemLimits limits = options.profile().limits();
        Imperfections imperfections = options.profile().imperfections();
        ScannerFields fields = new ScannerFields(imperfections, limits, 0);
        PulseLibrary library = new PulseLibrary(imperfections.transmit().gain(), false);
        TableSurvey survey = TableSurvey.of(table, library, fields, () -> false);
        CoherenceReach reach =
                CoherenceSurvey.of(table, survey, fields, options.phantom().materials(), () -> false);
        return new LatticeSearch(reach, CUBIC_METERS).best();
    }

    @ParameterizedTest
    @CsvSource({
        "se2d matrix=16 matrixPhase=16 slices=1, gpa-fhdo",
        "epise2d matrix=16 matrixPhase=16 slices=1, ocra1",
        "epise2d matrix=20 matrixPhase=20 FOV=256mm slices=1 thickness=3mm orientation=coronal, gpa-fhdo",
        "tse2d matrix=22 matrixPhase=12 FOV=240mm slices=1 thickness=6mm orientation=sagittal tilt1=20deg, gpa-fhdo",
        "tse3d matrix=16 matrixPhase=16 partitions=2, ocra1",
        "ir2d matrix=24 matrixPhase=8 FOV=210mm slices=1 thickness=4mm orientation=sagittal BW=10kHz, gpa-fhdo",
        "dwi2d matrix=16 matrixPhase=16 slices=1, ocra1"
    })
    void spinsStandAlikeForATableAndForWhatAConsolePlaysOfIt(String scan, String board) throws Exception {
        EventTable table = LibraryTables.table(scan, "osi2one");
        Lattice expected = lattice(table);

        Lattice found = lattice(TablesOfWords.played(table, "board=" + board));

        double longest = expected.a().norm();
        assertThat(found.a().minus(expected.a()).norm()).isLessThan(1e-4 * longest);
        assertThat(found.b().minus(expected.b()).norm()).isLessThan(1e-4 * longest);
        assertThat(found.c().minus(expected.c()).norm()).isLessThan(1e-4 * longest);
    }
}
