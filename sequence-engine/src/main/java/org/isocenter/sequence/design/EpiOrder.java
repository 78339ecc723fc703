package org.isocenter.sequence.design;

/**
 * Which line each echo of an interleaved echo-planar scan measures. Shot s measures lines first+s, first+s+shots, …, upwards.
 * The lines before {@code firstLine} are left out (partial Fourier), so that the centre of k-space comes sooner. Each shot's
 * train starts a share of the echo spacing later than the shot before it ("echo time shifting", Feinberg and Oshio 1994): then
 * the phase of off-resonant spins grows evenly from line to line, and they are shifted instead of ghosting.
 *
 * @param lines of the full matrix; the centre is line {@code lines/2}
 */
public record EpiOrder(int lines, int firstLine, int shots) {
    public EpiOrder {
        if (firstLine < 0 || firstLine > lines / 2 || shots < 1 || shots > lines - firstLine) {
            throw new IllegalArgumentException(
                    shots + " shots for lines " + firstLine + " to " + lines + ", the centre is line " + lines / 2);
        }
    }

    /** Echoes of a train. */
    public int echoes() {
        return (lines - firstLine + shots - 1) / shots;
    }

    /** The line, or -1 for an echo that measures nothing. */
    public int line(int shot, int echo) {
        int line = firstLine + shot + echo * shots;
        return line < lines ? line : -1;
    }

    public int centralEcho() {
        return (lines / 2 - firstLine) / shots;
    }

    public int centralShot() {
        return (lines / 2 - firstLine) % shots;
    }

    /** How much later than the first a shot's train starts, on the grid. */
    public long shiftPs(int shot, long spacingPs, Grid grid) {
        return grid.down(Math.round((double) spacingPs * shot / shots) + grid.stepPs() / 2);
    }
}
