package org.isocenter.recon.mrd;

import org.isocenter.model.Readout;

/** One message of an MRD stream. */
public sealed interface MrdMessage {
    /** The scan's XML header (id 3): {@link MrdHeaderXml#read} makes a ScanHeader of it. */
    record Header(String xml) implements MrdMessage {}

    /** Which reconstruction is asked for: a name (id 1) or a text (id 2). */
    record Config(String text) implements MrdMessage {}

    /** A line for the log (id 5). */
    record Text(String text) implements MrdMessage {}

    /** One readout (id 1008). */
    record Acquisition(Readout readout) implements MrdMessage {}

    /** A physiological or gradient waveform (id 1026). */
    record Waveform(org.isocenter.model.Waveform waveform) implements MrdMessage {}

    /** An image (id 1022). */
    record Image(MrdImage image) implements MrdMessage {}

    /** A DICOM object of this name (id 1018, of Gadgetron's {@code dicom.xml} only), which was skipped. */
    record Dicom(String name) implements MrdMessage {}

    /**
     * A question about a server (id 6, of Gadgetron only): "gadgetron::info::version".
     *
     * @param number comes back with the answer
     */
    record Query(long number, String text) implements MrdMessage {}

    /** The answer to the query of that number (id 7, of Gadgetron only). */
    record Response(long number, String text) implements MrdMessage {}

    /** The other side has failed, and why (id 8, of Gadgetron only). */
    record Failure(String text) implements MrdMessage {}

    /** An array without a meaning of its own (id 1030), which was skipped. */
    record Array(long bytes) implements MrdMessage {}

    /** The end (id 4). */
    record Close() implements MrdMessage {}
}
