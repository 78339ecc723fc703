package org.isocenter.hardware;

/**
 * How long a device needs, at worst, from {@link Scanner#abort} until RF is off and gradients are at zero.
 *
 * @param seconds at worst; NaN while it depends on a scan that has not begun
 * @param explanation for people, in lower case and without the number: "at once", "at the end of the repetition under way"
 */
public record StopLatency(double seconds, String explanation) {}
