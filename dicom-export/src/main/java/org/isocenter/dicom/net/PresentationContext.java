package org.isocenter.dicom.net;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.isocenter.dicom.data.UID;

/**
 * What a requestor proposes to talk about: one SOP class in one of several encodings (PS3.8 9.3.2.2), and who is to be what.
 *
 * @param abstractSyntax SOP class UID
 * @param transferSyntaxes UIDs, the preferred one first; the acceptor picks one
 * @param asUser whether we want to be its service class user, which is the default in DICOM
 * @param asProvider whether we want to be its provider: of storage for C-GET, of commitment for N-EVENT-REPORT
 * @param relationalQueries whether relational queries are asked for (PS3.4 C.5.1.1)
 */
public record PresentationContext(
        String abstractSyntax,
        List<String> transferSyntaxes,
        boolean asUser,
        boolean asProvider,
        boolean relationalQueries) {

    /** @throws IllegalArgumentException for what is no UID, or for no transfer syntax or role */
    public PresentationContext {
        transferSyntaxes = List.copyOf(transferSyntaxes);
        if (!UID.isValid(abstractSyntax) || !transferSyntaxes.stream().allMatch(UID::isValid)) {
            throw new IllegalArgumentException("a presentation context of what are no UIDs: " + abstractSyntax);
        }
        if (transferSyntaxes.isEmpty() || !asUser && !asProvider) {
            throw new IllegalArgumentException("a presentation context without transfer syntax or role");
        }
    }

    /** As service class user, in Explicit or Implicit VR Little Endian, whichever the peer prefers. */
    public static PresentationContext of(String abstractSyntax) {
        return new PresentationContext(
                abstractSyntax, List.of(UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian), true, false, false);
    }

    /** One for each SOP class and transfer syntax, so that the peer can take every file as it is. */
    public static List<PresentationContext> ofEach(Collection<String> sopClasses, Collection<String> transferSyntaxes) {
        List<PresentationContext> contexts = new ArrayList<>();
        for (String sopClass : sopClasses) {
            for (String transferSyntax : transferSyntaxes) {
                contexts.add(new PresentationContext(sopClass, List.of(transferSyntax), true, false, false));
            }
        }
        return contexts;
    }

    /** As its provider only. */
    public PresentationContext provided() {
        return new PresentationContext(abstractSyntax, transferSyntaxes, false, true, relationalQueries);
    }

    /** Asking for relational queries. */
    public PresentationContext relational() {
        return new PresentationContext(abstractSyntax, transferSyntaxes, asUser, asProvider, true);
    }
}
