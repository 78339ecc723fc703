package org.isocenter.session.run;

import java.nio.file.Path;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.ArchiveException;

/** Local images are never replaced or deleted before they are where they are to be kept. */
public final class UnsentImages {
    private UnsentImages() {}

    /**
     * To be asked by whatever removes or replaces images.
     *
     * @throws ScanException INPUT when some below this folder are still to be sent, or not promised to be kept
     */
    public static void refuse(Archive archive, Path folder) throws ScanException {
        int unsent;
        try {
            unsent = archive.outbox().unfinishedBelow(folder);
        } catch (ArchiveException e) {
            throw new ScanException(ScanException.Kind.OUTPUT, e.getMessage(), e);
        }
        if (unsent > 0) {
            throw new ScanException(
                    ScanException.Kind.INPUT,
                    unsent + " images here are not yet where they are to be sent (" + folder
                            + "): choose another folder, or see isocenter dicom outbox");
        }
    }
}
