package org.isocenter.session.hospital;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.testing.PeerProgram;
import org.junit.jupiter.api.Assumptions;

/**
 * A hospital's side by pynetdicom, which checks what it is told against the standard's tables: see hospital_scp.py. The test skips
 * unless the environment variable PYNETDICOM names the folder that holds that package.
 */
final class HospitalScp implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PeerProgram program;
    private final int port;

    private HospitalScp(PeerProgram program, int port) {
        this.program = program;
        this.port = port;
    }

    /** @param mode what it does, see the script; @param consolePort where the console listens, or 0 */
    static HospitalScp start(Path folder, String mode, int consolePort) throws IOException, InterruptedException {
        String place = System.getenv("PYNETDICOM");
        Assumptions.assumeTrue(place != null, "skipped: PYNETDICOM does not name the folder with pynetdicom");
        Path script = folder.resolve("hospital_scp.py");
        try (InputStream in = HospitalScp.class.getResourceAsStream("hospital_scp.py")) {
            Files.write(script, in.readAllBytes());
        }
        int port = PeerProgram.freePort();
        List<String> command = List.of(
                "/usr/bin/python3",
                script.toString(),
                place,
                Integer.toString(port),
                mode,
                Integer.toString(consolePort));
        return new HospitalScp(PeerProgram.start(folder, port, command), port);
    }

    int port() {
        return port;
    }

    /** The messages that it took so far. */
    List<JsonNode> messages() throws IOException {
        List<JsonNode> messages = new ArrayList<>();
        for (String line : program.output().lines().toList()) {
            if (line.startsWith("{")) {
                messages.add(JSON.readTree(line));
            } else if (line.contains("Error") || line.contains("Traceback")) {
                throw new AssertionError(program.output());
            }
        }
        return messages;
    }

    @Override
    public void close() {
        program.close();
    }
}
