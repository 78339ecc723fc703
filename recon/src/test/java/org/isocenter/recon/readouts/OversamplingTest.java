package org.isocenter.recon.readouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.Vec3;
import org.isocenter.recon.cartesian.PointScan;
import org.isocenter.recon.chain.RawSteps;
import org.isocenter.recon.standard.StandardChains;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OversamplingTest {
    @ParameterizedTest
    @CsvSource({"8, 6, 1", "7, 5, 1", "6, 4, 3"})
    void halfOfTheSamplesMakeTheSameImage(int x, int y, int z) {
        Encoding encoding = PointScan.encoding(x, y, z, 1);
        // Between voxels, so that the point has side lobes everywhere.
        Vec3 point = EncodingGeometry.AXIAL.pointMeters(1.3 * 2e-3, -0.4 * 3e-3, 0.2 * 4e-3);
        RawData raw = PointScan.raw(encoding, PointScan.lines(encoding, EncodingGeometry.AXIAL, point, 0));

        RawData cut = RawSteps.run(new OversamplingStep(), raw, new ArrayList<>());

        assertThat(cut.readout(0).header().samples()).isEqualTo(x);
        assertThat(cut.readout(0).header().centerSample()).isEqualTo(x / 2);
        assertThat(cut.readout(0).header().dwellSeconds()).isEqualTo(2e-5, within(1e-12));
        assertThat(cut.header().encodings().get(0).encodedX()).isEqualTo(x);
        assertThat(cut.header().encodings().get(0).encodedFovMeters().x())
                .isEqualTo(encoding.reconFovMeters().x());
        assertThat(pixels(cut))
                .usingComparatorWithPrecision(1e-4f * 2 * x * y * z)
                .containsExactly(pixels(raw));
    }

    @Test
    void linesThatWereCutShortStayAsTheyAre() {
        Encoding encoding = PointScan.encoding(8, 4, 1, 1);
        List<Readout> lines = new ArrayList<>();
        for (int y = 0; y < 4; y++) {
            EncodingCounters counters = new EncodingCounters(y, 0, 0, 0, 0, 0, 0, 0, 0);
            lines.add(PointScan.line(encoding, EncodingGeometry.AXIAL, Vec3.ZERO, counters, 0, 0, 12, 4, 1));
        }
        RawData raw = PointScan.raw(encoding, lines);
        assertThat(RawSteps.run(new OversamplingStep(), raw, new ArrayList<>())).isSameAs(raw);
    }

    @Test
    void positionsInKSpaceFollowTheSamples() {
        Encoding encoding = PointScan.encoding(4, 2, 1, 1);
        Readout line =
                PointScan.lines(encoding, EncodingGeometry.AXIAL, Vec3.ZERO, 0).get(0);
        float[] k = new float[8];
        for (int s = 0; s < 8; s++) {
            k[s] = 10 * (s - 4);
        }
        Readout with = new Readout(line.header(), line.real(), line.imaginary(), 1, k);
        RawData cut = RawSteps.run(new OversamplingStep(), PointScan.raw(encoding, List.of(with)), new ArrayList<>());
        assertThat(cut.readout(0).trajectoryPerMeter()).containsExactly(-40, -20, 0, 20);
    }

    private static float[] pixels(RawData raw) {
        return StandardChains.reconstruction(StandardChains.CARTESIAN)
                .reconstruct(raw)
                .volumes()
                .get(0)
                .pixels();
    }
}
