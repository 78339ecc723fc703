package org.isocenter.dicom.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.VR;

/** What a peer requests. For its handler only, and only until it returns. */
public final class DimseRequest {
    private static final int MAX_COMMENT = 64;

    private final Dialogue dialogue;
    private final Message message;
    private final Negotiated negotiated;
    private final Operation operation;

    DimseRequest(Dialogue dialogue, Message message, Negotiated negotiated) {
        this.dialogue = dialogue;
        this.message = message;
        this.negotiated = negotiated;
        this.operation = Operation.of(message.field());
    }

    /** Null, before a handler is found, for what is none. */
    public Operation operation() {
        return operation;
    }

    public String sopClassUid() {
        return either(Tag.AffectedSOPClassUID, Tag.RequestedSOPClassUID);
    }

    /** Empty when the request names none. */
    public String sopInstanceUid() {
        return either(Tag.AffectedSOPInstanceUID, Tag.RequestedSOPInstanceUID);
    }

    /** The whole command. */
    public Attributes command() {
        return message.command();
    }

    /** Of an N-EVENT-REPORT or N-ACTION, what kind of event or action; -1 for others. */
    public int typeId() {
        return Math.max(message.number(Tag.EventTypeID), message.number(Tag.ActionTypeID));
    }

    /** Title of who requests it. */
    public String peerAeTitle() {
        return negotiated.peer();
    }

    public InetAddress peerAddress() {
        return negotiated.peerAddress();
    }

    /** UID of the encoding of the data set. */
    public String transferSyntax() {
        return message.context().transferSyntax();
    }

    /**
     * The data set, read into memory; empty when there is none. Once, and not together with {@link #datasetStream}.
     *
     * @throws org.isocenter.dicom.file.DicomFormatException when it is broken or too long; best passed on
     */
    public Attributes dataset() throws IOException {
        return message.hasDataset() ? dialogue.decode(message) : new Attributes();
    }

    /** The bytes of the data set as they come. Reads throw {@link DicomNetException} when the association fails. */
    public InputStream datasetStream() {
        return dialogue.datasetStream();
    }

    /** Sends a match of a C-FIND, before the final response. */
    public void sendMatch(Attributes match) throws DicomNetException {
        dialogue.respond(this, new DimseResponse(DimseStatus.of(operation, StatusTable.PENDING), "", match));
    }

    /** C-STORE of an object to the peer on this association, as a part of its C-GET. */
    public DimseStatus store(Attributes object) throws DicomNetException {
        return dialogue.store(object);
    }

    /** Tells how far a C-MOVE or C-GET has come, before the final response. */
    public void sendProgress(SubOperations progress) throws DicomNetException {
        DimseStatus pending = DimseStatus.of(operation, StatusTable.PENDING);
        dialogue.respond(this, new DimseResponse(pending, "", new Attributes(), progress));
    }

    /** Whether the peer asked for the end of this. */
    public boolean isCancelled() throws DicomNetException {
        return dialogue.isCancelled(message.messageId());
    }

    AcceptedContext context() {
        return message.context();
    }

    Attributes responseCommand(DimseResponse response) {
        Attributes command = new Attributes();
        repeat(command, Tag.AffectedSOPClassUID, Tag.RequestedSOPClassUID);
        command.setInt(Tag.CommandField, message.field() | Operation.RESPONSE);
        command.setInt(Tag.MessageIDBeingRespondedTo, message.messageId());
        DimseStatus status = response.status();
        command.setInt(Tag.Status, status.code());
        if (!status.errorComment().isEmpty()) {
            String comment = AeTitle.printable(status.errorComment()).replace('\\', '/');
            command.setString(Tag.ErrorComment, comment.substring(0, Math.min(MAX_COMMENT, comment.length())));
        }
        if (!status.offendingElements().isEmpty()) {
            TagList.set(command, Tag.OffendingElement, status.offendingElements());
        }
        SubOperations progress = response.subOperations();
        setCount(command, Tag.NumberOfRemainingSuboperations, progress.remaining());
        setCount(command, Tag.NumberOfCompletedSuboperations, progress.completed());
        setCount(command, Tag.NumberOfFailedSuboperations, progress.failed());
        setCount(command, Tag.NumberOfWarningSuboperations, progress.warning());
        if (response.sopInstanceUid().isEmpty()) {
            repeat(command, Tag.AffectedSOPInstanceUID, Tag.RequestedSOPInstanceUID);
        } else {
            command.setString(Tag.AffectedSOPInstanceUID, response.sopInstanceUid());
        }
        for (int tag : List.of(Tag.EventTypeID, Tag.ActionTypeID)) {
            if (message.number(tag) >= 0) {
                command.setInt(tag, message.number(tag));
            }
        }
        return command;
    }

    /** A UID of the request, as it came: it may break the rules of UIDs. */
    private void repeat(Attributes command, int affected, int requested) {
        int tag = message.command().contains(affected) ? affected : requested;
        if (message.command().contains(tag)) {
            command.setBytes(affected, VR.UI, message.command().getBytes(tag));
        }
    }

    private static void setCount(Attributes command, int tag, int count) {
        if (count >= 0) {
            command.setInt(tag, count);
        }
    }

    private String either(int first, int second) {
        String text = message.text(first);
        return text.isEmpty() ? message.text(second) : text;
    }
}
