package org.isocenter.recon.fft;

/**
 * The part of an axis that an array has: points {@code first} to {@code first + count - 1}. What lies beyond the axis is zero,
 * and what an array does not have is taken to be zero.
 */
public record Span(int first, int count) {
    /** All of an axis. */
    public static Span whole(int length) {
        return new Span(0, length);
    }

    /** So many points about the centre of a longer axis, or beyond both ends of a shorter one: centre on centre. */
    public static Span middle(int length, int count) {
        return new Span(length / 2 - count / 2, count);
    }
}
