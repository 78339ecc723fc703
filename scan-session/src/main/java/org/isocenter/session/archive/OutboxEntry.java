package org.isocenter.session.archive;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What is to be put into the outbox.
 *
 * @param destination name in the settings, or {@code AE@HOST:PORT}
 * @param subjectUid of what it is about: the SOP instance, the performed procedure step, the transaction, the study. Rows about
 *     the same at the same destination are sent one after the other, in the order in which they came; instances and studies
 *     have one row only, which starts anew when it is put in again
 * @param sopClassUid of an instance; else empty
 * @param file of an instance
 * @param message what is sent of what has no file, in whatever form those who send it read
 * @param scanId of the scan that it came of, if it did
 * @param commits whether the destination will be asked to confirm that it keeps it
 */
public record OutboxEntry(
        String destination,
        OutboxKind kind,
        String subjectUid,
        String sopClassUid,
        Optional<Path> file,
        Optional<byte[]> message,
        Optional<String> scanId,
        boolean commits) {

    /** A file that somebody wants sent. */
    public static OutboxEntry instance(
            String destination, String sopClassUid, String sopInstanceUid, Path file, boolean commits) {
        return new OutboxEntry(
                destination,
                OutboxKind.INSTANCE,
                sopInstanceUid,
                sopClassUid,
                Optional.of(file.toAbsolutePath().normalize()),
                Optional.empty(),
                Optional.empty(),
                commits);
    }

    /** A message about a performed procedure step or a study, of a scan or of none. */
    public static OutboxEntry message(
            String destination, OutboxKind kind, String subjectUid, byte[] message, Optional<String> scanId) {
        return new OutboxEntry(
                destination, kind, subjectUid, "", Optional.empty(), Optional.of(message), scanId, false);
    }
}
