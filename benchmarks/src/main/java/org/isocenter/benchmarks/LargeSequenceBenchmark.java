package org.isocenter.benchmarks;

import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.check.CheckReport;
import org.isocenter.sequence.check.CheckedSequence;
import org.isocenter.sequence.check.SafetyCheck;
import org.isocenter.sequence.check.UnsafeSequenceException;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.EventCompiler;
import org.isocenter.sequence.pulseq.PulseqFile;
import org.isocenter.sequence.pulseq.PulseqReader;
import org.isocenter.sequence.pulseq.PulseqVersion;
import org.isocenter.sequence.pulseq.PulseqWriter;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading, writing, k-space, checks and event tables of the sequences that are raced, in 64 MB of heap. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgs = "-Xmx64m")
public class LargeSequenceBenchmark {
    @Param("GRE_3D")
    public RaceFiles file;

    private SystemLimits limits;
    private Sequence sequence;
    private CheckedSequence checked;
    private byte[] text;
    private long samples;

    /** Counted beside the runs, so that JMH gives them per second. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Counted {
        public long events;
        public long samples;

        @Setup(Level.Iteration)
        public void reset() {
            events = 0;
            samples = 0;
        }
    }

    @Setup
    public void setUp() throws UnsafeSequenceException {
        limits = RaceFiles.limits();
        sequence = file.build();
        checked = SafetyCheck.check(sequence, limits);
        samples = EventCompiler.compile(checked).adcSamples();
        text = PulseqWriter.write(sequence, PulseqVersion.V1_5_1);
    }

    @Benchmark
    public PulseqFile read() throws IOException {
        return PulseqReader.read("file.seq", text);
    }

    @Benchmark
    public byte[] write() {
        return PulseqWriter.write(sequence, PulseqVersion.V1_5_1);
    }

    @Benchmark
    public double trajectory(Counted counted) {
        double sum = RaceTask.sumOfKspace(sequence);
        counted.samples += samples;
        return sum;
    }

    @Benchmark
    public CheckReport check() {
        return SafetyCheck.report(sequence, limits);
    }

    /** The whole event table, chunk by chunk. */
    @Benchmark
    public long compile(Counted counted) {
        long last = 0;
        for (Iterator<EventChunk> chunks = EventCompiler.compile(checked).chunks(); chunks.hasNext(); ) {
            EventChunk chunk = chunks.next();
            counted.events += chunk.events();
            last = chunk.endTick();
        }
        return last;
    }
}
