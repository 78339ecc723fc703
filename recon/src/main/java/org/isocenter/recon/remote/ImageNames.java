package org.isocenter.recon.remote;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.isocenter.recon.remote.ImageAssembly.Kind;

/** Names that tell a server's volumes apart, of what differs between them: "series 1, echo 2". */
final class ImageNames {
    private final List<Kind> kinds;

    private ImageNames(List<Kind> kinds) {
        this.kinds = kinds;
    }

    /** A name for each, no two of them alike; a single volume has none but what the server called it. */
    static List<String> of(List<Kind> kinds) {
        ImageNames names = new ImageNames(kinds);
        Map<String, Integer> used = new HashMap<>();
        return kinds.stream()
                .map(names::name)
                .map(name -> {
                    int number = used.merge(name, 1, Integer::sum);
                    return number == 1 ? name : (name + " " + number).strip();
                })
                .toList();
    }

    private String name(Kind kind) {
        List<String> parts = new ArrayList<>();
        if (!kind.description().isEmpty()) {
            parts.add(kind.description());
        } else {
            addIfVarying(parts, kind, Kind::series, "series " + kind.series());
        }
        addIfVarying(parts, kind, Kind::type, kind.type().name().toLowerCase(Locale.ROOT));
        addIfVarying(parts, kind, Kind::slab, "slab " + (kind.slab() + 1));
        addIfVarying(parts, kind, Kind::contrast, "echo " + (kind.contrast() + 1));
        addIfVarying(parts, kind, Kind::phase, "phase " + (kind.phase() + 1));
        addIfVarying(parts, kind, Kind::repetition, "repetition " + (kind.repetition() + 1));
        addIfVarying(parts, kind, Kind::set, "set " + (kind.set() + 1));
        addIfVarying(parts, kind, Kind::average, "average " + (kind.average() + 1));
        return String.join(", ", parts);
    }

    private void addIfVarying(List<String> parts, Kind kind, Function<Kind, Object> property, String words) {
        if (kinds.stream().anyMatch(other -> !property.apply(other).equals(property.apply(kind)))) {
            parts.add(words);
        }
    }
}
