package org.isocenter.session.dicom;

/** What an application entity may be called: 1 to 16 characters of the default repertoire (PS3.5 table 6.2-1, AE). */
public final class AeTitles {
    public static final String RULE = "1 to 16 letters, digits or signs of ASCII, no backslash, no blank at either end";

    private AeTitles() {}

    public static boolean isValid(String title) {
        return !title.isEmpty()
                && title.length() <= 16
                && title.equals(title.strip())
                && title.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '\\');
    }
}
