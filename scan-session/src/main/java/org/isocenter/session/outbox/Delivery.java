package org.isocenter.session.outbox;

import org.isocenter.session.archive.OutboxKind;
import org.isocenter.session.dicom.Destination;

/**
 * Knows how rows of a kind get to a kind of destination. Called by one thread per destination, by several at once for several
 * destinations: keeps nothing between calls that they could fight for.
 */
public interface Delivery {
    /** Whether this is the one for rows of this kind to this destination. */
    boolean takes(OutboxKind kind, Destination destination);

    /**
     * Delivers what it can of a batch and tells the outcome of each row as soon as it is known. A row without an outcome on return
     * counts as a failure that may pass; so do all that are left when this throws. Waits for the network, but never longer than
     * its time-outs, and ends soon after {@link Batch#whenStopped} was called back.
     */
    void deliver(Batch batch);
}
