package org.isocenter.dicom.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomFileStart;
import org.isocenter.dicom.file.DicomReader;

/**
 * A conversation with a peer that we opened. One thread at a time, except {@link #abort}. Every operation waits until it is
 * answered or a time-out of {@link NetSettings} has passed; what the peer answers is a {@link DimseStatus}, also when it is
 * no; {@link DicomNetException} says that the association is over. An operation on a SOP class that the peer did not accept
 * is answered here, with 0x0122.
 */
public final class Association implements AutoCloseable {
    /** Takes what became of the files of {@link #storeAll}, in the order of the answers. */
    public interface StoreListener {
        /** The peer's answer. */
        void answered(Path file, DimseStatus status);

        /** The file could not be read, and was not sent. */
        void unreadable(Path file, IOException problem);
    }

    private final UpperLayer layer;
    private final Negotiated negotiated;
    private final Dialogue dialogue;

    Association(UpperLayer layer, Negotiated negotiated, NetSettings settings, Services services)
            throws DicomNetException {
        this.layer = layer;
        this.negotiated = negotiated;
        this.dialogue = new Dialogue(layer, negotiated, settings, services);
    }

    /** Opens an association on which the peer may request nothing but C-ECHO. */
    public static Association open(Peer peer, NetSettings settings, List<PresentationContext> contexts)
            throws DicomNetException {
        return open(peer, settings, contexts, Services.NONE);
    }

    /**
     * Connects and proposes the contexts.
     *
     * @param contexts 1 to 128
     * @param services what the peer may request on this association: C-STORE during C-GET, N-EVENT-REPORT
     * @throws DicomNetException also when the peer accepted none of the contexts
     */
    public static Association open(
            Peer peer, NetSettings settings, List<PresentationContext> contexts, Services services)
            throws DicomNetException {
        return open(peer, settings, contexts, services, abort -> {});
    }

    /**
     * Connects and proposes the contexts, in a way that can be broken off.
     *
     * @param onOpen takes, before anything is waited for, what ends the opening at once, and later the association, from any
     *     thread: the same as {@link #abort}
     */
    public static Association open(
            Peer peer,
            NetSettings settings,
            List<PresentationContext> contexts,
            Services services,
            Consumer<Runnable> onOpen)
            throws DicomNetException {
        return Requestor.open(peer, settings, contexts, services, onOpen);
    }

    /** Whether we may send such requests. */
    public boolean accepts(Operation operation, String sopClass) {
        return negotiated.context(operation, sopClass).isPresent();
    }

    /** Whether the peer answers relational queries of this SOP class. */
    public boolean hasRelationalQueries(String sopClass) {
        return negotiated.relational().contains(sopClass);
    }

    /** What software the peer says it is: a name, or a UID. */
    public String peerImplementation() {
        return negotiated.peerImplementation();
    }

    /** How many operations we may have under way at once. */
    public int operationsWindow() {
        return negotiated.invoked();
    }

    /** C-ECHO: whether the peer is there. */
    public DimseStatus echo() throws DicomNetException {
        return dialogue.perform(Operation.C_ECHO, UID.Verification, "", command -> {}, null)
                .status();
    }

    /**
     * C-STORE of a Part 10 file. It goes out as it is when the peer accepted its transfer syntax; otherwise it is turned into
     * what the peer accepted, if it is uncompressed.
     *
     * @throws DicomNetException when the association failed
     * @throws IOException when the file could not be read; the association goes on unless half of it was sent
     */
    public DimseStatus store(Path file) throws IOException {
        DicomFileStart start = DicomReader.readStart(file);
        AcceptedContext context = storageContext(start);
        if (context == null) {
            return refusal(start);
        }
        sendFile(file, start, context);
        return dialogue.awaitResponse().status(Operation.C_STORE);
    }

    /** C-STORE of an object in memory, with SOPClassUID and SOPInstanceUID. */
    public DimseStatus store(Attributes object) throws DicomNetException {
        return dialogue.store(object);
    }

    /**
     * C-STORE of many files, several of them under way at once when the peer allows it.
     *
     * @throws DicomNetException when the association failed: the files that the listener was not told of may have arrived or not
     */
    public void storeAll(Iterable<Path> files, StoreListener listener) throws DicomNetException {
        Map<Integer, Path> underWay = new HashMap<>();
        for (Path file : files) {
            while (underWay.size() >= negotiated.invoked()) {
                awaitStored(underWay, listener);
            }
            try {
                DicomFileStart start = DicomReader.readStart(file);
                AcceptedContext context = storageContext(start);
                if (context == null) {
                    listener.answered(file, refusal(start));
                } else {
                    underWay.put(sendFile(file, start, context), file);
                }
            } catch (DicomNetException e) {
                throw e;
            } catch (IOException e) {
                listener.unreadable(file, e);
            }
        }
        while (!underWay.isEmpty()) {
            awaitStored(underWay, listener);
        }
    }

    private void awaitStored(Map<Integer, Path> underWay, StoreListener listener) throws DicomNetException {
        Message response = dialogue.awaitResponse();
        Path file = underWay.remove(response.respondedTo());
        listener.answered(file, response.status(Operation.C_STORE));
    }

    private AcceptedContext storageContext(DicomFileStart start) {
        String sopClass = sopClass(start);
        return negotiated
                .context(Operation.C_STORE, sopClass, start.transferSyntax())
                .or(() -> negotiated
                        .context(Operation.C_STORE, sopClass)
                        .filter(context -> isPlain(context.transferSyntax()) && isPlain(start.transferSyntax())))
                .orElse(null);
    }

    private DimseStatus refusal(DicomFileStart start) {
        return negotiated.refusal(Operation.C_STORE, sopClass(start));
    }

    private static String sopClass(DicomFileStart start) {
        String sopClass = start.meta().getString(Tag.MediaStorageSOPClassUID);
        return sopClass == null ? "" : sopClass;
    }

    private int sendFile(Path file, DicomFileStart start, AcceptedContext context) throws IOException {
        String instance = start.meta().getString(Tag.MediaStorageSOPInstanceUID);
        if (instance == null || !UID.isValid(instance)) {
            throw new IOException(file + " does not say a valid SOP Instance UID in its header");
        }
        Attributes command = Dialogue.request(Operation.C_STORE, sopClass(start), instance);
        Dialogue.setPriority(command);
        if (!context.transferSyntax().equals(start.transferSyntax())) {
            Attributes dataset = DicomReader.read(file).dataset();
            return dialogue.send(context, Operation.C_STORE, command, dataset);
        }
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(start.datasetOffset());
            Body body = new Body(in, Files.size(file) - start.datasetOffset());
            return dialogue.send(context, Operation.C_STORE, command, body);
        }
    }

    private static boolean isPlain(String transferSyntax) {
        return transferSyntax.equals(UID.ExplicitVRLittleEndian) || transferSyntax.equals(UID.ImplicitVRLittleEndian);
    }

    /**
     * C-FIND.
     *
     * @param sopClass information model: study root, worklist
     * @param keys what to match and what to return
     * @param onMatch takes each match as it comes; false cancels the search
     * @return the final status
     */
    public DimseStatus find(String sopClass, Attributes keys, Predicate<Attributes> onMatch) throws DicomNetException {
        return retrieve(Operation.C_FIND, sopClass, Dialogue::setPriority, keys, match -> onMatch.test(match.dataset))
                .status();
    }

    /**
     * C-MOVE: the peer sends what matches to {@code destination}, on associations that it opens.
     *
     * @param progress takes how far it is; false cancels
     * @return the final response; its data set may list the objects that failed
     */
    public DimseResponse move(String sopClass, String destination, Attributes keys, Predicate<SubOperations> progress)
            throws DicomNetException {
        Consumer<Attributes> more = command -> {
            Dialogue.setPriority(command);
            command.setString(Tag.MoveDestination, destination);
        };
        return retrieve(Operation.C_MOVE, sopClass, more, keys, pending -> progress.test(pending.subOperations));
    }

    /**
     * C-GET: the peer sends what matches on this association, to the handlers of C-STORE that it was opened with.
     *
     * @param progress takes how far it is; false cancels
     * @return the final response; its data set may list the objects that failed
     */
    public DimseResponse get(String sopClass, Attributes keys, Predicate<SubOperations> progress)
            throws DicomNetException {
        return retrieve(
                Operation.C_GET,
                sopClass,
                Dialogue::setPriority,
                keys,
                pending -> progress.test(pending.subOperations));
    }

    /** N-CREATE. @param sopInstance UID; empty to let the peer choose */
    public DimseResponse nCreate(String sopClass, String sopInstance, Attributes dataset) throws DicomNetException {
        return dialogue.perform(Operation.N_CREATE, sopClass, sopInstance, command -> {}, dataset);
    }

    /** N-SET. @param changes the attributes to change */
    public DimseResponse nSet(String sopClass, String sopInstance, Attributes changes) throws DicomNetException {
        return dialogue.perform(Operation.N_SET, sopClass, sopInstance, command -> {}, changes);
    }

    /** N-GET. @param tags to return; none for all */
    public DimseResponse nGet(String sopClass, String sopInstance, int... tags) throws DicomNetException {
        List<Integer> list = IntStream.of(tags).boxed().toList();
        Consumer<Attributes> more = command -> TagList.set(command, Tag.AttributeIdentifierList, list);
        return dialogue.perform(Operation.N_GET, sopClass, sopInstance, tags.length == 0 ? command -> {} : more, null);
    }

    /** N-ACTION. @param actionType what to do, of those that the SOP class knows */
    public DimseResponse nAction(String sopClass, String sopInstance, int actionType, Attributes information)
            throws DicomNetException {
        Consumer<Attributes> more = command -> command.setInt(Tag.ActionTypeID, actionType);
        return dialogue.perform(Operation.N_ACTION, sopClass, sopInstance, more, information);
    }

    /** N-EVENT-REPORT, which the provider of a SOP class sends. @param eventType what happened */
    public DimseResponse nEventReport(String sopClass, String sopInstance, int eventType, Attributes information)
            throws DicomNetException {
        Consumer<Attributes> more = command -> command.setInt(Tag.EventTypeID, eventType);
        return dialogue.perform(Operation.N_EVENT_REPORT, sopClass, sopInstance, more, information);
    }

    /** Serves one request of the peer, or waits for none: false when none came, or the peer released the association. */
    public boolean serveOne(Duration atMost) throws DicomNetException {
        return dialogue.serveOne(atMost);
    }

    /** Serves the peer until it releases the association. */
    void serveAll() throws DicomNetException {
        dialogue.serveAll();
    }

    /** A response while more are to come. */
    private record Pending(Attributes dataset, SubOperations subOperations) {}

    /** An operation with pending responses. */
    private DimseResponse retrieve(
            Operation operation,
            String sopClass,
            Consumer<Attributes> more,
            Attributes keys,
            Predicate<Pending> onPending)
            throws DicomNetException {
        AcceptedContext context = negotiated.context(operation, sopClass).orElse(null);
        if (context == null) {
            return DimseResponse.of(negotiated.refusal(operation, sopClass));
        }
        Attributes command = Dialogue.request(operation, sopClass, "");
        more.accept(command);
        int id = dialogue.send(context, operation, command, keys);
        boolean wanted = true;
        while (true) {
            Message message = dialogue.awaitResponse();
            DimseResponse response = dialogue.read(message, operation);
            if (response.status().kind() != DimseStatus.Kind.PENDING) {
                return response;
            }
            if (wanted && !onPending.test(new Pending(response.dataset(), message.subOperations()))) {
                wanted = false;
                dialogue.cancel(context, id);
            }
        }
    }

    /** Ends the association in good order. */
    public void release() throws DicomNetException {
        if (layer.isOpen()) {
            layer.release();
        }
    }

    /** Ends the association at once, from any thread: what waits on it fails with kind ABORTED. */
    public void abort() {
        layer.abort();
    }

    /** Releases the association if nothing is under way, and aborts it otherwise. */
    @Override
    public void close() {
        if (!layer.isOpen()) {
            return;
        }
        if (!dialogue.isIdle()) {
            layer.abort();
            return;
        }
        try {
            layer.release();
        } catch (DicomNetException e) {
            // Everything that was asked was answered: how the peer takes the end does not matter.
            layer.end();
        }
    }
}
