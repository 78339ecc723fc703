package org.isocenter.hardware.marcos.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.isocenter.hardware.LibraryTables;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.EventTable;
import org.isocenter.sequence.compile.TimedEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where in k-space the gradients have brought the spins when a window opens, by the table and by the words that were made of it. */
class DecodedAreasTest {
    private static final double SMALL_LOBE = 5; // turns per metre

    private static final int LINES = 8;

    /**
     * Every window lies within a twentieth of a turn per metre of where it should, however slow the board, and as far away as every
     * other, also the one that is not phase encoded: within a hundredth, a third of a degree at 0.1 m.
     */
    @ParameterizedTest
    @CsvSource({
        "gre2d, ocra1, 19",
        "gre2d, gpa-fhdo, 2",
        "gre2d, gpa-fhdo, 4",
        "gre2d, gpa-fhdo, 9",
        "se2d, gpa-fhdo, 4",
        "tse2d, gpa-fhdo, 4"
    })
    void windowsOpenWhereTheyShould(String sequence, String board, int divider) throws Exception {
        EventTable table = LibraryTables.table(sequence, LINES, "osi2one");
        List<double[]> expected = places(table);
        List<double[]> found = places(TablesOfWords.played(table, "board=" + board + "&spi=" + divider));
        assertThat(found).hasSameSizeAs(expected);
        double[] low = {1, 1, 1};
        double[] high = {-1, -1, -1};
        for (int window = 0; window < found.size(); window++) {
            for (int axis = 0; axis < 3; axis++) {
                double off = found.get(window)[axis] - expected.get(window)[axis];
                assertThat(Math.abs(off)).as("window %d, axis %d", window, axis).isLessThan(0.05);
                low[axis] = Math.min(low[axis], off);
                high[axis] = Math.max(high[axis], off);
            }
        }
        for (int axis = 0; axis < 3; axis++) {
            assertThat(high[axis] - low[axis]).as("axis %d", axis).isLessThan(1e-2);
        }
    }

    /**
     * A DAC of 16 bits would put each line up to 0.03 turns per metre beside its place, in teeth of a saw. Only the lobes beside the
     * middle, of a few codes, have ramps too small to give all of it back.
     */
    @Test
    void whatRoundingTakesFromAPhaseEncodingItsRampGivesBack() throws Exception {
        EventTable table = LibraryTables.table("se2d matrixPhase=64 slices=1 dummies=0", "osi2one");
        List<double[]> expected = places(table);
        List<double[]> found = places(TablesOfWords.played(table, "board=gpa-fhdo"));
        for (int window = 0; window < expected.size(); window++) {
            double off = found.get(window)[1] - expected.get(window)[1];
            double most = Math.abs(expected.get(window)[1]) < SMALL_LOBE ? 0.025 : 0.01;
            assertThat(off).as("window %d", window).isBetween(-most, most);
        }
    }

    /** Of each window's start, turns per metre along x, y, z since the middle of the last transmission. */
    private static List<double[]> places(TimedEvents events) {
        List<double[]> places = new ArrayList<>();
        double[] gradient = new double[3];
        double[] area = new double[3];
        double[] opened = new double[3];
        double[] middle = new double[3];
        long now = 0;
        for (Iterator<EventChunk> chunks = events.chunks(); chunks.hasNext(); ) {
            EventChunk chunk = chunks.next();
            for (int i = 0; i < chunk.events(); i++) {
                double seconds = (chunk.tick()[i] - now) / events.clockHertz();
                now = chunk.tick()[i];
                for (int axis = 0; axis < 3; axis++) {
                    area[axis] += gradient[axis] * seconds;
                }
                int channel = chunk.channel()[i];
                int axis = channel - EventChannel.GX.ordinal();
                if (axis >= 0 && axis < 3) {
                    gradient[axis] = chunk.value()[i];
                } else if (channel == EventChannel.TX_GATE.ordinal() && chunk.value()[i] != 0) {
                    opened = area.clone();
                } else if (channel == EventChannel.TX_GATE.ordinal()) {
                    for (int k = 0; k < 3; k++) {
                        middle[k] = 0.5 * (opened[k] + area[k]);
                    }
                } else if (channel == EventChannel.ADC.ordinal()) {
                    places.add(new double[] {area[0] - middle[0], area[1] - middle[1], area[2] - middle[2]});
                }
            }
        }
        return places;
    }
}
