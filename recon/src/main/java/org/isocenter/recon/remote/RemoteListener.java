package org.isocenter.recon.remote;

/** Hears how a server gets on. Called on the thread that talks to it; must be quick. */
public interface RemoteListener {
    RemoteListener NONE = new RemoteListener() {};

    /** A line that the server told, without control characters. */
    default void line(String line) {}

    /**
     * So many readouts of so many are on their way to the server, and so many images have come back. At most ten a
     * second.
     */
    default void progress(int readouts, int expectedReadouts, int images) {}

    /** There will be no images from the server; {@code why} names it. */
    default void failed(String why) {}
}
