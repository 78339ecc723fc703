package org.isocenter.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A sequence's name and an immutable set of parameter values (SI), complete for the sequence's specs. A value out of range
 * may be in here, for a person to mend; validation says so.
 */
public final class Protocol {
    private final String name;
    private final String sequence;
    private final Map<String, ParameterSpec> specs;
    private final Map<String, Double> values;

    private Protocol(String name, String sequence, Map<String, ParameterSpec> specs, Map<String, Double> values) {
        this.name = name;
        this.sequence = sequence;
        this.specs = specs;
        this.values = values;
    }

    /** All defaults of {@code specs}, for the library sequence {@code sequence}. */
    public static Protocol defaults(String name, String sequence, List<ParameterSpec> specs) {
        Map<String, ParameterSpec> byName = new LinkedHashMap<>();
        Map<String, Double> values = new LinkedHashMap<>();
        for (ParameterSpec spec : specs) {
            byName.put(spec.name(), spec);
            values.put(spec.name(), spec.defaultNumber());
        }
        return new Protocol(name, sequence, Collections.unmodifiableMap(byName), Collections.unmodifiableMap(values));
    }

    /** What the operator calls it: "T2 TSE axial". */
    public String name() {
        return name;
    }

    /** The library sequence it is for: "tse2d". */
    public String sequence() {
        return sequence;
    }

    public List<ParameterSpec> specs() {
        return List.copyOf(specs.values());
    }

    public ParameterSpec spec(String parameter) {
        ParameterSpec spec = specs.get(parameter);
        if (spec == null) {
            throw new IllegalArgumentException(
                    sequence + " has no parameter '" + parameter + "': it has " + String.join(", ", specs.keySet()));
        }
        return spec;
    }

    public boolean has(String parameter) {
        return specs.containsKey(parameter);
    }

    /** The SI value. */
    public double number(String parameter) {
        spec(parameter);
        return values.get(parameter);
    }

    public int count(String parameter) {
        return (int) Math.rint(number(parameter));
    }

    public boolean flag(String parameter) {
        return number(parameter) != 0;
    }

    public String choice(String parameter) {
        return spec(parameter).choices().get(count(parameter));
    }

    /** All values (SI), in the order of the specs. */
    public Map<String, Double> values() {
        return values;
    }

    public Protocol with(String parameter, double si) {
        spec(parameter);
        Map<String, Double> changed = new LinkedHashMap<>(values);
        changed.put(parameter, si);
        return new Protocol(name, sequence, specs, Collections.unmodifiableMap(changed));
    }

    /** As {@link ParameterSpec#parse}. */
    public Protocol withText(String parameter, String text) {
        return with(parameter, spec(parameter).parse(text));
    }

    public Protocol named(String newName) {
        return new Protocol(newName, sequence, specs, values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Protocol p
                && p.name.equals(name)
                && p.sequence.equals(sequence)
                && p.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode() * 31 + sequence.hashCode();
    }

    @Override
    public String toString() {
        return name + " (" + sequence + ") " + values;
    }
}
