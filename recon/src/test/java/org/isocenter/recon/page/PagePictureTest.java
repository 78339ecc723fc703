package org.isocenter.recon.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.isocenter.recon.PngImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PagePictureTest {
    /** How many samples are not white. */
    private static long ink(PngImage page) {
        return IntStream.range(0, page.samples().length)
                .filter(i -> page.samples()[i] != -1)
                .count();
    }

    @Test
    void textLeavesInkOnAPageOfTheStatedSize() {
        List<PngImage> pages = PagePicture.pages(List.of(new PageItem.Text("SNR 21")));
        assertThat(pages).hasSize(1);
        assertThat(pages.get(0).columns()).isEqualTo(PagePicture.WIDTH);
        assertThat(pages.get(0).rows()).isEqualTo(PagePicture.HEIGHT);
        assertThat(ink(pages.get(0))).isPositive();
        assertThat(ink(PagePicture.pages(List.of()).get(0))).isZero();
    }

    @Test
    void whatDoesNotFitGoesToTheNextPage() {
        List<List<String>> rows = Collections.nCopies(200, List.of("gradient slew x", "48.2 T/m/s"));
        List<PngImage> pages = PagePicture.pages(List.of(new PageItem.Heading("Safety"), new PageItem.Table(rows)));
        assertThat(pages).hasSizeGreaterThan(2).allMatch(page -> ink(page) > 0);
    }

    @Test
    void nothingIsDrawnIntoTheMargins() {
        PngImage page = PagePicture.pages(List.of(
                        new PageItem.Table(List.of(List.of("W".repeat(200), "never seen"))),
                        new PageItem.Text("W".repeat(200))))
                .get(0);
        for (int row = 0; row < page.rows(); row++) {
            for (int column = PagePicture.WIDTH - 30; column < PagePicture.WIDTH; column++) {
                assertThat(page.samples()[3 * (row * page.columns() + column)]).isEqualTo((byte) -1);
            }
        }
    }

    @Test
    void linesAreBrokenAtBlanksAndLongWordsAnywhere() {
        assertThat(PagePicture.wrapped("one two three", 8)).containsExactly("one two", "three");
        assertThat(PagePicture.wrapped("incomprehensible", 10)).containsExactly("incomprehe", "nsible");
        assertThat(PagePicture.wrapped("", 10)).containsExactly("");
    }

    static Stream<Character> printable() {
        return IntStream.rangeClosed(' ', '~').mapToObj(letter -> (char) letter);
    }

    @ParameterizedTest
    @MethodSource("printable")
    void everyLetterOfAsciiIsThereAndWithinItsGrid(char letter) {
        assertThat(Strokes.drawable("a" + letter + "a")).isEqualTo("a" + letter + "a");
        for (int[] stroke : Strokes.of(letter)) {
            assertThat(stroke.length).isGreaterThanOrEqualTo(4).isEven();
            for (int p = 0; p < stroke.length; p += 2) {
                assertThat(stroke[p]).isBetween(0, Strokes.WIDTH);
                assertThat(stroke[p + 1]).isBetween(0, Strokes.HEIGHT);
            }
        }
    }

    @Test
    void accentsAreDroppedWhereThereIsNoSuchLetterAndStrangersAreBoxes() {
        assertThat(Strokes.drawable("Schädel – 5 µs")).isEqualTo("Schadel - 5 µs");
        assertThat(Strokes.of('山')).isEqualTo(new int[][] {{0, 2, 0, 8, 4, 8, 4, 2, 0, 2}});
    }
}
