package org.isocenter.dicom.iod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.dicom.data.Tag;
import org.isocenter.model.EncodingGeometry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PulseSequenceModuleTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "8, 3", "16, 2", "20, 1", "32, 1"})
    void shotsAreAsManyAsTrainsForAllLines(int echoTrainLength, int shots) {
        int number = EnhancedMrWriter.object(
                        Examples.only(Examples.volume(EncodingGeometry.AXIAL, 1)),
                        Examples.header(
                                Examples.head(),
                                Examples.sequence("tse2d", List.of("SE"), List.of("SK"), "2D", echoTrainLength)),
                        Examples.series(1),
                        Extension.NONE,
                        new ArrayList<>())
                .getInt(Tag.NumberOfKSpaceTrajectories, 0);
        assertThat(number).isEqualTo(shots);
    }
}
