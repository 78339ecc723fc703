package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.isocenter.session.run.ScanException;

/**
 * Several files of raw data in one process, which starts once: whoever reconstructs many small scans waits for the scans and not for
 * Java. What is wrong with one of them is told, and does not keep the others from their images.
 */
final class ReconBatch {
    private static final Pattern ENDING =
            Pattern.compile("(?<=.)\\.(h5|hdf5|mrd|cfl|npy|mat)$", Pattern.CASE_INSENSITIVE);

    private final Terminal terminal;
    private final ReconOutputOptions output;

    ReconBatch(Terminal terminal, ReconOutputOptions output) {
        this.terminal = terminal;
        this.output = output;
    }

    /** Reconstructs one file. */
    @FunctionalInterface
    interface One {
        /** @return the answer for programs */
        ObjectNode reconstruct(Path file, Path place) throws IOException, ScanException, CommandException;
    }

    /** @return the exit code of the first file that failed, or {@link ExitCode#DONE} */
    int run(List<Path> files, One one) throws CommandException {
        Map<Path, Path> places = places(files);
        ObjectNode document = Terminal.object();
        ArrayNode answers = document.putArray("reconstructions");
        int code = ExitCode.DONE;
        int done = 0;
        for (Map.Entry<Path, Path> entry : places.entrySet()) {
            Path file = entry.getKey();
            ObjectNode answer = answers.addObject().put("raw", file.toString());
            terminal.line(file + ":");
            try {
                answer.set("result", one.reconstruct(file, entry.getValue()));
                done++;
            } catch (IOException | ScanException | CommandException | RuntimeException | OutOfMemoryError e) {
                int failed = Main.tell(e, "recon", terminal);
                answer.put("error", Main.message(e));
                code = code == ExitCode.DONE ? failed : code;
                if (failed == ExitCode.INTERRUPTED) {
                    code = failed;
                    break;
                }
            }
        }
        document.put("done", done).put("of", places.size());
        terminal.line(done + " of " + places.size() + " reconstructed");
        terminal.document(document);
        return code;
    }

    /** Each file with where its results go, which is checked before the first of them is touched. */
    private Map<Path, Path> places(List<Path> files) throws CommandException {
        Map<Path, Path> places = new LinkedHashMap<>();
        Map<Path, Path> owners = new LinkedHashMap<>();
        for (Path file : files) {
            if (file.toString().equals(ImageStream.STANDARD)) {
                throw new CommandException(
                        ExitCode.INPUT,
                        "standard input cannot be one of several (RAW -): name files, or reconstruct it alone");
            }
            Path place = output.placeOf(name(file));
            Path other = place == null
                    ? null
                    : owners.putIfAbsent(place.toAbsolutePath().normalize(), file);
            if (other != null) {
                throw new CommandException(
                        ExitCode.INPUT,
                        "the results of two files would go to one place (" + place + ": " + other + ", " + file + "): "
                                + advice(other, file));
            }
            places.put(file, place);
        }
        return places;
    }

    private static String advice(Path one, Path other) {
        return one.equals(other) ? "name it once" : "name the folders of the scans, or rename one";
    }

    /** A file's name without what tells its kind, or a folder's. */
    private static String name(Path file) {
        Path last = file.toAbsolutePath().normalize().getFileName();
        String name = last == null ? "root" : last.toString();
        return ENDING.matcher(name).replaceFirst("");
    }
}
