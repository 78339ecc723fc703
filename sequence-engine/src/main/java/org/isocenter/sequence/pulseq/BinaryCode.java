package org.isocenter.sequence.pulseq;

/** The sections of a binary file, and how long one entry is when all are equally long. Little-endian. */
enum BinaryCode {
    DEFINITIONS(1, 0),
    BLOCKS(2, 8 + 6 * 4),
    RF(3, 4 + 8 + 3 * 4 + 2 * 8 + 4 * 8 + 1),
    GRADIENTS(4, 4 + 3 * 8 + 2 * 4 + 8),
    TRAP(5, 4 + 8 + 4 * 8),
    ADC(6, 4 + 3 * 8 + 4 * 8 + 4),
    /** Of older files; without meaning since blocks hold their own duration. */
    DELAYS(7, 4 + 8),
    SHAPES(8, 0),
    EXTENSIONS(9, 4 * 4),
    TRIGGERS(10, 3 * 4 + 2 * 8),
    LABELSET(11, 3 * 4),
    LABELINC(12, 3 * 4),
    SOFT_DELAYS(13, 0),
    RF_SHIMS(14, 0),
    ROTATIONS(15, 4 + 4 * 8),
    SIGNATURE(0x00FF_FFFF, 0);

    /** The first eight bytes: 01 "pulseq" 02. */
    static final byte[] MAGIC = {1, 'p', 'u', 'l', 's', 'e', 'q', 2};

    private static final long CODE = 0xFFFF_FFFF_0000_0000L;

    final long code;
    /** Length of one entry in bytes; 0 when they differ. */
    final int entryBytes;

    BinaryCode(int number, int entryBytes) {
        this.code = CODE | number;
        this.entryBytes = entryBytes;
    }

    /** Whether the type number of an extension comes before the number of entries. */
    boolean isExtension() {
        return ordinal() >= TRIGGERS.ordinal() && ordinal() <= ROTATIONS.ordinal();
    }

    /** The section with this code, or null. */
    static BinaryCode of(long code) {
        for (BinaryCode section : values()) {
            if (section.code == code) {
                return section;
            }
        }
        return null;
    }
}
