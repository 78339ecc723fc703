package org.isocenter.dicom.net;

import java.util.List;
import java.util.stream.Collectors;
import org.isocenter.dicom.data.Dictionary;

/**
 * What a response says of an operation (PS3.7 annex C, and the service classes of PS3.4).
 *
 * @param code of 16 bits
 * @param name as the standard calls it
 * @param meaning a sentence: what happened and what to do
 * @param errorComment the peer's own words; empty for none. It may hold patient data: for the screen, never for a log
 * @param offendingElements tags that the peer blames
 */
public record DimseStatus(
        int code, Kind kind, String name, String meaning, String errorComment, List<Integer> offendingElements) {

    /** The classes of statuses (PS3.7 C.1 to C.5). */
    public enum Kind {
        SUCCESS,
        /** Done, but not all was as asked. */
        WARNING,
        FAILURE,
        /** More responses follow. */
        PENDING,
        /** Ended on request. */
        CANCEL
    }

    public DimseStatus {
        offendingElements = List.copyOf(offendingElements);
    }

    /** The status of this code in a response to {@code operation}, which decides what some codes mean. */
    public static DimseStatus of(Operation operation, int code) {
        return StatusTable.of(operation, code);
    }

    /** As a handler answers when all went well. */
    public static DimseStatus success() {
        return StatusTable.of(Operation.C_ECHO, StatusTable.SUCCESS);
    }

    /** With what the peer, or we, say of it. */
    public DimseStatus with(String comment, List<Integer> offending) {
        return new DimseStatus(code, kind, name, meaning, comment, offending);
    }

    /** Whether the operation was done: success or warning. */
    public boolean isDone() {
        return kind == Kind.SUCCESS || kind == Kind.WARNING;
    }

    /** Whether the same may work later without anybody changing it: the peer lacks resources or failed by itself. */
    public boolean isTransient() {
        return StatusTable.isTransient(code);
    }

    /** For the screen: the meaning, the peer's words and the attributes that it blames. */
    public String describe() {
        String blamed = offendingElements.isEmpty()
                ? ""
                : "; it names "
                        + offendingElements.stream().map(Dictionary::describe).collect(Collectors.joining(", "));
        String words = errorComment.isEmpty() ? "" : "; it says: " + errorComment;
        return toString() + ": " + meaning + words + blamed;
    }

    /** Code and name, fit for a log: "0xA700 Out of resources". */
    @Override
    public String toString() {
        return String.format("0x%04X %s", code, name);
    }
}
