package org.isocenter.dicom.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.DicomValueException;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.VR;

/**
 * Writes data sets in the DICOM JSON model (PS3.18 annex F), as UTF-8. Decimal and integer strings become numbers where the
 * number says just the same to the last character, and strings elsewhere. Pure; any thread.
 */
public final class DicomJsonWriter {
    /** Where a value lies that is not to be written inline. */
    @FunctionalInterface
    public interface BulkUris {
        /** Every value inline. */
        BulkUris NONE = (tag, vr, bytes) -> Optional.empty();

        /** The URI to write in place of the value; empty to write the value. */
        Optional<String> of(int tag, VR vr, byte[] encoded);
    }

    private static final String UTF_8 = "ISO_IR 192";
    private static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]{0,17}");
    private static final int LONGEST_NUMBER = 32;
    private static final long LARGEST_EXACT = 1L << 53;
    private static final String[] NAME_GROUPS = {"Alphabetic", "Ideographic", "Phonetic"};

    private final BulkUris bulk;

    private DicomJsonWriter(BulkUris bulk) {
        this.bulk = bulk;
    }

    /**
     * An array of data sets, as services exchange them.
     *
     * @throws DicomValueException when a binary value is no whole number of its VR's values
     */
    public static byte[] write(List<Attributes> datasets, BulkUris bulk) {
        ArrayNode all = Json.array();
        DicomJsonWriter writer = new DicomJsonWriter(bulk);
        datasets.forEach(dataset -> all.add(writer.object(dataset)));
        return Json.bytes(all);
    }

    private ObjectNode object(Attributes dataset) {
        ObjectNode object = Json.object();
        for (int tag : dataset.tags()) {
            if ((tag & 0xFFFF) != 0) {
                putElement(object.putObject(String.format(Locale.ROOT, "%08X", tag)), dataset, tag);
            }
        }
        return object;
    }

    private void putElement(ObjectNode to, Attributes dataset, int tag) {
        VR vr = dataset.vr(tag);
        to.put("vr", vr.name());
        if (vr == VR.SQ) {
            List<Attributes> items = dataset.getSequence(tag);
            if (!items.isEmpty()) {
                ArrayNode value = to.putArray("Value");
                items.forEach(item -> value.add(object(item)));
            }
            return;
        }
        byte[] encoded = dataset.getBytes(tag);
        if (encoded.length == 0) {
            return;
        }
        Optional<String> uri = bulk.of(tag, vr, encoded);
        if (uri.isPresent()) {
            to.put("BulkDataURI", uri.get());
            return;
        }
        switch (vr.kind()) {
            case BYTES -> to.put("InlineBinary", Base64.getEncoder().encodeToString(encoded));
            case TEXT -> putTexts(to, dataset, tag, vr);
            default -> putNumbers(to.putArray("Value"), tag, vr, encoded);
        }
    }

    private static void putTexts(ObjectNode to, Attributes dataset, int tag, VR vr) {
        String[] texts = tag == Tag.SpecificCharacterSet ? new String[] {UTF_8} : dataset.getStrings(tag);
        if (texts.length == 0) {
            return;
        }
        ArrayNode values = to.putArray("Value");
        for (String text : texts) {
            if (text.isEmpty()) {
                values.addNull();
            } else if (vr == VR.PN) {
                putName(values, text);
            } else if (vr == VR.IS && WHOLE.matcher(text).matches()) {
                values.add(Long.parseLong(text));
            } else if (vr == VR.DS && saysTheSameAsNumber(text)) {
                values.add(new BigDecimal(text));
            } else {
                values.add(text);
            }
        }
    }

    private static void putName(ArrayNode values, String name) {
        ObjectNode groups = values.addObject();
        String[] parts = name.split("=", NAME_GROUPS.length);
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].isEmpty()) {
                groups.put(NAME_GROUPS[i], parts[i]);
            }
        }
    }

    private static boolean saysTheSameAsNumber(String text) {
        try {
            return text.length() <= LONGEST_NUMBER
                    && new BigDecimal(text).toString().equals(text);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static void putNumbers(ArrayNode values, int tag, VR vr, byte[] encoded) {
        if (encoded.length % vr.valueBytes() != 0) {
            throw new DicomValueException(tag, "has " + encoded.length + " bytes, not whole values of " + vr);
        }
        ByteBuffer in = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            switch (vr) {
                case US -> values.add(Short.toUnsignedInt(in.getShort()));
                case SS -> values.add(in.getShort());
                case UL -> values.add(Integer.toUnsignedLong(in.getInt()));
                case SL -> values.add(in.getInt());
                case AT -> values.add(String.format(Locale.ROOT, "%04X%04X", in.getShort(), in.getShort()));
                case FL -> putReal(values, in.getFloat());
                case FD -> putReal(values, in.getDouble());
                default -> putLong(values, in.getLong(), vr == VR.UV);
            }
        }
    }

    /** Numbers that a reader's double cannot hold become strings (note under table F.2.3-1). */
    private static void putLong(ArrayNode values, long number, boolean unsigned) {
        if (number > LARGEST_EXACT || number < (unsigned ? 0 : -LARGEST_EXACT)) {
            values.add(unsigned ? Long.toUnsignedString(number) : Long.toString(number));
        } else {
            values.add(number);
        }
    }

    /** JSON has no number for what is infinite or none: its name instead. */
    private static void putReal(ArrayNode values, Number number) {
        if (Double.isFinite(number.doubleValue())) {
            values.add(new BigDecimal(number.toString()));
        } else {
            values.add(number.toString());
        }
    }
}
