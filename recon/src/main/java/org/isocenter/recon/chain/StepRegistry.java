package org.isocenter.recon.chain;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The steps that chains can name. */
public final class StepRegistry {
    private final Map<String, StepType> types = new LinkedHashMap<>();

    /** @param declared each name once */
    public StepRegistry(List<StepType> declared) {
        for (StepType type : declared) {
            if (types.put(type.name(), type) != null) {
                throw new IllegalArgumentException("two steps have the name '" + type.name() + "'");
            }
        }
    }

    /** All, in the order of their declaration. */
    public Collection<StepType> types() {
        return Collections.unmodifiableCollection(types.values());
    }

    /** @throws IllegalArgumentException that lists the known names */
    public StepType named(String name) {
        StepType type = types.get(name);
        if (type == null) {
            throw new IllegalArgumentException(
                    "step '" + name + "' is unknown: there are " + String.join(", ", types.keySet()));
        }
        return type;
    }
}
