package org.isocenter.recon.mrd;

import java.util.Locale;
import org.isocenter.model.Readout;
import org.isocenter.recon.hdf5.Hdf5Exception;

/** Watches how much of a file ends up in memory, so that no file can use all of it up. */
final class Memory {
    /** What remains must do for the reconstruction. */
    private static final double SHARE = 0.8;

    /** Of a readout beside its arrays, about. */
    private static final long READOUT_BYTES = 400;

    private final long fileBytes;
    private final long mostKept = (long) (SHARE * Runtime.getRuntime().maxMemory());
    private long read;
    private long kept;

    Memory(long fileBytes) {
        this.fileBytes = fileBytes;
    }

    /** @throws Hdf5Exception when more values were read than the file has: several records share the same ones */
    void read(long bytes) throws Hdf5Exception {
        read += bytes;
        if (read > fileBytes) {
            throw new Hdf5Exception("its records claim more values than the file holds: it is damaged");
        }
    }

    /** Whether less than this is kept. */
    boolean holdsLessThan(long bytes) {
        return kept < bytes;
    }

    void keep(Readout readout) throws Hdf5Exception {
        keep(8L * readout.samples().count());
        keepPositions(readout);
    }

    /** Of a readout whose samples are elsewhere. */
    void keepPositions(Readout readout) throws Hdf5Exception {
        keep(READOUT_BYTES + 4L * readout.trajectoryPerMeter().length);
    }

    /** @throws Hdf5Exception when it becomes too much */
    void keep(long bytes) throws Hdf5Exception {
        kept += bytes;
        if (kept > mostKept) {
            throw new Hdf5Exception(String.format(
                    Locale.ROOT,
                    "what is in it needs more than the %.1f GB of memory that Java may use: give it more, as in"
                            + " ISOCENTER_JAVA_OPTIONS=-Xmx8g",
                    Runtime.getRuntime().maxMemory() / 1e9));
        }
    }
}
