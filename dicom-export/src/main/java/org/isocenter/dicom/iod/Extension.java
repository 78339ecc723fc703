package org.isocenter.dicom.iod;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.VR;
import org.isocenter.model.Diffusion;
import org.isocenter.model.Provenance;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.Vec3;

/**
 * What images hold beyond their class, which makes it a Standard Extended SOP Class (PS3.2): the provenance as a private block
 * in group 0029, and in plain MR images the b-value. Validators point out every such attribute, so it is asked for. Immutable.
 */
public final class Extension {
    /** Nothing: the objects are what the standard says. */
    public static final Extension NONE = new Extension(false);
    /** All of it. */
    public static final Extension FULL = new Extension(true);

    /** Reserves the block. */
    public static final String CREATOR = "ISOCENTER 1.0";

    private static final int GROUP = 0x0029;
    private static final int FIRST_BLOCK = 0x10;
    private static final int LAST_BLOCK = 0xFF;

    /** The block's elements, by their lowest byte. */
    private enum Element {
        MEASUREMENT_ID(0x01, VR.LO),
        SEQUENCE_SHA256(0x02, VR.LO),
        CALIBRATION_ID(0x03, VR.LO),
        SOFTWARE(0x04, VR.LO),
        COMMIT(0x05, VR.LO),
        RECONSTRUCTION(0x06, VR.UT);

        final int number;
        final VR vr;

        Element(int number, VR vr) {
            this.number = number;
            this.vr = vr;
        }
    }

    private final boolean written;

    private Extension(boolean written) {
        this.written = written;
    }

    void write(Attributes to, ScanHeader header, Processing processing) {
        if (!written) {
            return;
        }
        Provenance provenance = Provenance.of(header);
        set(to, tag(FIRST_BLOCK), VR.LO, CREATOR);
        set(to, Element.MEASUREMENT_ID, header.measurementId());
        set(to, Element.SEQUENCE_SHA256, provenance.sequenceSha256());
        set(to, Element.CALIBRATION_ID, provenance.calibrationId());
        set(to, Element.SOFTWARE, header.scanner().softwareVersion());
        set(to, Element.COMMIT, provenance.commit());
        set(to, Element.RECONSTRUCTION, processing.chain());
    }

    /** As the makers of large scanners write it: the plain MR image has no place of its own for it. */
    void writeDiffusion(Attributes to, Diffusion diffusion) {
        if (!written || diffusion == null) {
            return;
        }
        to.setDouble(Tag.DiffusionBValue, diffusion.secondsPerSquareMillimeter());
        Vec3 direction = diffusion.direction();
        if (diffusion.hasDirection()) {
            to.setDouble(Tag.DiffusionGradientOrientation, direction.x(), direction.y(), direction.z());
        }
    }

    private static void set(Attributes to, Element element, String text) {
        if (!text.isEmpty()) {
            set(to, tag(FIRST_BLOCK << 8 | element.number), element.vr, text);
        }
    }

    private static void set(Attributes to, int tag, VR vr, String text) {
        int most = vr == VR.UT ? text.length() : Math.min(text.length(), vr.maxCharacters());
        to.setBytes(tag, vr, text.substring(0, most).getBytes(StandardCharsets.UTF_8));
    }

    private static int tag(int element) {
        return GROUP << 16 | element;
    }

    /** The block of a data set, wherever in the group it lies; null when there is none. */
    static ImageProvenance read(Attributes from) {
        for (int block = FIRST_BLOCK; block <= LAST_BLOCK; block++) {
            if (CREATOR.equals(from.getString(tag(block)))) {
                List<String> texts = new ArrayList<>();
                for (Element element : Element.values()) {
                    String text = from.getString(tag(block << 8 | element.number));
                    texts.add(text == null ? "" : text);
                }
                return new ImageProvenance(
                        texts.get(0), texts.get(1), texts.get(2), texts.get(3), texts.get(4), texts.get(5));
            }
        }
        return null;
    }
}
