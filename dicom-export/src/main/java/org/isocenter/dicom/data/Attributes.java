package org.isocenter.dicom.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A DICOM data set, or an item of a sequence: attributes in the order of their tags. Values are held as they are written
 * (little endian, padded to an even length), so that what a setter accepted can be written, and what was read can be
 * written again unchanged. Text goes in as UTF-8 unless a SpecificCharacterSet says otherwise.
 *
 * <p>Setters take the VR from the {@link Dictionary} and throw {@link DicomValueException} for a value that it does not
 * allow. One thread at a time.
 */
public final class Attributes {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss.SSSSSS");
    private static final int MAX_SHORT_LENGTH = 0xFFFE;

    private int[] tags = {};
    private VR[] vrs = {};
    /** {@code byte[]}, or {@code List<Attributes>} where the VR is SQ. */
    private Object[] values = {};

    private int size;
    private CharacterSet charset;

    public Attributes() {
        this(CharacterSet.UTF_8);
    }

    private Attributes(CharacterSet charset) {
        this.charset = charset;
    }

    /** An empty item for one of this data set's sequences: its text is in this data set's character set. */
    public Attributes newItem() {
        return new Attributes(charset);
    }

    /** Another data set with the same attributes. */
    public Attributes copy() {
        Attributes copy = new Attributes(charset);
        copy.tags = tags.clone();
        copy.vrs = vrs.clone();
        copy.values = values.clone();
        copy.size = size;
        return copy;
    }

    /**
     * Another data set with the same attributes, all of its text as UTF-8, and a SpecificCharacterSet that says so; also in
     * its sequences, whatever each item's own character set is.
     */
    public Attributes inUnicode() {
        Attributes unicode = recoded();
        unicode.setString(Tag.SpecificCharacterSet, "ISO_IR 192");
        return unicode;
    }

    private Attributes recoded() {
        Attributes to = new Attributes();
        for (int i = 0; i < size; i++) {
            if (tags[i] == Tag.SpecificCharacterSet) {
                continue;
            }
            if (vrs[i] == VR.SQ) {
                to.setSequence(
                        tags[i],
                        getSequence(tags[i]).stream().map(Attributes::recoded).toList());
            } else if (vrs[i].hasCharacterSet()) {
                to.setBytes(tags[i], vrs[i], CharacterSet.UTF_8.encode(charset.decode((byte[]) values[i], vrs[i])));
            } else {
                to.put(tags[i], vrs[i], values[i]);
            }
        }
        return to;
    }

    public int size() {
        return size;
    }

    /** All tags, ascending. */
    public int[] tags() {
        return Arrays.copyOf(tags, size);
    }

    /** Whether {@code tag} would stand behind all that are here. */
    public boolean isBehindAll(int tag) {
        return size == 0 || Integer.compareUnsigned(tags[size - 1], tag) < 0;
    }

    public boolean contains(int tag) {
        return find(tag) >= 0;
    }

    /** The VR of an attribute that is here; null otherwise. */
    public VR vr(int tag) {
        int at = find(tag);
        return at < 0 ? null : vrs[at];
    }

    /** Takes the attribute out, if it is there. */
    public void remove(int tag) {
        int at = find(tag);
        if (at >= 0) {
            System.arraycopy(tags, at + 1, tags, at, size - at - 1);
            System.arraycopy(vrs, at + 1, vrs, at, size - at - 1);
            System.arraycopy(values, at + 1, values, at, size - at - 1);
            values[--size] = null;
        }
    }

    /** Present without a value. */
    public void setEmpty(int tag) {
        VR vr = known(tag);
        put(tag, vr, vr == VR.SQ ? List.of() : new byte[0]);
    }

    /** Text of any text VR. No values, or one empty one, leave the attribute present and empty. */
    public void setString(int tag, String... texts) {
        VR vr = known(tag);
        require(tag, vr, VR.Kind.TEXT);
        for (String text : texts) {
            TextRules.check(tag, vr, text);
        }
        byte[] bytes = charset.encode(String.join("\\", texts));
        if (bytes == null) {
            throw new DicomValueException(tag, "has a character that " + charset + " cannot write");
        }
        setBytes(tag, vr, bytes);
    }

    /** Whole numbers: of IS, US, SS, UL, SL. */
    public void setInt(int tag, int... numbers) {
        VR vr = known(tag);
        if (vr == VR.IS) {
            setString(tag, IntStream.of(numbers).mapToObj(Integer::toString).toArray(String[]::new));
            return;
        }
        require(tag, vr, VR.Kind.INTEGER);
        ByteBuffer buffer = littleEndian(numbers.length * vr.valueBytes());
        for (int number : numbers) {
            boolean unsigned = vr == VR.US || vr == VR.UL || vr == VR.UV;
            boolean tooWide = vr == VR.US && number > 0xFFFF || vr == VR.SS && number != (short) number;
            if (unsigned && number < 0 || tooWide) {
                throw new DicomValueException(tag, "cannot be " + number + ": it does not fit " + vr);
            }
            switch (vr.valueBytes()) {
                case 2 -> buffer.putShort((short) number);
                case 4 -> buffer.putInt(number);
                default -> buffer.putLong(number);
            }
        }
        put(tag, vr, buffer.array());
    }

    /** Real numbers: of DS (in as many digits as 16 characters hold), FL, FD. They must be finite. */
    public void setDouble(int tag, double... numbers) {
        VR vr = known(tag);
        for (double number : numbers) {
            if (!Double.isFinite(number)) {
                throw new DicomValueException(tag, "cannot be " + number + ": it must be finite");
            }
        }
        if (vr == VR.DS) {
            setString(tag, DoubleStream.of(numbers).mapToObj(DecimalString::of).toArray(String[]::new));
            return;
        }
        require(tag, vr, VR.Kind.REAL);
        ByteBuffer buffer = littleEndian(numbers.length * vr.valueBytes());
        for (double number : numbers) {
            if (vr == VR.FL) {
                buffer.putFloat((float) number);
            } else {
                buffer.putDouble(number);
            }
        }
        put(tag, vr, buffer.array());
    }

    public void setDate(int tag, LocalDate date) {
        setString(tag, date.format(DATE));
    }

    /** To the microsecond, which is what TM holds. */
    public void setTime(int tag, LocalTime time) {
        setString(tag, time.format(TIME));
    }

    /** A sequence, of a tag that the dictionary need not know; its items must not be changed afterwards. */
    public void setSequence(int tag, List<Attributes> items) {
        put(tag, VR.SQ, List.copyOf(items));
    }

    /**
     * The encoded value as it is, little endian, with any VR but SQ; padded when its length is odd. Kept, not copied, when
     * its length is even.
     */
    public void setBytes(int tag, VR vr, byte[] encoded) {
        if (vr == VR.SQ) {
            throw new DicomValueException(tag, "is a sequence, not bytes");
        }
        byte[] value = encoded;
        if (encoded.length % 2 != 0) {
            value = Arrays.copyOf(encoded, encoded.length + 1);
            value[encoded.length] = vr.padding();
        }
        if (!vr.hasLongHeader() && value.length > MAX_SHORT_LENGTH) {
            throw new DicomValueException(
                    tag, "has " + value.length + " bytes: " + vr + " allows " + MAX_SHORT_LENGTH + " in all");
        }
        put(tag, vr, value);
        if (tag == Tag.SpecificCharacterSet) {
            charset = CharacterSet.of(getStrings(tag));
        }
    }

    /** The encoded value; empty when absent or a sequence. Not copied. */
    public byte[] getBytes(int tag) {
        int at = find(tag);
        return at >= 0 && values[at] instanceof byte[] bytes ? bytes : new byte[0];
    }

    /** The first value without padding; null when absent or empty. */
    public String getString(int tag) {
        String[] all = getStrings(tag);
        return all.length == 0 || all[0].isEmpty() ? null : all[0];
    }

    /** All values without padding; none when absent or empty, or not text. */
    public String[] getStrings(int tag) {
        int at = find(tag);
        if (at < 0 || vrs[at].kind() != VR.Kind.TEXT) {
            return new String[0];
        }
        String whole = charset.decode((byte[]) values[at], vrs[at]);
        String[] parts = vrs[at].isSingleText() ? new String[] {whole} : whole.split("\\\\", -1);
        String[] stripped = Arrays.stream(parts).map(Attributes::withoutPadding).toArray(String[]::new);
        return stripped.length == 1 && stripped[0].isEmpty() ? new String[0] : stripped;
    }

    /** All values of a DS, IS, integer or real attribute; none when absent or empty. */
    public double[] getDoubles(int tag) {
        int at = find(tag);
        if (at < 0) {
            return new double[0];
        }
        VR vr = vrs[at];
        if (vr == VR.DS || vr == VR.IS) {
            return Arrays.stream(getStrings(tag))
                    .mapToDouble(text -> parse(tag, text))
                    .toArray();
        }
        if (vr.kind() != VR.Kind.INTEGER && vr.kind() != VR.Kind.REAL) {
            throw new DicomValueException(tag, "is " + vr + ", not a number");
        }
        ByteBuffer buffer = ByteBuffer.wrap((byte[]) values[at]).order(ByteOrder.LITTLE_ENDIAN);
        if (buffer.remaining() % vr.valueBytes() != 0) {
            throw new DicomValueException(tag, "has " + buffer.remaining() + " bytes, not whole values of " + vr);
        }
        double[] numbers = new double[buffer.remaining() / vr.valueBytes()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = next(buffer, vr);
        }
        return numbers;
    }

    /** All values as whole numbers. */
    public int[] getInts(int tag) {
        double[] numbers = getDoubles(tag);
        int[] whole = new int[numbers.length];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = (int) numbers[i];
            if (whole[i] != numbers[i]) {
                throw new DicomValueException(tag, "is not a whole number of 32 bits: " + numbers[i]);
            }
        }
        return whole;
    }

    /** The first value, or {@code otherwise} when absent or empty. */
    public int getInt(int tag, int otherwise) {
        int[] all = getInts(tag);
        return all.length == 0 ? otherwise : all[0];
    }

    /** The items; none when absent. */
    @SuppressWarnings("unchecked")
    public List<Attributes> getSequence(int tag) {
        int at = find(tag);
        return at >= 0 && vrs[at] == VR.SQ ? (List<Attributes>) values[at] : List.of();
    }

    /** The same tags, VRs and encoded values. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Attributes that
                && Arrays.equals(tags(), that.tags())
                && Arrays.equals(vrs, 0, size, that.vrs, 0, that.size)
                && Arrays.deepEquals(Arrays.copyOf(values, size), Arrays.copyOf(that.values, that.size));
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(tags()) + Arrays.deepHashCode(Arrays.copyOf(values, size));
    }

    /** No values: they may tell who the patient is. */
    @Override
    public String toString() {
        return "Attributes[" + size + "]";
    }

    private int find(int tag) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Integer.compareUnsigned(tags[middle], tag);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    private void put(int tag, VR vr, Object value) {
        int at = find(tag);
        if (at < 0) {
            at = -at - 1;
            if (size == tags.length) {
                int room = Math.max(8, size * 2);
                tags = Arrays.copyOf(tags, room);
                vrs = Arrays.copyOf(vrs, room);
                values = Arrays.copyOf(values, room);
            }
            System.arraycopy(tags, at, tags, at + 1, size - at);
            System.arraycopy(vrs, at, vrs, at + 1, size - at);
            System.arraycopy(values, at, values, at + 1, size - at);
            size++;
        }
        tags[at] = tag;
        vrs[at] = vr;
        values[at] = value;
    }

    private static VR known(int tag) {
        VR vr = Dictionary.vr(tag);
        if (vr == VR.UN) {
            throw new DicomValueException(tag, "is not in the dictionary: give its VR");
        }
        return vr;
    }

    private static void require(int tag, VR vr, VR.Kind kind) {
        if (vr.kind() != kind) {
            throw new DicomValueException(tag, "is " + vr + ": it does not take " + kind);
        }
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static double next(ByteBuffer buffer, VR vr) {
        return switch (vr) {
            case US -> Short.toUnsignedInt(buffer.getShort());
            case SS -> buffer.getShort();
            case UL, AT -> Integer.toUnsignedLong(buffer.getInt());
            case SL -> buffer.getInt();
            case FL -> buffer.getFloat();
            case FD -> buffer.getDouble();
            default -> buffer.getLong();
        };
    }

    private static double parse(int tag, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new DicomValueException(tag, "does not hold a number");
        }
    }

    private static String withoutPadding(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == 0)) {
            end--;
        }
        int start = 0;
        while (start < end && text.charAt(start) == ' ') {
            start++;
        }
        return text.substring(start, end);
    }
}
