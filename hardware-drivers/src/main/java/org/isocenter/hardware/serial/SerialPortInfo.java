package org.isocenter.hardware.serial;

import com.fazecast.jSerialComm.SerialPort;

/**
 * A serial port of this computer.
 *
 * @param path what opens it: "/dev/ttyACM0", "COM3"
 * @param product what the USB device or driver calls itself; may be empty
 * @param manufacturer may be empty
 * @param usbSerialNumber stays the same in whichever socket the device is plugged; empty when it has none
 * @param usbId vendor and product in hexadecimal, "0483:5740"; empty when this is no USB device
 */
public record SerialPortInfo(String path, String product, String manufacturer, String usbSerialNumber, String usbId) {

    static SerialPortInfo of(SerialPort port) {
        boolean usb = port.getVendorID() > 0;
        return new SerialPortInfo(
                port.getSystemPortPath().replaceFirst("^\\\\\\\\\\.\\\\", ""),
                known(port.getPortDescription()),
                known(port.getManufacturer()),
                known(port.getSerialNumber()),
                usb ? String.format("%04x:%04x", port.getVendorID(), port.getProductID()) : "");
    }

    /** What is probably attached, judged by the USB vendor and product alone; empty when that tells nothing. */
    public String probably() {
        return UsbDevices.probably(usbId);
    }

    private static String known(String text) {
        return text == null || text.equals("Unknown") || text.equals("User-Specified Port") ? "" : text.strip();
    }
}
