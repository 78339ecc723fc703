package org.isocenter.recon.mrd;

/** Writes indented XML elements. Characters that XML cannot hold are left out. */
final class XmlText {
    private final StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    private int depth;

    XmlText open(String element) {
        return openWith(element, "");
    }

    /** @param attributes as they are, with a leading space */
    XmlText openWith(String element, String attributes) {
        indent();
        out.append('<').append(element).append(attributes).append(">\n");
        depth++;
        return this;
    }

    XmlText close(String element) {
        depth--;
        indent();
        out.append("</").append(element).append(">\n");
        return this;
    }

    XmlText leaf(String element, Object value) {
        indent();
        out.append('<').append(element).append('>');
        escape(value.toString());
        out.append("</").append(element).append(">\n");
        return this;
    }

    /** Nothing at all for null and for an empty text, which here mean "not known". */
    XmlText leafIfKnown(String element, Object value) {
        return value == null || value.toString().isEmpty() ? this : leaf(element, value);
    }

    private void indent() {
        out.append("  ".repeat(depth));
    }

    private void escape(String text) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '\r' -> out.append("&#13;");
                default -> {
                    if (c == '\t'
                            || c == '\n'
                            || (c >= 0x20 && c <= 0xd7ff)
                            || (c >= 0xe000 && c <= 0xfffd)
                            || c > 0xffff) {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
