package org.isocenter.dicom.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.DecimalString;
import org.isocenter.dicom.data.DicomValueException;
import org.isocenter.dicom.data.Dictionary;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.VR;

/**
 * Reads data sets in the DICOM JSON model (PS3.18 annex F). Whatever the bytes, it either returns or throws
 * {@link WebException}, whose message names the attribute and repeats nothing of its value. Text that is no value of its VR
 * is kept as it is, since what a server found must not be lost over one odd attribute. One thread at a time.
 */
public final class DicomJsonReader {
    /** Fetches values that the JSON only refers to. */
    @FunctionalInterface
    public interface BulkData {
        /** Leaves them out. */
        BulkData LEFT_OUT = (tag, vr, uri) -> null;

        /** The encoded value, little endian; or null to leave the attribute out. */
        byte[] read(int tag, VR vr, String uri) throws IOException;
    }

    private static final Pattern TAG = Pattern.compile("[0-9A-Fa-f]{8}");
    private static final int MAX_EXPONENT = 400;
    private static final BigInteger MAX_UNSIGNED_LONG =
            BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private final String source;
    private final BulkData bulk;

    private DicomJsonReader(String source, BulkData bulk) {
        this.source = source;
        this.bulk = bulk;
    }

    /**
     * @param source what the bytes came from, for messages
     * @param json an array of data sets, or one alone
     */
    public static List<Attributes> read(String source, byte[] json, BulkData bulk) throws IOException {
        return read(source, Json.parse(source, json), bulk);
    }

    static List<Attributes> read(String source, JsonNode root, BulkData bulk) throws IOException {
        DicomJsonReader reader = new DicomJsonReader(source, bulk);
        List<Attributes> datasets = new ArrayList<>();
        for (JsonNode one : root.isArray() ? root : List.of(root)) {
            Attributes dataset = new Attributes();
            reader.readInto(dataset, one);
            datasets.add(dataset);
        }
        return datasets;
    }

    private void readInto(Attributes to, JsonNode object) throws IOException {
        if (object.isNull()) {
            return;
        }
        if (!object.isObject()) {
            throw broken("expected a data set, which is an object in braces");
        }
        // By tag, as data sets are: inserting in any other order would cost its square.
        Map<Integer, JsonNode> elements = new TreeMap<>(Integer::compareUnsigned);
        for (Iterator<Map.Entry<String, JsonNode>> fields = object.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (!TAG.matcher(field.getKey()).matches()) {
                throw broken("the name of an attribute is not eight hexadecimal digits");
            }
            elements.put(Integer.parseUnsignedInt(field.getKey(), 16), field.getValue());
        }
        for (Map.Entry<Integer, JsonNode> element : elements.entrySet()) {
            int tag = element.getKey();
            try {
                if ((tag & 0xFFFF) != 0) {
                    readElement(to, tag, element.getValue());
                }
            } catch (DicomValueException e) {
                throw broken(e.getMessage());
            }
        }
    }

    private void readElement(Attributes to, int tag, JsonNode element) throws IOException {
        if (!element.isObject()) {
            throw broken(tag, "expected an object with its VR and value");
        }
        VR vr = vr(tag, element.get("vr"));
        JsonNode values = element.get("Value");
        if (values != null && !values.isArray()) {
            throw broken(tag, "its Value is no array");
        }
        if (vr == VR.SQ) {
            List<Attributes> items = new ArrayList<>();
            for (JsonNode item : values == null ? List.<JsonNode>of() : values) {
                Attributes one = to.newItem();
                readInto(one, item);
                items.add(one);
            }
            to.setSequence(tag, items);
            return;
        }
        byte[] encoded = encoded(tag, vr, element, values);
        if (encoded != null) {
            to.setBytes(tag, vr, encoded);
        }
    }

    private byte[] encoded(int tag, VR vr, JsonNode element, JsonNode values) throws IOException {
        JsonNode uri = element.get("BulkDataURI");
        if (uri != null) {
            return bulk.read(tag, vr, uri.asText());
        }
        JsonNode inline = element.get("InlineBinary");
        if (inline != null) {
            return base64(tag, inline);
        }
        if (values == null || values.isEmpty()) {
            return new byte[0];
        }
        return switch (vr.kind()) {
            case TEXT -> texts(tag, vr, values);
            case INTEGER, REAL -> numbers(tag, vr, values);
            default -> throw broken(tag, "is " + vr + ", which needs InlineBinary or BulkDataURI");
        };
    }

    private VR vr(int tag, JsonNode node) throws WebException {
        if (node == null || node.isNull()) {
            return Dictionary.vr(tag);
        }
        for (VR vr : VR.values()) {
            if (vr.name().equals(node.asText())) {
                return vr;
            }
        }
        throw broken(tag, "its VR is none that is known here");
    }

    private byte[] base64(int tag, JsonNode inline) throws WebException {
        try {
            return Base64.getDecoder().decode(inline.asText());
        } catch (IllegalArgumentException e) {
            throw broken(tag, "its InlineBinary is no base64");
        }
    }

    /** JSON is UTF-8, and so is the data set, whatever character set the object had that it tells of. */
    private byte[] texts(int tag, VR vr, JsonNode values) throws WebException {
        if (tag == Tag.SpecificCharacterSet) {
            return "ISO_IR 192".getBytes(StandardCharsets.US_ASCII);
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode value : values) {
            texts.add(text(tag, vr, value));
        }
        return String.join("\\", texts).getBytes(StandardCharsets.UTF_8);
    }

    private String text(int tag, VR vr, JsonNode value) throws WebException {
        if (value.isNull()) {
            return "";
        }
        if (value.isTextual()) {
            return value.textValue();
        }
        if (vr == VR.PN && value.isObject()) {
            return name(value);
        }
        if (!value.isNumber()) {
            throw broken(tag, "has a value that is neither text nor number");
        }
        BigDecimal number = number(tag, value);
        if (vr == VR.IS) {
            return whole(tag, number).toString();
        }
        String text = number.toString();
        return vr == VR.DS && text.length() > VR.DS.maxCharacters() ? DecimalString.of(number.doubleValue()) : text;
    }

    private static String name(JsonNode groups) {
        String name = String.join(
                "=",
                groups.path("Alphabetic").asText(),
                groups.path("Ideographic").asText(),
                groups.path("Phonetic").asText());
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) == '=') {
            end--;
        }
        return name.substring(0, end);
    }

    private byte[] numbers(int tag, VR vr, JsonNode values) throws WebException {
        ByteBuffer out = ByteBuffer.allocate(values.size() * vr.valueBytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (JsonNode value : values) {
            if (value.isNull() && values.size() == 1) {
                return new byte[0];
            }
            switch (vr) {
                case AT -> putTag(out, tag, value);
                case FL -> out.putFloat((float) real(tag, value));
                case FD -> out.putDouble(real(tag, value));
                case US -> out.putShort((short) between(tag, vr, value, 0, 0xFFFF));
                case SS -> out.putShort((short) between(tag, vr, value, Short.MIN_VALUE, Short.MAX_VALUE));
                case UL -> out.putInt((int) between(tag, vr, value, 0, 0xFFFFFFFFL));
                case SL -> out.putInt((int) between(tag, vr, value, Integer.MIN_VALUE, Integer.MAX_VALUE));
                case SV -> out.putLong(between(tag, vr, value, Long.MIN_VALUE, Long.MAX_VALUE));
                default -> out.putLong(unsignedLong(tag, value));
            }
        }
        return out.array();
    }

    private void putTag(ByteBuffer out, int tag, JsonNode value) throws WebException {
        if (!value.isTextual() || !TAG.matcher(value.textValue()).matches()) {
            throw broken(tag, "has a value that is not eight hexadecimal digits, as AT needs");
        }
        int number = Integer.parseUnsignedInt(value.textValue(), 16);
        out.putShort((short) (number >>> 16)).putShort((short) number);
    }

    private double real(int tag, JsonNode value) throws WebException {
        return switch (value.isTextual() ? value.textValue() : "") {
            case "NaN" -> Double.NaN;
            case "Infinity", "inf" -> Double.POSITIVE_INFINITY;
            case "-Infinity", "-inf" -> Double.NEGATIVE_INFINITY;
            default -> number(tag, value).doubleValue();
        };
    }

    private long between(int tag, VR vr, JsonNode value, long least, long most) throws WebException {
        BigInteger whole = whole(tag, number(tag, value));
        if (whole.compareTo(BigInteger.valueOf(least)) < 0 || whole.compareTo(BigInteger.valueOf(most)) > 0) {
            throw broken(tag, "has a number that does not fit " + vr);
        }
        return whole.longValue();
    }

    private long unsignedLong(int tag, JsonNode value) throws WebException {
        BigInteger whole = whole(tag, number(tag, value));
        if (whole.signum() < 0 || whole.compareTo(MAX_UNSIGNED_LONG) > 0) {
            throw broken(tag, "has a number that does not fit UV");
        }
        return whole.longValue();
    }

    /** Of bounded exponent: written out, 1e999999999 would fill the memory. */
    private BigDecimal number(int tag, JsonNode value) throws WebException {
        if (value.isNumber() || value.isTextual() && value.textValue().length() <= VR.DS.maxCharacters() * 2) {
            try {
                BigDecimal number = new BigDecimal(value.asText().strip());
                if (Math.abs((long) number.scale()) <= MAX_EXPONENT) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw broken(tag, "has a value that is no number");
            }
        }
        throw broken(tag, "has a value that is no number, or one out of all bounds");
    }

    private BigInteger whole(int tag, BigDecimal number) throws WebException {
        try {
            return number.toBigIntegerExact();
        } catch (ArithmeticException e) {
            throw broken(tag, "has a value that is no whole number");
        }
    }

    private WebException broken(int tag, String problem) {
        return broken(Dictionary.describe(tag) + " " + problem);
    }

    private WebException broken(String problem) {
        return new WebException(WebException.Kind.PROTOCOL, source + ": no DICOM JSON: " + problem);
    }
}
