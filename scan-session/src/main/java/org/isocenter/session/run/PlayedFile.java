package org.isocenter.session.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.check.SafetyCheck;
import org.isocenter.sequence.pulseq.JemrisTiming;
import org.isocenter.sequence.pulseq.PulseqFile;
import org.isocenter.sequence.pulseq.PulseqFormatException;
import org.isocenter.sequence.pulseq.PulseqReader;
import org.isocenter.sequence.pulseq.PulseqWriter;
import org.isocenter.sequence.pulseq.SoftDelays;

/**
 * What is played of a Pulseq file. Where the program that wrote it is known to mean something other than Pulseq defines, what it
 * meant is played, unless the request wants the file as it is written or only that is safe on the scanner
 * (docs/decisions/0019).
 *
 * @param sequence with its soft delays set
 * @param text what runs, as a Pulseq file
 * @param writer the program that the file says to be created by; "" when it does not say
 * @param readAs by whose rules: "Pulseq", or the name of the program
 * @param notes for the user
 */
record PlayedFile(Sequence sequence, byte[] text, String writer, String readAs, List<String> notes) {
    private static final String PULSEQ = "Pulseq";
    private static final String JEMRIS = "JEMRIS";

    /** @param scanner the limits of the scanner that will play it */
    static PlayedFile of(ScanRequest request, SystemLimits scanner) throws ScanException {
        Path path = request.sequenceFile();
        byte[] bytes = read(path);
        try {
            PulseqFile file = PulseqReader.read(path.toString(), bytes);
            Sequence written = SoftDelays.with(file.sequence(), request.softDelaySeconds());
            byte[] text = request.softDelaySeconds().isEmpty() ? bytes : PulseqWriter.write(written);
            PlayedFile literally = new PlayedFile(written, text, file.writer(), PULSEQ, List.of());
            return request.asWritten() || !JemrisTiming.wrote(file) ? literally : asMeant(literally, request, scanner);
        } catch (PulseqFormatException | SoftDelays.SoftDelayException e) {
            throw new ScanException(ScanException.Kind.INPUT, e.getMessage(), e);
        }
    }

    private static PlayedFile asMeant(PlayedFile literally, ScanRequest request, SystemLimits scanner) {
        Rasters fine = Rasters.of(scanner);
        JemrisTiming.Meant meant = JemrisTiming.of(literally.sequence, fine);
        if (meant.changes().isEmpty()) {
            return literally;
        }
        if (!isSafe(meant.sequence(), request, scanner)) {
            // A step that is too steep for a fine raster may do for the file's own.
            long own = literally.sequence.rasters().gradientPs();
            Rasters coarse = new Rasters(own, fine.rfPs(), fine.adcPs(), fine.blockPs());
            meant = JemrisTiming.of(literally.sequence, coarse);
        }
        String what = literally.writer + " wrote this file and means something other than Pulseq by it ("
                + String.join("; ", meant.changes()) + "): ";
        if (!isSafe(meant.sequence(), request, scanner) && isSafe(literally.sequence, request, scanner)) {
            return literally.noting(what + "played as Pulseq defines it, because only that is safe on this scanner");
        }
        return new PlayedFile(
                        meant.sequence(), PulseqWriter.write(meant.sequence()), literally.writer, JEMRIS, List.of())
                .noting(what + "played as " + JEMRIS + " means it; --as-written plays it as Pulseq defines it");
    }

    private PlayedFile noting(String note) {
        return new PlayedFile(sequence, text, writer, readAs, List.of(note));
    }

    private static boolean isSafe(Sequence sequence, ScanRequest request, SystemLimits scanner) {
        double kilograms = request.study().patient().weightKilograms();
        return Stream.of(scanner, request.limits() == null ? scanner : request.limits())
                .distinct()
                .allMatch(limits ->
                        SafetyCheck.report(sequence, limits, kilograms).passes());
    }

    private static byte[] read(Path file) throws ScanException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ScanException(
                    ScanException.Kind.INPUT, "the sequence file cannot be read (" + file + "): check its name", e);
        }
    }
}
