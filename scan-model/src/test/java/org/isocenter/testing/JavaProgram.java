package org.isocenter.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of the tests' own that runs in a Java of its own: to be killed, or to have little of something. */
public final class JavaProgram {
    private JavaProgram() {}

    /** How to start it, quickly and in little memory. @param options of Java, which go before the usual ones */
    public static List<String> command(List<String> options, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
