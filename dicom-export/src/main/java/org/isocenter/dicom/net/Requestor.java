package org.isocenter.dicom.net;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.net.DicomNetException.Kind;

/** Sets up an association with a peer (PS3.8 9.2, AE-1 to AE-4). */
final class Requestor {
    static final String APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1";
    static final int PROTOCOL_VERSION = 1;
    private static final int MAX_CONTEXTS = 128;

    private Requestor() {}

    /** @param onOpen takes, before anything is waited for, what ends the opening and then the association from any thread */
    static Association open(
            Peer peer,
            NetSettings settings,
            List<PresentationContext> contexts,
            Services services,
            Consumer<Runnable> onOpen)
            throws DicomNetException {
        if (contexts.isEmpty() || contexts.size() > MAX_CONTEXTS) {
            throw new IllegalArgumentException(
                    "an association has 1 to " + MAX_CONTEXTS + " presentation contexts, not " + contexts.size());
        }
        AbortSwitch abort = new AbortSwitch();
        onOpen.accept(abort::abort);
        UpperLayer layer = new UpperLayer(connect(peer, settings, abort), settings, true, peer.toString());
        abort.endsBy(layer::abort);
        byte[] request = AssociateCodec.encode(request(peer, settings, contexts));
        layer.write(request, request.length);
        Pdu answer = layer.read(settings.associateTimeout(), "the answer to our association request");
        if (answer instanceof Pdu.Reject reject) {
            layer.end();
            throw new DicomNetException(
                    Kind.REJECTED,
                    reject.result() == Reasons.REJECTED_FOR_NOW,
                    peer + " rejected the association: "
                            + Reasons.ofRejection(reject, settings.localAeTitle(), peer.aeTitle()),
                    null);
        }
        if (!(answer instanceof Pdu.Associate accept) || !accept.accept()) {
            throw layer.unexpected(answer);
        }
        Negotiated negotiated = negotiated(layer, peer, settings, contexts, accept);
        layer.opened();
        Association association = new Association(layer, negotiated, settings, services);
        if (negotiated.contexts().isEmpty()) {
            association.close();
            throw new DicomNetException(
                    Kind.NOTHING_ACCEPTED,
                    false,
                    peer + " accepted nothing of what was proposed; have it enabled there: " + negotiated.refusals(),
                    null);
        }
        return association;
    }

    private static Connection connect(Peer peer, NetSettings settings, AbortSwitch abort) throws DicomNetException {
        TlsSockets tls = peer.tls().isPresent() ? TlsSockets.of(peer.tls().get()) : null;
        Socket socket = new Socket();
        try {
            InetAddress host = HostLookup.find(peer.host(), settings.connectTimeout(), abort);
            abort.endsBy(() -> Watchdog.close(socket));
            socket.connect(new InetSocketAddress(host, peer.port()), (int)
                    settings.connectTimeout().toMillis());
            return tls == null ? new Connection(socket, socket) : tls.connect(peer, socket, settings.connectTimeout());
        } catch (IOException e) {
            Watchdog.close(socket);
            if (abort.isAborted()) {
                throw UpperLayer.abortedHere(peer.toString(), e);
            }
            if (e instanceof DicomNetException failure) {
                throw failure;
            }
            throw new DicomNetException(Kind.UNREACHABLE, peer + " cannot be reached: " + why(e, settings), e);
        }
    }

    private static String why(IOException failure, NetSettings settings) {
        if (failure instanceof UnknownHostException) {
            return "its host name is not known; check its spelling and the name server";
        }
        if (failure instanceof SocketTimeoutException) {
            return "no answer within " + UpperLayer.seconds(settings.connectTimeout())
                    + "; check the address, the network and firewalls";
        }
        if (failure instanceof ConnectException) {
            return "nothing listens there; check that it runs, and its port";
        }
        return "there is no way to it; check the address and the network";
    }

    private static Pdu.Associate request(Peer peer, NetSettings settings, List<PresentationContext> contexts) {
        List<Pdu.Context> items = new ArrayList<>();
        Map<String, UserInformation.Role> roles = new HashMap<>();
        Map<String, byte[]> extended = new HashMap<>();
        for (PresentationContext context : contexts) {
            int id = 2 * items.size() + 1;
            items.add(new Pdu.Context(id, 0, context.abstractSyntax(), context.transferSyntaxes()));
            if (context.asProvider()) {
                roles.merge(
                        context.abstractSyntax(),
                        new UserInformation.Role(context.asUser(), true),
                        (a, b) -> new UserInformation.Role(a.user() || b.user(), true));
            }
            if (context.relationalQueries()) {
                extended.put(context.abstractSyntax(), new byte[] {1});
            }
        }
        UserInformation user = new UserInformation(
                settings.maxPduBytes(),
                UID.ImplementationClass,
                UID.ImplementationVersion,
                settings.maxOperations(),
                settings.maxOperations(),
                roles,
                extended);
        return new Pdu.Associate(
                false, PROTOCOL_VERSION, peer.aeTitle(), settings.localAeTitle(), APPLICATION_CONTEXT, items, user);
    }

    private static Negotiated negotiated(
            UpperLayer layer,
            Peer peer,
            NetSettings settings,
            List<PresentationContext> proposals,
            Pdu.Associate answer)
            throws DicomNetException {
        UserInformation user = answer.user();
        List<AcceptedContext> contexts = new ArrayList<>();
        Map<String, String> refusals = new HashMap<>();
        Set<Integer> answered = new HashSet<>();
        for (Pdu.Context item : answer.contexts()) {
            int index = (item.id() - 1) / 2;
            if (item.id() % 2 == 0 || index >= proposals.size() || !answered.add(index)) {
                throw layer.broken(new PduException(
                        PduException.INVALID_PARAMETER,
                        "presentation context " + item.id() + " was not proposed, or answered twice"));
            }
            PresentationContext proposal = proposals.get(index);
            if (item.result() != Reasons.ACCEPTED) {
                refusals.putIfAbsent(proposal.abstractSyntax(), Reasons.ofContext(item.result()));
                continue;
            }
            if (item.transferSyntaxes().size() != 1
                    || !proposal.transferSyntaxes().containsAll(item.transferSyntaxes())) {
                throw layer.broken(new PduException(
                        PduException.INVALID_PARAMETER, "a transfer syntax was accepted that was not proposed"));
            }
            // Without an answer about roles, the requestor is the user (PS3.7 D.3.3.4).
            UserInformation.Role role =
                    user.roles().getOrDefault(proposal.abstractSyntax(), new UserInformation.Role(true, false));
            contexts.add(new AcceptedContext(
                    item.id(),
                    proposal.abstractSyntax(),
                    item.transferSyntaxes().get(0),
                    proposal.asUser() && role.user(),
                    proposal.asProvider() && role.provider()));
        }
        Set<String> relational = new HashSet<>();
        user.extended().forEach((sopClass, bytes) -> {
            if (bytes.length > 0 && bytes[0] == 1) {
                relational.add(sopClass);
            }
        });
        return new Negotiated(
                peer.aeTitle(),
                layer.connection().remoteAddress(),
                user.implementation(),
                user.maxPduBytes(),
                UserInformation.window(user.maxInvoked(), settings.maxOperations()),
                UserInformation.window(user.maxPerformed(), settings.maxOperations()),
                contexts,
                refusals,
                relational);
    }
}
