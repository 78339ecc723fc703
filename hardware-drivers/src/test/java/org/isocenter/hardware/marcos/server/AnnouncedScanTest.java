package org.isocenter.hardware.marcos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Iterator;
import org.isocenter.hardware.marcos.MarcosAddress;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.TimedEvents;
import org.junit.jupiter.api.Test;

class AnnouncedScanTest {
    private static final String SCANNER = "phantom=bottle&noise=0&imperfections=none";
    private static final int WAIT = 0x0200_0000;
    private static final int FINISH = 0x0100_0000;
    /** 0.1 ms at half of 5 kHz. */
    private static final int PULSE_CLOCKS = 12_288;

    private static final int HALF_AMPLITUDE = 16_384;
    private static final int SAMPLES = 16;

    /** A 90° pulse, a window, and a pause that is much shorter than T1. */
    private static byte[] pulseAndRead(int pauseClocks) {
        return pulseAndRead(42577478.518 * 0.047, pauseClocks);
    }

    private static byte[] pulseAndRead(double hertz, int pauseClocks) {
        int step = (int) Math.rint(hertz / 122.88e6 * (1L << 31));
        return ClientOfTests.payload(
                0x8900_0000 | step & 0xffff,
                0x8a00_0000 | step >> 16,
                0x9000_00c0,
                WAIT | 100,
                0x8300_0064,
                0x9000_00d0,
                0x9000_00c0,
                0x8f00_0001,
                0x8500_0000 | HALF_AMPLITUDE,
                WAIT | PULSE_CLOCKS - 4,
                0x8500_0000,
                0x8f00_0000,
                WAIT | 20_000,
                0x9000_01c0,
                WAIT | 100 * SAMPLES - 4,
                0x9000_00c0,
                WAIT | pauseClocks,
                FINISH);
    }

    @Test
    void runsOfAnAnnouncedScanFollowOneAnotherAndOthersBeginInEquilibrium() throws Exception {
        byte[] run = pulseAndRead(10_000);
        try (RunningServer server = new RunningServer(SCANNER);
                ClientOfTests client = new ClientOfTests(server)) {
            double alone = signal(client, run);
            assertThat(alone).isPositive();
            assertThat(signal(client, run)).isCloseTo(alone, within(1e-3 * alone));
            for (int i = 0; i < 3; i++) {
                client.command("announce", run);
            }
            client.command("announce", 0);
            assertThat(signal(client, run)).isCloseTo(alone, within(1e-3 * alone));
            // The magnetisation that is left lies across.
            assertThat(signal(client, run)).isLessThan(0.1 * alone);
            double changed = signal(client, pulseAndRead(10_001));
            assertThat(changed).as("a run that was not announced").isCloseTo(alone, within(1e-3 * alone));
            assertThat(signal(client, run)).as("after it").isCloseTo(alone, within(1e-3 * alone));
        }
    }

    @Test
    void haltAndResetForgetsTheAnnouncement() throws Exception {
        byte[] run = pulseAndRead(10_000);
        try (RunningServer server = new RunningServer(SCANNER);
                ClientOfTests client = new ClientOfTests(server)) {
            for (int i = 0; i < 2; i++) {
                client.command("announce", run);
            }
            client.command("announce", 0);
            double first = signal(client, run);
            client.command("halt_and_reset", 0);
            assertThat(signal(client, run)).isCloseTo(first, within(1e-3 * first));
        }
    }

    /** The public client's examples transmit at 0.2 MHz, to be seen on an oscilloscope: each clock of that would be a step of B1. */
    @Test
    void aPulseFarFromTheScannersFrequencyTurnsNoSpins() throws Exception {
        MarcosAddress address = MarcosAddress.parse(URI.create("marcos://none"));
        assertThat(turned(TablesOfWords.played(pulseAndRead(2.0e6, 100), address)))
                .isPositive();
        TimedEvents far = TablesOfWords.played(pulseAndRead(0.2e6, 100), address);
        assertThat(turned(far)).isZero();
        assertThat(far.adcWindows()).isEqualTo(1);
    }

    /** How often B1 is set to something. */
    private static int turned(TimedEvents events) {
        int turned = 0;
        for (Iterator<EventChunk> chunks = events.chunks(); chunks.hasNext(); ) {
            EventChunk chunk = chunks.next();
            for (int i = 0; i < chunk.events(); i++) {
                boolean amplitude = chunk.channel()[i] == EventChannel.TX_AMPLITUDE.ordinal();
                turned += amplitude && chunk.value()[i] != 0 ? 1 : 0;
            }
        }
        return turned;
    }

    /** Mean magnitude; fails on any error. */
    private static double signal(ClientOfTests client, byte[] run) throws IOException {
        ClientOfTests.Answer answer = client.command("run_seq", run);
        assertThat(answer.errors()).isEmpty();
        int[] re = answer.samples().get("rx0_i");
        int[] im = answer.samples().get("rx0_q");
        assertThat(re).hasSize(SAMPLES);
        double sumRe = Arrays.stream(re).average().orElseThrow();
        double sumIm = Arrays.stream(im).average().orElseThrow();
        return Math.hypot(sumRe, sumIm);
    }
}
