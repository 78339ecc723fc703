package org.isocenter.app.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.isocenter.app.device.DeviceModel;
import org.isocenter.app.device.InterlocksModel;
import org.isocenter.app.device.Preferences;
import org.isocenter.app.fx.Tasks;
import org.isocenter.app.notice.NoticesModel;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.run.DeviceInterlocks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstrumentsModelTest {
    @TempDir
    Path home;

    @Test
    void addressesThatCannotBeAreLeftOutAndTold() {
        try (Archive archive = Archive.open(home)) {
            NoticesModel notices = new NoticesModel();
            DeviceInterlocks latches = new DeviceInterlocks(archive);
            InterlocksModel interlocks = new InterlocksModel(latches, Tasks.immediate(), notices);
            Preferences preferences = Preferences.DEFAULT.withInstruments(
                    List.of("barthel:/dev/ttyACM0", "toaster:/dev/ttyACM1", "nanovna:%", "nanovna:/dev/ttyACM2"));
            DeviceModel device = new DeviceModel(home, latches, interlocks, preferences, Tasks.immediate(), notices);
            InstrumentsModel model = new InstrumentsModel(device, latches, interlocks, Tasks.immediate(), notices);

            assertThat(model.items()).hasSize(2);
            assertThat(model.guards()).hasToString("[barthel:/dev/ttyACM0]");
            assertThat(notices.notices())
                    .extracting(notice -> notice.text())
                    .anySatisfy(text -> assertThat(text).contains("toaster:/dev/ttyACM1"))
                    .anySatisfy(text -> assertThat(text).contains("nanovna:%"));
            assertThat(model.add("nanovna", "/dev/ttyACM2")).contains("is there already");
            assertThat(model.add("nanovna", " ")).contains("needs its serial port");
        }
    }
}
