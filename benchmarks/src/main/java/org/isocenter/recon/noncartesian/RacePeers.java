package org.isocenter.recon.noncartesian;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** BART and FFTW in processes of their own, and files to tell them what to do. */
final class RacePeers {
    private final Path folder;
    private final Path fftw;

    /** Compiles the program that calls FFTW; without a compiler or the library, FFTW is not raced. */
    RacePeers(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        Path source = folder.resolve("fftw_task.c");
        try (InputStream in = ClassLoader.getSystemResourceAsStream("org/isocenter/benchmarks/fftw_task.c")) {
            Files.copy(in, source);
        }
        Path program = folder.resolve("fftw_task");
        Process compiler = new ProcessBuilder(
                        "cc", "-O3", "-march=native", source.toString(), "-lfftw3f", "-lm", "-o", program.toString())
                .inheritIO()
                .start();
        fftw = compiler.waitFor() == 0 ? program : null;
        if (fftw == null) {
            System.err.println("FFTW is not raced: its library (libfftw3-dev) or a C compiler is missing");
        }
    }

    /** Median processor seconds of one transform; NaN without FFTW. */
    double fftw(int x, int y, int z, int rounds) throws IOException, InterruptedException {
        if (fftw == null) {
            return Double.NaN;
        }
        String out = run(List.of(fftw.toString(), "" + z, "" + y, "" + x, "" + rounds));
        return Double.parseDouble(out.substring(out.indexOf("RESULT ") + 7).strip());
    }

    /** Processor seconds of the whole process. Words that are names of files must have been written or be results. */
    double bart(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bart"));
        for (String argument : arguments) {
            boolean isFile = command.size() > 1 && argument.matches("[a-z]{2,}[0-9]*");
            command.add(isFile ? folder.resolve(argument).toString() : argument);
        }
        List<String> timed = new ArrayList<>(List.of("bash", "-c", "\"$@\" > /dev/null && times", "bash"));
        timed.addAll(command);
        String out = run(timed);
        String[] words = out.strip().split("\\s+");
        return minutesAndSeconds(words[words.length - 2]) + minutesAndSeconds(words[words.length - 1]);
    }

    /** "0m0.123s". */
    private static double minutesAndSeconds(String time) {
        int m = time.indexOf('m');
        return 60 * Double.parseDouble(time.substring(0, m))
                + Double.parseDouble(time.substring(m + 1, time.length() - 1));
    }

    /** Interleaved complex values. */
    float[] read(String name) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name + ".cfl")))
                .order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / 4];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    void write(String name, float[] interleaved, String dimensions) throws IOException {
        Files.writeString(folder.resolve(name + ".hdr"), "# Dimensions\n" + dimensions + "\n");
        ByteBuffer bytes = ByteBuffer.allocate(4 * interleaved.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(interleaved);
        Files.write(folder.resolve(name + ".cfl"), bytes.array());
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out;
        try (InputStream in = process.getInputStream()) {
            out = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (process.waitFor() != 0) {
            throw new IOException(command + " failed: " + out);
        }
        return out;
    }
}
