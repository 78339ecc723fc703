package org.isocenter.hardware.serial;

import java.util.Map;

/** What is usually behind a USB vendor and product number. */
final class UsbDevices {
    private static final Map<String, String> BY_ID = Map.of(
            "0483:5740", "NanoVNA, tinySA or another STM32 device",
            "16c0:0483", "NanoVNA (AVNA) or Teensy",
            "04b4:0008", "NanoVNA V2, S-A-A-2 or LiteVNA",
            "1a86:7523", "Arduino-like board with a CH340",
            "10c4:ea60", "ESP32 or another board with a CP210x",
            "0403:6001", "adapter or board with an FT232",
            "2e8a:000a", "Raspberry Pi Pico");
    private static final Map<String, String> BY_VENDOR = Map.of(
            "2341", "Arduino", "2a03", "Arduino", "239a", "Adafruit board", "303a", "ESP32", "1fc9", "NXP board");

    private UsbDevices() {}

    /** Empty when the number tells nothing. */
    static String probably(String usbId) {
        String vendor = usbId.isEmpty() ? "" : usbId.substring(0, usbId.indexOf(':'));
        return BY_ID.getOrDefault(usbId, BY_VENDOR.getOrDefault(vendor, ""));
    }
}
