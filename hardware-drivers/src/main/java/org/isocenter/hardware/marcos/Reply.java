package org.isocenter.hardware.marcos;

import java.util.List;
import java.util.Map;

/**
 * What the console answers to one command.
 *
 * @param version of the server, {@code major<<16 | minor<<8 | debug}
 * @param result by command: Long, Double, Boolean, String, long[] for an array of whole numbers, List, Map, or null for nil
 * @param errors and so on, as the server words them
 */
record Reply(long version, Map<String, Object> result, List<String> errors, List<String> warnings, List<String> infos) {
    /** "1.0.5". */
    static String text(long version) {
        return (version >> 16) + "." + (version >> 8 & 0xff) + "." + (version & 0xff);
    }
}
