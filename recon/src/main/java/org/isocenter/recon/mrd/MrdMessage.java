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
    record Waveform(MrdWaveform waveform) implements MrdMessage {}

    /** An image (id 1022). */
    record Image(MrdImage image) implements MrdMessage {}

    /** The end (id 4). */
    record Close() implements MrdMessage {}
}
