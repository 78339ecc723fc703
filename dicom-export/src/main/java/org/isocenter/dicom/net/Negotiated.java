package org.isocenter.dicom.net;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What both sides agreed upon when an association was set up.
 *
 * @param peer its title
 * @param peerImplementation implementation version name or class UID that it told
 * @param maxPduBytes longest PDU that the peer takes; 0 for any
 * @param invoked operations that we may have under way at once
 * @param performed operations that the peer may have under way at once
 * @param contexts that were accepted
 * @param refusals why others were not, by SOP class
 * @param relational SOP classes with relational queries
 */
record Negotiated(
        String peer,
        InetAddress peerAddress,
        String peerImplementation,
        int maxPduBytes,
        int invoked,
        int performed,
        List<AcceptedContext> contexts,
        Map<String, String> refusals,
        Set<String> relational) {

    Map<Integer, AcceptedContext> byId() {
        return contexts.stream().collect(Collectors.toMap(AcceptedContext::id, Function.identity()));
    }

    /** The first context on which we may send such requests. */
    Optional<AcceptedContext> context(Operation operation, String sopClass) {
        return contexts.stream()
                .filter(context -> context.abstractSyntax().equals(sopClass) && context.allows(operation))
                .findFirst();
    }

    Optional<AcceptedContext> context(Operation operation, String sopClass, String transferSyntax) {
        return contexts.stream()
                .filter(context -> context.abstractSyntax().equals(sopClass)
                        && context.transferSyntax().equals(transferSyntax)
                        && context.allows(operation))
                .findFirst();
    }

    /** The answer to a request that there is no context for. */
    DimseStatus refusal(Operation operation, String sopClass) {
        DimseStatus status = DimseStatus.of(operation, StatusTable.SOP_CLASS_NOT_SUPPORTED);
        String why = refusals.getOrDefault(sopClass, "not in this role, or not in its transfer syntax");
        return new DimseStatus(
                status.code(),
                status.kind(),
                status.name(),
                "the peer did not accept " + sopClass + " when the association was opened (" + why + ")",
                "",
                List.of());
    }
}
