package org.isocenter.session.run;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.Interlocks;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.hardware.SelfTestResult;
import org.isocenter.hardware.StopLatency;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.EventTable;

/**
 * A scanner that does as its URI says: complete; fail, hang, trip or mumble after {@value #BEFORE} readouts; stay silent; or be
 * stuck after them, in run and abort, whatever comes; {@code ?profile=} names whose limits it has. Sample s of readout r is r + i·s.
 */
final class FakeScanner implements Scanner {
    static final int BEFORE = 5;

    /** Where stuck calls wait; a test lets them go when it is over. */
    static volatile CountDownLatch release = new CountDownLatch(1);

    private final URI uri;
    private final Interlocks interlocks = new Interlocks("fake");
    private final String behaviour;
    private final String profile;
    private final CountDownLatch aborted = new CountDownLatch(1);
    final CountDownLatch delivered = new CountDownLatch(1);
    final Set<String> threads = ConcurrentHashMap.newKeySet();
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    FakeScanner(URI uri) {
        this.uri = uri;
        String[] parts = uri.getSchemeSpecificPart().split("\\?profile=");
        behaviour = parts[0];
        profile = parts.length == 1 ? "virtual" : parts[1];
    }

    private void called(String what) {
        threads.add(Thread.currentThread().getName());
        calls.add(what);
    }

    @Override
    public URI uri() {
        called("uri");
        return uri;
    }

    @Override
    public String description() {
        called("description");
        return "Fake scanner";
    }

    @Override
    public String firmware() {
        called("firmware");
        return "7";
    }

    @Override
    public SystemLimits limits() {
        called("limits");
        return ScannerProfile.builtIn(profile).limits();
    }

    @Override
    public StopLatency stopLatency() {
        return new StopLatency(0, "at once");
    }

    @Override
    public RunOutcome run(EventTable table, ReadoutSink sink) throws ScannerException, IOException {
        called("run");
        int delivered = 0;
        float[] real = new float[table.maxSamplesPerWindow()];
        float[] imaginary = new float[table.maxSamplesPerWindow()];
        for (Iterator<EventChunk> chunks = table.chunks(); chunks.hasNext(); ) {
            EventChunk chunk = chunks.next();
            for (int i = 0; i < chunk.windows(); i++) {
                if (behaviour.equals("silent") || (delivered == BEFORE && !behaviour.equals("complete"))) {
                    return misbehave(sink);
                }
                Arrays.fill(real, chunk.adcIndex()[i]);
                for (int s = 0; s < imaginary.length; s++) {
                    imaginary[s] = s;
                }
                sink.readout(chunk.adcIndex()[i], 1, chunk.adcSamples()[i], real, imaginary);
                delivered++;
            }
        }
        return RunOutcome.COMPLETED;
    }

    private RunOutcome misbehave(ReadoutSink sink) throws ScannerException, IOException {
        delivered.countDown();
        switch (behaviour) {
            case "stuck" -> {
                stuck();
                sink.readout(BEFORE, 1, 32, new float[32], new float[32]);
                return RunOutcome.COMPLETED;
            }
            case "trip" -> throw interlocks.tripped(interlocks.latch(Interlock.Kind.DOOR, "the door is open"));
            case "fail" ->
                throw new ScannerException(
                        ScannerException.Kind.LINK_LOST, uri.toString(), "the link broke: check the cable");
            case "mumble" -> {
                sink.readout(BEFORE, 1, 3, new float[3], new float[3]);
                return RunOutcome.COMPLETED;
            }
            default -> {
                try {
                    aborted.await();
                } catch (InterruptedException e) {
                    throw new ScannerException(ScannerException.Kind.TIMEOUT, uri.toString(), "interrupted", e);
                }
                return RunOutcome.ABORTED;
            }
        }
    }

    @Override
    public void abort() {
        calls.add("abort");
        aborted.countDown();
        if (behaviour.equals("stuck")) {
            stuck();
        }
    }

    private static void stuck() {
        while (release.getCount() > 0) {
            try {
                release.await();
            } catch (InterruptedException e) {
                // As a driver that listens to nobody.
            }
        }
    }

    @Override
    public List<SelfTestResult> selfTest() {
        return behaviour.equals("unwell")
                ? List.of(
                        new SelfTestResult("supply", SelfTestResult.Outcome.FAIL, 4.1, 4.5, "V", "low"),
                        SelfTestResult.notAvailable("temperature", "no sensor"))
                : List.of();
    }

    @Override
    public List<Interlock> interlocks() {
        return interlocks.latched();
    }

    @Override
    public void acknowledge(Interlock interlock) {
        interlocks.release(interlock);
    }

    @Override
    public void close() {
        called("close");
    }
}
