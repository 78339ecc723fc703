package org.isocenter.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.isocenter.dicom.data.UID;
import org.isocenter.testing.JavaProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Receiving where the system lets no file become longer: writing fails as on a full disk. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class FullDiskTest {
    /** In units of 512 bytes: room for the small image, not for the large one. */
    private static final int MOST_BLOCKS = 200;

    @TempDir
    Path folder;

    /** Receives into a folder until it is killed; says at which port. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            StoreFolder store = new StoreFolder(Path.of(arguments[0]), file -> {});
            try (DicomListener listener = DicomListener.open(
                    ListenerSettings.of(0, List.of(Peer.of("MR", "127.0.0.1", 104))),
                    NetSettings.of("PRIORS"),
                    Services.NONE.with(Operation.C_STORE, UID.MRImageStorage, store))) {
                System.out.println(listener.port());
                Thread.currentThread().join();
            }
        }
    }

    @Test
    void anObjectThatFindsNoRoomIsRefusedForNowAndLeavesNothing() throws Exception {
        List<String> command =
                new ArrayList<>(List.of("/bin/sh", "-c", "ulimit -f " + MOST_BLOCKS + " && exec \"$@\"", "sh"));
        command.addAll(JavaProgram.command(List.of("-Xmx64m"), Program.class, folder.toString()));
        Process program = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8))) {
            Peer peer = Peer.of("PRIORS", "127.0.0.1", Integer.parseInt(said.readLine()));
            try (Association association =
                    Association.open(peer, NetSettings.of("MR"), List.of(PresentationContext.of(UID.MRImageStorage)))) {
                assertThat(association.store(Objects.image("2.25.1", 10)).code())
                        .isZero();
                DimseStatus full = association.store(Objects.image("2.25.2", 2_000));
                assertThat(full.code()).isEqualTo(0xA700);
                assertThat(full.isTransient()).isTrue();
                assertThat(association.store(Objects.image("2.25.3", 10)).code())
                        .isZero();
            }
        } finally {
            program.destroyForcibly().waitFor();
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files)
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrder("2.25.1.dcm", "2.25.3.dcm");
        }
    }
}
