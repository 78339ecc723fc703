package org.isocenter.recon.chain;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A step as chains name it, with what it does and its parameters. Declared in one place, beside all others:
 *
 * <pre>{@code
 * StepType.slab("filter", "Dampens k-space towards its edge.", values -> new Filter(values.text("window")),
 *         StepParameter.word("window", List.of("hann", "tukey"), "shape of the window"))
 * }</pre>
 *
 * @param name as chains write it: lower case, hyphens
 * @param kind where in a chain it may stand
 * @param description one sentence on what it does, and the paper
 */
public record StepType(
        String name,
        Kind kind,
        String description,
        Function<StepValues, ? extends Step> maker,
        List<StepParameter> parameters) {

    /** Kinds of steps in the order in which they stand in a chain. */
    public enum Kind {
        RAW,
        READOUT,
        SLAB,
        VOLUME
    }

    public StepType {
        parameters = List.copyOf(parameters);
    }

    public static StepType raw(
            String name, String description, Function<StepValues, RawStep> maker, StepParameter... parameters) {
        return new StepType(name, Kind.RAW, description, maker, List.of(parameters));
    }

    public static StepType readout(
            String name, String description, Function<StepValues, ReadoutStep> maker, StepParameter... parameters) {
        return new StepType(name, Kind.READOUT, description, maker, List.of(parameters));
    }

    public static StepType slab(
            String name, String description, Function<StepValues, SlabStep> maker, StepParameter... parameters) {
        return new StepType(name, Kind.SLAB, description, maker, List.of(parameters));
    }

    public static StepType volume(
            String name, String description, Function<StepValues, VolumeStep> maker, StepParameter... parameters) {
        return new StepType(name, Kind.VOLUME, description, maker, List.of(parameters));
    }

    /**
     * The step with these values.
     *
     * @param given as text, with units; what is not given has its default
     * @throws IllegalArgumentException that names the parameter, what is wrong with it and what is allowed
     */
    public ChainStep with(Map<String, String> given) {
        StepValues values = StepValues.of(parameters, given);
        return new ChainStep(this, values, maker.apply(values));
    }

    /** Two are the same when they have the same name. */
    @Override
    public boolean equals(Object other) {
        return other instanceof StepType type && type.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
