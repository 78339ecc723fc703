package org.isocenter.session.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A command run in this process, with what it wrote. */
record CommandRun(int exitCode, String out, String err) {
    static CommandRun of(Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] args = List.of(arguments).stream().map(Object::toString).toArray(String[]::new);
        int code = Main.run(
                args,
                new Terminal(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false));
        return new CommandRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Standard output, which must be one JSON document and nothing else. */
    JsonNode json() {
        try {
            return new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(out);
        } catch (JsonProcessingException e) {
            throw new AssertionError("standard output is no JSON document: " + out, e);
        }
    }

    /** The one line that an error is. */
    String errorLine() {
        List<String> lines = err.lines().toList();
        if (lines.size() != 1 || !lines.get(0).startsWith("isocenter: ")) {
            throw new AssertionError("expected one line 'isocenter: …', got: " + err);
        }
        return lines.get(0);
    }
}
