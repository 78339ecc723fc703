package org.isocenter.dicom.deidentify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.isocenter.dicom.data.Tag;

/**
 * What becomes of each attribute (PS3.15 table E.1-1). It is told the other way round: what is not known to tell nothing of a
 * person goes, so that nothing unknown or private can stay.
 */
final class Profile {
    enum Action {
        /** Kept as it is; a sequence, with its items treated in turn. */
        K,
        /** Kept without a value. */
        Z,
        /** Replaced by something that means nothing. */
        D,
        /** Replaced by another UID, the same for the same. */
        U,
        /** Removed. */
        X
    }

    private static final Map<Integer, Action> ACTIONS = read();

    private Profile() {}

    static Action of(int tag) {
        return ACTIONS.getOrDefault(tag, Action.X);
    }

    /** Moments of a study: with the option to retain longitudinal information they are moved rather than removed. */
    static boolean isMoment(int tag) {
        return switch (tag) {
            case Tag.StudyDate,
                    Tag.SeriesDate,
                    Tag.AcquisitionDate,
                    Tag.ContentDate,
                    Tag.AcquisitionDateTime,
                    Tag.StudyTime,
                    Tag.SeriesTime,
                    Tag.AcquisitionTime,
                    Tag.ContentTime,
                    Tag.FrameAcquisitionDateTime,
                    Tag.FrameReferenceDateTime -> true;
            default -> false;
        };
    }

    private static Map<Integer, Action> read() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Profile.class.getResourceAsStream("profile.txt"), StandardCharsets.US_ASCII))) {
            return lines.lines()
                    .map(line -> line.split(" "))
                    .collect(Collectors.toUnmodifiableMap(
                            word -> Integer.parseUnsignedInt(word[0], 16), word -> Action.valueOf(word[1])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
