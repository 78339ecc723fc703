package org.isocenter.recon.mrd;

import static org.bytedeco.hdf5.global.hdf5.H5F_ACC_TRUNC;
import static org.bytedeco.hdf5.global.hdf5.H5F_SCOPE_GLOBAL;
import static org.bytedeco.hdf5.global.hdf5.H5Fclose;
import static org.bytedeco.hdf5.global.hdf5.H5Fcreate;
import static org.bytedeco.hdf5.global.hdf5.H5Fflush;
import static org.bytedeco.hdf5.global.hdf5.H5Gclose;
import static org.bytedeco.hdf5.global.hdf5.H5Gcreate2;
import static org.bytedeco.hdf5.global.hdf5.H5P_DEFAULT;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.isocenter.model.ScanHeader;

/** Writes an MRD file with one measurement. */
final class MrdFileWriter {
    /** What goes into the measurement beside its header. */
    interface Content {
        void write(Hdf5 hdf5, long group) throws IOException;
    }

    private MrdFileWriter() {}

    /** Under another name first: the file is there whole or not at all. An existing one is replaced. */
    static void write(Path file, ScanHeader header, Content content) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try {
            synchronized (Hdf5.LOCK) {
                writeMeasurement(unfinished, header, content);
            }
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static void writeMeasurement(Path file, ScanHeader header, Content content) throws IOException {
        try (Hdf5 hdf5 = new Hdf5(file.toString())) {
            long h5 = hdf5.opened(
                    H5Fcreate(hdf5.name(file), H5F_ACC_TRUNC(), H5P_DEFAULT(), H5P_DEFAULT()),
                    handle -> H5Fclose(handle),
                    "cannot be created");
            long group = hdf5.opened(
                    H5Gcreate2(h5, "dataset", H5P_DEFAULT(), H5P_DEFAULT(), H5P_DEFAULT()),
                    handle -> H5Gclose(handle),
                    "cannot make the group 'dataset'");
            NativeDataSet.texts(hdf5, group, "xml", List.of(MrdHeaderXml.write(header)), 0);
            content.write(hdf5, group);
            // Here and not in the close that follows, where a full disk would go unnoticed.
            hdf5.check(H5Fflush(h5, H5F_SCOPE_GLOBAL), "cannot be written: is the disk full?");
        }
    }
}
