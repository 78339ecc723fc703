package org.isocenter.app.exam;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.isocenter.model.RawData;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.image.ComplexParts;
import org.isocenter.recon.mrd.MrdFile;
import org.isocenter.recon.spectrum.Measurement;
import org.isocenter.recon.spectrum.SpectrumAnalysis;
import org.isocenter.session.archive.ArchivedScan;

/**
 * A scan of the archive, opened again: its raw data, and the images made of them anew.
 *
 * @param title what it was called
 */
public record SavedScan(String title, RawData raw, ScanImages images) {
    private static final String RAW = "raw.h5";

    /** Takes as long as the reconstruction: not on the FX thread. */
    static SavedScan load(ArchivedScan scan, Reconstruction reconstruction) throws IOException {
        Path file = scan.directory().resolve(RAW);
        if (!Files.exists(file)) {
            throw new IOException("no raw data at " + file);
        }
        RawData raw = MrdFile.read(file).raw();
        Optional<Measurement> measurement = SpectrumAnalysis.of(raw);
        if (measurement.isPresent()) {
            ScanImages plots = new ScanImages(List.of(), measurement.get(), scan.directory());
            return new SavedScan(scan.protocolName(), raw, plots);
        }
        Reconstruction.Result result = reconstruction.reconstruct(raw);
        ScanImages images = ScanImages.of(result.volumes(), ComplexParts.of(result), null, scan.directory());
        return new SavedScan(scan.protocolName(), raw, images);
    }
}
