package org.isocenter.session.dicom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A part of a settings file that knows where it stands, so that every refusal names file and key. */
final class SettingsNode {
    private final Path file;
    private final String key;
    private final JsonNode node;

    SettingsNode(Path file, String key, JsonNode node) {
        this.file = file;
        this.key = key;
        this.node = node == null ? MissingNode.getInstance() : node;
    }

    SettingsNode at(String name) {
        return new SettingsNode(file, key.isEmpty() ? name : key + "." + name, node.path(name));
    }

    boolean isPresent() {
        return !node.isMissingNode() && !node.isNull();
    }

    DicomSettingsException refusal(String what, String remedy) {
        return new DicomSettingsException(what, file, key, remedy);
    }

    /** Refuses anything but an object with these keys. */
    void requireObject(Set<String> known) throws DicomSettingsException {
        if (!node.isObject()) {
            throw refusal("this is no object", "write { … } with " + String.join(", ", sorted(known)));
        }
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw at(name).refusal("no such key", "known here are " + String.join(", ", sorted(known)));
            }
        }
    }

    String text() throws DicomSettingsException {
        if (!isPresent()) {
            throw refusal("it is missing", "add it");
        }
        if (!node.isTextual()) {
            throw refusal("this is no text", "write it between quotation marks");
        }
        return node.textValue();
    }

    int port() throws DicomSettingsException {
        return number("no port", 1, 65535);
    }

    /** @param wrong what any other is */
    int number(String wrong, int least, int most) throws DicomSettingsException {
        if (!isPresent()) {
            throw refusal("it is missing", "add it");
        }
        if (!node.isInt() || node.intValue() < least || node.intValue() > most) {
            throw refusal(node + " is " + wrong, "write a whole number from " + least + " to " + most);
        }
        return node.intValue();
    }

    boolean flag(boolean missing) throws DicomSettingsException {
        if (!isPresent()) {
            return missing;
        }
        if (!node.isBoolean()) {
            throw refusal(node + " is neither true nor false", "write one of them");
        }
        return node.booleanValue();
    }

    /** Of a file that exists; relative names are of the settings' folder. */
    Optional<Path> existingFile() throws DicomSettingsException {
        if (!isPresent()) {
            return Optional.empty();
        }
        Path path = file.toAbsolutePath().resolveSibling(text()).normalize();
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw refusal("there is no file " + path + " that can be read", "put it there, or name another");
        }
        return Optional.of(path);
    }

    List<SettingsNode> elements() throws DicomSettingsException {
        if (!isPresent()) {
            return List.of();
        }
        if (!node.isArray()) {
            throw refusal("this is no list", "write [ … ]");
        }
        List<SettingsNode> elements = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            elements.add(new SettingsNode(file, key + "[" + i + "]", node.get(i)));
        }
        return elements;
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
