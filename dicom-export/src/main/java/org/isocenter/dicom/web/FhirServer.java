package org.isocenter.dicom.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.isocenter.dicom.web.WebException.Kind;

/** FHIR's REST interface (R4, http.html and search.html): searches page by page, reads, creates, updates. */
final class FhirServer {
    private static final String JSON = "application/fhir+json";
    private static final int MAX_REPLY_BYTES = 16 << 20;
    private static final int MAX_PAGES = 100;
    private static final Pattern PLACE = Pattern.compile("[A-Za-z0-9.\\[\\]():_-]{1,200}");

    /**
     * What a search brought.
     *
     * @param matches resources that were searched for
     * @param others what came along, by reference: {@code Patient/7}
     * @param complete false when there was more than is read here
     */
    record Answer(List<JsonNode> matches, Map<String, JsonNode> others, boolean complete) {}

    /**
     * A resource and its version.
     *
     * @param etag of the version; null when the server has none
     */
    record Versioned(JsonNode resource, String etag) {}

    private final WebConnection connection;

    FhirServer(WebConnection connection) {
        this.connection = connection;
    }

    String where() {
        return connection.where();
    }

    /** @param query behind the question mark, encoded */
    Answer search(String type, String query) throws IOException {
        List<JsonNode> matches = new ArrayList<>();
        Map<String, JsonNode> others = new HashMap<>();
        Set<URI> visited = new HashSet<>();
        URI next = connection.uri("/" + type + (query.isEmpty() ? "" : "?" + query));
        for (int page = 0; page < MAX_PAGES && next != null && visited.add(next); page++) {
            JsonNode bundle = get(next).resource();
            if (!bundle.path("resourceType").asText().equals("Bundle")) {
                throw new WebException(Kind.PROTOCOL, where() + ": expected a FHIR Bundle: check the address");
            }
            for (JsonNode entry : bundle.path("entry")) {
                JsonNode resource = entry.path("resource");
                if (resource.path("resourceType").asText().equals(type)) {
                    matches.add(resource);
                } else {
                    others.put(reference(resource), resource);
                    others.put(entry.path("fullUrl").asText(), resource);
                }
            }
            next = next(bundle);
        }
        return new Answer(matches, others, next == null);
    }

    /** The resource of a reference: from what came along, inside the referring one, or read from the server. */
    JsonNode resolve(JsonNode from, String reference, Map<String, JsonNode> others) throws IOException {
        if (reference.startsWith("#")) {
            for (JsonNode contained : from.path("contained")) {
                if (contained.path("id").asText().equals(reference.substring(1))) {
                    return contained;
                }
            }
        }
        String relative = relative(reference);
        for (String key : List.of(reference, relative)) {
            if (others.containsKey(key)) {
                return others.get(key);
            }
        }
        if (relative.isEmpty()) {
            return Json.object().path("");
        }
        JsonNode read = get(connection.uri("/" + relative)).resource();
        others.put(relative, read);
        return read;
    }

    /** Creates it unless there is one that {@code condition} finds (http.html, conditional create). */
    void create(JsonNode resource, String condition) throws IOException {
        write("POST", "/" + resource.path("resourceType").asText(), resource, "If-None-Exist", condition);
    }

    /** Puts a new version in the place of the one that was read. */
    void update(JsonNode resource, String etag) throws IOException {
        write("PUT", "/" + reference(resource), resource, "If-Match", etag);
    }

    /** {@code Patient/7}. */
    static String reference(JsonNode resource) {
        return resource.path("resourceType").asText() + "/"
                + resource.path("id").asText();
    }

    Versioned get(URI uri) throws IOException {
        WebConnection.Call call = new WebConnection.Call(
                "GET", uri, Map.of("Accept", JSON, "Prefer", "handling=lenient"), BodyPublishers.noBody());
        try (WebConnection.Reply reply = connection.sendForSuccess(call)) {
            return new Versioned(Json.parse(where(), reply.bytes(where(), MAX_REPLY_BYTES)), reply.header("ETag"));
        }
    }

    private void write(String method, String path, JsonNode resource, String conditionName, String condition)
            throws IOException {
        Map<String, String> headers = new HashMap<>(Map.of("Accept", JSON, "Content-Type", JSON));
        if (condition != null) {
            headers.put(conditionName, condition);
        }
        WebConnection.Call call = new WebConnection.Call(
                method, connection.uri(path), headers, BodyPublishers.ofByteArray(Json.bytes(resource)));
        try (WebConnection.Reply reply = connection.send(call)) {
            if (reply.status() / 100 != 2) {
                throw refusal(reply);
            }
        }
    }

    /** What the server says is wrong, by code and place: its words could repeat what was sent. */
    private WebException refusal(WebConnection.Reply reply) throws IOException {
        WebException plain = connection.failure(reply);
        List<String> issues = new ArrayList<>();
        try {
            JsonNode outcome = Json.parse(where(), reply.bytes(where(), MAX_REPLY_BYTES));
            for (JsonNode issue : outcome.path("issue")) {
                StringBuilder told = new StringBuilder();
                add(told, issue.path("code").asText());
                issue.path("expression").forEach(place -> add(told, place.asText()));
                if (!told.isEmpty() && issues.size() < 3) {
                    issues.add(told.toString());
                }
            }
        } catch (WebException e) {
            return plain;
        }
        return issues.isEmpty()
                ? plain
                : new WebException(
                        plain.kind(),
                        plain.status(),
                        plain.retryAfter().orElse(null),
                        plain.getMessage() + ": " + String.join(", ", issues));
    }

    private static void add(StringBuilder told, String word) {
        if (PLACE.matcher(word).matches()) {
            told.append(told.isEmpty() ? "" : " ").append(word);
        }
    }

    /**
     * The next page. Servers behind a gateway often give addresses of their inner side, which nobody else can reach: then the
     * page is asked for where the first one was.
     */
    private URI next(JsonNode bundle) throws WebException {
        for (JsonNode link : bundle.path("link")) {
            if (link.path("relation").asText().equals("next")) {
                try {
                    URI uri = connection.uri("/").resolve(link.path("url").asText());
                    if (connection.isSameOrigin(uri)) {
                        return uri;
                    }
                    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
                    String last = path.substring(path.lastIndexOf('/') + 1);
                    boolean ofType = !last.isEmpty() && Character.isUpperCase(last.charAt(0));
                    return connection.uri((ofType ? "/" + last : "") + "?" + uri.getRawQuery());
                } catch (IllegalArgumentException e) {
                    throw new WebException(Kind.PROTOCOL, where() + ": the address of the next page is none");
                }
            }
        }
        return null;
    }

    /** {@code Patient/7} of a relative or absolute reference, with or without version; empty when it is none of the two. */
    private static String relative(String reference) {
        String plain = reference.replaceFirst("/_history/.*$", "");
        String[] parts = plain.split("/");
        if (parts.length < 2) {
            return "";
        }
        String type = parts[parts.length - 2];
        String id = parts[parts.length - 1];
        return type.matches("[A-Z][A-Za-z]{1,60}") && id.matches("[A-Za-z0-9.-]{1,64}") ? type + "/" + id : "";
    }
}
