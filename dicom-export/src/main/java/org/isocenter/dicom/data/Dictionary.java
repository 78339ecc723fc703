package org.isocenter.dicom.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the standard's data dictionary (PS3.6) says of the tags in {@link Tag}. Where it leaves a choice, this is the VR that
 * unsigned 16-bit pixels need.
 */
public final class Dictionary {

    /** @param vr value representation; @param keyword the standard's keyword */
    private record Entry(int tag, VR vr, String keyword) {}

    private static final Map<Integer, Entry> ENTRIES = read();

    private Dictionary() {}

    /** The tag's value representation; {@link VR#UN} when it is not known here. */
    public static VR vr(int tag) {
        Entry entry = ENTRIES.get(tag);
        return entry == null ? VR.UN : entry.vr;
    }

    /** For messages: "PatientID (0010,0020)", or the bare tag when it is not known here. */
    public static String describe(int tag) {
        Entry entry = ENTRIES.get(tag);
        return entry == null ? Tag.toString(tag) : entry.keyword + " " + Tag.toString(tag);
    }

    private static Map<Integer, Entry> read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Dictionary.class.getResourceAsStream("dictionary.txt"), StandardCharsets.US_ASCII))) {
            return lines.lines()
                    .map(line -> line.split(" "))
                    .map(word -> new Entry(Integer.parseUnsignedInt(word[0], 16), VR.valueOf(word[1]), word[2]))
                    .collect(Collectors.toUnmodifiableMap(Entry::tag, Function.identity()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
