package org.isocenter.session.dicom;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.isocenter.dicom.net.ListenerSettings;
import org.isocenter.dicom.net.NetSettings;
import org.isocenter.dicom.net.Peer;
import org.isocenter.dicom.net.TlsSettings;
import org.isocenter.dicom.web.WebSettings;
import org.isocenter.session.IsocenterHome;

/**
 * Whom this console speaks DICOM with. Immutable; kept in {@code dicom.json} of the Isocenter home. What a value may be is
 * checked where it comes in: {@link #read}, and {@link #problem} for values from elsewhere.
 *
 * @param localAeTitle what this console is called by others
 * @param listening where others may call; empty: nowhere
 * @param network how the network behaves to all
 */
public record DicomSettings(
        String localAeTitle, Optional<Listening> listening, NetworkOptions network, List<Destination> destinations) {
    public static final String FILE_NAME = "dicom.json";
    /** Nobody to speak with yet. */
    public static final DicomSettings DEFAULT = new DicomSettings("ISOCENTER", Optional.empty(), List.of());

    /**
     * Where this console can be called.
     *
     * @param tls when given, only encrypted calls are answered
     */
    public record Listening(int port, Optional<TlsSettings> tls) {}

    public DicomSettings {
        destinations = List.copyOf(destinations);
    }

    /** With the network as usual. */
    public DicomSettings(String localAeTitle, Optional<Listening> listening, List<Destination> destinations) {
        this(localAeTitle, listening, NetworkOptions.USUAL, destinations);
    }

    /** The settings' file of a home folder. */
    public static Path file(Path home) {
        return home.resolve(FILE_NAME);
    }

    /**
     * From {@code dicom.json} in this folder; the default where there is none.
     *
     * @throws DicomSettingsException when it holds something that cannot be used; says what, where, and what to do
     */
    public static DicomSettings read(Path home) throws IOException {
        return DicomSettingsFile.read(file(home));
    }

    /** Of {@link IsocenterHome#folder}. */
    public static DicomSettings readDefault() throws IOException {
        return read(IsocenterHome.folder());
    }

    /**
     * Writes {@code dicom.json} in this folder: whole or not at all, for its owner's eyes only. Refuses what {@link #read}
     * would refuse.
     */
    public void write(Path home) throws IOException {
        DicomSettingsFile.write(this, file(home));
    }

    /** What is wrong with these values; empty when nothing is. Files are not looked for. */
    public Optional<DicomSettingsException> problem() {
        return DicomSettingsFile.problem(this);
    }

    /** As {@link #write} writes it. */
    public ObjectNode json() {
        return DicomSettingsFile.json(this);
    }

    /** How this console behaves on associations of others. */
    public NetSettings net() {
        return network.net(localAeTitle);
    }

    /** How this console behaves on associations with a destination. */
    public NetSettings net(Destination.Dimse destination) {
        return destination.network().over(network).net(localAeTitle);
    }

    /** How a destination's web services are called. */
    public WebSettings web(Destination.Web destination) {
        return destination.network().over(network).web(destination.url(), destination.tokenFile(), destination.tls());
    }

    /** How this console takes calls; empty when it does not. @param callers whose calls are taken */
    public Optional<ListenerSettings> listener(List<Peer> callers) {
        return listening.map(
                where -> new ListenerSettings(where.port(), callers, network.maxAssociations(), where.tls()));
    }

    /** The destination of this name. */
    public Optional<Destination> find(String name) {
        return destinations.stream().filter(d -> d.name().equals(name)).findFirst();
    }

    /** Those that are used for a service, in the order of the settings. */
    public List<Destination> offering(Service service) {
        return destinations.stream().filter(d -> d.offers(service)).toList();
    }

    /** Those that get the images of every scan that is made in the window. */
    public List<Destination> automatic() {
        return destinations.stream()
                .filter(d -> d.automatic() && d.offers(Service.STORE))
                .toList();
    }

    /** The first name that two destinations have. */
    Optional<String> nameTwice() {
        Set<String> seen = new HashSet<>();
        return destinations.stream()
                .map(Destination::name)
                .filter(name -> !seen.add(name))
                .findFirst();
    }
}
