package org.isocenter.recon.chain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of all parameters that a step declares, checked. In the order of the declaration. */
public final class StepValues {
    private final Map<String, Object> values;

    private StepValues(Map<String, Object> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /**
     * @param given some of the parameters' values as text; the others get their defaults
     * @throws IllegalArgumentException that names the parameter, what is wrong with it and what is allowed
     */
    static StepValues of(List<StepParameter> parameters, Map<String, String> given) {
        List<String> names = parameters.stream().map(StepParameter::name).toList();
        for (String name : given.keySet()) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException("parameter '" + name + "' is unknown: "
                        + (names.isEmpty() ? "there are none" : "there are " + String.join(", ", names)));
            }
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (StepParameter parameter : parameters) {
            String text = given.get(parameter.name());
            try {
                values.put(parameter.name(), text == null ? parameter.defaultValue() : parameter.parse(text));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("parameter '" + parameter.name() + "': " + e.getMessage(), e);
            }
        }
        return new StepValues(values);
    }

    /** SI. */
    public double number(String name) {
        return (Double) get(name);
    }

    public int count(String name) {
        return (int) number(name);
    }

    public boolean flag(String name) {
        return (Boolean) get(name);
    }

    /** Of a WORD or TEXT. */
    public String text(String name) {
        return (String) get(name);
    }

    /** All, by name: Double (SI), Boolean or String. */
    public Map<String, Object> toMap() {
        return values;
    }

    private Object get(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the step declares no parameter '" + name + "'");
        }
        return value;
    }
}
