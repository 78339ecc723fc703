package org.isocenter.dicom.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.DicomValueException;
import org.isocenter.dicom.data.Dictionary;
import org.isocenter.dicom.data.VR;

/**
 * Walks through the elements of a data set (PS3.5 chapter 7). Depth, the number of elements and the reach of every length are
 * bounded, and tags must ascend, so that no input costs more than it weighs.
 */
final class DatasetParser {
    private static final int MAX_DEPTH = 16;
    private static final int MAX_ELEMENTS = 1_000_000;
    private static final long UNDEFINED = 0xFFFFFFFFL;

    private static final int META_GROUP = 0x0002;
    private static final int DELIMITER_GROUP = 0xFFFE;
    private static final int ITEM = 0xFFFEE000;
    private static final int ITEM_END = 0xFFFEE00D;
    private static final int SEQUENCE_END = 0xFFFEE0DD;

    private final String source;
    private final byte[] bytes;
    private final ByteBuffer in;
    private final boolean explicit;
    private int elements;

    /** Header of the element under way. */
    private int tag;

    private int tagOffset;
    private VR vr;
    private long length;

    DatasetParser(String source, byte[] bytes, int offset, boolean explicit) {
        this.source = source;
        this.bytes = bytes;
        this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(offset);
        this.explicit = explicit;
    }

    /** Byte at which the next element begins. */
    int position() {
        return in.position();
    }

    /** The elements of group 0002. Their group length is not trusted: it is often wrong. */
    Attributes readFileMeta() throws DicomFormatException {
        Attributes meta = new Attributes();
        while (in.remaining() >= 2 && in.getShort(in.position()) == META_GROUP) {
            readElement(meta, bytes.length, true, 0);
        }
        return meta;
    }

    /** All elements until the end of the bytes. */
    Attributes readDataset() throws DicomFormatException {
        Attributes dataset = new Attributes();
        while (in.position() < bytes.length) {
            readElement(dataset, bytes.length, explicit, 0);
        }
        return dataset;
    }

    /** The elements up to this one. */
    Attributes readUpTo(int lastTag) throws DicomFormatException {
        Attributes dataset = new Attributes();
        while (bytes.length - in.position() >= 4 && Integer.compareUnsigned(peekTag(), lastTag) <= 0) {
            readElement(dataset, bytes.length, explicit, 0);
        }
        return dataset;
    }

    private void readElement(Attributes to, int end, boolean withVr, int depth) throws DicomFormatException {
        readHeader(end, withVr);
        if (!to.isBehindAll(tag)) {
            throw broken("stands out of order or twice: tags must ascend");
        }
        if (tag >>> 16 == DELIMITER_GROUP) {
            throw broken("an item or its end outside of a sequence");
        }
        boolean nestedWithVr = withVr && vr != VR.UN;
        if (vr == VR.SQ || vr == VR.UN && length == UNDEFINED) {
            int sequence = tag;
            to.setSequence(sequence, readItems(to, end, nestedWithVr, depth + 1));
            return;
        }
        if (length == UNDEFINED) {
            throw broken("has no length: compressed pixels are not read here");
        }
        requireRoom(end);
        byte[] value = Arrays.copyOfRange(bytes, in.position(), in.position() + (int) length);
        in.position(in.position() + value.length);
        // Group lengths are retired, and would be wrong as soon as anything is changed.
        if ((tag & 0xFFFF) != 0 || tag >>> 16 <= META_GROUP) {
            keep(to, value);
        }
    }

    private void keep(Attributes to, byte[] value) throws DicomFormatException {
        try {
            to.setBytes(tag, vr, value);
        } catch (DicomValueException e) {
            throw broken("a value of " + value.length + " bytes, which " + vr + " does not allow");
        }
    }

    private List<Attributes> readItems(Attributes parent, int end, boolean withVr, int depth)
            throws DicomFormatException {
        if (depth > MAX_DEPTH) {
            throw broken("sequences are nested deeper than " + MAX_DEPTH);
        }
        boolean delimited = length == UNDEFINED;
        if (!delimited) {
            requireRoom(end);
        }
        int sequenceEnd = delimited ? end : in.position() + (int) length;
        List<Attributes> items = new ArrayList<>();
        while (delimited || in.position() < sequenceEnd) {
            readHeader(sequenceEnd, false);
            if (tag == SEQUENCE_END && delimited) {
                break;
            }
            if (tag != ITEM) {
                throw broken("expected an item of a sequence");
            }
            items.add(readItem(parent, sequenceEnd, withVr, depth));
        }
        return items;
    }

    private Attributes readItem(Attributes parent, int end, boolean withVr, int depth) throws DicomFormatException {
        Attributes item = parent.newItem();
        if (length != UNDEFINED) {
            requireRoom(end);
            int itemEnd = in.position() + (int) length;
            while (in.position() < itemEnd) {
                readElement(item, itemEnd, withVr, depth);
            }
            return item;
        }
        while (end - in.position() < 4 || peekTag() != ITEM_END) {
            readElement(item, end, withVr, depth);
        }
        readHeader(end, false);
        return item;
    }

    private int peekTag() {
        return in.getShort(in.position()) << 16 | Short.toUnsignedInt(in.getShort(in.position() + 2));
    }

    /** Reads tag, VR and length; {@code withVr} is false for delimiters and in Implicit VR. */
    private void readHeader(int end, boolean withVr) throws DicomFormatException {
        tagOffset = in.position();
        tag = 0;
        if (end - in.position() < 8) {
            throw broken("the data ends within an element's header");
        }
        tag = peekTag();
        in.position(in.position() + 4);
        if (++elements > MAX_ELEMENTS) {
            throw broken("more than " + MAX_ELEMENTS + " elements");
        }
        if (!withVr || tag >>> 16 == DELIMITER_GROUP) {
            vr = Dictionary.vr(tag);
            length = Integer.toUnsignedLong(in.getInt());
            return;
        }
        char first = (char) in.get();
        char second = (char) in.get();
        vr = vrOf(first, second);
        if (!vr.hasLongHeader()) {
            length = Short.toUnsignedInt(in.getShort());
            return;
        }
        if (end - in.position() < 6) {
            throw broken("the data ends within an element's header");
        }
        in.getShort();
        length = Integer.toUnsignedLong(in.getInt());
    }

    /** A VR that is not known here is one of a later standard, all of which have the long header (PS3.5 6.2.2). */
    private VR vrOf(char first, char second) throws DicomFormatException {
        boolean letters = first >= 'A' && first <= 'Z' && second >= 'A' && second <= 'Z';
        if (!letters) {
            throw broken("expected two capital letters for the VR");
        }
        String name = "" + first + second;
        for (VR known : VR.values()) {
            if (known.name().equals(name)) {
                return known;
            }
        }
        return VR.UN;
    }

    private void requireRoom(int end) throws DicomFormatException {
        if (length > end - in.position()) {
            throw broken("a value of " + length + " bytes, but only " + (end - in.position()) + " are left");
        }
    }

    private DicomFormatException broken(String problem) {
        return new DicomFormatException(source, tagOffset, tag, problem);
    }
}
