package org.isocenter.app.device;

import java.util.ArrayList;
import java.util.List;

/** The address of a simulated scanner as somebody types it: changes one option and leaves the rest as it is. */
final class VirtualAddress {
    private static final String SCHEME = "virtual:";
    private static final String PHANTOM = "phantom=";

    private VirtualAddress() {}

    static boolean is(String address) {
        return address.strip().startsWith(SCHEME);
    }

    /** The same address with this phantom in it. */
    static String withPhantom(String address, String phantom) {
        String text = address.strip();
        int question = text.indexOf('?');
        String before = question < 0 ? text : text.substring(0, question);
        List<String> options = new ArrayList<>();
        options.add(PHANTOM + phantom);
        if (question >= 0) {
            for (String option : text.substring(question + 1).split("&")) {
                if (!option.isEmpty() && !option.startsWith(PHANTOM)) {
                    options.add(option);
                }
            }
        }
        return before + "?" + String.join("&", options);
    }
}
