package org.isocenter.app.hospital;

import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.isocenter.dicom.net.TlsSettings;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.NetworkOption;
import org.isocenter.session.dicom.NetworkOptions;
import org.isocenter.session.dicom.Service;

/** A destination as somebody types it. FX thread. */
final class DestinationDraft {
    /** What is spoken with it. */
    enum Kind {
        DIMSE,
        DICOMWEB,
        FHIR
    }

    final StringProperty name = new SimpleStringProperty("");
    final ObjectProperty<Kind> kind = new SimpleObjectProperty<>(Kind.DIMSE);
    final StringProperty aeTitle = new SimpleStringProperty("");
    final StringProperty host = new SimpleStringProperty("");
    final StringProperty port = new SimpleStringProperty("104");
    final StringProperty url = new SimpleStringProperty("");
    final StringProperty tokenFile = new SimpleStringProperty("");
    final BooleanProperty automatic = new SimpleBooleanProperty();
    final BooleanProperty encrypted = new SimpleBooleanProperty();
    final StringProperty trust = new SimpleStringProperty("");
    final StringProperty certificate = new SimpleStringProperty("");
    final StringProperty key = new SimpleStringProperty("");
    final Map<Service, BooleanProperty> services = new EnumMap<>(Service.class);

    /** What the form does not show is kept as it was. */
    private Optional<TlsSettings> tls = Optional.empty();

    /** What differs from the console's network, as typed; empty where nothing does. */
    final Map<NetworkOption, StringProperty> network = new EnumMap<>(NetworkOption.class);

    DestinationDraft() {
        for (Service service : Service.values()) {
            services.put(service, new SimpleBooleanProperty(service == Service.STORE));
        }
        for (NetworkOption option : NetworkOption.values()) {
            network.put(option, new SimpleStringProperty(""));
        }
    }

    DestinationDraft(Destination from) {
        this();
        name.set(from.name());
        automatic.set(from.automatic());
        services.forEach((service, chosen) -> chosen.set(from.offers(service)));
        tls = from.tls();
        from.network().values().forEach((option, value) -> network.get(option).set(Integer.toString(value)));
        encrypted.set(tls.isPresent());
        tls.ifPresent(files -> {
            trust.set(files.trust().stream().map(Path::toString).collect(Collectors.joining(", ")));
            certificate.set(files.identity().map(Path::toString).orElse(""));
            key.set(files.privateKey().map(Path::toString).orElse(""));
        });
        if (from instanceof Destination.Dimse dimse) {
            aeTitle.set(dimse.aeTitle());
            host.set(dimse.host());
            port.set(Integer.toString(dimse.port()));
        } else if (from instanceof Destination.Web web) {
            kind.set(web.kind() == Destination.WebKind.FHIR ? Kind.FHIR : Kind.DICOMWEB);
            url.set(web.url().toString());
            tokenFile.set(web.tokenFile().map(Path::toString).orElse(""));
        }
    }

    /** The services that this kind can have. */
    Set<Service> possible() {
        return switch (kind.get()) {
            case DIMSE -> Set.of(Service.values());
            case DICOMWEB -> Destination.WebKind.DICOMWEB.services();
            case FHIR -> Destination.WebKind.FHIR.services();
        };
    }

    /** As typed, right or wrong: what is no number is port 0, what is no address an empty one. */
    Destination destination() {
        Set<Service> chosen = services.entrySet().stream()
                .filter(each -> each.getValue().get() && possible().contains(each.getKey()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        if (kind.get() == Kind.DIMSE) {
            return new Destination.Dimse(
                    name.get().strip(),
                    aeTitle.get().strip(),
                    host.get().strip(),
                    number(port.get()),
                    tls(),
                    chosen,
                    automatic.get(),
                    network());
        }
        return new Destination.Web(
                name.get().strip(),
                kind.get() == Kind.FHIR ? Destination.WebKind.FHIR : Destination.WebKind.DICOMWEB,
                uri(url.get().strip()),
                path(tokenFile.get()),
                tls(),
                chosen,
                automatic.get(),
                network());
    }

    /** The options of this kind that are typed; what is no number is 0, which none can be. */
    private NetworkOptions network() {
        Map<NetworkOption, Integer> typed = new EnumMap<>(NetworkOption.class);
        for (NetworkOption option : NetworkOption.of(kind.get() != Kind.DIMSE)) {
            String text = network.get(option).get();
            if (!text.isBlank()) {
                typed.put(option, number(text));
            }
        }
        return new NetworkOptions(typed);
    }

    private Optional<TlsSettings> tls() {
        if (!encrypted.get()) {
            return Optional.empty();
        }
        List<Path> trusted = List.of(trust.get().split(",")).stream()
                .flatMap(text -> path(text).stream())
                .toList();
        return Optional.of(new TlsSettings(
                trusted,
                path(certificate.get()),
                path(key.get()),
                tls.flatMap(TlsSettings::passwordFile),
                tls.map(TlsSettings::verifyHostName).orElse(true)));
    }

    /** 0 for what is no number. */
    static int number(String text) {
        return text.strip().matches("[0-9]{1,8}") ? Integer.parseInt(text.strip()) : 0;
    }

    private static Optional<Path> path(String text) {
        return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text.strip()));
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            return URI.create("");
        }
    }
}
