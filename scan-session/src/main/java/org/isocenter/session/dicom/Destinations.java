package org.isocenter.session.dicom;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How people name a destination: as in the settings, or as {@code AE@HOST:PORT} without any settings. */
public final class Destinations {
    public static final String FORM = "AE@HOST:PORT, or the name of a destination of dicom.json";

    private static final Pattern ADDRESS =
            Pattern.compile("([^@]+)@(\\[[0-9A-Fa-f:.%]+]|[^\\s@\\[\\]:]+):([0-9]{1,5})");

    private Destinations() {}

    /**
     * The destination of that name or address. One that is known by its address only is sent images, unencrypted, and asked nothing.
     * Empty when there is none, and when this is no address.
     */
    public static Optional<Destination> find(DicomSettings settings, String nameOrAddress) {
        Optional<Destination> known = settings.find(nameOrAddress);
        return known.isPresent() ? known : parse(nameOrAddress);
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
