package org.isocenter.sequence.pulseq;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.isocenter.sequence.Extension;

/** The linked lists of a file's extensions and what they point to, whether it is text or binary. */
final class ExtensionTable {
    static final String EXTENSIONS = "EXTENSIONS";
    static final String TRIGGERS = "TRIGGERS";
    static final String LABELSET = "LABELSET";
    static final String LABELINC = "LABELINC";
    static final String SOFT_DELAYS = "DELAYS";
    static final String ROTATIONS = "ROTATIONS";
    static final String RF_SHIMS = "RF_SHIMS";
    static final Set<String> KNOWN = Set.of(TRIGGERS, LABELSET, LABELINC, SOFT_DELAYS, ROTATIONS, RF_SHIMS);

    /** What is missing of these changes what is played, so that the sequence would not be the one that was meant. */
    private static final Set<String> PLAYED = Set.of(ROTATIONS, RF_SHIMS);

    /** No real block has more; a list this long is a cycle or an attack. */
    private static final int MAX_PER_BLOCK = 64;

    private static final int MAX_WARNINGS = 100;

    private record Link(int type, int reference, int next, Place place) {}

    /** One kind of extension that the file holds. */
    static final class Kind {
        private final String name;
        private final IdTable<Extension> entries = new IdTable<>();

        private Kind(String name) {
            this.name = name;
        }

        void add(Place at, int id, Extension extension) throws PulseqFormatException {
            EventTables.put(at, entries, id, extension);
        }
    }

    private final String file;
    private final List<String> warnings;
    private final IdTable<Link> links = new IdTable<>();
    private final Map<Integer, Kind> kinds = new HashMap<>();
    private final IdTable<List<Extension>> resolved = new IdTable<>();
    private final Set<String> warned = new HashSet<>();

    ExtensionTable(String file, List<String> warnings) {
        this.file = file;
        this.warnings = warnings;
    }

    void link(Place at, int id, int type, int reference, int next) throws PulseqFormatException {
        if (links.put(id, new Link(type, reference, next, at.kept())) != null) {
            throw at.error("id " + id + " is defined twice");
        }
    }

    /** Opens the table of the extension with this name. */
    Kind kind(Place at, String name, int type) throws PulseqFormatException {
        Kind kind = new Kind(name);
        if (kinds.put(type, kind) != null) {
            throw at.error("two extensions have the type number " + type);
        }
        return kind;
    }

    /** Refuses a file that needs an extension which this reader does not know, or which the file does not hold. */
    void require(String definition) throws PulseqFormatException {
        for (String name : definition.trim().split("[ \t]+")) {
            if (name.isEmpty()) {
                continue;
            }
            if (!KNOWN.contains(name)) {
                throw new PulseqFormatException(
                        file,
                        0,
                        "DEFINITIONS",
                        "RequiredExtensions names " + PulseqText.printable(name)
                                + ", which this version cannot play; export the sequence without it");
            }
            if (kinds.values().stream().noneMatch(kind -> kind.name.equals(name))) {
                throw new PulseqFormatException(
                        file,
                        0,
                        "DEFINITIONS",
                        "RequiredExtensions names " + name + " but the file has no such extension: its meaning was lost"
                                + " in an export to an older version; export it again as 1.5.1");
            }
        }
    }

    /** The extensions of the list that starts at {@code head}, in walking order; none for 0. */
    List<Extension> list(int head, Place block) throws PulseqFormatException {
        if (head == 0) {
            return List.of();
        }
        List<Extension> known = resolved.get(head);
        if (known == null) {
            known = walk(head, block);
            resolved.put(head, known);
        }
        return known;
    }

    private List<Extension> walk(int head, Place block) throws PulseqFormatException {
        List<Extension> found = new ArrayList<>(4);
        Place place = block;
        for (int id = head, steps = 0; id != 0; steps++) {
            Link link = links.get(id);
            if (link == null) {
                warnOnce(place, "extension list entry " + id + " is used but not defined; ignored everywhere");
                break;
            }
            if (steps == MAX_PER_BLOCK) {
                throw link.place.error("the list from " + head + " runs in a circle or is too long");
            }
            place = link.place;
            found.add(extension(link));
            id = link.next;
        }
        for (Class<?> single : List.of(Extension.Turn.class, Extension.RfShim.class)) {
            if (found.stream().filter(single::isInstance).count() > 1) {
                throw place.error("a block has more than one "
                        + (single == Extension.Turn.class ? "rotation" : "RF shim") + "; Pulseq allows one");
            }
        }
        return List.copyOf(found);
    }

    private Extension extension(Link link) throws PulseqFormatException {
        Kind kind = kinds.get(link.type);
        if (kind == null) {
            warnOnce(link.place, "extension type " + link.type + " is used but not defined; it has no effect");
            return new Extension.Unknown("UNDEFINED_" + link.type, Integer.toString(link.reference));
        }
        Extension extension = kind.entries.get(link.reference);
        if (extension != null) {
            return extension;
        }
        String what = PulseqText.printable(kind.name) + " " + link.reference + " is not defined";
        if (PLAYED.contains(kind.name)) {
            throw link.place.error(what);
        }
        warnOnce(link.place, what + "; it has no effect");
        return new Extension.Unknown("MISSING_" + kind.name, Integer.toString(link.reference));
    }

    private void warnOnce(Place place, String warning) {
        if (warned.add(warning) && warned.size() <= MAX_WARNINGS) {
            warnings.add(place.where() + ": " + warning);
        }
    }
}
