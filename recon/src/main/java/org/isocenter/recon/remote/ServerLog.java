package org.isocenter.recon.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The lines that a server told, as many as anyone will read, without what could upset a terminal. Any thread. */
final class ServerLog {
    private static final int MOST_LINES = 5000;
    private static final int LONGEST_LINE = 1000;
    private static final int MOST_TOLD = 5;
    /** Control characters, and those that turn the direction of writing. */
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\p{Cf}&&[^\\t]]");

    private static final Pattern SERIOUS = Pattern.compile("\\s*(WARNING|ERROR|CRITICAL)\\b.*");
    /** How Gadgetron says that it gave up: "[Connection Main Thread/…] ERROR: what". */
    private static final Pattern GIVEN_UP = Pattern.compile("\\[[^\\]]*\\] ERROR: .*");

    private final List<String> lines = new ArrayList<>();
    private final List<String> serious = new ArrayList<>();
    private String givenUp = "";
    private long dropped;

    /** One line as it may be shown. */
    static String clean(String line) {
        String clean = UNSAFE.matcher(line).replaceAll(" ").stripTrailing();
        return clean.length() <= LONGEST_LINE ? clean : clean.substring(0, LONGEST_LINE) + " …";
    }

    /** Returns the lines of the text as they were kept. */
    synchronized List<String> add(String text) {
        List<String> added = new ArrayList<>();
        for (String line : text.strip().split("\\R")) {
            String kept = clean(line);
            if (givenUp.isEmpty() && GIVEN_UP.matcher(kept).matches()) {
                givenUp = kept;
            }
            if (serious.size() < MOST_TOLD && SERIOUS.matcher(kept).matches()) {
                serious.add(kept);
            }
            if (lines.size() < MOST_LINES) {
                lines.add(kept);
                added.add(kept);
            } else {
                dropped++;
            }
        }
        return added;
    }

    synchronized List<String> lines() {
        List<String> all = new ArrayList<>(lines);
        if (dropped > 0) {
            all.add("… and " + dropped + " lines more, which were not kept");
        }
        return all;
    }

    /** The first few lines that are warnings or worse. */
    synchronized List<String> serious() {
        return List.copyOf(serious);
    }

    /** The line by which the server said that it gave up, or an empty text. */
    synchronized String givenUp() {
        return givenUp;
    }
}
