package org.isocenter.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/** The secret by which pseudonyms are made: in the Isocenter home, for its owner's eyes only. */
public final class PseudonymKey {
    private static final String FILE = "pseudonym.key";
    private static final int BYTES = 32;

    private PseudonymKey() {}

    /**
     * The key; made at the first time. Whoever loses it gets other pseudonyms for the same people from then on.
     *
     * @throws IOException also when the file is no key
     */
    public static byte[] readOrMake() throws IOException {
        Path file = IsocenterHome.folder().resolve(FILE);
        if (!Files.exists(file)) {
            IsocenterHome.createPrivateDirectories(IsocenterHome.folder());
            make(file);
        }
        byte[] key = Files.readAllBytes(file);
        if (key.length != BYTES) {
            throw new IOException("the key of the pseudonyms is damaged (" + file + "): restore it from a backup, or"
                    + " remove it to begin with other pseudonyms");
        }
        return key;
    }

    private static void make(Path file) throws IOException {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try (FileChannel channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            ByteBuffer bytes = ByteBuffer.wrap(key);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (FileAlreadyExistsException e) {
            // Another process was quicker: its key is as good.
            return;
        }
    }
}
