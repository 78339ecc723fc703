package org.isocenter.recon.mrd;

import org.isocenter.model.Readout;
import org.isocenter.model.ScanHeader;

/**
 * What becomes of a measurement's readouts while they are read, one at a time: what is not wanted of them never fills the
 * memory. One thread.
 */
public interface MrdIntake {
    /** Keeps everything as it is. */
    MrdIntake ALL = new MrdIntake() {
        @Override
        public ScanHeader header(ScanHeader header) {
            return header;
        }

        @Override
        public Readout readout(Readout readout) {
            return readout;
        }
    };

    /** The header that goes with what {@link #readout} gives; called first. */
    ScanHeader header(ScanHeader header);

    /** What to keep of a readout; null for nothing. */
    Readout readout(Readout readout);
}
