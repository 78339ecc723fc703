package org.isocenter.hardware.marcos.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.isocenter.hardware.emulate.Playback;
import org.isocenter.hardware.marcos.MarcosAddress;

/**
 * The receivers hear a phantom. A scan that was announced is simulated as one, ahead of the runs that ask for it; a run that was
 * not is simulated by itself, from equilibrium. One thread, but {@link #close} is for any.
 */
final class PhantomSource implements SignalSource {
    private final Playback playback;
    private final ConsoleUnits units;
    private final ExecutorService simulations = Executors.newSingleThreadExecutor(runnable -> {
        Thread thread = new Thread(runnable, "emulated MaRCoS console");
        thread.setDaemon(true);
        return thread;
    });
    private AnnouncedRuns coming;
    private Spool spool;
    private PhantomScan scan;
    private int nextRun;

    PhantomSource(Playback playback, MarcosAddress console) {
        this.playback = playback;
        units = new ConsoleUnits(console);
    }

    @Override
    public Run start(MargaBoard before, Program program) {
        if (scan == null || nextRun == scan.runs() || !scan.program(nextRun).sameAs(program)) {
            forget();
            AnnouncedRuns single = new AnnouncedRuns(before, units);
            single.add(program);
            play(single);
        }
        return new Heard(scan, nextRun++);
    }

    private void play(AnnouncedRuns runs) {
        scan = new PhantomScan(runs, playback);
        nextRun = 0;
        if (!runs.endless()) {
            simulations.execute(scan.feed());
        }
    }

    @Override
    public void announce(MargaBoard before, byte[] payload) throws IOException {
        if (coming == null) {
            forget();
            coming = new AnnouncedRuns(before, units);
            spool = new Spool();
        }
        coming.add(Program.alone(spool.keep(payload)));
    }

    @Override
    public void announced() {
        if (coming != null && !coming.endless()) {
            play(coming);
        }
        closeSpool();
    }

    @Override
    public long computing(int millis) throws IOException {
        return scan == null || nextRun == scan.runs() ? 0 : scan.computing(nextRun, millis);
    }

    private void closeSpool() {
        coming = null;
        if (spool != null) {
            spool.close();
            spool = null;
        }
    }

    @Override
    public void forget() {
        closeSpool();
        if (scan != null) {
            scan.feed().cancel();
            scan = null;
        }
    }

    @Override
    public String description() {
        return playback.description();
    }

    @Override
    public void close() {
        simulations.shutdownNow();
        playback.close();
    }

    /** Of one run: which samples found room in the FIFOs. */
    private static final class Heard implements Run {
        private final PhantomScan scan;
        private final int run;
        private final List<int[]>[] kept;

        @SuppressWarnings("unchecked")
        Heard(PhantomScan scan, int run) {
            this.scan = scan;
            this.run = run;
            kept = new List[] {new ArrayList<int[]>(), new ArrayList<int[]>()};
        }

        @Override
        public void made(int receiver, long first, int count, int decimation, int keptOfThem, int transmitted) {
            kept[receiver].add(new int[] {count, keptOfThem});
        }

        @Override
        public void deliver(SampleQueue[] fifos, ClientLink link) throws IOException {
            SampleQueue[] all = scan.samples(run, link);
            for (int receiver = 0; receiver < fifos.length; receiver++) {
                int at = 0;
                for (int[] part : kept[receiver]) {
                    fifos[receiver].addAll(all[receiver], at, part[1]);
                    at += part[0];
                }
            }
        }
    }
}
