package org.isocenter.dicom.net;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.DicomValueException;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.file.DicomFormatException;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.file.DicomWriter;
import org.isocenter.dicom.net.DicomNetException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages on one association (PS3.7): requests of ours and their responses, and the peer's requests, which are served
 * whenever they come. One thread.
 */
final class Dialogue {
    private static final Logger LOG = LoggerFactory.getLogger(Dialogue.class);
    private static final int NO_DATASET = 0x0101;
    private static final int WITH_DATASET = 0x0000;

    private final UpperLayer layer;
    private final Negotiated negotiated;
    private final NetSettings settings;
    private final Services services;
    private final MessageReader reader;
    private final MessageWriter writer;

    private int lastId;
    /** Requests of ours without a final response. */
    private final Map<Integer, Operation> underWay = new HashMap<>();

    private final Set<Integer> cancelled = new HashSet<>();
    /** Requests of the peer that are being served: one, or more when a handler talks to the peer meanwhile. */
    private int serving;

    Dialogue(UpperLayer layer, Negotiated negotiated, NetSettings settings, Services services)
            throws DicomNetException {
        this.layer = layer;
        this.negotiated = negotiated;
        this.settings = settings;
        this.services = services;
        this.reader = new MessageReader(layer, negotiated.byId(), settings.pduTimeout());
        this.writer = new MessageWriter(layer, negotiated.maxPduBytes());
    }

    boolean isIdle() {
        return underWay.isEmpty() && serving == 0;
    }

    /** A command with what all requests have. */
    static Attributes request(Operation operation, String sopClass, String sopInstance) {
        Attributes command = new Attributes();
        boolean requested = operation.isOfRequestedInstance();
        command.setString(requested ? Tag.RequestedSOPClassUID : Tag.AffectedSOPClassUID, sopClass);
        if (!sopInstance.isEmpty()) {
            command.setString(requested ? Tag.RequestedSOPInstanceUID : Tag.AffectedSOPInstanceUID, sopInstance);
        }
        command.setInt(Tag.CommandField, operation.commandField());
        return command;
    }

    /**
     * Sends a request whose data set is read as it goes out.
     *
     * @return its message id
     */
    int send(AcceptedContext context, Operation operation, Attributes command, Body body) throws IOException {
        int id = register(operation, command, true);
        writer.send(context.id(), command, body);
        return id;
    }

    /**
     * Sends a request.
     *
     * @param dataset null for none
     * @return its message id
     */
    int send(AcceptedContext context, Operation operation, Attributes command, Attributes dataset)
            throws DicomNetException {
        int id = register(operation, command, dataset != null);
        writer.send(context.id(), command, encode(context, dataset));
        return id;
    }

    private int register(Operation operation, Attributes command, boolean hasDataset) {
        do {
            lastId = lastId % 0xFFFF + 1;
        } while (underWay.containsKey(lastId));
        command.setInt(Tag.MessageID, lastId);
        command.setInt(Tag.CommandDataSetType, hasDataset ? WITH_DATASET : NO_DATASET);
        underWay.put(lastId, operation);
        return lastId;
    }

    private static byte[] encode(AcceptedContext context, Attributes dataset) {
        return dataset == null ? null : DicomWriter.toBytes(dataset, context.transferSyntax());
    }

    /** Asks for the end of an operation that is under way (C-CANCEL). Its final response still has to be awaited. */
    void cancel(AcceptedContext context, int messageId) throws DicomNetException {
        Attributes command = new Attributes();
        command.setInt(Tag.CommandField, Operation.CANCEL);
        command.setInt(Tag.MessageIDBeingRespondedTo, messageId);
        command.setInt(Tag.CommandDataSetType, NO_DATASET);
        writer.send(context.id(), command, (byte[]) null);
    }

    /** The next response to any of our requests; the peer's own requests are served while we wait. */
    Message awaitResponse() throws DicomNetException {
        while (true) {
            Message message = reader.next(
                    settings.replyTimeout(),
                    "the response to " + underWay.values().iterator().next());
            if (message == null) {
                layer.acceptRelease();
                throw layer.failure(Kind.CLOSED, "released the association instead of responding", null);
            }
            if (!message.isResponse()) {
                serve(message);
                continue;
            }
            Operation operation = underWay.get(message.respondedTo());
            if (operation == null || message.field() != (operation.commandField() | Operation.RESPONSE)) {
                throw layer.broken(
                        new PduException(PduException.UNEXPECTED_PARAMETER, "a response to what was not asked"));
            }
            if (message.number(Tag.Status) < 0) {
                throw layer.broken(new PduException(PduException.INVALID_PARAMETER, "a response without a status"));
            }
            if (message.status(operation).kind() != DimseStatus.Kind.PENDING) {
                underWay.remove(message.respondedTo());
            }
            return message;
        }
    }

    /** The response with its data set. */
    DimseResponse read(Message message, Operation operation) throws DicomNetException {
        String instance = message.text(Tag.AffectedSOPInstanceUID);
        return new DimseResponse(message.status(operation), instance, dataset(message), message.subOperations());
    }

    /**
     * An operation with one response; an answer of our own when there is no context for it.
     *
     * @param more adds to the command what only this operation has
     * @param dataset null for none
     */
    DimseResponse perform(
            Operation operation, String sopClass, String sopInstance, Consumer<Attributes> more, Attributes dataset)
            throws DicomNetException {
        AcceptedContext context = negotiated.context(operation, sopClass).orElse(null);
        if (context == null) {
            return DimseResponse.of(negotiated.refusal(operation, sopClass));
        }
        Attributes command = request(operation, sopClass, sopInstance);
        more.accept(command);
        send(context, operation, command, dataset);
        return read(awaitResponse(), operation);
    }

    /** C-STORE of an object in memory. */
    DimseStatus store(Attributes object) throws DicomNetException {
        return perform(
                        Operation.C_STORE,
                        object.getString(Tag.SOPClassUID),
                        object.getString(Tag.SOPInstanceUID),
                        Dialogue::setPriority,
                        object)
                .status();
    }

    /** Medium (PS3.7 E.1-1). */
    static void setPriority(Attributes command) {
        command.setInt(Tag.Priority, 0);
    }

    /** The message's data set; an empty one when it has none. */
    private Attributes dataset(Message message) throws DicomNetException {
        if (!message.hasDataset()) {
            return new Attributes();
        }
        try {
            return decode(message);
        } catch (DicomFormatException | DicomValueException e) {
            throw layer.broken(new PduException(PduException.INVALID_PARAMETER, e.getMessage()));
        } catch (DicomNetException e) {
            throw e;
        } catch (IOException e) {
            throw layer.failure(Kind.CLOSED, "cut the connection within a data set", e);
        }
    }

    Attributes decode(Message message) throws IOException {
        return DicomReader.readDataset(
                "a data set", reader.dataset(), message.context().transferSyntax(), settings.maxDatasetBytes());
    }

    InputStream datasetStream() {
        return reader.dataset();
    }

    /** Serves the peer until it releases the association. */
    void serveAll() throws DicomNetException {
        Message message = reader.next(settings.idleTimeout(), "a request");
        while (message != null) {
            serve(message);
            message = reader.next(settings.idleTimeout(), "a request");
        }
        layer.acceptRelease();
    }

    /** Serves one request of the peer. False when none came in time, or the peer released the association. */
    boolean serveOne(Duration atMost) throws DicomNetException {
        if (!layer.awaitInput(atMost)) {
            return false;
        }
        Message message = reader.next(settings.pduTimeout(), "a request");
        if (message == null) {
            layer.acceptRelease();
            return false;
        }
        serve(message);
        return true;
    }

    /** Whether the peer has asked for the end of a request that is being served. */
    boolean isCancelled(int messageId) throws DicomNetException {
        while (!cancelled.contains(messageId) && layer.hasInput()) {
            Message message = reader.next(settings.pduTimeout(), "a request");
            if (message == null) {
                throw layer.unexpected(new Pdu.ReleaseRequest());
            }
            serve(message);
        }
        return cancelled.contains(messageId);
    }

    private void serve(Message message) throws DicomNetException {
        if (message.field() == Operation.CANCEL) {
            if (serving > 0) {
                cancelled.add(message.respondedTo());
            }
            return;
        }
        if (message.isResponse() || message.field() < 0 || message.messageId() < 0) {
            throw layer.broken(
                    new PduException(PduException.UNEXPECTED_PARAMETER, "a message that is no request with a number"));
        }
        if (serving >= negotiated.performed()) {
            throw layer.broken(new PduException(
                    PduException.UNEXPECTED_PARAMETER,
                    "more than " + negotiated.performed() + " operations at once were asked of us"));
        }
        serving++;
        try {
            DimseRequest request = new DimseRequest(this, message, negotiated);
            respond(request, handle(request));
        } finally {
            serving--;
            cancelled.remove(message.messageId());
        }
    }

    private DimseResponse handle(DimseRequest request) throws DicomNetException {
        Operation operation = request.operation();
        DimseHandler handler = operation == null ? null : services.handler(operation, request.sopClassUid());
        if (operation == Operation.C_ECHO) {
            return DimseResponse.of(DimseStatus.success());
        }
        if (handler == null) {
            int code = operation == null ? StatusTable.UNRECOGNIZED_OPERATION : StatusTable.SOP_CLASS_NOT_SUPPORTED;
            return DimseResponse.of(StatusTable.of(Operation.C_ECHO, code));
        }
        try {
            return handler.handle(request);
        } catch (DicomNetException e) {
            throw e;
        } catch (DicomFormatException e) {
            LOG.warn("{} from {} could not be read", operation, negotiated.peer());
            int code = operation.isNormalized() ? StatusTable.PROCESSING_FAILURE : StatusTable.CANNOT_UNDERSTAND;
            return DimseResponse.of(DimseStatus.of(operation, code));
        } catch (IOException | RuntimeException e) {
            // The message of what failed may hold what was received: only its class is told.
            LOG.warn("{} from {} failed here with {}", operation, negotiated.peer(), e.getClass());
            return DimseResponse.of(DimseStatus.of(operation, StatusTable.PROCESSING_FAILURE));
        }
    }

    /** Sends a response. What the handler left unread of the request is passed over first. */
    void respond(DimseRequest request, DimseResponse response) throws DicomNetException {
        reader.skipDataset();
        Attributes command = request.responseCommand(response);
        Attributes dataset = response.dataset().size() > 0 ? response.dataset() : null;
        command.setInt(Tag.CommandDataSetType, dataset == null ? NO_DATASET : WITH_DATASET);
        writer.send(request.context().id(), command, encode(request.context(), dataset));
    }
}
