package org.isocenter.recon.mrd;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An XML element with its text and children, by local name. Parsed without DTD, entities or anything from outside, and
 * bounded in size and depth, so that no input can do harm.
 */
final class XmlNode {
    private static final int LONGEST = 1 << 24;
    private static final int DEEPEST = 32;

    final String name;
    final String namespace;
    final List<XmlNode> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private XmlNode(String name, String namespace) {
        this.name = name;
        this.namespace = namespace == null ? "" : namespace;
    }

    static XmlNode parse(String xml) throws MrdFormatException {
        if (xml.length() > LONGEST) {
            throw new MrdFormatException(
                    "", "XML header", xml.length() + " characters, at most " + LONGEST + " are read");
        }
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml.strip()));
            try {
                return parse(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            String where =
                    e.getLocation() == null ? "" : " line " + e.getLocation().getLineNumber();
            throw new MrdFormatException("", "XML header" + where, "not well-formed XML", e);
        }
    }

    private static XmlNode parse(XMLStreamReader reader) throws XMLStreamException, MrdFormatException {
        Deque<XmlNode> open = new ArrayDeque<>();
        XmlNode root = null;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    XmlNode node = new XmlNode(reader.getLocalName(), reader.getNamespaceURI());
                    if (open.isEmpty()) {
                        root = node;
                    } else {
                        open.peek().children.add(node);
                    }
                    open.push(node);
                    if (open.size() > DEEPEST) {
                        throw new MrdFormatException(
                                "", "XML header", "elements nested deeper than " + DEEPEST + " levels");
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> open.pop();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (!open.isEmpty()) {
                        open.peek().text.append(reader.getText());
                    }
                }
                case XMLStreamConstants.DTD ->
                    throw new MrdFormatException("", "XML header", "has a DOCTYPE, which is not read: remove it");
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new MrdFormatException("", "XML header", "refers to an entity, which is not read");
                default -> {
                    // Comments and processing instructions say nothing about the scan.
                }
            }
        }
        return root;
    }

    String text() {
        return text.toString();
    }

    /** The first child of this name, or null. */
    XmlNode child(String childName) {
        for (XmlNode child : children) {
            if (child.name.equals(childName)) {
                return child;
            }
        }
        return null;
    }

    List<XmlNode> children(String childName) {
        return children.stream().filter(child -> child.name.equals(childName)).toList();
    }
}
