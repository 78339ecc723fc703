package org.isocenter.session.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.Scanners;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    private static Calibration of(String device) throws ScannerException {
        try (Scanner scanner = Scanners.open(URI.create(device))) {
            return Calibration.of(scanner);
        }
    }

    @Test
    void theSameScannerHasTheSameId() throws ScannerException {
        assertThat(of("virtual:osi2one?seed=1").id())
                .isEqualTo(of("virtual:osi2one?seed=2").id())
                .matches("osi2one-[0-9a-f]{12}");
    }

    @Test
    void coilsThatBendOtherwiseAreAnotherCalibration() throws ScannerException {
        assertThat(of("virtual:osi2one").id())
                .isNotEqualTo(of("virtual:osi2one?gradients.nonlinearity=0.01,0.02,0.03")
                        .id());
    }

    @Test
    void fullScalesAreInIt() throws ScannerException {
        String ideal = of("virtual:ideal").numbers();
        assertThat(ideal).contains("gamma 4.2577478518E7 Hz/T").contains("field 0.047 T");
        assertThat(of("virtual:clinical-example").numbers()).isNotEqualTo(ideal);
    }
}
