package org.isocenter.recon.layout;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** Chooses among the arrays of a file. */
final class Variables {
    private Variables() {}

    /**
     * Single numbers are parameters: no one means them without saying so.
     *
     * @param elements below 0 for more than can be read
     */
    static boolean isPossible(String name, long elements, String wanted) {
        return elements < 0 || elements > 1 || name.equals(wanted);
    }

    /**
     * @param shapes by name; of those that no one asked for, single numbers can be left out by {@link #isPossible}
     * @param wanted null when there is no choice
     * @throws ArrayFormatException when there is none of that name, or several and none is wanted
     */
    static String choose(Path file, Map<String, String> shapes, String wanted) throws ArrayFormatException {
        String all = shapes.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
        if (shapes.isEmpty()) {
            throw new ArrayFormatException(file, "holds no array of more than one number");
        }
        if (wanted == null && shapes.size() > 1) {
            throw new ArrayFormatException(
                    file,
                    "holds several arrays: choose one by --variable, a trajectory by --trajectory-variable: " + all);
        }
        String name = wanted == null ? shapes.keySet().iterator().next() : wanted;
        if (!shapes.containsKey(name)) {
            throw new ArrayFormatException(file, "has no variable '" + name + "': there is " + all);
        }
        return name;
    }
}
