package org.isocenter.session.dicom;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.isocenter.dicom.net.AeTitle;
import org.isocenter.dicom.net.TlsSettings;
import org.isocenter.dicom.web.WebSettings;
import org.isocenter.session.IsocenterHome;

/** {@code dicom.json}, read and written. */
final class DicomSettingsFile {
    private static final Set<String> KEYS = Set.of("localAeTitle", "listen", "network", "destinations");
    private static final Set<String> LISTEN_KEYS = Set.of("port", "tls");
    private static final Set<String> TLS_KEYS = Set.of("trust", "certificate", "key", "passwordFile", "verifyHostName");
    private static final Set<String> DIMSE_KEYS =
            Set.of("name", "kind", "aeTitle", "host", "port", "tls", "services", "automatic", "network");
    private static final Set<String> WEB_KEYS =
            Set.of("name", "kind", "url", "tokenFile", "tls", "services", "automatic", "network");
    private static final String DIMSE = "dimse";

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private DicomSettingsFile() {}

    static DicomSettings read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return DicomSettings.DEFAULT;
        }
        try {
            return settings(new SettingsNode(file, "", JSON.readTree(file.toFile())), true);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new DicomSettingsException(
                    "the settings are no JSON: " + e.getOriginalMessage(), file, "line " + line, "mend the file");
        }
    }

    static Optional<DicomSettingsException> problem(DicomSettings settings) {
        try {
            settings(new SettingsNode(Path.of(DicomSettings.FILE_NAME), "", json(settings)), false);
            return Optional.empty();
        } catch (DicomSettingsException e) {
            return Optional.of(e);
        }
    }

    static void write(DicomSettings settings, Path file) throws IOException {
        JsonNode json = json(settings);
        settings(new SettingsNode(file, "", json), true);
        IsocenterHome.createPrivateDirectories(file.toAbsolutePath().getParent());
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        Files.deleteIfExists(part);
        try {
            try (FileChannel channel = FileChannel.open(
                    part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(part))) {
                ByteBuffer bytes =
                        ByteBuffer.wrap(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static DicomSettings settings(SettingsNode root, boolean lookForFiles) throws DicomSettingsException {
        root.requireObject(KEYS);
        String title = root.at("localAeTitle").isPresent()
                ? aeTitle(root.at("localAeTitle"))
                : DicomSettings.DEFAULT.localAeTitle();
        Optional<DicomSettings.Listening> listening = Optional.empty();
        SettingsNode listen = root.at("listen");
        if (listen.isPresent()) {
            listen.requireObject(LISTEN_KEYS);
            Optional<TlsSettings> tls = tls(listen.at("tls"), lookForFiles);
            if (tls.isPresent() && tls.get().identity().isEmpty()) {
                throw listen.at("tls").refusal("whoever is called shows a certificate", "add certificate and key");
            }
            listening =
                    Optional.of(new DicomSettings.Listening(listen.at("port").port(), tls));
        }
        List<Destination> destinations = new ArrayList<>();
        for (SettingsNode element : root.at("destinations").elements()) {
            destinations.add(destination(element, lookForFiles));
        }
        NetworkOptions network = network(root.at("network"), Optional.empty());
        DicomSettings settings = new DicomSettings(title, listening, network, destinations);
        Optional<String> twice = settings.nameTwice();
        if (twice.isPresent()) {
            throw root.at("destinations")
                    .refusal("two destinations are called \"" + twice.get() + "\"", "give each a name of its own");
        }
        return settings;
    }

    private static Destination destination(SettingsNode node, boolean lookForFiles) throws DicomSettingsException {
        String kind = node.at("kind").isPresent() ? node.at("kind").text() : DIMSE;
        Optional<Destination.WebKind> web = webKind(node.at("kind"), kind);
        node.requireObject(web.isPresent() ? WEB_KEYS : DIMSE_KEYS);
        String name = node.at("name").text();
        // An @ would make it look like the address of a destination that has no name.
        if (name.isBlank()
                || name.length() > 64
                || name.indexOf('@') >= 0
                || name.chars().anyMatch(Character::isISOControl)) {
            throw node.at("name").refusal("this is no name", "write 1 to 64 characters, no @, no line break");
        }
        Optional<TlsSettings> tls = tls(node.at("tls"), lookForFiles);
        Set<Service> services = services(node.at("services"), web);
        boolean automatic = node.at("automatic").flag(false);
        NetworkOptions network = network(
                node.at("network"), Optional.of(web.isPresent() ? NetworkOption.Use.WEB : NetworkOption.Use.DIMSE));
        if (web.isPresent()) {
            return new Destination.Web(
                    name,
                    web.get(),
                    url(node.at("url")),
                    file(node.at("tokenFile"), lookForFiles),
                    tls,
                    services,
                    automatic,
                    network);
        }
        String host = node.at("host").text();
        if (host.isBlank() || host.chars().anyMatch(c -> c <= ' ')) {
            throw node.at("host").refusal("this is no host", "write its name or its number in the network");
        }
        return new Destination.Dimse(
                name, aeTitle(node.at("aeTitle")), host, node.at("port").port(), tls, services, automatic, network);
    }

    /** @param use where it stands; empty for the console's own, where all stand */
    private static NetworkOptions network(SettingsNode node, Optional<NetworkOption.Use> use)
            throws DicomSettingsException {
        if (!node.isPresent()) {
            return NetworkOptions.USUAL;
        }
        Set<NetworkOption> known = NetworkOption.of(use);
        node.requireObject(known.stream().map(NetworkOption::key).collect(Collectors.toSet()));
        Map<NetworkOption, Integer> values = new EnumMap<>(NetworkOption.class);
        for (NetworkOption option : known) {
            SettingsNode value = node.at(option.key());
            if (value.isPresent()) {
                values.put(option, value.number("out of range", option.least(), option.most()));
            }
        }
        return new NetworkOptions(values);
    }

    private static Optional<Destination.WebKind> webKind(SettingsNode node, String kind) throws DicomSettingsException {
        return switch (kind) {
            case DIMSE -> Optional.empty();
            case "dicomweb" -> Optional.of(Destination.WebKind.DICOMWEB);
            case "fhir" -> Optional.of(Destination.WebKind.FHIR);
            default -> throw node.refusal("no such kind of destination", "write dimse, dicomweb or fhir");
        };
    }

    private static String aeTitle(SettingsNode node) throws DicomSettingsException {
        String title = node.text();
        try {
            AeTitle.check(title);
        } catch (IllegalArgumentException e) {
            throw node.refusal("\"" + title + "\" is no AE title", e.getMessage());
        }
        return title;
    }

    private static URI url(SettingsNode node) throws DicomSettingsException {
        URI url;
        try {
            url = new URI(node.text());
        } catch (URISyntaxException e) {
            throw node.refusal("this is no web address: " + e.getReason(), "write http(s)://HOST[:PORT]/PATH");
        }
        Optional<String> problem = WebSettings.problem(url);
        if (problem.isPresent()) {
            throw node.refusal("this is no address of a web service", problem.get());
        }
        return url;
    }

    private static Set<Service> services(SettingsNode node, Optional<Destination.WebKind> web)
            throws DicomSettingsException {
        Set<Service> possible = web.map(Destination.WebKind::services).orElse(EnumSet.allOf(Service.class));
        Set<Service> services = EnumSet.noneOf(Service.class);
        for (SettingsNode element : node.elements()) {
            String text = element.text();
            services.add(possible.stream()
                    .filter(service -> service.text().equals(text))
                    .findFirst()
                    .orElseThrow(() -> element.refusal(
                            "no such service at a destination of this kind",
                            "write "
                                    + possible.stream()
                                            .sorted()
                                            .map(Service::text)
                                            .collect(Collectors.joining(", ")))));
        }
        if (services.contains(Service.COMMITMENT) && !services.contains(Service.STORE)) {
            throw node.refusal("commitment is of images that were stored there", "add store, or remove commitment");
        }
        return services;
    }

    private static Optional<TlsSettings> tls(SettingsNode node, boolean lookForFiles) throws DicomSettingsException {
        if (!node.isPresent()) {
            return Optional.empty();
        }
        node.requireObject(TLS_KEYS);
        if (node.at("key").isPresent() && !node.at("certificate").isPresent()) {
            throw node.refusal("a key without its certificate", "add the certificate, or remove the key");
        }
        boolean verifyHostName = node.at("verifyHostName").flag(true);
        if (!verifyHostName && node.at("trust").elements().isEmpty()) {
            throw node.at("verifyHostName")
                    .refusal(
                            "without the host's name, whoever has any certificate would be trusted",
                            "name its own certificate in trust, or remove this");
        }
        List<Path> trust = new ArrayList<>();
        for (SettingsNode element : node.at("trust").elements()) {
            trust.addAll(file(element, lookForFiles).stream().toList());
        }
        return Optional.of(new TlsSettings(
                trust,
                file(node.at("certificate"), lookForFiles),
                file(node.at("key"), lookForFiles),
                file(node.at("passwordFile"), lookForFiles),
                verifyHostName));
    }

    private static Optional<Path> file(SettingsNode node, boolean lookForIt) throws DicomSettingsException {
        if (lookForIt) {
            return node.existingFile();
        }
        return node.isPresent() ? Optional.of(Path.of(node.text())) : Optional.empty();
    }

    static ObjectNode json(DicomSettings settings) {
        ObjectNode root = JSON.createObjectNode().put("localAeTitle", settings.localAeTitle());
        settings.listening().ifPresent(listening -> {
            ObjectNode listen = root.putObject("listen").put("port", listening.port());
            putTls(listen, listening.tls());
        });
        putNetwork(root, settings.network());
        ArrayNode destinations = root.putArray("destinations");
        for (Destination destination : settings.destinations()) {
            putDestination(destinations.addObject(), destination);
        }
        return root;
    }

    private static void putDestination(ObjectNode node, Destination destination) {
        node.put("name", destination.name());
        if (destination instanceof Destination.Dimse dimse) {
            node.put("kind", DIMSE)
                    .put("aeTitle", dimse.aeTitle())
                    .put("host", dimse.host())
                    .put("port", dimse.port());
        } else if (destination instanceof Destination.Web web) {
            node.put("kind", web.kind().name().toLowerCase(Locale.ROOT))
                    .put("url", web.url().toString());
            web.tokenFile().ifPresent(file -> node.put("tokenFile", file.toString()));
        }
        putTls(node, destination.tls());
        ArrayNode services = node.putArray("services");
        EnumSet.allOf(Service.class).stream()
                .filter(destination::offers)
                .forEach(service -> services.add(service.text()));
        node.put("automatic", destination.automatic());
        putNetwork(node, destination.network());
    }

    private static void putNetwork(ObjectNode node, NetworkOptions network) {
        if (!network.values().isEmpty()) {
            ObjectNode options = node.putObject("network");
            new TreeMap<>(network.values()).forEach((option, value) -> options.put(option.key(), value));
        }
    }

    private static void putTls(ObjectNode node, Optional<TlsSettings> tls) {
        tls.ifPresent(files -> {
            ObjectNode into = node.putObject("tls");
            if (!files.trust().isEmpty()) {
                ArrayNode trust = into.putArray("trust");
                files.trust().forEach(file -> trust.add(file.toString()));
            }
            files.identity().ifPresent(file -> into.put("certificate", file.toString()));
            files.privateKey().ifPresent(file -> into.put("key", file.toString()));
            files.passwordFile().ifPresent(file -> into.put("passwordFile", file.toString()));
            if (!files.verifyHostName()) {
                into.put("verifyHostName", false);
            }
        });
    }
}
