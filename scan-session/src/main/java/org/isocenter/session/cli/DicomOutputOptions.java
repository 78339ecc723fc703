package org.isocenter.session.cli;

import org.isocenter.session.run.DicomOutput;
import picocli.CommandLine.Option;

/** As what a command keeps images. */
final class DicomOutputOptions {
    @Option(
            names = "--dicom",
            paramLabel = "auto|classic|enhanced|both",
            defaultValue = "auto",
            description =
                    "Images as MR Image objects, one per slice (classic), as Enhanced MR Image objects, one per series"
                            + " (enhanced), or as both; auto (default): classic, but diffusion-weighted series enhanced, as only"
                            + " these have a place for b-values.")
    private DicomOutput.Objects objects;

    @Option(
            names = "--dicom-extended",
            description =
                    "Also writes what the objects' classes have no place for: provenance as a private block too, and"
                            + " b-values in MR Image objects. Validators point it out.")
    private boolean extended;

    @Option(
            names = "--dicom-report",
            description =
                    "Also keeps the scan's report as Secondary Capture: parameters, safety, images with their SNR, what was"
                            + " measured, notes.")
    private boolean report;

    DicomOutput output() {
        return new DicomOutput(objects, extended, report);
    }
}
