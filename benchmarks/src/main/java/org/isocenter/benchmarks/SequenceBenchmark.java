package org.isocenter.benchmarks;

import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.check.CheckReport;
import org.isocenter.sequence.check.CheckedSequence;
import org.isocenter.sequence.check.SafetyCheck;
import org.isocenter.sequence.check.UnsafeSequenceException;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.EventCompiler;
import org.isocenter.sequence.library.SequenceLibrary;
import org.isocenter.sequence.pulseq.PulseqFile;
import org.isocenter.sequence.pulseq.PulseqReader;
import org.isocenter.sequence.pulseq.PulseqVersion;
import org.isocenter.sequence.pulseq.PulseqWriter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a 3D turbo spin echo costs on its way to the scanner: build, read from Pulseq, check, compile. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SequenceBenchmark {
    private SystemLimits limits;
    private SequenceBuilder builder;
    private Sequence sequence;
    private CheckedSequence checked;
    private byte[] file;

    @Setup
    public void setUp() throws UnsafeSequenceException {
        limits = ScannerProfile.builtIn("osi2one").limits();
        builder = SequenceLibrary.find("tse3d").orElseThrow();
        sequence = build();
        checked = SafetyCheck.check(sequence, limits);
        file = PulseqWriter.write(sequence, PulseqVersion.V1_5_1);
    }

    @Benchmark
    public Sequence build() {
        return builder.build(SequenceLibrary.defaults(builder, limits), limits, PatientPosition.HFS)
                .sequence();
    }

    @Benchmark
    public PulseqFile read() throws IOException {
        return PulseqReader.read("tse3d.seq", file);
    }

    @Benchmark
    public CheckReport check() {
        return SafetyCheck.report(sequence, limits);
    }

    /** All events, taken chunk by chunk. */
    @Benchmark
    public long compile() {
        long events = 0;
        for (Iterator<EventChunk> chunks = EventCompiler.compile(checked).chunks(); chunks.hasNext(); ) {
            events += chunks.next().events();
        }
        return events;
    }
}
