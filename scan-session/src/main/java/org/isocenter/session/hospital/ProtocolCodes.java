package org.isocenter.session.hospital;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.isocenter.model.Anatomy;
import org.isocenter.model.BodyPart;
import org.isocenter.model.Code;
import org.isocenter.model.ScheduledStep;
import org.isocenter.model.Side;
import org.isocenter.session.IsocenterHome;

/**
 * Which sequences the hospital's protocol codes stand for: {@code protocol-codes.json} in the Isocenter home, a list of
 * {@code {"code": "T2AX", "scheme": "99HOSP", "scans": [{"sequence": "tse2d", "name": "T2 axial", "parameters": {"TE": "80 ms"}}],
 * "bodyPart": "KNEE", "side": "left"}}, where the part of the body may be left out. What is not in it is not known: nothing is
 * guessed. Immutable.
 */
public final class ProtocolCodes {
    public static final String FILE_NAME = "protocol-codes.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<Code, Meaning> meanings;

    private record Meaning(List<PlannedScan> scans, Anatomy anatomy) {}

    /**
     * One scan of what a code stands for.
     *
     * @param sequence of the library
     * @param name what it is called; the sequence's name when the table has none
     * @param parameters values with units, by name: "TE" to "80 ms"
     */
    public record PlannedScan(String sequence, String name, Map<String, String> parameters) {
        public PlannedScan {
            parameters = Map.copyOf(parameters);
        }

        /** As {@code --set} takes them, in the order of their names. */
        public List<String> settings() {
            return parameters.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .toList();
        }
    }

    private ProtocolCodes(Map<Code, Meaning> meanings) {
        this.meanings = meanings;
    }

    /** Of {@link IsocenterHome#folder}. */
    public static ProtocolCodes readDefault() throws IOException {
        return read(IsocenterHome.folder());
    }

    /**
     * The table of a home folder; empty where there is none.
     *
     * @throws IOException when it cannot be understood; says where and what to do
     */
    public static ProtocolCodes read(Path home) throws IOException {
        Path file = home.resolve(FILE_NAME);
        Map<Code, Meaning> meanings = new LinkedHashMap<>();
        if (!Files.exists(file)) {
            return new ProtocolCodes(meanings);
        }
        JsonNode root;
        try {
            root = JSON.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new IOException("the table of protocol codes is no JSON (" + file + ", line "
                    + (e.getLocation() == null ? 1 : e.getLocation().getLineNr()) + "): mend the file");
        }
        for (JsonNode entry : root) {
            Code code = new Code(text(file, entry, "code"), text(file, entry, "scheme"), "");
            List<PlannedScan> planned = new ArrayList<>();
            for (JsonNode scan : entry.path("scans")) {
                planned.add(scan(file, scan));
            }
            Meaning meaning = new Meaning(planned, anatomy(file, entry));
            if (planned.isEmpty() || meanings.putIfAbsent(code, meaning) != null) {
                throw wrong(file, "code " + code + (planned.isEmpty() ? " has no scans" : " is there twice"));
            }
        }
        return new ProtocolCodes(meanings);
    }

    private static Anatomy anatomy(Path file, JsonNode entry) throws IOException {
        String part = entry.path("bodyPart").asText("");
        String side = entry.path("side").asText("");
        if (!part.isBlank() && BodyPart.of(part).isEmpty()) {
            throw wrong(
                    file, "\"bodyPart\" " + part + " is no term of DICOM's for a part of the body (PS3.16 annex L)");
        }
        if (!side.isBlank() && Side.of(side).isEmpty()) {
            throw wrong(file, "\"side\" " + side + " is neither left nor right nor both");
        }
        return new Anatomy(BodyPart.of(part).orElse(null), Side.of(side).orElse(Side.UNKNOWN));
    }

    private static PlannedScan scan(Path file, JsonNode scan) throws IOException {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> parameter : scan.path("parameters").properties()) {
            parameters.put(parameter.getKey(), parameter.getValue().asText());
        }
        String sequence = text(file, scan, "sequence");
        return new PlannedScan(sequence, scan.path("name").asText(sequence), parameters);
    }

    private static String text(Path file, JsonNode node, String key) throws IOException {
        String text = node.path(key).asText("");
        if (text.isBlank()) {
            throw wrong(file, "\"" + key + "\" is missing in " + node);
        }
        return text;
    }

    private static IOException wrong(Path file, String what) {
        return new IOException("the table of protocol codes cannot be used (" + file + "): " + what
                + ": write [{\"code\": …, \"scheme\": …, \"scans\": [{\"sequence\": …, \"parameters\": {…}}]}]");
    }

    /** What the codes of an entry stand for, as far as that is known. */
    public List<PlannedScan> scans(ScheduledStep step) {
        return step.protocolCodes().stream()
                .flatMap(code -> scans(code).stream())
                .flatMap(List::stream)
                .toList();
    }

    /** What a code stands for; empty when that is not known. */
    public Optional<List<PlannedScan>> scans(Code code) {
        return meaning(code).map(Meaning::scans);
    }

    /** The part of the body that the codes of an entry stand for, as far as that is known. */
    public Anatomy anatomy(ScheduledStep step) {
        return Anatomy.agreed(step.protocolCodes().stream()
                .flatMap(code -> meaning(code).stream())
                .map(Meaning::anatomy)
                .toList());
    }

    private Optional<Meaning> meaning(Code code) {
        return meanings.entrySet().stream()
                .filter(entry -> entry.getKey().means(code))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
