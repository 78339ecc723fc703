package org.isocenter.hardware.marcos.server;

import java.nio.charset.StandardCharsets;
import org.isocenter.hardware.marcos.server.RequestNode.Kind;

/**
 * Looks into a request as the real server does: the first thing that is not what it should be reads as zero, and from then on
 * nothing is found any more.
 */
final class Request {
    private static final byte[] EMPTY = {};

    private final RequestNode root;
    private boolean broken;

    Request(RequestNode root) {
        this.root = root;
    }

    /** Something was not what it should be: the connection ends after the reply. */
    boolean broken() {
        return broken;
    }

    /** Element of the packet itself. */
    RequestNode part(int index) {
        return element(root, index);
    }

    RequestNode element(RequestNode array, int index) {
        if (broken || array.kind() != Kind.ARRAY || index >= array.children().size()) {
            broken = true;
            return RequestNode.NIL;
        }
        return array.children().get(index);
    }

    int length(RequestNode array) {
        if (broken || array.kind() != Kind.ARRAY) {
            broken = true;
            return 0;
        }
        return array.children().size();
    }

    /** Entries of a map. */
    int entries(RequestNode map) {
        if (broken || map.kind() != Kind.MAP) {
            broken = true;
            return 0;
        }
        return map.children().size() / 2;
    }

    /** The argument of a command; null when it was not given, or is nil. */
    RequestNode argument(RequestNode commands, String name) {
        if (broken || commands.kind() != Kind.MAP) {
            return null;
        }
        RequestNode found = null;
        for (int i = 0; i < commands.children().size(); i += 2) {
            RequestNode key = commands.children().get(i);
            if (key.kind() == Kind.TEXT && new String(key.bytes(), StandardCharsets.UTF_8).equals(name)) {
                if (found != null) {
                    broken = true;
                    return null;
                }
                found = commands.children().get(i + 1);
            }
        }
        return found == null || found.kind() == Kind.NIL ? null : found;
    }

    /** An integer of 32 bits without sign. */
    long unsigned(RequestNode node) {
        if (broken || node.kind() != Kind.INTEGER) {
            broken = true;
            return 0;
        }
        return node.integer();
    }

    byte[] binary(RequestNode node) {
        if (broken || node.kind() != Kind.BINARY) {
            broken = true;
            return EMPTY;
        }
        return node.bytes();
    }
}
