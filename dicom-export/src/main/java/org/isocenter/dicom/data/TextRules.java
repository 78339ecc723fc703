package org.isocenter.dicom.data;

import java.util.regex.Pattern;

/** What the standard allows in each text VR (PS3.5 table 6.2-1). */
final class TextRules {
    private static final Pattern CODE = Pattern.compile("[A-Z0-9_ ]*");
    private static final Pattern AGE = Pattern.compile("[0-9]{3}[DWMY]");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])");
    private static final Pattern TIME =
            Pattern.compile("([01][0-9]|2[0-3])([0-5][0-9](([0-5][0-9]|60)(\\.[0-9]{1,6})?)?)?");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");

    private TextRules() {}

    /** Throws {@link DicomValueException} unless {@code value} may stand in an attribute of this VR. */
    static void check(int tag, VR vr, String value) {
        boolean fits = switch (vr) {
            case CS -> CODE.matcher(value).matches();
            case AS -> AGE.matcher(value).matches();
            case DA -> DATE.matcher(value).matches();
            case TM -> TIME.matcher(value).matches();
            case DS -> DECIMAL.matcher(value).matches();
            case IS -> WHOLE.matcher(value).matches();
            case UI -> UID.isValid(value);
            default -> true;
        };
        if (!fits && !value.isEmpty()) {
            throw new DicomValueException(tag, "has a value that is no " + vr + ": " + expected(vr));
        }
        checkCharacters(tag, vr, value);
        if (vr == VR.PN) {
            checkName(tag, value);
        } else {
            checkLength(tag, vr, value, "");
        }
    }

    private static void checkCharacters(int tag, VR vr, String value) {
        if (!vr.isSingleText() && value.indexOf('\\') >= 0) {
            throw new DicomValueException(tag, "has a backslash in one of its values: it parts values, leave it out");
        }
        boolean lines = vr == VR.LT || vr == VR.ST || vr == VR.UT;
        boolean control =
                value.chars().anyMatch(c -> Character.isISOControl(c) && !(lines && "\t\n\f\r".indexOf(c) >= 0));
        if (control) {
            throw new DicomValueException(tag, "has a control character: leave it out");
        }
        if (vr == VR.AE && value.chars().anyMatch(c -> c > '~')) {
            throw new DicomValueException(tag, "has a character outside ASCII, which AE does not allow");
        }
    }

    /** Up to three component groups (alphabetic, ideographic, phonetic) of up to five components each. */
    private static void checkName(int tag, String value) {
        String[] groups = value.split("=", -1);
        if (groups.length > 3) {
            throw new DicomValueException(tag, "has " + groups.length + " groups parted by '=': a name has at most 3");
        }
        for (String group : groups) {
            checkLength(tag, VR.PN, group, " in one component group");
            int components = group.split("\\^", -1).length;
            if (components > 5) {
                throw new DicomValueException(tag, "has " + components + " parts parted by '^': a name has at most 5");
            }
        }
    }

    private static void checkLength(int tag, VR vr, String value, String where) {
        int characters = value.codePointCount(0, value.length());
        if (characters > vr.maxCharacters()) {
            throw new DicomValueException(
                    tag, "has " + characters + " characters" + where + ": " + vr + " allows " + vr.maxCharacters());
        }
    }

    private static String expected(VR vr) {
        return switch (vr) {
            case CS -> "capital letters, digits, spaces and underscores";
            case AS -> "three digits and D, W, M or Y";
            case DA -> "YYYYMMDD";
            case TM -> "HHMMSS.ffffff";
            case DS -> "a decimal number";
            case IS -> "a whole number";
            default -> "digits parted by dots, no leading zeros, at most 64 characters";
        };
    }
}
