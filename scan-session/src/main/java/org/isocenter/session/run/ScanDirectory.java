package org.isocenter.session.run;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.isocenter.session.journal.Journal;

/**
 * The folder of one scan. Results are made in a hidden folder inside it and moved to their places when all are whole, so
 * that what carries a final name is complete. The journal is written in place, and deleted only when {@code raw.h5} has been
 * read back and found equal to it.
 */
final class ScanDirectory {
    static final String DICOM = "dicom";
    static final String RAW = "raw.h5";
    static final String SEQUENCE = "sequence.seq";
    static final String IMAGES = "images.h5";
    static final String PREVIEW = "preview.png";
    static final String REPORT = "report.json";
    /** Written by whoever asked a server for the images. */
    static final String SERVER_LOG = "server.log";

    private static final String STAGING = ".unfinished";

    /** In the order in which they get their final names: the report comes last. */
    private static final List<String> RESULTS = List.of(SEQUENCE, RAW, DICOM, IMAGES, PREVIEW, REPORT, SERVER_LOG);

    private final Path folder;
    private final boolean overwrite;
    private boolean made;

    private ScanDirectory(Path folder, boolean overwrite) {
        this.folder = folder;
        this.overwrite = overwrite;
    }

    /** For a new scan; touches nothing yet. Refuses a folder with results, unless they may be overwritten. */
    static ScanDirectory forNewScan(Path folder, boolean overwrite) throws ScanException {
        Path absolute = folder.toAbsolutePath().normalize();
        if (Files.exists(absolute) && !Files.isDirectory(absolute)) {
            throw new ScanException(ScanException.Kind.INPUT, "the output is a file (" + folder + "): name a folder");
        }
        if (!overwrite) {
            refuseResults(absolute, folder);
        }
        return new ScanDirectory(absolute, overwrite);
    }

    /** Of a scan that was cut short. */
    static ScanDirectory forRecovery(Path folder, boolean overwrite) throws ScanException {
        Path absolute = folder.toAbsolutePath().normalize();
        if (!overwrite && Files.exists(absolute.resolve(REPORT))) {
            throw existing(absolute.resolve(REPORT));
        }
        return new ScanDirectory(absolute, true);
    }

    private static void refuseResults(Path absolute, Path asGiven) throws ScanException {
        for (String name :
                Stream.concat(RESULTS.stream(), Stream.of(Journal.FILE_NAME)).toList()) {
            if (Files.exists(absolute.resolve(name))) {
                throw existing(asGiven.resolve(name));
            }
        }
    }

    private static ScanException existing(Path result) {
        return new ScanException(
                ScanException.Kind.INPUT,
                "there are results already (" + result + "): choose another folder, or overwrite them with --force");
    }

    Path folder() {
        return folder;
    }

    Path journal() {
        return folder.resolve(Journal.FILE_NAME);
    }

    Path result(String name) {
        return folder.resolve(name);
    }

    /** Where a result is made, before {@link #publish}. */
    Path staged(String name) {
        return folder.resolve(STAGING).resolve(name);
    }

    /**
     * Refuses when the disk has not enough room. Asked of {@link java.io.File}: a file store needs the list of mounts,
     * which a container may not have. Where the system does not tell at all, the scan may try.
     *
     * @param bytes that the scan and its results will need
     */
    void requireSpace(long bytes) throws ScanException {
        Path existing = folder;
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        long free = existing.toFile().getUsableSpace();
        boolean unknown = free == 0 && existing.toFile().getTotalSpace() == 0;
        if (free < bytes && !unknown) {
            throw new ScanException(
                    ScanException.Kind.INPUT,
                    "this scan needs " + gigabytes(bytes) + ", " + gigabytes(free) + " free at " + folder
                            + ": make room or choose another folder");
        }
    }

    private static String gigabytes(long bytes) {
        boolean small = bytes < 100_000_000;
        return String.format(Locale.ROOT, small ? "%.1f MB" : "%.1f GB", bytes / (small ? 1e6 : 1e9));
    }

    /** Makes the folder, and removes results that may be overwritten. */
    void open() throws IOException {
        made = !Files.exists(folder);
        Files.createDirectories(folder);
        deleteTree(folder.resolve(STAGING));
        if (overwrite) {
            for (String name : RESULTS) {
                deleteTree(folder.resolve(name));
            }
            Files.deleteIfExists(journal());
        }
    }

    /** An empty place for results. */
    void openStaging() throws IOException {
        deleteTree(folder.resolve(STAGING));
        Files.createDirectory(folder.resolve(STAGING));
    }

    /** Gives every staged result its final name. */
    void publish() throws IOException {
        for (String name : RESULTS) {
            Path staged = staged(name);
            if (Files.exists(staged)) {
                deleteTree(result(name));
                move(staged, result(name));
            }
        }
        deleteTree(folder.resolve(STAGING));
    }

    /** Removes what is half made; with nothing else in it, the folder too, if it was made here. */
    void discardStaging() throws IOException {
        deleteTree(folder.resolve(STAGING));
    }

    /** Removes what a scan without any data left. */
    void discardAll() throws IOException {
        discardStaging();
        Files.deleteIfExists(journal());
        Files.deleteIfExists(result(SEQUENCE));
        if (made) {
            try (Stream<Path> content = Files.list(folder)) {
                if (content.findAny().isPresent()) {
                    return;
                }
            }
            Files.delete(folder);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to);
        }
    }

    private static void deleteTree(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> tree = Files.walk(path)) {
            all = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : all) {
            Files.delete(one);
        }
    }
}
