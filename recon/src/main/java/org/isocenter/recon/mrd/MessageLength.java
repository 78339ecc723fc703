package org.isocenter.recon.mrd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Finds where a message of an MRD stream ends: there is no framing, so the length follows from what each kind begins with. */
final class MessageLength {
    static final int IMAGE_HEAD = MrdMessages.ID_BYTES + ImageHeaderCodec.BYTES + 8;

    /** A longer text is taken for garbage: 16 MiB. */
    private static final long LONGEST_TEXT = 1L << 24;
    /** Of an array before its dimensions: id, type, version and how many dimensions there are. */
    private static final int ARRAY_HEAD = 8;

    private static final int ID_BYTES = MrdMessages.ID_BYTES;

    private MessageLength() {}

    /** See {@link MrdMessages#length}. */
    static long of(ByteBuffer in) throws MrdFormatException {
        ByteBuffer le = in.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (le.remaining() < ID_BYTES) {
            return -1;
        }
        int id = Fields.unsigned(le, 0);
        long length = switch (id) {
            case MrdMessages.CLOSE -> ID_BYTES;
            case MrdMessages.CONFIG_FILE -> ID_BYTES + MrdMessages.CONFIG_FILE_BYTES;
            case MrdMessages.CONFIG_TEXT, MrdMessages.HEADER, MrdMessages.TEXT -> text(le);
            case MrdMessages.QUERY -> longText(le, ID_BYTES + 16);
            case MrdMessages.RESPONSE -> longText(le, ID_BYTES + 8);
            case MrdMessages.FAILURE -> longText(le, ID_BYTES);
            case MrdMessages.ACQUISITION -> acquisition(le);
            case MrdMessages.IMAGE -> image(le);
            case MrdMessages.DICOM -> dicom(le);
            case MrdMessages.WAVEFORM -> waveform(le);
            case MrdMessages.ARRAY -> array(le);
            default ->
                throw new MrdFormatException(
                        "", "byte " + in.position(), "message id " + id + " is unknown, and cannot be skipped");
        };
        if (length > MrdMessages.LONGEST_MESSAGE) {
            throw new MrdFormatException(
                    "",
                    "byte " + in.position(),
                    "message of " + length + " bytes, at most " + MrdMessages.LONGEST_MESSAGE + " are read");
        }
        return length;
    }

    static long acquisition(long samples, long channels, long trajectoryDimensions) {
        return ID_BYTES + AcquisitionHeaderCodec.BYTES + 4 * samples * trajectoryDimensions + 8 * samples * channels;
    }

    private static long acquisition(ByteBuffer le) {
        if (le.remaining() < ID_BYTES + AcquisitionHeaderCodec.BYTES) {
            return -1;
        }
        return acquisition(
                AcquisitionHeaderCodec.samples(le, ID_BYTES),
                AcquisitionHeaderCodec.channels(le, ID_BYTES),
                AcquisitionHeaderCodec.trajectoryDimensions(le, ID_BYTES));
    }

    private static long text(ByteBuffer le) throws MrdFormatException {
        if (le.remaining() < ID_BYTES + 4) {
            return -1;
        }
        return ID_BYTES + 4 + checked(le.getInt(ID_BYTES) & 0xffffffffL);
    }

    /** Of a text whose length is a u64 at {@code at}. */
    private static long longText(ByteBuffer le, int at) throws MrdFormatException {
        return le.remaining() < at + 8 ? -1 : at + 8 + checked(le.getLong(at));
    }

    private static long checked(long textBytes) throws MrdFormatException {
        if (textBytes < 0 || textBytes > LONGEST_TEXT) {
            throw new MrdFormatException(
                    "",
                    "",
                    "text of " + Long.toUnsignedString(textBytes) + " bytes, at most " + LONGEST_TEXT + " are read");
        }
        return textBytes;
    }

    private static long image(ByteBuffer le) throws MrdFormatException {
        if (le.remaining() < IMAGE_HEAD) {
            return -1;
        }
        long attributes = checked(le.getLong(IMAGE_HEAD - 8));
        double bytes = MrdPixelType.of(Fields.unsigned(le, ID_BYTES + 2)).bytes();
        for (int at : new int[] {16, 18, 20, 34}) {
            bytes *= Fields.unsigned(le, ID_BYTES + at);
        }
        return IMAGE_HEAD + attributes + orTooLong(bytes);
    }

    /** As Gadgetron's DicomImageWriter has it: the object, its file's name, its attributes; the latter two may be empty. */
    private static long dicom(ByteBuffer le) throws MrdFormatException {
        if (le.remaining() < ID_BYTES + 4) {
            return -1;
        }
        long nameAt = ID_BYTES + 4 + (le.getInt(ID_BYTES) & 0xffffffffL);
        if (nameAt > MrdMessages.LONGEST_MESSAGE) {
            return nameAt;
        }
        long attributesAt = longText(le, (int) nameAt);
        return attributesAt < 0 ? -1 : longText(le, (int) attributesAt);
    }

    private static long waveform(ByteBuffer le) {
        if (le.remaining() < ID_BYTES + WaveformCodec.BYTES) {
            return -1;
        }
        long samples = Fields.unsigned(le, ID_BYTES + 28);
        long channels = Fields.unsigned(le, ID_BYTES + 30);
        return ID_BYTES + WaveformCodec.BYTES + 4 * samples * channels;
    }

    private static long array(ByteBuffer le) throws MrdFormatException {
        if (le.remaining() < ARRAY_HEAD) {
            return -1;
        }
        int dimensions = Fields.unsigned(le, ARRAY_HEAD - 2);
        int head = ARRAY_HEAD + 8 * dimensions;
        if (le.remaining() < head) {
            return -1;
        }
        double bytes = MrdPixelType.of(Fields.unsigned(le, ID_BYTES)).bytes();
        for (int i = 0; i < dimensions; i++) {
            long extent = le.getLong(ARRAY_HEAD + 8 * i);
            bytes *= extent < 0 ? Double.POSITIVE_INFINITY : extent;
        }
        return head + orTooLong(bytes);
    }

    /** A product of sizes as a whole number. In double because it can pass the range of a long; 0 × ∞ is too long as well. */
    private static long orTooLong(double bytes) {
        return bytes <= MrdMessages.LONGEST_MESSAGE ? (long) bytes : 2 * MrdMessages.LONGEST_MESSAGE;
    }
}
