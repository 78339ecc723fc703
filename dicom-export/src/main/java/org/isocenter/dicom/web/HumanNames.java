package org.isocenter.dicom.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * FHIR's names as DICOM's: family^given^middle^prefix^suffix, in up to three groups, alphabetic, ideographic and phonetic,
 * by the extension that tells how a name is written (PS3.5 6.2.1; FHIR R4 HumanName). Pure.
 */
final class HumanNames {
    private static final String REPRESENTATION = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation";
    private static final List<String> GROUPS = List.of("ABC", "IDE", "SYL");
    private static final Set<String> NOT_NOW = Set.of("old", "maiden", "nickname", "anonymous", "temp");
    private static final List<String> PREFERRED = List.of("official", "usual", "");

    private HumanNames() {}

    /** Empty when there is none. */
    static String toPersonName(JsonNode names) {
        List<String> groups = new ArrayList<>();
        for (String group : GROUPS) {
            groups.add(best(names, group));
        }
        String joined = String.join("=", groups);
        return joined.replaceFirst("=+$", "");
    }

    /** Whether any of the names comes in parts, so that family and given name can be told apart. */
    static boolean isInParts(JsonNode names) {
        for (JsonNode name : names) {
            if (name.has("family") || name.has("given")) {
                return true;
            }
        }
        return false;
    }

    private static String best(JsonNode names, String group) {
        for (String use : PREFERRED) {
            for (JsonNode name : names) {
                String its = name.path("use").asText();
                boolean fits = use.isEmpty() ? !NOT_NOW.contains(its) : its.equals(use);
                if (fits && group(name).equals(group)) {
                    return parts(name);
                }
            }
        }
        return "";
    }

    private static String group(JsonNode name) {
        for (JsonNode extension : name.path("extension")) {
            String code = extension.path("valueCode").asText();
            if (extension.path("url").asText().equals(REPRESENTATION) && GROUPS.contains(code)) {
                return code;
            }
        }
        return GROUPS.get(0);
    }

    private static String parts(JsonNode name) {
        if (!name.has("family") && !name.has("given")) {
            return clean(name.path("text").asText());
        }
        List<String> given = texts(name.path("given"));
        String first = given.isEmpty() ? "" : given.get(0);
        String middle = given.size() < 2 ? "" : String.join(" ", given.subList(1, given.size()));
        String joined = String.join(
                "^",
                clean(name.path("family").asText()),
                first,
                middle,
                String.join(" ", texts(name.path("prefix"))),
                String.join(" ", texts(name.path("suffix"))));
        return joined.replaceFirst("\\^+$", "");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(clean(text.asText())));
        return texts;
    }

    /** Without the characters that part a name in DICOM. */
    static String clean(String text) {
        return text.replaceAll("[\\\\^=\\p{Cntrl}]+", " ").strip();
    }
}
