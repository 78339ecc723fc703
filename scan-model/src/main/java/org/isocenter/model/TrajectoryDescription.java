package org.isocenter.model;

import java.util.Map;

/**
 * What a reconstruction needs to know of a trajectory beyond its type: MRD's trajectoryDescription. Names and units are those
 * that others write, such as {@link #EPI}'s.
 *
 * @param identifier which kind of description this is; empty for none
 * @param whole MRD's userParameterLong
 * @param numbers MRD's userParameterDouble
 */
public record TrajectoryDescription(String identifier, Map<String, Long> whole, Map<String, Double> numbers) {
    public static final TrajectoryDescription NONE = new TrajectoryDescription("", Map.of(), Map.of());

    /**
     * Readouts of an echo-planar train under trapezoids: whole rampUpTime, flatTopTime, rampDownTime, acqDelayTime (from the
     * start of the ramp to that of the window), numSamples, etl, numberOfNavigators; numbers dwellTime, all in µs; echoSpacing in ms.
     */
    public static final String EPI = "ConventionalEPI";

    public TrajectoryDescription {
        whole = Map.copyOf(whole);
        numbers = Map.copyOf(numbers);
    }

    public boolean isKnown() {
        return !identifier.isEmpty();
    }
}
