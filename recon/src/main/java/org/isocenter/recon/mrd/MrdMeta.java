package org.isocenter.recon.mrd;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The attributes of an MRD image: names with one or more values each, in order ({@code <ismrmrdMeta>}). Immutable.
 *
 * @param values by name
 */
public record MrdMeta(Map<String, List<String>> values) {
    public static final MrdMeta NONE = new MrdMeta(Map.of());

    private static final String ROOT = "ismrmrdMeta";

    public MrdMeta {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        values.forEach((name, list) -> copy.put(name, List.copyOf(list)));
        values = Collections.unmodifiableMap(copy);
    }

    /** The first value of this name, or an empty text. */
    public String text(String name) {
        List<String> list = values.getOrDefault(name, List.of());
        return list.isEmpty() ? "" : list.get(0);
    }

    /** With this name's values replaced. */
    public MrdMeta with(String name, List<String> list) {
        Map<String, List<String>> copy = new LinkedHashMap<>(values);
        copy.put(name, list);
        return new MrdMeta(copy);
    }

    public MrdMeta with(String name, String value) {
        return with(name, List.of(value));
    }

    /** As XML; an empty text where there are none. */
    public String xml() {
        if (values.isEmpty()) {
            return "";
        }
        XmlText xml = new XmlText().open(ROOT);
        values.forEach((name, list) -> {
            xml.open("meta").leaf("name", name);
            list.forEach(value -> xml.leaf("value", value));
            xml.close("meta");
        });
        return xml.close(ROOT).toString();
    }

    /** Of XML. What is no such XML gives none, and a note says so. */
    static MrdMeta parse(String xml, MrdNotes notes) {
        if (xml.isBlank()) {
            return NONE;
        }
        XmlNode root;
        try {
            root = XmlNode.parse(xml);
        } catch (MrdFormatException e) {
            notes.add("the attributes of an image are no XML that can be read: left out");
            return NONE;
        }
        if (!root.name.equals(ROOT)) {
            notes.add("the attributes of an image are <" + root.name + ">, not <" + ROOT + ">: left out");
            return NONE;
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (XmlNode meta : root.children("meta")) {
            List<String> list = values.computeIfAbsent(LenientFields.text(meta, "name"), name -> new ArrayList<>());
            meta.children("value").forEach(value -> list.add(value.text()));
        }
        return new MrdMeta(values);
    }
}
