package org.isocenter.app.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.Vec3;
import org.junit.jupiter.api.Test;

class KSpaceModelTest {
    private static final int COLUMNS = 8;
    private static final int ROWS = 4;

    private static RawData raw() {
        Vec3 fov = new Vec3(0.4, 0.2, 0.005);
        Encoding encoding = new Encoding(
                COLUMNS,
                ROWS,
                1,
                fov,
                4,
                4,
                1,
                new Vec3(0.2, 0.2, 0.005),
                EncodingLimits.ofCount(ROWS),
                EncodingLimits.NONE,
                1,
                1,
                1,
                1,
                0,
                Encoding.Trajectory.CARTESIAN,
                1);
        ScanHeader header = new ScanHeader(
                "id", "p", OffsetDateTime.parse("2026-01-01T00:00:00Z"), null, null, null, List.of(encoding), Map.of());
        return new RawData(header, ROWS);
    }

    private static Readout line(int number, int row, long flags, int brightSample, float value) {
        EncodingCounters counters = new EncodingCounters(row, 0, 0, 0, 0, 0, 0, 0, 0);
        ReadoutHeader header = new ReadoutHeader(
                number, flags, counters, COLUMNS, 1, COLUMNS / 2, 0, 0, 1e-5, 0, 0, EncodingGeometry.AXIAL);
        float[] real = new float[COLUMNS];
        real[brightSample] = value;
        return new Readout(header, real, new float[COLUMNS]);
    }

    @Test
    void linesAppearWhereTheirCountersSay() {
        RawData raw = raw();
        KSpaceModel model = new KSpaceModel();
        model.follow(raw);
        assertThat(model.takenProperty().get()).isZero();

        raw.append(line(0, 2, 0, 4, 10));
        raw.append(line(1, 0, 0, 1, 1));
        model.advance();

        assertThat(model.takenProperty().get()).isEqualTo(2);
        assertThat(model.grey(4, 2)).isEqualTo(255);
        assertThat(model.grey(1, 0)).isEqualTo(170); // a tenth, of three decades
        assertThat(model.grey(5, 2)).isZero();
        assertThat(model.aspect()).isEqualTo(1.0);
    }

    @Test
    void aReversedLineIsTurnedAboutItsCentre() {
        RawData raw = raw();
        KSpaceModel model = new KSpaceModel();
        model.follow(raw);

        raw.append(line(0, 1, AcquisitionFlags.REVERSE, 6, 1));
        model.advance();

        assertThat(model.grey(2, 1)).isEqualTo(255);
        assertThat(model.grey(6, 1)).isZero();
    }

    @Test
    void dummiesAndNoiseAreCountedButNotShown() {
        RawData raw = raw();
        KSpaceModel model = new KSpaceModel();
        model.follow(raw);

        raw.append(line(0, 1, AcquisitionFlags.NOISE_MEASUREMENT, 3, 1));
        model.advance();

        assertThat(model.takenProperty().get()).isEqualTo(1);
        assertThat(model.grey(3, 1)).isZero();
    }
}
