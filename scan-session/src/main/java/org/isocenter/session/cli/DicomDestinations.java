package org.isocenter.session.cli;

import java.io.IOException;
import org.isocenter.dicom.web.WebException;
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

    /** The same, for what scans make to be sent to: images, or word of the study where it speaks FHIR. */
    static Destination forScans(DicomSettings settings, String nameOrAddress) throws CommandException {
        Destination destination = find(settings, nameOrAddress);
        if (!destination.offers(Service.STORE)) {
            throw new CommandException(
                    ExitCode.INPUT,
                    "it is not for images (" + nameOrAddress + "): add \"store\" to its services in dicom.json");
        }
        return destination;
    }

    /** The same, for images to be sent to. */
    static Destination forImages(DicomSettings settings, String nameOrAddress) throws CommandException {
        Destination destination = forScans(settings, nameOrAddress);
        refuseFhir(destination, nameOrAddress);
        return destination;
    }

    /** The same, where images can be looked for and fetched. */
    static Destination archive(DicomSettings settings, String nameOrAddress) throws CommandException {
        Destination destination = find(settings, nameOrAddress);
        refuseFhir(destination, nameOrAddress);
        return destination;
    }

    private static void refuseFhir(Destination destination, String nameOrAddress) throws CommandException {
        if (destination instanceof Destination.Web web && web.kind() == Destination.WebKind.FHIR) {
            throw new CommandException(
                    ExitCode.INPUT,
                    "FHIR services are told of studies but hold no images (" + nameOrAddress
                            + "): name AE@HOST:PORT, a DICOMweb address, or such a destination");
        }
    }

    /**
     * What went wrong with one, as a command tells it.
     *
     * @param after the sentence
     */
    static CommandException failure(IOException problem, String after) {
        boolean refused = problem instanceof WebException web && web.kind() == WebException.Kind.REFUSED;
        return new CommandException(refused ? ExitCode.NO : ExitCode.DEVICE, problem.getMessage() + after, problem);
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
