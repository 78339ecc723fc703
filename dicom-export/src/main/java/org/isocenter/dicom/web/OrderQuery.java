package org.isocenter.dicom.web;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Which orders are wanted.
 *
 * @param from first day; orders without a day are always among them
 * @param to last day
 * @param zone in which days begin here, and times are told
 * @param modality orders that are told to be for another are left out
 * @param code of the service: {@code system|code} or {@code code}, as the server searches
 * @param category likewise
 */
public record OrderQuery(
        LocalDate from, LocalDate to, ZoneId zone, String modality, Optional<String> code, Optional<String> category) {

    /** All for magnetic resonance on one day. */
    public static OrderQuery on(LocalDate day, ZoneId zone) {
        return new OrderQuery(day, day, zone, "MR", Optional.empty(), Optional.empty());
    }
}
