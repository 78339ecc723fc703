package org.isocenter.session.dicom;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.isocenter.dicom.web.WebSettings;

/**
 * How people name a destination: as in the settings, or by its address without any settings: {@code AE@HOST:PORT}, the https
 * or http address of a DICOMweb service, or that of a FHIR service with {@code fhir+} before it.
 */
public final class Destinations {
    public static final String FORM = "AE@HOST:PORT, a web address, or the name of a destination of dicom.json";

    private static final String FHIR = "fhir+";

    private static final Pattern ADDRESS =
            Pattern.compile("([^@]+)@(\\[[0-9A-Fa-f:.%]+]|[^\\s@\\[\\]:]+):([0-9]{1,5})");

    private Destinations() {}

    /**
     * The destination of that name or address. One that is known by its address only is sent images and asked for some, or for
     * orders where it speaks FHIR, without credentials or certificates of ours. Empty when there is none, and when this is no
     * address.
     */
    public static Optional<Destination> find(DicomSettings settings, String nameOrAddress) {
        Optional<Destination> known = settings.find(nameOrAddress);
        if (known.isPresent()) {
            return known;
        }
        return nameOrAddress.contains("://") ? parseUrl(nameOrAddress) : parse(nameOrAddress);
    }

    private static Optional<Destination> parseUrl(String address) {
        boolean fhir = address.startsWith(FHIR);
        try {
            URI url = new URI(fhir ? address.substring(FHIR.length()) : address);
            if (WebSettings.problem(url).isPresent()) {
                return Optional.empty();
            }
            return Optional.of(new Destination.Web(
                    address,
                    fhir ? Destination.WebKind.FHIR : Destination.WebKind.DICOMWEB,
                    url,
                    Optional.empty(),
                    Optional.empty(),
                    fhir ? Set.of(Service.STORE, Service.WORKLIST) : Set.of(Service.STORE, Service.QUERY),
                    false));
        } catch (URISyntaxException e) {
            return Optional.empty(); // an address of something else
        }
    }

    private static Optional<Destination> parse(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(parts.group(3));
        String host = parts.group(2).startsWith("[")
                ? parts.group(2).substring(1, parts.group(2).length() - 1)
                : parts.group(2);
        Destination.Dimse destination = new Destination.Dimse(
                address, parts.group(1), host, port, Optional.empty(), Set.of(Service.STORE), false);
        try {
            destination.peer();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a title or port that cannot be
        }
        return Optional.of(destination);
    }
}
