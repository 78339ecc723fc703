package org.isocenter.session.dicom;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What of the network's behaviour can be set, by the key of {@code dicom.json}, which tells the unit. */
public enum NetworkOption {
    /** To find the host, to connect, and again to secure the connection. */
    CONNECT("connectSeconds", 1, 3600, Use.DIMSE, Use.WEB),
    /** For the answer to an association request, and for the request of whoever calls us. */
    ASSOCIATE("associateSeconds", 1, 3600, Use.DIMSE),
    /** For the answer to a message or a request. */
    REPLY("replySeconds", 1, 3600, Use.DIMSE, Use.WEB),
    /** For a PDU that has begun, and for the other side to take one. */
    PDU("pduSeconds", 1, 3600, Use.DIMSE),
    /** For the answer to the end of an association. */
    RELEASE("releaseSeconds", 1, 3600, Use.DIMSE),
    /** Without a byte while a web service takes or sends something. */
    STALL("stallSeconds", 1, 3600, Use.WEB),
    /** Longest PDU that is taken. */
    MAX_PDU("maxPduBytes", 4096, 1 << 20, Use.DIMSE),
    /** Messages under way at once (asynchronous operations window). */
    MAX_OPERATIONS("maxOperations", 1, 64, Use.DIMSE),
    /** How long the association of whoever calls us may be without a message. */
    IDLE("idleSeconds", 1, 3600, Use.LISTENING),
    /** Associations of others at once. */
    MAX_ASSOCIATIONS("maxAssociations", 1, 1000, Use.LISTENING);

    /** Where it says something. */
    enum Use {
        DIMSE,
        WEB,
        LISTENING
    }

    private final String key;
    private final int least;
    private final int most;
    private final Set<Use> uses;

    NetworkOption(String key, int least, int most, Use... uses) {
        this.key = key;
        this.least = least;
        this.most = most;
        this.uses = EnumSet.copyOf(Arrays.asList(uses));
    }

    /** As in the settings. */
    public String key() {
        return key;
    }

    /** The smallest value that it can have. */
    public int least() {
        return least;
    }

    /** The largest value that it can have. */
    public int most() {
        return most;
    }

    /** Those that say something of what is spoken with a destination. */
    public static Set<NetworkOption> of(boolean web) {
        return of(Optional.of(web ? Use.WEB : Use.DIMSE));
    }

    /** Those that say something there; all without a place. */
    static Set<NetworkOption> of(Optional<Use> use) {
        EnumSet<NetworkOption> options = EnumSet.allOf(NetworkOption.class);
        use.ifPresent(place -> options.removeIf(option -> !option.uses.contains(place)));
        return options;
    }
}
