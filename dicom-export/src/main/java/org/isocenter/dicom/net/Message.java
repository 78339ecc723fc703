package org.isocenter.dicom.net;

import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.DicomValueException;
import org.isocenter.dicom.data.Tag;

/** A received message's command (PS3.7 chapter 9 and 10, annex E), read without trust. */
record Message(AcceptedContext context, Attributes command) {
    private static final int NO_DATASET = 0x0101;

    int field() {
        return number(Tag.CommandField);
    }

    boolean isResponse() {
        return field() >= 0 && (field() & Operation.RESPONSE) != 0;
    }

    int messageId() {
        return number(Tag.MessageID);
    }

    int respondedTo() {
        return number(Tag.MessageIDBeingRespondedTo);
    }

    boolean hasDataset() {
        return number(Tag.CommandDataSetType) != NO_DATASET;
    }

    /** The first number of an attribute of the command; -1 when it is missing or none. */
    int number(int tag) {
        try {
            return command.getInt(tag, -1);
        } catch (DicomValueException e) {
            return -1;
        }
    }

    /** A text of the command; empty when it is missing. */
    String text(int tag) {
        String text = command.getString(tag);
        return text == null ? "" : text;
    }

    SubOperations subOperations() {
        return new SubOperations(
                number(Tag.NumberOfRemainingSuboperations),
                number(Tag.NumberOfCompletedSuboperations),
                number(Tag.NumberOfFailedSuboperations),
                number(Tag.NumberOfWarningSuboperations));
    }

    DimseStatus status(Operation operation) {
        return DimseStatus.of(operation, number(Tag.Status))
                .with(text(Tag.ErrorComment), TagList.get(command, Tag.OffendingElement));
    }
}
