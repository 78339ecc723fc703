package org.isocenter.recon.mrd;

import java.util.List;
import org.isocenter.model.ScanHeader;

/**
 * A scan's header as ISMRMRD's XML. Strict when writing: valid by the schema, with the elements in its order, and readable
 * by every version of the ISMRMRD library (so without {@code <version>}). Lenient when reading: what is wrong or missing is
 * put right where that is safe, and named in a note.
 *
 * <p>Facts that the schema has no place for become userParameters whose names begin with {@value #OWN}, so that what is
 * written reads back as it was.
 */
public final class MrdHeaderXml {
    /** How the names of this project's own userParameters begin. */
    static final String OWN = "isocenter.";

    static final String NAMESPACE = "http://www.ismrm.org/ISMRMRD";

    /** Lists of DICOM codes are joined by DICOM's own separator. */
    static final String LIST_SEPARATOR = "\\";

    /** ¹H gyromagnetic ratio over 2π, Hz/T (CODATA 2018, free proton). */
    static final double PROTON_HERTZ_PER_TESLA = 42.577478518e6;

    /** @param notes what was wrong or had to be assumed, for the user */
    public record Parsed(ScanHeader header, List<String> notes) {
        public Parsed {
            notes = List.copyOf(notes);
        }
    }

    private MrdHeaderXml() {}

    /** Valid by ismrmrd.xsd. Throws {@link IllegalArgumentException} for a matrix or counter beyond 65535. */
    public static String write(ScanHeader header) {
        return new MrdHeaderWriter(header).write();
    }

    /** @throws MrdFormatException when the text is no XML, no ISMRMRD header, or says nothing about the encoding */
    public static Parsed read(String xml) throws MrdFormatException {
        MrdNotes notes = new MrdNotes();
        ScanHeader header = new MrdHeaderReader(xml, notes).read();
        return new Parsed(header, notes.toList());
    }
}
