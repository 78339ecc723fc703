package org.isocenter.sequence.pulseq;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.Rotation;
import org.isocenter.sequence.Extension;

/** Writes [EXTENSIONS] and its sub-sections. */
final class ExtensionText {
    /** The interpreters' reader holds no longer lines than 255. */
    private static final int LINE_LENGTH = 250;

    private static final long PS_PER_MICROSECOND = 1_000_000;

    private final ExtensionLists lists;

    ExtensionText(ExtensionLists lists) {
        this.lists = lists;
    }

    void write(StringBuilder out) {
        if (lists.isEmpty()) {
            return;
        }
        out.append("\n# id type ref next\n[EXTENSIONS]\n");
        int id = 0;
        for (ExtensionLists.Link link : lists.links()) {
            out.append(++id).append(' ').append(link.type()).append(' ').append(link.reference());
            out.append(' ').append(link.next()).append('\n');
        }
        lists.tables().forEach((name, table) -> {
            out.append("\nextension ").append(name).append(' ').append(lists.type(name));
            out.append('\n');
            table.forEach(
                    (extension, entry) -> out.append(line(entry, extension)).append('\n'));
        });
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
        String line = shim(id, shim, 17);
        for (int digits = 16; line.length() > LINE_LENGTH && digits >= 4; digits--) {
            line = shim(id, shim, digits);
        }
        return line;
    }

    private static String shim(int id, Extension.RfShim shim, int digits) {
        List<Double> values = shim.magnitudePhase();
        List<String> fields = new ArrayList<>(List.of(id + " " + values.size() / 2));
        for (double value : values) {
            fields.add(digits == 17 ? Numbers.exact(value) : Numbers.digits(value, digits));
        }
        return String.join(" ", fields);
    }

    /** How long the line of a shim is at the fewest digits. */
    static boolean fits(Extension.RfShim shim) {
        return shim(Integer.MAX_VALUE, shim, 4).length() <= LINE_LENGTH;
    }
}
