package org.isocenter.recon.chain;

import java.util.LinkedHashMap;
import java.util.Map;
import org.isocenter.recon.ChainRecord;

/** A step in its place in a chain. */
public record ChainStep(StepType type, StepValues values, Step step) {
    /** For what tells how an image was made. */
    ChainRecord.Step record() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (StepParameter parameter : type.parameters()) {
            boolean isCount = parameter.kind() == StepParameter.Kind.COUNT;
            Object value = values.toMap().get(parameter.name());
            parameters.put(parameter.name(), isCount ? (Object) values.count(parameter.name()) : value);
        }
        return new ChainRecord.Step(type.name(), parameters);
    }
}
