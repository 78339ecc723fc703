package org.isocenter.session.cli;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Days as people write them: "today", "all", "2026-03-01", "2026-03-01..2026-03-07", "..2026-03-07". Null is open. */
record DayRange(LocalDate from, LocalDate to) {
    static final String FORM = "today, all, YYYY-MM-DD or YYYY-MM-DD..YYYY-MM-DD";

    /** For picocli. */
    static final class Converter implements ITypeConverter<DayRange> {
        @Override
        public DayRange convert(String text) {
            if (text.equals("all")) {
                return new DayRange(null, null);
            }
            int dots = text.indexOf("..");
            if (dots < 0) {
                return new DayRange(day(text), day(text));
            }
            String from = text.substring(0, dots);
            String to = text.substring(dots + 2);
            return new DayRange(from.isEmpty() ? null : day(from), to.isEmpty() ? null : day(to));
        }

        private static LocalDate day(String text) {
            try {
                return text.equals("today") ? LocalDate.now() : LocalDate.parse(text);
            } catch (DateTimeParseException e) {
                throw new TypeConversionException("this is no day (" + text + "): write " + FORM);
            }
        }
    }
}
