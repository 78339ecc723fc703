package org.isocenter.hardware.stream;

/** Why a device has stopped or refuses; the number on the line is the ordinal. */
public enum Reason {
    NONE("nothing was played yet"),
    COMPLETED("the table came to its end"),
    ABORT("it was told to stop"),
    DEAD_MAN("it heard no heartbeat"),
    LINK("its connection was closed or begun anew"),
    INTERLOCK("an interlock has tripped"),
    UNDERRUN("its queue of events ran empty before the table's end"),
    OVERRUN("it had no room for further readouts: they were not taken in time"),
    TABLE("it cannot make sense of what it was sent"),
    LIMIT("a value was beyond its limits"),
    FAULT("something in it has failed");

    private static final Reason[] ALL = values();
    private final String text;

    Reason(String text) {
        this.text = text;
    }

    /** A clause for people, with the device as "it". */
    public String text() {
        return text;
    }

    /** Of a later version of the protocol: FAULT. */
    static Reason of(int number) {
        return number < ALL.length ? ALL[number] : FAULT;
    }
}
