package org.isocenter.dicom.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A record system in memory that speaks as much FHIR as the one it plays. To be closed. */
final class FakeFhir implements AutoCloseable {
    /** What it plays. */
    enum Style {
        /** Pages, includes, conditional create; links give its inner address. */
        HAPI,
        /** Refuses parameters that it does not know; knows no state; includes. */
        OPENMRS,
        /** Ignores what it does not know, includes nothing, one page. */
        OPENEMR,
        /** Patients, and nothing else. */
        PATIENTS_ONLY
    }

    private static final Set<String> OPENMRS_PARAMETERS =
            Set.of("_count", "occurrence", "_include", "patient", "identifier", "_page");
    private static final int PAGE = 2;

    private final HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    private final Style style;
    private final List<ObjectNode> resources = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    FakeFhir(Style style, String... resources) throws IOException {
        this.style = style;
        for (String resource : resources) {
            add(resource);
        }
        server.createContext("/fhir", this::answer);
        server.start();
    }

    URI base() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/fhir");
    }

    void add(String resource) throws WebException {
        resources.add(
                (ObjectNode) Json.parse("test", resource.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    List<JsonNode> all(String type) {
        List<JsonNode> all = new ArrayList<>();
        resources.stream()
                .filter(one -> one.path("resourceType").asText().equals(type))
                .forEach(all::add);
        return all;
    }

    /** Method and path of all requests so far. */
    List<String> requests() {
        return requests;
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        String path = exchange.getRequestURI().getPath().substring("/fhir".length());
        byte[] body = exchange.getRequestBody().readAllBytes();
        switch (exchange.getRequestMethod()) {
            case "POST" -> create(exchange, (ObjectNode) Json.parse("request", body));
            case "PUT" -> update(exchange, path, (ObjectNode) Json.parse("request", body));
            default -> read(exchange, path);
        }
        exchange.close();
    }

    private void read(HttpExchange exchange, String path) throws IOException {
        if (path.equals("/metadata")) {
            send(
                    exchange,
                    200,
                    Json.object().put("resourceType", "CapabilityStatement").put("fhirVersion", "4.0.1"));
            return;
        }
        String[] parts = path.split("/");
        if (style == Style.PATIENTS_ONLY && !parts[1].equals("Patient")) {
            send(exchange, 404, Json.object());
        } else if (parts.length == 3) {
            ObjectNode found = find(path.substring(1));
            send(exchange, found == null ? 404 : 200, found == null ? Json.object() : found);
        } else {
            search(exchange, parts[1], parameters(exchange.getRequestURI().getRawQuery()));
        }
    }

    private void search(HttpExchange exchange, String type, Map<String, String> parameters) throws IOException {
        if (style == Style.OPENMRS && !OPENMRS_PARAMETERS.containsAll(parameters.keySet())) {
            send(exchange, 400, Json.object());
            return;
        }
        List<JsonNode> found =
                all(type).stream().filter(one -> matches(one, parameters)).toList();
        boolean pages = style != Style.OPENEMR;
        int page = Integer.parseInt(parameters.getOrDefault("_page", "0"));
        ObjectNode bundle = Json.object().put("resourceType", "Bundle").put("type", "searchset");
        ArrayNode entries = bundle.putArray("entry");
        found.stream()
                .skip(pages ? (long) page * PAGE : 0)
                .limit(pages ? PAGE : Integer.MAX_VALUE)
                .forEach(one -> add(entries, one));
        if (style == Style.HAPI || style == Style.OPENMRS) {
            new ArrayList<>(List.copyOf(resources))
                    .stream()
                            .filter(one -> Set.of("Patient", "Practitioner")
                                    .contains(one.path("resourceType").asText()))
                            .filter(one -> parameters.containsKey("_include"))
                            .forEach(one -> add(entries, one));
        }
        if (pages && found.size() > (page + 1) * PAGE) {
            String query = exchange.getRequestURI().getRawQuery().replaceFirst("&_page=[0-9]+", "");
            bundle.putArray("link")
                    .addObject()
                    .put("relation", "next")
                    .put("url", "http://inner.example:8080/fhir/" + type + "?" + query + "&_page=" + (page + 1));
        }
        send(exchange, 200, bundle);
    }

    private void add(ArrayNode entries, JsonNode resource) {
        entries.addObject()
                .put("fullUrl", "http://inner.example:8080/fhir/" + FhirServer.reference(resource))
                .set("resource", resource);
    }

    private boolean matches(JsonNode resource, Map<String, String> parameters) {
        String text = resource.toString();
        String identifier = parameters.get("identifier");
        String value = identifier == null ? "" : identifier.substring(identifier.lastIndexOf('|') + 1);
        boolean fits = text.contains("\"" + value + "\"") || value.isEmpty();
        if (style == Style.HAPI) {
            fits &= text.contains("\"" + parameters.getOrDefault("basedon", "") + "\"")
                    || !parameters.containsKey("basedon");
            fits &= resource.path("status").asText().equals(parameters.get("status"))
                    || !parameters.containsKey("status");
        }
        return fits;
    }

    private void create(HttpExchange exchange, ObjectNode resource) throws IOException {
        String condition = exchange.getRequestHeaders().getFirst("If-None-Exist");
        boolean there = condition != null
                && style == Style.HAPI
                && all(resource.path("resourceType").asText()).stream()
                        .anyMatch(one -> matches(one, parameters(condition)));
        if (!there) {
            resource.put("id", "new-" + resources.size());
            resource.putObject("meta").put("versionId", "1");
            resources.add(resource);
        }
        send(exchange, there ? 200 : 201, resource);
    }

    private void update(HttpExchange exchange, String path, ObjectNode resource) throws IOException {
        ObjectNode present = find(path.substring(1));
        String version = present.at("/meta/versionId").asText();
        if (!("W/\"" + version + "\"").equals(exchange.getRequestHeaders().getFirst("If-Match"))) {
            send(exchange, 412, Json.object());
            return;
        }
        resources.remove(present);
        resource.putObject("meta").put("versionId", version + "1");
        resources.add(resource);
        send(exchange, 200, resource);
    }

    private ObjectNode find(String reference) {
        return resources.stream()
                .filter(one -> FhirServer.reference(one).equals(reference))
                .findFirst()
                .orElse(null);
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = Json.bytes(body);
        if (body.has("meta")) {
            exchange.getResponseHeaders()
                    .add("ETag", "W/\"" + body.at("/meta/versionId").asText() + "\"");
        }
        exchange.getResponseHeaders().add("Content-Type", "application/fhir+json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
