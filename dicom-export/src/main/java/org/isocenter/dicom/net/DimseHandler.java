package org.isocenter.dicom.net;

import java.io.IOException;

/**
 * Does what a peer requests. Called on the thread of the association; several associations call at once.
 */
@FunctionalInterface
public interface DimseHandler {
    /**
     * @return the final response
     * @throws IOException when it failed: the peer is answered with a failure. {@link DicomNetException} of the request
     *     must be passed on: the association is over then
     */
    DimseResponse handle(DimseRequest request) throws IOException;
}
