package org.isocenter.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.check.SafetyCheck;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.EventCompiler;
import org.isocenter.sequence.compile.EventTable;
import org.isocenter.sequence.pulseq.PulseqReader;
import org.isocenter.sequence.pulseq.PulseqVersion;
import org.isocenter.sequence.pulseq.PulseqWriter;
import org.isocenter.sequence.trajectory.KspaceTrajectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A 3D gradient echo of 122,880 blocks and 5.9 million samples, each readout with labels and a phase of its own. */
class LargeSequenceTest {
    private static final long US = 1_000_000L;
    private static final int LINES = 192;
    private static final int PARTITIONS = 160;
    private static final SystemLimits LIMITS = TestSystems.generous();

    @TempDir
    private Path folder;

    private static Gradient lobe(double amplitude) {
        return amplitude == 0 ? null : new Gradient.Trapezoid(amplitude, 100 * US, 300 * US, 100 * US, 0);
    }

    private static Sequence sequence() {
        Sequence.Builder builder = new Sequence.Builder(Rasters.of(LIMITS));
        Gradient read = new Gradient.Trapezoid(2e5, 100 * US, 960 * US, 100 * US, 0);
        int number = 0;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            for (int line = 0; line < LINES; line++) {
                double phase = Math.toRadians(0.5 * 117 * number * (number + 1) % 360);
                Shape block = builder.shared(new Shape(1, 1));
                RfPulse rf = new RfPulse(
                        250, block, null, builder.shared(new Shape(0, 200)), 1e-4, 0, 0, 0, 0, phase, RfUse.EXCITATION);
                Gradient gy = lobe(1e3 * (line - LINES / 2));
                Gradient gz = lobe(1e3 * (partition - PARTITIONS / 2));
                builder.block(300 * US, rf, null, null, null, null, List.of());
                builder.block(500 * US, null, lobe(-2.65e5), gy, gz, null, List.of());
                builder.block(
                        1160 * US,
                        null,
                        read,
                        null,
                        null,
                        new Adc(192, 5 * US, 100 * US, 0, 0, 0, phase, null),
                        List.of(new Extension.Label(false, "LIN", line), new Extension.Label(false, "PAR", partition)));
                builder.block(3000 * US, null, lobe(3e5), gy, gz, null, List.of());
                number++;
            }
        }
        return builder.build();
    }

    /** What a process with 64 MB of heap does; it fails for want of memory if any step keeps too much. */
    static final class InLittleMemory {
        private InLittleMemory() {}

        public static void main(String[] args) throws Exception {
            Sequence sequence = PulseqReader.read(Path.of(args[0])).sequence();
            long[] samples = new long[1];
            KspaceTrajectory.forEachWindow(sequence, window -> samples[0] += window.samples());
            EventTable table = EventCompiler.compile(SafetyCheck.check(sequence, LIMITS));
            long events = 0;
            for (Iterator<EventChunk> chunks = table.chunks(); chunks.hasNext(); ) {
                events += chunks.next().events();
            }
            System.out.println(sequence.blockCount() + " " + samples[0] + " " + (events > 4_000_000));
        }
    }

    @Test
    void isReadCheckedAndCompiledIn64Megabytes() throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("large.seq"), PulseqWriter.write(sequence(), PulseqVersion.V1_5_1));
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        InLittleMemory.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(output).strip()).isEqualTo("122880 5898240 true");
    }

    @Test
    void itsTrajectoryAndItsTableStreamInMemoryThatDoesNotGrow() throws Exception {
        Sequence sequence = sequence();
        assertThat(sequence.adcCount()).isLessThan(100);

        long before = allocated();
        double[] sum = new double[1];
        KspaceTrajectory.forEachWindow(sequence, window -> sum[0] += window.kx()[0]);
        long trajectory = allocated() - before;
        // Each gradient once; nothing for a sample or a block.
        assertThat(trajectory).isLessThan(4_000_000);

        EventTable table = EventCompiler.compile(SafetyCheck.check(sequence, LIMITS));
        int longest = 0;
        for (Iterator<EventChunk> chunks = table.chunks(); chunks.hasNext(); ) {
            longest = Math.max(longest, chunks.next().tick().length);
        }
        assertThat(longest).isLessThan(70_000);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
