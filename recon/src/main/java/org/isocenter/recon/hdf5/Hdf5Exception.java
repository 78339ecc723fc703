package org.isocenter.recon.hdf5;

import java.io.IOException;

/** An HDF5 file cannot be read: it is damaged, or uses what is not read here; the message says which and where. */
public final class Hdf5Exception extends IOException {
    private static final long serialVersionUID = 1;

    /** @param problem without the file's name, which the caller knows */
    public Hdf5Exception(String problem) {
        super(problem);
    }

    Hdf5Exception(String problem, Throwable cause) {
        super(problem, cause);
    }

    /** @param what as in "the group 'dataset'" */
    static Hdf5Exception damaged(String what) {
        return new Hdf5Exception(what + " is damaged");
    }
}
