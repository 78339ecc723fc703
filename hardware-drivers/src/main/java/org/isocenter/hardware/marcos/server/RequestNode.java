package org.isocenter.hardware.marcos.server;

import java.util.List;

/**
 * A MessagePack value of a client's request.
 *
 * @param integer of an INTEGER
 * @param bytes of a TEXT or BINARY
 * @param children of an ARRAY; of a MAP key, value, key, value …
 */
record RequestNode(Kind kind, long integer, byte[] bytes, List<RequestNode> children) {
    static final RequestNode NIL = new RequestNode(Kind.NIL, 0, null, List.of());

    /** What the server tells apart. */
    enum Kind {
        NIL,
        /** Within those of 32 bits without sign, or not. */
        INTEGER,
        TEXT,
        BINARY,
        ARRAY,
        MAP,
        /** Numbers with fractions, truth values. */
        OTHER
    }
}
