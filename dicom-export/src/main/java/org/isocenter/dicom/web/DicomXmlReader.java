package org.isocenter.dicom.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the native DICOM model of XML (PS3.19 A.1) as what DICOM JSON would say of the same data set (PS3.18 annex F), so that
 * one reader knows what values are. Document types and entities are refused, depth is bounded. One thread.
 */
final class DicomXmlReader {
    private static final int MAX_DEPTH = 20;
    private static final Pattern TAG = Pattern.compile("[0-9A-Fa-f]{8}");
    private static final String[] NAME_PARTS = {"FamilyName", "GivenName", "MiddleName", "NamePrefix", "NameSuffix"};

    private final XMLStreamReader xml;

    private DicomXmlReader(XMLStreamReader xml) {
        this.xml = xml;
    }

    /**
     * The data set as DICOM JSON.
     *
     * @param source what the bytes came from, for messages
     * @throws WebException of kind PROTOCOL; its message repeats nothing of what is there
     */
    static ObjectNode read(String source, byte[] bytes) throws WebException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
            xml.nextTag();
            if (!xml.getLocalName().equals("NativeDicomModel")) {
                throw new XMLStreamException("another model");
            }
            return new DicomXmlReader(xml).dataset(0);
        } catch (XMLStreamException e) {
            // Without its cause: its message repeats what was read.
            throw new WebException(WebException.Kind.PROTOCOL, source + ": no usable XML of the native DICOM model");
        }
    }

    /** Of the element that has just begun, up to its end. */
    private ObjectNode dataset(int depth) throws XMLStreamException {
        if (depth > MAX_DEPTH) {
            throw new XMLStreamException("too deep");
        }
        ObjectNode dataset = Json.object();
        while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
            String tag = xml.getAttributeValue(null, "tag");
            if (xml.getLocalName().equals("DicomAttribute")
                    && tag != null
                    && TAG.matcher(tag).matches()) {
                dataset.set(tag, attribute(depth));
            } else {
                skip();
            }
        }
        return dataset;
    }

    private ObjectNode attribute(int depth) throws XMLStreamException {
        ObjectNode attribute = Json.object().put("vr", xml.getAttributeValue(null, "vr"));
        ArrayNode values = Json.array();
        while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
            switch (xml.getLocalName()) {
                case "Value" -> values.add(xml.getElementText());
                case "Item" -> values.add(dataset(depth + 1));
                case "PersonName" -> values.add(name());
                case "InlineBinary" ->
                    attribute.put("InlineBinary", xml.getElementText().strip());
                case "BulkData" -> {
                    attribute.put("BulkDataURI", String.valueOf(xml.getAttributeValue(null, "uri")));
                    skip();
                }
                default -> skip();
            }
        }
        if (!values.isEmpty()) {
            attribute.set("Value", values);
        }
        return attribute;
    }

    private ObjectNode name() throws XMLStreamException {
        ObjectNode groups = Json.object();
        while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
            String group = xml.getLocalName();
            ObjectNode parts = Json.object();
            while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
                String part = xml.getLocalName();
                parts.put(part, xml.getElementText());
            }
            groups.put(group, text(parts));
        }
        return groups;
    }

    private static String text(ObjectNode parts) {
        StringBuilder text = new StringBuilder();
        for (String part : NAME_PARTS) {
            text.append(part.equals(NAME_PARTS[0]) ? "" : "^")
                    .append(parts.path(part).asText());
        }
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '^') {
            end--;
        }
        return text.substring(0, end);
    }

    /** Passes over the element that has just begun. */
    private void skip() throws XMLStreamException {
        for (int open = 1; open > 0; ) {
            int event = xml.next();
            open += event == XMLStreamConstants.START_ELEMENT ? 1 : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
        }
    }
}
