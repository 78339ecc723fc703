package org.isocenter.app.text;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Names of people as DICOM writes them (PS3.5, 6.2, PN), for people to read. */
public final class PersonName {
    private PersonName() {}

    /** "Yamada^Tarou=山田^太郎" as "Yamada, Tarou = 山田, 太郎"; other text as it is. */
    public static String display(String name) {
        return Arrays.stream(name.split("="))
                .map(PersonName::group)
                .filter(group -> !group.isEmpty())
                .collect(Collectors.joining(" = "));
    }

    private static String group(String group) {
        int end = group.indexOf('^');
        if (end < 0) {
            return group.strip();
        }
        String others = group.substring(end + 1).replaceAll("\\^+", " ").strip();
        String family = group.substring(0, end).strip();
        return family.isEmpty() || others.isEmpty() ? family + others : family + ", " + others;
    }
}
