package org.isocenter.sequence.library;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.SequenceBuilder;

/** All sequences on the class path. */
public final class SequenceLibrary {
    private SequenceLibrary() {}

    /** By family, in each by name. */
    public static List<SequenceBuilder> all() {
        List<SequenceBuilder> found = new ArrayList<>();
        ServiceLoader.load(SequenceBuilder.class).forEach(found::add);
        found.sort(Comparator.comparing(SequenceBuilder::family).thenComparing(SequenceBuilder::name));
        return found;
    }

    public static Optional<SequenceBuilder> find(String name) {
        return all().stream().filter(b -> b.name().equals(name)).findFirst();
    }

    /** The builder's defaults on this scanner. */
    public static Protocol defaults(SequenceBuilder builder, SystemLimits limits) {
        return Protocol.defaults(builder.title(), builder.name(), builder.parameters(limits));
    }
}
