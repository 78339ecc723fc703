package org.isocenter.recon.hdf5;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What files are that people take for raw data in HDF5, by their first bytes or their names, and what to do with them. */
final class OtherFormat {
    /** How much of a file {@link #of} wants to see. */
    static final int FIRST_BYTES = 352;

    private static final Pattern GE = Pattern.compile("p\\d{5}\\.7|scanarchive.*");
    private static final Pattern PHILIPS = Pattern.compile(".*\\.(lab|sin|raw|list|data)");
    private static final Pattern BRUKER = Pattern.compile("fid|ser|rawdata\\.job\\d|acqp|method|2dseq");

    private record Format(Predicate<OtherFormat> is, String words) {}

    /** Vendors' names alone come last: they are common words. */
    private static final List<Format> FORMATS = List.of(
            new Format(
                    f -> f.begins("version https://git-lfs"),
                    "a pointer of Git LFS, which stands for a file that was not downloaded: run git lfs pull"),
            new Format(
                    f -> f.begins("yardl"),
                    "a stream of MRD version 2 (yardl), which is not read: convert it to ISMRMRD's HDF5"),
            new Format(
                    f -> f.has(128, "DICM"),
                    "a DICOM file, whose images are finished: give the raw data that they were made of"),
            new Format(
                    f -> f.has(344, "n+1") || f.has(344, "ni1"), "NIfTI, whose images are finished: give the raw data"),
            new Format(f -> f.begins("\u001f\u008b"), "packed by gzip: unpack it (gunzip)"),
            new Format(f -> f.begins("PK\u0003\u0004"), "a ZIP archive, as .npz is: unpack it and give a file of it"),
            new Format(f -> f.begins("\u0089PNG"), "a picture"),
            new Format(
                    f -> f.begins("# Pulseq") || f.name.endsWith(".seq"),
                    "a Pulseq sequence, which is measured by isocenter scan"),
            new Format(
                    f -> f.begins("TNT1"),
                    "raw data of Tecmag (.tnt): save them as an array (.npy, .mat) with --layout"),
            new Format(
                    f -> f.begins("PROS") || f.name.endsWith(".par"),
                    "a file of Prospa (Magritek): save the data as an array (.npy, .mat)"),
            new Format(
                    f -> f.name.endsWith(".mat"), "a MATLAB file that is damaged, or of version 4: save it with -v7"),
            new Format(OtherFormat::isSiemens, "raw data of Siemens: convert them by siemens_to_ismrmrd"),
            new Format(f -> GE.matcher(f.name).matches(), "raw data of GE: convert them by ge_to_ismrmrd"),
            new Format(
                    f -> PHILIPS.matcher(f.name).matches(), "raw data of Philips: convert them by philips_to_ismrmrd"),
            new Format(f -> BRUKER.matcher(f.name).matches(), "raw data of Bruker: convert them by bruker_to_ismrmrd"));

    private final String text;
    private final ByteBuffer first;
    private final String name;

    private OtherFormat(ByteBuffer first, String text, String name) {
        this.first = first;
        this.text = text;
        this.name = name;
    }

    /** @param first bytes, little endian; {@link #FIRST_BYTES} where there are as many */
    static String of(ByteBuffer first, Path file) {
        String text = StandardCharsets.ISO_8859_1.decode(first.duplicate()).toString();
        OtherFormat bytes =
                new OtherFormat(first, text, file.getFileName().toString().toLowerCase(Locale.ROOT));
        return FORMATS.stream()
                .filter(format -> format.is.test(bytes))
                .map(Format::words)
                .findFirst()
                .orElse(first.remaining() == 0 ? "it is empty" : "its first bytes are not HDF5's");
    }

    private boolean begins(String with) {
        return text.startsWith(with);
    }

    private boolean has(int at, String word) {
        return text.startsWith(word, at);
    }

    /** VB: the header's length, the number of its parts, the first one's name. VD and later: 0, the number of measurements. */
    private boolean isSiemens() {
        if (first.remaining() < 8) {
            return false;
        }
        int parts = first.getInt(4);
        boolean few = parts >= 1 && parts <= 64;
        return few && (has(8, "Config") || first.getInt(0) == 0 && name.endsWith(".dat"));
    }
}
