package org.isocenter.recon.chain;

import org.isocenter.model.RawData;

/** From the readouts of a scan, or of the part of it that is in, to other readouts. */
@FunctionalInterface
public non-sealed interface RawStep extends Step {
    /**
     * @param raw is not changed, nor are the arrays of its readouts; readouts that stay as they are may be handed on as they are
     * @return with {@link RawData#expected} equal to its size when {@code raw} is whole, and larger when it is not
     */
    RawData apply(RawData raw, ChainContext context);
}
