package org.isocenter.session.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.Assumptions;

/** A disk of its own under a folder, so small that it becomes full. A test skips where none may be made. */
final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** @param size as mount takes it: {@code 200k} */
    static SmallDisk at(Path folder, String size) throws IOException {
        Files.createDirectories(folder);
        List<String> mount = List.of("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString());
        Assumptions.assumeTrue(
                Peer.isInstalled("mount") && Peer.run(mount).exitCode() == 0,
                "skipped: no small disk may be made here");
        return new SmallDisk(folder);
    }

    /** Makes room. */
    void enlarge(String size) {
        Peer.Output larger = Peer.run(List.of("mount", "-o", "remount,size=" + size, folder.toString()));
        assertThat(larger.exitCode()).as(larger.text()).isZero();
    }

    @Override
    public void close() {
        Peer.run(List.of("umount", "-l", folder.toString()));
    }
}
