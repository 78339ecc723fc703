package org.isocenter.session.cli;

import org.isocenter.session.run.DicomOutput;
import picocli.CommandLine.Option;

/** As what a command keeps images. */
final class DicomOutputOptions {
    @Option(
            names = "--dicom",
            paramLabel = "classic|enhanced|both",
            defaultValue = "classic",
            description = "Images as MR Image objects, one per slice (default), as Enhanced MR Image objects, one per"
                    + " series, or as both.")
    private DicomOutput.Objects objects;

    @Option(
            names = "--dicom-extended",
            description = "Also writes what the objects' classes have no place for: provenance as a private block, and"
                    + " b-values in MR Image objects. Validators point it out.")
    private boolean extended;

    DicomOutput output() {
        return new DicomOutput(objects, extended);
    }
}
