package org.isocenter.session.cli;

import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.Destinations;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.dicom.Service;

/** What people call a destination on the command line. */
final class DicomDestinations {
    private DicomDestinations() {}

    /** The destination of this name or address. */
    static Destination find(DicomSettings settings, String nameOrAddress) throws CommandException {
        return Destinations.find(settings, nameOrAddress)
                .orElseThrow(() -> new CommandException(
                        ExitCode.INPUT,
                        "no such destination (" + nameOrAddress + "): write " + Destinations.FORM
                                + ", see isocenter dicom settings"));
    }

    /** The same, for images to be sent to. */
    static Destination forImages(DicomSettings settings, String nameOrAddress) throws CommandException {
        Destination destination = find(settings, nameOrAddress);
        if (!destination.offers(Service.STORE)) {
            throw new CommandException(
                    ExitCode.INPUT,
                    "it is not for images (" + nameOrAddress + "): add \"store\" to its services in dicom.json");
        }
        return destination;
    }

    /** The same, one that speaks DIMSE. */
    static Destination.Dimse dimse(DicomSettings settings, String nameOrAddress) throws CommandException {
        if (find(settings, nameOrAddress) instanceof Destination.Dimse dimse) {
            return dimse;
        }
        throw new CommandException(
                ExitCode.INPUT,
                "this works by DIMSE only (" + nameOrAddress + "): name AE@HOST:PORT, or such a destination");
    }
}
