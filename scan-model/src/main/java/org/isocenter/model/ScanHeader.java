package org.isocenter.model;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/**
 * What is known of a scan before its first readout: MRD's XML header. Fixed from then on.
 *
 * @param measurementId unique id of the scan, safe in file names and logs
 * @param protocolName what the operator called it
 * @param start when the scan began
 * @param encodings at least one
 * @param userParameters further facts, as text: MRD's userParameterString
 */
public record ScanHeader(
        String measurementId,
        String protocolName,
        OffsetDateTime start,
        Study study,
        ScannerInfo scanner,
        SequenceParameters sequence,
        List<Encoding> encodings,
        Map<String, String> userParameters) {

    /** The user parameter that names the unit of the readouts' trajectories, which MRD leaves open: "1/m". */
    public static final String TRAJECTORY_UNIT = "trajectory_unit";

    /** The user parameter with the time from saturation to excitation in s, for which MRD and DICOM have no place. */
    public static final String SATURATION_SECONDS = "saturation_time_s";

    public ScanHeader {
        encodings = List.copyOf(encodings);
        userParameters = Map.copyOf(userParameters);
    }

    /** The same with other encodings. */
    public ScanHeader withEncodings(List<Encoding> newEncodings) {
        return new ScanHeader(
                measurementId, protocolName, start, study, scanner, sequence, newEncodings, userParameters);
    }

    /** The same of another study. */
    public ScanHeader withStudy(Study newStudy) {
        return new ScanHeader(
                measurementId, protocolName, start, newStudy, scanner, sequence, encodings, userParameters);
    }

    @Override
    public String toString() {
        return "ScanHeader[" + measurementId + "]";
    }
}
