package org.isocenter.sequence.pulseq;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.model.Rotation;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Sequence;

/** Writes [EXTENSIONS]: the linked lists, and the tables that they point to. The head of list n has the id n. */
final class ExtensionWriter {
    private static final int LINE_LENGTH = 250;
    private static final long PS_PER_MICROSECOND = 1_000_000;

    private record Link(int type, int reference, int next) {}

    private final Sequence sequence;
    private final Map<String, Integer> types = new LinkedHashMap<>();
    private final Map<String, Map<Extension, Integer>> tables = new LinkedHashMap<>();

    ExtensionWriter(Sequence sequence) {
        this.sequence = sequence;
    }

    void write(StringBuilder out) {
        int lists = sequence.extensionListCount();
        if (lists == 0) {
            return;
        }
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
        out.append("\n# id type ref next\n[EXTENSIONS]\n");
        for (int list = 1; list <= lists; list++) {
            append(out, list, heads[list - 1]);
        }
        tails.forEach((link, id) -> append(out, id, link));
        tables.forEach((name, table) -> {
            out.append("\nextension ")
                    .append(name)
                    .append(' ')
                    .append(types.get(name))
                    .append('\n');
            table.forEach((extension, id) -> out.append(line(id, extension)).append('\n'));
        });
    }

    private static void append(StringBuilder out, int id, Link link) {
        out.append(id)
                .append(' ')
                .append(link.type)
                .append(' ')
                .append(link.reference)
                .append(' ')
                .append(link.next)
                .append('\n');
    }

    private Link link(Extension extension, int next) {
        String name = name(extension);
        int type = types.computeIfAbsent(name, n -> types.size() + 1);
        Map<Extension, Integer> table = tables.computeIfAbsent(name, n -> new LinkedHashMap<>());
        int reference = table.computeIfAbsent(extension, e -> table.size() + 1);
        return new Link(type, reference, next);
    }

    private static String name(Extension extension) {
        if (extension instanceof Extension.Label label) {
            return label.increment() ? "LABELINC" : "LABELSET";
        } else if (extension instanceof Extension.Trigger) {
            return "TRIGGERS";
        } else if (extension instanceof Extension.Turn) {
            return "ROTATIONS";
        } else if (extension instanceof Extension.SoftDelay) {
            return "DELAYS";
        } else if (extension instanceof Extension.RfShim) {
            return "RF_SHIMS";
        }
        return ((Extension.Unknown) extension).name();
    }

    private static String line(int id, Extension extension) {
        if (extension instanceof Extension.Label label) {
            return id + " " + label.value() + " " + label.name();
        } else if (extension instanceof Extension.Trigger t) {
            return id + " " + t.type() + " " + t.channel() + " " + microseconds(t.delayPs()) + " "
                    + microseconds(t.durationPs());
        } else if (extension instanceof Extension.Turn turn) {
            Rotation q = turn.rotation();
            return id + " " + Numbers.exact(q.w()) + " " + Numbers.exact(q.x()) + " " + Numbers.exact(q.y()) + " "
                    + Numbers.exact(q.z());
        } else if (extension instanceof Extension.SoftDelay d) {
            return id + " " + d.number() + " " + microseconds(d.offsetPs()) + " " + Numbers.exact(d.factor()) + " "
                    + d.hint();
        } else if (extension instanceof Extension.RfShim shim) {
            return shim(id, shim);
        }
        return id + " " + ((Extension.Unknown) extension).text();
    }

    private static String microseconds(long ps) {
        return Numbers.scaled(ps, PS_PER_MICROSECOND);
    }

    /** With as many digits as fit into a line that every reader can hold. */
    private static String shim(int id, Extension.RfShim shim) {
        List<Double> values = shim.magnitudePhase();
        String start = id + " " + values.size() / 2;
        for (int digits = 17; ; digits--) {
            List<String> fields = new ArrayList<>(List.of(start));
            for (double value : values) {
                fields.add(digits == 17 ? Numbers.exact(value) : Numbers.digits(value, digits));
            }
            String line = String.join(" ", fields);
            if (line.length() <= LINE_LENGTH || digits == 4) {
                return line;
            }
        }
    }
}
