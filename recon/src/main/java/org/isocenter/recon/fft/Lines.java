package org.isocenter.recon.fft;

/**
 * Where parallel lines of points lie in an array.
 *
 * @param offset of the first line's first point
 * @param stride from one point of a line to the next
 * @param lineStride from one line to the next
 * @param lines how many
 */
public record Lines(int offset, int stride, int lineStride, int lines) {}
