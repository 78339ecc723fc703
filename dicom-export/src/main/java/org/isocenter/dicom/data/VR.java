package org.isocenter.dicom.data;

/**
 * DICOM's value representations (PS3.5 table 6.2-1): how a value is written, how long it may be, and what fills it up to an
 * even length.
 */
public enum VR {
    AE(Kind.TEXT, 16, false),
    AS(Kind.TEXT, 4, false),
    AT(Kind.INTEGER, 4, false),
    CS(Kind.TEXT, 16, false),
    DA(Kind.TEXT, 8, false),
    DS(Kind.TEXT, 16, false),
    DT(Kind.TEXT, 26, false),
    FD(Kind.REAL, 8, false),
    FL(Kind.REAL, 4, false),
    IS(Kind.TEXT, 12, false),
    LO(Kind.TEXT, 64, false),
    LT(Kind.TEXT, 10240, false),
    OB(Kind.BYTES, 1, true),
    OD(Kind.BYTES, 8, true),
    OF(Kind.BYTES, 4, true),
    OL(Kind.BYTES, 4, true),
    OV(Kind.BYTES, 8, true),
    OW(Kind.BYTES, 2, true),
    PN(Kind.TEXT, 64, false),
    SH(Kind.TEXT, 16, false),
    SL(Kind.INTEGER, 4, false),
    SQ(Kind.SEQUENCE, 0, true),
    SS(Kind.INTEGER, 2, false),
    ST(Kind.TEXT, 1024, false),
    SV(Kind.INTEGER, 8, true),
    TM(Kind.TEXT, 14, false),
    UC(Kind.TEXT, Integer.MAX_VALUE, true),
    UI(Kind.TEXT, 64, false),
    UL(Kind.INTEGER, 4, false),
    UN(Kind.BYTES, 1, true),
    UR(Kind.TEXT, Integer.MAX_VALUE, true),
    US(Kind.INTEGER, 2, false),
    UT(Kind.TEXT, Integer.MAX_VALUE, true),
    UV(Kind.INTEGER, 8, true);

    /** What values are made of. */
    public enum Kind {
        /** Characters. */
        TEXT,
        /** Binary whole numbers. */
        INTEGER,
        /** Binary IEEE 754 numbers. */
        REAL,
        /** Bytes, or words that are not looked into. */
        BYTES,
        /** Nested data sets. */
        SEQUENCE
    }

    private final Kind kind;
    private final int size;
    private final boolean longHeader;

    VR(Kind kind, int size, boolean longHeader) {
        this.kind = kind;
        this.size = size;
        this.longHeader = longHeader;
    }

    public Kind kind() {
        return kind;
    }

    /** Most characters of one text value; of a PN, of each of its component groups. */
    public int maxCharacters() {
        return size;
    }

    /** Bytes of one binary value. */
    public int valueBytes() {
        return size;
    }

    /** Whether Explicit VR writes the length in four bytes rather than two (PS3.5 7.1.2). */
    public boolean hasLongHeader() {
        return longHeader;
    }

    /** What makes an odd length even: a space after text, a zero byte after a UID or binary value. */
    public byte padding() {
        return (byte) (kind == Kind.TEXT && this != UI ? ' ' : 0);
    }

    /** Whether SpecificCharacterSet says what its bytes mean (PS3.5 6.1.2.2); other text is ASCII. */
    boolean hasCharacterSet() {
        return switch (this) {
            case LO, LT, PN, SH, ST, UC, UT -> true;
            default -> false;
        };
    }

    /** Whether a backslash in its text is a plain character and not the border between values. */
    boolean isSingleText() {
        return this == LT || this == ST || this == UT || this == UR;
    }
}
