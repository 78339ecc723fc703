package org.isocenter.dicom.net;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.isocenter.dicom.data.UID;

/**
 * What this side does for peers: a handler for each operation on a SOP class. C-ECHO is always answered. Immutable.
 */
public final class Services {
    /** Nothing but C-ECHO. */
    public static final Services NONE = new Services(Map.of(), Map.of(UID.Verification, plain()), Set.of());

    private record Key(Operation operation, String sopClass) {}

    private final Map<Key, DimseHandler> handlers;
    /** Transfer syntaxes by SOP class, the preferred one first. */
    private final Map<String, List<String>> transferSyntaxes;

    private final Set<String> clients;

    private Services(Map<Key, DimseHandler> handlers, Map<String, List<String>> transferSyntaxes, Set<String> clients) {
        this.handlers = handlers;
        this.transferSyntaxes = transferSyntaxes;
        this.clients = clients;
    }

    /** Also this operation, in Explicit or Implicit VR Little Endian. */
    public Services with(Operation operation, String sopClass, DimseHandler handler) {
        return with(operation, List.of(sopClass), plain(), handler);
    }

    /**
     * Also this operation.
     *
     * @param accepted transfer syntaxes, the preferred one first
     */
    public Services with(
            Operation operation, Collection<String> sopClasses, List<String> accepted, DimseHandler handler) {
        Map<Key, DimseHandler> more = new HashMap<>(handlers);
        Map<String, List<String>> moreSyntaxes = new HashMap<>(transferSyntaxes);
        for (String sopClass : sopClasses) {
            more.put(new Key(operation, sopClass), handler);
            moreSyntaxes.put(sopClass, List.copyOf(accepted));
        }
        return new Services(Map.copyOf(more), Map.copyOf(moreSyntaxes), clients);
    }

    /** Also lets a requestor be the provider of these, so that we can send them such requests: storage for C-GET. */
    public Services withClientRole(Collection<String> sopClasses) {
        Set<String> more = new HashSet<>(clients);
        more.addAll(sopClasses);
        Map<String, List<String>> moreSyntaxes = new HashMap<>(transferSyntaxes);
        sopClasses.forEach(sopClass -> moreSyntaxes.putIfAbsent(sopClass, plain()));
        return new Services(handlers, Map.copyOf(moreSyntaxes), Set.copyOf(more));
    }

    /** Null when there is none. */
    DimseHandler handler(Operation operation, String sopClass) {
        return handlers.get(new Key(operation, sopClass));
    }

    /** None for a SOP class that is not served. */
    List<String> transferSyntaxes(String sopClass) {
        return transferSyntaxes.getOrDefault(sopClass, List.of());
    }

    /** Whether a requestor may be this class's user here. */
    boolean allowsUser(String sopClass) {
        return sopClass.equals(UID.Verification)
                || handlers.keySet().stream()
                        .anyMatch(key -> key.sopClass.equals(sopClass) && !key.operation.isSentByProvider());
    }

    /** Whether a requestor may be this class's provider here. */
    boolean allowsProvider(String sopClass) {
        return clients.contains(sopClass)
                || handlers.keySet().stream()
                        .anyMatch(key -> key.sopClass.equals(sopClass) && key.operation.isSentByProvider());
    }

    private static List<String> plain() {
        return List.of(UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian);
    }
}
