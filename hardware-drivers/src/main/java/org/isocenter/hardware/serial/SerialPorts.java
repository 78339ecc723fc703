package org.isocenter.hardware.serial;

import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.isocenter.hardware.transport.Transport;

/** The serial ports of this computer. Any thread. */
public final class SerialPorts {
    private static final int PERMISSION = 13;
    private static final int BUSY = 16;
    private static final int LOCKED = 11;

    static {
        NativeLibrary.provide();
    }

    private SerialPorts() {}

    /**
     * All that there are now, by path.
     *
     * @throws IOException when serial ports cannot be used on this computer
     */
    public static List<SerialPortInfo> list() throws IOException {
        try {
            return Arrays.stream(SerialPort.getCommPorts())
                    .map(SerialPortInfo::of)
                    .distinct()
                    .sorted(Comparator.comparing(SerialPortInfo::path))
                    .toList();
        } catch (LinkageError e) {
            throw unusable(e);
        }
    }

    /**
     * The port that has a device with this USB serial number.
     *
     * @throws IOException when there is none or more than one; the message says which exist
     */
    public static SerialPortInfo withUsbSerialNumber(String number) throws IOException {
        List<SerialPortInfo> all = list();
        List<SerialPortInfo> found = all.stream()
                .filter(each -> each.usbSerialNumber().equals(number))
                .toList();
        if (found.size() != 1) {
            String how = found.isEmpty() ? "no serial port has" : found.size() + " serial ports have";
            throw new IOException(how + " the USB serial number '" + number + "'; " + existing(all));
        }
        return found.get(0);
    }

    /**
     * Opens a port for this program alone.
     *
     * @param port its path ("/dev/ttyACM0", "COM3"), or the USB serial number of what is plugged in
     * @throws IOException saying what to do: no such port, no permission, in use
     */
    public static Transport open(String port, SerialSettings settings) throws IOException {
        String path = path(port);
        refuseWithoutPermission(path);
        try {
            return new SerialTransport(path, opened(path, settings));
        } catch (LinkageError e) {
            throw unusable(e);
        }
    }

    private static String path(String port) throws IOException {
        List<SerialPortInfo> all = list();
        if (Files.exists(Path.of(port))
                || all.stream().anyMatch(each -> each.path().equals(port))) {
            return port;
        }
        if (all.stream().anyMatch(each -> each.usbSerialNumber().equals(port))) {
            return withUsbSerialNumber(port).path();
        }
        throw new IOException("no serial port " + port + "; " + existing(all));
    }

    private static String existing(List<SerialPortInfo> all) {
        if (all.isEmpty()) {
            return "none is attached: check the cable and whether the device has power";
        }
        return "there are " + all.stream().map(SerialPorts::named).collect(Collectors.joining(", "));
    }

    private static String named(SerialPortInfo port) {
        String what = (port.product() + " " + port.usbSerialNumber()).strip();
        return what.isEmpty() ? port.path() : port.path() + " (" + what + ")";
    }

    private static void refuseWithoutPermission(String path) throws IOException {
        Path file = Path.of(path);
        if (Files.exists(file) && !(Files.isReadable(file) && Files.isWritable(file))) {
            throw forbidden(path);
        }
    }

    private static IOException forbidden(String path) {
        String group;
        try {
            group = Files.readAttributes(Path.of(path), PosixFileAttributes.class)
                    .group()
                    .getName();
        } catch (IOException | UnsupportedOperationException e) {
            return new IOException("you may not open " + path, e);
        }
        return new IOException("you may not open " + path + ": " + cure(group));
    }

    /** What helps someone who may not open a port of this group. */
    static String cure(String group) {
        return group.equals("root")
                ? "only root may: add a udev rule that gives it to the group dialout"
                : "join the group " + group + ": sudo usermod -aG " + group + " $USER, then log in again";
    }

    private static SerialPort opened(String path, SerialSettings settings) throws IOException {
        SerialPort port = SerialPort.getCommPort(path);
        port.setComPortParameters(
                settings.baud(),
                settings.dataBits(),
                settings.twoStopBits() ? SerialPort.TWO_STOP_BITS : SerialPort.ONE_STOP_BIT,
                parity(settings.parity()));
        port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
        setLine(settings.dataTerminalReady(), port::setDTR, port::clearDTR);
        setLine(settings.requestToSend(), port::setRTS, port::clearRTS);
        port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, SerialTransport.NATIVE_READ_MILLIS, 0);
        OpenPorts.add(port.getSystemPortPath());
        if (!port.openPort(0)) {
            OpenPorts.remove(port.getSystemPortPath());
            throw refused(path, port.getLastErrorCode(), settings);
        }
        return port;
    }

    private static void setLine(boolean set, Runnable raise, Runnable lower) {
        (set ? raise : lower).run();
    }

    private static int parity(SerialSettings.Parity parity) {
        return switch (parity) {
            case NONE -> SerialPort.NO_PARITY;
            case ODD -> SerialPort.ODD_PARITY;
            case EVEN -> SerialPort.EVEN_PARITY;
        };
    }

    private static IOException refused(String path, int code, SerialSettings settings) {
        if (code == PERMISSION) {
            return forbidden(path);
        }
        if (code == BUSY || code == LOCKED) {
            return new IOException(
                    path + " is in use by another program: close terminals and other consoles that have it open");
        }
        return new IOException(path + " could not be opened with " + settings.baud() + " baud, " + settings.dataBits()
                + " data bits (system error " + code
                + "): unplug it, plug it in again, and see whether the device has power");
    }

    private static IOException unusable(LinkageError cause) {
        return new IOException("serial ports cannot be used on this computer: " + cause.getMessage(), cause);
    }
}
