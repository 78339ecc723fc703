package org.isocenter.dicom.workflow;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.net.PresentationContext;

/** What earlier studies are made of (PS3.4 table B.5-1) and how it may be encoded: kept as it comes, whatever it is. */
final class StorageClasses {
    private static final String STORAGE = "1.2.840.10008.5.1.4.1.1.";

    /** Images of all modalities, documents and what is made of images. */
    static final List<String> ALL = of(
            "1", "1.1", "1.1.1", "1.2", "1.2.1", "2", "2.1", "2.2", "3.1", "4", "4.1", "4.2", "4.3", "4.4", "6.1",
            "6.2", "7", "7.1", "7.2", "7.3", "7.4", "11.1", "11.2", "12.1", "12.1.1", "12.2", "12.2.1", "20", "30",
            "66", "66.1", "66.2", "66.4", "67", "77.1.1", "77.1.4", "88.11", "88.22", "88.33", "88.59", "88.67",
            "104.1", "104.2", "128", "128.1", "130", "481.1", "481.2", "481.3", "481.5");

    private static final List<String> PLAIN = List.of(UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian);

    /** JPEG lossless and lossy, JPEG-LS, JPEG 2000, RLE. */
    private static final List<String> COMPRESSED = List.of(
            "1.2.840.10008.1.2.4.70",
            "1.2.840.10008.1.2.4.57",
            "1.2.840.10008.1.2.4.90",
            "1.2.840.10008.1.2.4.91",
            "1.2.840.10008.1.2.4.80",
            "1.2.840.10008.1.2.4.81",
            "1.2.840.10008.1.2.4.50",
            "1.2.840.10008.1.2.4.51",
            "1.2.840.10008.1.2.5");

    private StorageClasses() {}

    private static List<String> of(String... ends) {
        return List.of(ends).stream().map(STORAGE::concat).toList();
    }

    /** All encodings, the plain ones first. */
    static List<String> transferSyntaxes() {
        List<String> all = new ArrayList<>(PLAIN);
        all.addAll(COMPRESSED);
        return all;
    }

    /** As their provider, so that a peer can send them in answer to C-GET: two contexts each, as some peers cannot decompress. */
    static List<PresentationContext> provided() {
        List<PresentationContext> contexts = new ArrayList<>();
        for (String sopClass : ALL) {
            contexts.add(new PresentationContext(sopClass, PLAIN, false, true, false));
            contexts.add(new PresentationContext(sopClass, COMPRESSED, false, true, false));
        }
        return contexts;
    }
}
