package org.isocenter.hardware.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SerialPortsTest {
    private static final SerialPortInfo NANO_VNA = port("/dev/ttyACM0", "400", "0483:5740");
    private static final SerialPortInfo ARDUINO = port("/dev/ttyACM1", "7543", "2341:0043");

    @TempDir
    private Path folder;

    @Test
    void anUnknownPortOrSerialNumberIsRefusedWithThoseThatExist() {
        assertThatThrownBy(() -> SerialPorts.open("/dev/ttyACM77", SerialSettings.of(9600)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("no serial port /dev/ttyACM77; ");
        assertThatThrownBy(() -> SerialPorts.withUsbSerialNumber("none such"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("no serial port has the USB serial number 'none such'; ");
    }

    @Test
    void aFileThatIsNoSerialPortIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> SerialPorts.open(file.toString(), SerialSettings.of(9600)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("could not be opened with 9600 baud");
        }
    }

    @Test
    void settingsThatNoLineCanHaveAreRefused() {
        assertThatThrownBy(() -> SerialSettings.of(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SerialSettings(9600, 9, SerialSettings.Parity.NONE, false, true, true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whoMayNotOpenAPortIsToldWhichGroupToJoin() {
        assertThat(SerialPorts.cure("dialout"))
                .isEqualTo("join the group dialout: sudo usermod -aG dialout $USER, then log in again");
        assertThat(SerialPorts.cure("root")).contains("udev");
    }

    @Test
    void theUsbNumbersTellWhatIsProbablyAttached() {
        assertThat(NANO_VNA.probably()).contains("NanoVNA");
        assertThat(ARDUINO.probably()).isEqualTo("Arduino");
        assertThat(port("/dev/ttyS0", "", "").probably()).isEmpty();
    }

    @Test
    void theWatchTellsOfPortsThatComeAndGo() {
        List<List<SerialPortInfo>> lists =
                new ArrayList<>(List.of(List.of(NANO_VNA, ARDUINO), List.of(ARDUINO), List.of(ARDUINO)));
        List<String> told = new ArrayList<>();
        PortWatch.Listener listener = new PortWatch.Listener() {
            @Override
            public void plugged(SerialPortInfo port) {
                told.add("+" + port.path());
            }

            @Override
            public void unplugged(SerialPortInfo port) {
                told.add("-" + port.path());
            }
        };
        try (PortWatch watch = new PortWatch(() -> lists.remove(0), List.of(NANO_VNA), listener)) {
            watch.look();
            watch.look();
            watch.look();
        }
        assertThat(told).containsExactly("+/dev/ttyACM1", "-/dev/ttyACM0");
    }

    @Test
    void theNativeLibraryIsUnpackedWholeAndStaysWhenItIsRight() throws Exception {
        Path jar = Path.of(com.fazecast
                .jSerialComm
                .SerialPort
                .class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        NativeLibrary.unpack(jar, folder);
        List<Path> first = files();
        Path one = first.get(0);
        Files.writeString(one, "damaged");
        NativeLibrary.unpack(jar, folder);
        assertThat(files()).isEqualTo(first);
        assertThat(Files.size(one)).isGreaterThan(10_000);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static SerialPortInfo port(String path, String serialNumber, String usbId) {
        return new SerialPortInfo(path, "product", "maker", serialNumber, usbId);
    }
}
