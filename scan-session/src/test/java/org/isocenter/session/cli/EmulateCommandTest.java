package org.isocenter.session.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.Scanners;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class EmulateCommandTest {
    private static final Pattern ADDRESS = Pattern.compile("\"address\" : \"([^\"]+)\"");

    @Test
    void aDeviceIsServedAtThePortThatItTellsUntilItIsInterrupted() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        AtomicInteger exitCode = new AtomicInteger(-1);
        Thread command = new Thread(() -> exitCode.set(Main.run(
                new String[] {
                    "emulate", "--listen", "stream+tcp://127.0.0.1:0?profile=ideal", "--phantom", "bottle", "--json"
                },
                new Terminal(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false))));
        command.start();
        try (Scanner scanner = Scanners.open(address(out))) {
            assertThat(scanner.description()).contains("ideal");
        }
        command.interrupt();
        command.join(TimeUnit.SECONDS.toMillis(30));
        assertThat(exitCode).hasValue(ExitCode.INTERRUPTED);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .containsPattern("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} a session with ");
    }

    private static URI address(ByteArrayOutputStream out) throws InterruptedException {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(30)) {
            Matcher address = ADDRESS.matcher(out.toString(StandardCharsets.UTF_8));
            if (address.find()) {
                return URI.create(address.group(1));
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        throw new AssertionError("no address: " + out);
    }

    @ParameterizedTest
    @CsvSource({
        "stream+tcp://127.0.0.1:0,              melt@start,   'there are delay, split'",
        "stream+tcp://127.0.0.1:0,              cut@lunch,    'byte=N, readout=N'",
        "stream+tcp://127.0.0.1:0?phantom=cat,  split,        'cat'",
        "stream+tcp://127.0.0.1:0?colour=red,   split,        'colour'",
        "stream+tcp://127.0.0.1:0?deadman=1,    split,        '100 to 5000'",
        "carrier+pigeon://127.0.0.1:0,          split,        'stream+tcp:'",
    })
    void whatCannotBeServedIsOneLineThatSaysWhatCan(String listen, String fault, String answer) {
        CommandRun run = CommandRun.of("emulate", "--listen", listen, "--fault", fault);
        assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT);
        assertThat(run.errorLine()).contains(answer);
    }
}
