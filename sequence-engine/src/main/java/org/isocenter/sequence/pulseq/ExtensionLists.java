package org.isocenter.sequence.pulseq;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Sequence;

/**
 * A sequence's extensions as files hold them: linked lists of references into one table for each kind. The head of list n has
 * the id n; lists share their tails.
 */
final class ExtensionLists {
    /** One entry of the linked lists. */
    record Link(int type, int reference, int next) {}

    private final List<Link> links = new ArrayList<>();
    private final Map<String, Integer> types = new LinkedHashMap<>();
    private final Map<String, Map<Extension, Integer>> tables = new LinkedHashMap<>();

    ExtensionLists(Sequence sequence) {
        int lists = sequence.extensionListCount();
        Link[] heads = new Link[lists];
        Map<Link, Integer> tails = new LinkedHashMap<>();
        for (int list = 1; list <= lists; list++) {
            List<Extension> extensions = sequence.extensions(list);
            int next = 0;
            for (int i = extensions.size() - 1; i >= 0; i--) {
                Link link = link(extensions.get(i), next);
                if (i == 0) {
                    heads[list - 1] = link;
                } else {
                    Integer known = tails.putIfAbsent(link, lists + tails.size() + 1);
                    next = known == null ? lists + tails.size() : known;
                }
            }
        }
        links.addAll(List.of(heads));
        links.addAll(tails.keySet());
    }

    private Link link(Extension extension, int next) {
        String name = name(extension);
        int type = types.computeIfAbsent(name, n -> types.size() + 1);
        Map<Extension, Integer> table = tables.computeIfAbsent(name, n -> new LinkedHashMap<>());
        return new Link(type, table.computeIfAbsent(extension, e -> table.size() + 1), next);
    }

    /** What files call this kind of extension. */
    static String name(Extension extension) {
        if (extension instanceof Extension.Label label) {
            return label.increment() ? ExtensionTable.LABELINC : ExtensionTable.LABELSET;
        } else if (extension instanceof Extension.Trigger) {
            return ExtensionTable.TRIGGERS;
        } else if (extension instanceof Extension.Turn) {
            return ExtensionTable.ROTATIONS;
        } else if (extension instanceof Extension.SoftDelay) {
            return ExtensionTable.SOFT_DELAYS;
        } else if (extension instanceof Extension.RfShim) {
            return ExtensionTable.RF_SHIMS;
        }
        return ((Extension.Unknown) extension).name();
    }

    boolean isEmpty() {
        return links.isEmpty();
    }

    /** The entries; the first has the id 1. */
    List<Link> links() {
        return links;
    }

    /** The extensions of each kind with their ids, by the name of the kind. */
    Map<String, Map<Extension, Integer>> tables() {
        return tables;
    }

    int type(String name) {
        return types.get(name);
    }
}
