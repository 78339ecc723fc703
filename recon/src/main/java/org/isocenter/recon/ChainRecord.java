package org.isocenter.recon;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** By which steps images were made, for the record. */
public record ChainRecord(String name, List<Step> steps) {

    public ChainRecord {
        steps = List.copyOf(steps);
    }

    /**
     * One step with all its parameters.
     *
     * @param parameters Double (SI), Integer, Boolean or String by name, in the order of the declaration
     */
    public record Step(String name, Map<String, Object> parameters) {
        public Step {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }
}
