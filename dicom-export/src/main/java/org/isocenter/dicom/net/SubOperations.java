package org.isocenter.dicom.net;

/** How far a C-MOVE or C-GET has come: its C-STOREs. -1 where the peer does not tell. */
public record SubOperations(int remaining, int completed, int failed, int warning) {
    static final SubOperations UNTOLD = new SubOperations(-1, -1, -1, -1);
}
