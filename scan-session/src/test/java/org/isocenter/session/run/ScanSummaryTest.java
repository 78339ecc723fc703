package org.isocenter.session.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanSummaryTest {
    @TempDir
    Path folder;

    @Test
    void theReportOfAScanIsReadForPeople() throws IOException {
        Files.writeString(folder.resolve("report.json"), """
                {"device": {"description": "Some scanner", "calibration": "c1",
                            "interlocks": [{"kind": "DOOR", "reason": "open", "since": "2026-01-02T03:04:05Z"}]},
                 "checks": [{"name": "slew", "value": 40.5, "limit": 50, "unit": "T/m/s", "pass": true},
                            {"name": "acoustics", "value": null, "limit": null, "unit": "", "pass": false, "detail": "why"}],
                 "noLimitGiven": ["SAR"],
                 "acquisition": {"readouts": 31, "expected": 32, "lost": 1},
                 "timing": {"acquire": 2.5, "recon": null},
                 "images": [{"name": "echo 1", "quantity": "magnitude", "snr": 30, "snrMethod": "air"}],
                 "notes": ["one", "two"]}
                """);
        ScanSummary summary = ScanSummary.read(folder);

        assertThat(summary.device()).isEqualTo("Some scanner");
        assertThat(summary.readouts() + "/" + summary.expected() + "/" + summary.lost())
                .isEqualTo("31/32/1");
        assertThat(summary.timingSeconds()).containsEntry("acquire", 2.5);
        assertThat(summary.checks().get(0)).isEqualTo(new ScanSummary.Check("slew", 40.5, 50, "T/m/s", true, ""));
        assertThat(summary.checks().get(1).pass()).isFalse();
        assertThat(summary.checks().get(1).value()).isNaN();
        assertThat(summary.noLimitGiven()).containsExactly("SAR");
        assertThat(summary.images()).containsExactly(new ScanSummary.Image("echo 1", "magnitude", 30, "air"));
        assertThat(summary.interlocks()).containsExactly("open (2026-01-02T03:04:05Z)");
        assertThat(summary.notes()).containsExactly("one", "two");
    }

    @Test
    void aMissingOrBrokenReportIsNamed() throws IOException {
        assertThatThrownBy(() -> ScanSummary.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("report.json");
        Files.writeString(folder.resolve("report.json"), "{\"checks\": [");
        assertThatThrownBy(() -> ScanSummary.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("report.json");
        Files.writeString(folder.resolve("report.json"), "{}");
        assertThat(ScanSummary.read(folder).readouts()).isEqualTo(-1);
    }
}
