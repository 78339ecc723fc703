package org.isocenter.recon;

/** Who waits for images: may give them up, and is told how far they are. Called on any thread of the work; must be quick. */
@FunctionalInterface
public interface Watch {
    /** Goes on to the end, and is told nothing. */
    Watch NONE = () -> false;

    /** Asked between pieces of the work; true when nobody wants the result any more. */
    boolean isStopped();

    /**
     * So much of the work is done, never less than what was told before; about a hundred times in all, and not by every
     * reconstruction.
     *
     * @param share from 0 to 1
     */
    default void done(double share) {}

    /** For a piece of the work that begins and ends at these shares of all of it. */
    default Watch part(double from, double to) {
        Watch whole = this;
        return new Watch() {
            @Override
            public boolean isStopped() {
                return whole.isStopped();
            }

            @Override
            public void done(double share) {
                whole.done(from + share * (to - from));
            }
        };
    }
}
