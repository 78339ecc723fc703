package org.isocenter.app.exam;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.RawData;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.mrd.MrdFile;
import org.isocenter.session.archive.ArchivedScan;

/**
 * A scan of the archive, opened again: its raw data, and the images made of them anew.
 *
 * @param title what it was called
 */
public record SavedScan(String title, RawData raw, List<ImageVolume> volumes) {
    private static final String RAW = "raw.h5";

    public SavedScan {
        volumes = List.copyOf(volumes);
    }

    /** Takes as long as the reconstruction: not on the FX thread. */
    static SavedScan load(ArchivedScan scan, Reconstruction reconstruction) throws IOException {
        Path file = scan.directory().resolve(RAW);
        if (!Files.exists(file)) {
            throw new IOException("no raw data at " + file);
        }
        RawData raw = MrdFile.read(file).raw();
        return new SavedScan(
                scan.protocolName(), raw, reconstruction.reconstruct(raw).volumes());
    }
}
