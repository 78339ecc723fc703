package org.isocenter.dicom.net;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.isocenter.dicom.data.UID;

/** Answers association requests (PS3.8 9.2, AE-5 to AE-8). */
final class Acceptor {
    /** Who may talk to us, and how many at once. */
    interface Policy {
        /** Whether this title is configured, with this address. */
        boolean knows(String aeTitle, InetAddress address);

        /** Takes a place for an association. */
        boolean takePlace();
    }

    private Acceptor() {}

    /** The association; null when it was rejected. */
    static Association accept(UpperLayer layer, NetSettings settings, Services services, Policy policy)
            throws DicomNetException {
        Pdu first = layer.read(settings.associateTimeout(), "an association request");
        if (!(first instanceof Pdu.Associate request) || request.accept()) {
            throw layer.unexpected(first);
        }
        layer.name(request.callingAeTitle() + " at "
                + layer.connection().remoteAddress().getHostAddress());
        Pdu.Reject reject = rejection(layer, settings, policy, request);
        if (reject != null) {
            layer.reject(reject);
            return null;
        }
        List<AcceptedContext> contexts = new ArrayList<>();
        Map<String, UserInformation.Role> roles = new HashMap<>();
        List<Pdu.Context> answers = new ArrayList<>();
        Set<Integer> ids = new HashSet<>();
        for (Pdu.Context proposal : request.contexts()) {
            if (proposal.id() % 2 == 0 || !ids.add(proposal.id())) {
                throw layer.broken(new PduException(
                        PduException.INVALID_PARAMETER,
                        "presentation context " + proposal.id() + " is even, or proposed twice"));
            }
            answers.add(answer(proposal, request.user(), services, contexts, roles));
        }
        UserInformation theirs = request.user();
        UserInformation ours = new UserInformation(
                settings.maxPduBytes(),
                UID.ImplementationClass,
                UID.ImplementationVersion,
                UserInformation.window(theirs.maxInvoked(), settings.maxOperations()),
                UserInformation.window(theirs.maxPerformed(), settings.maxOperations()),
                roles,
                Map.of());
        byte[] accept = AssociateCodec.encode(new Pdu.Associate(
                true,
                Requestor.PROTOCOL_VERSION,
                request.calledAeTitle(),
                request.callingAeTitle(),
                Requestor.APPLICATION_CONTEXT,
                answers,
                ours));
        layer.write(accept, accept.length);
        layer.opened();
        Negotiated negotiated = new Negotiated(
                request.callingAeTitle(),
                layer.connection().remoteAddress(),
                theirs.implementation(),
                theirs.maxPduBytes(),
                ours.maxPerformed(),
                ours.maxInvoked(),
                contexts,
                Map.of(),
                Set.of());
        return new Association(layer, negotiated, settings, services);
    }

    private static Pdu.Reject rejection(UpperLayer layer, NetSettings settings, Policy policy, Pdu.Associate request) {
        if ((request.protocolVersion() & Requestor.PROTOCOL_VERSION) == 0) {
            return new Pdu.Reject(Reasons.REJECTED_PERMANENTLY, Reasons.SOURCE_ACSE, Reasons.PROTOCOL_VERSION);
        }
        if (!request.applicationContext().equals(Requestor.APPLICATION_CONTEXT)) {
            return new Pdu.Reject(Reasons.REJECTED_PERMANENTLY, Reasons.SOURCE_USER, Reasons.APPLICATION_CONTEXT);
        }
        if (!request.calledAeTitle().equals(settings.localAeTitle())) {
            return new Pdu.Reject(Reasons.REJECTED_PERMANENTLY, Reasons.SOURCE_USER, Reasons.CALLED_TITLE);
        }
        if (!policy.knows(request.callingAeTitle(), layer.connection().remoteAddress())) {
            return new Pdu.Reject(Reasons.REJECTED_PERMANENTLY, Reasons.SOURCE_USER, Reasons.CALLING_TITLE);
        }
        if (!policy.takePlace()) {
            return new Pdu.Reject(Reasons.REJECTED_FOR_NOW, Reasons.SOURCE_PRESENTATION, Reasons.LOCAL_LIMIT);
        }
        return null;
    }

    /** Adds to {@code contexts} and {@code roles} what is accepted. */
    private static Pdu.Context answer(
            Pdu.Context proposal,
            UserInformation theirs,
            Services services,
            List<AcceptedContext> contexts,
            Map<String, UserInformation.Role> roles) {
        String sopClass = proposal.abstractSyntax();
        boolean user = services.allowsUser(sopClass);
        boolean provider = services.allowsProvider(sopClass);
        if (!user && !provider) {
            return refused(proposal, Reasons.ABSTRACT_SYNTAX);
        }
        String transferSyntax = services.transferSyntaxes(sopClass).stream()
                .filter(proposal.transferSyntaxes()::contains)
                .findFirst()
                .orElse(null);
        if (transferSyntax == null) {
            return refused(proposal, Reasons.TRANSFER_SYNTAXES);
        }
        UserInformation.Role asked = theirs.roles().get(sopClass);
        if (asked != null) {
            user &= asked.user();
            provider &= asked.provider();
            roles.put(sopClass, new UserInformation.Role(user, provider));
        }
        contexts.add(new AcceptedContext(proposal.id(), sopClass, transferSyntax, provider && asked != null, user));
        return new Pdu.Context(proposal.id(), Reasons.ACCEPTED, "", List.of(transferSyntax));
    }

    /** Its transfer syntax says nothing, but has to be there. */
    private static Pdu.Context refused(Pdu.Context proposal, int result) {
        return new Pdu.Context(proposal.id(), result, "", List.of(UID.ImplicitVRLittleEndian));
    }
}
