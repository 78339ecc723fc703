package org.isocenter.session.run;

import org.isocenter.model.ScanHeader;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.compile.EventTable;
import org.isocenter.sequence.trajectory.ReadoutTrajectories;

/**
 * A scan that has been checked and compiled, and may run.
 *
 * @param trajectories what the readouts carry where the encoding is not Cartesian
 * @param sequenceText what runs, as a Pulseq file
 * @param report what is known before the scan
 */
record PreparedScan(
        ScanHeader header,
        SequencePlan plan,
        ReadoutTrajectories trajectories,
        EventTable table,
        byte[] sequenceText,
        ScanReport report) {}
