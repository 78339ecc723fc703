package org.isocenter.dicom.iod;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.file.DicomWriter;

/** Writes the objects of a series into a folder. */
final class DicomFiles {
    private DicomFiles() {}

    /**
     * As {@code SSSS-IIIII.dcm} with the numbers of series and instance, into a folder that is made when missing. Either all
     * files are there afterwards, or none.
     *
     * @throws FileAlreadyExistsException when one of the files exists; nothing is overwritten
     */
    static List<Path> write(List<Attributes> objects, Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Attributes object : objects) {
            Path file = directory.resolve(String.format(
                    Locale.ROOT,
                    "%04d-%05d.dcm",
                    object.getInt(Tag.SeriesNumber, 0),
                    object.getInt(Tag.InstanceNumber, 0)));
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            files.add(file);
        }
        Files.createDirectories(directory);
        int written = 0;
        try {
            for (; written < files.size(); written++) {
                DicomWriter.write(files.get(written), objects.get(written));
            }
        } finally {
            if (written < files.size()) {
                for (Path file : files.subList(0, written)) {
                    Files.deleteIfExists(file);
                }
            }
        }
        return List.copyOf(files);
    }
}
