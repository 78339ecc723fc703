package org.isocenter.hardware.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.SelfTestResult;
import org.isocenter.hardware.instrument.AntennaTuning.End;
import org.isocenter.hardware.instrument.AntennaTuning.Found;
import org.isocenter.hardware.serial.PseudoTerminal;
import org.isocenter.hardware.serial.SerialPorts;
import org.isocenter.hardware.serial.SerialSettings;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class AntennaTuningTest {
    private static final double GOAL = -20;
    private static final AntennaTuning.Progress NOBODY = (count, most, best) -> {};

    @TempDir
    private Path folder;

    @AfterEach
    void forgetInterrupt() {
        Thread.interrupted();
    }

    /** A board and an analyser without links; the analyser has noise. */
    private static final class Desk implements Tuner, NetworkAnalyzer {
        private final TunableAntenna antenna;
        private final Random noise;
        private final double sigma;
        private int sweeps;
        private int failAfter = Integer.MAX_VALUE;

        Desk(TunableAntenna antenna, Random noise, double sigma) {
            this.antenna = antenna;
            this.noise = noise;
            this.sigma = sigma;
        }

        @Override
        public Sweep sweep(double startHertz, double stopHertz, int points) throws ScannerException {
            if (sweeps++ >= failAfter) {
                throw new ScannerException(ScannerException.Kind.TIMEOUT, "desk", "no answer");
            }
            Sweep sweep = Sweep.ofPoints(points);
            for (int i = 0; i < points; i++) {
                double hertz = startHertz + i * (stopHertz - startHertz) / (points - 1);
                double[] s = antenna.at(hertz);
                sweep.frequencyHertz()[i] = hertz;
                sweep.s11Real()[i] = s[0] + sigma * noise.nextGaussian();
                sweep.s11Imaginary()[i] = s[1] + sigma * noise.nextGaussian();
            }
            return sweep;
        }

        @Override
        public int mostSteps() {
            return 31;
        }

        @Override
        public void set(Setting setting, Antenna to) {
            antenna.set(setting, to == Antenna.NETWORK_ANALYZER);
        }

        @Override
        public void keep(Setting setting) {}

        @Override
        public double lowestHertz() {
            return 50e3;
        }

        @Override
        public double highestHertz() {
            return 1e9;
        }

        @Override
        public int mostPoints() {
            return 101;
        }

        @Override
        public String description() {
            return "desk";
        }

        @Override
        public String firmware() {
            return "";
        }

        @Override
        public List<SelfTestResult> selfTest() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    private static Found find(Desk desk) throws ScannerException {
        return new AntennaTuning(desk, desk, TunableAntenna.HERTZ).find(GOAL, NOBODY);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void theGoalIsReachedWhereAnySettingReachesItAndElseTheBestIsNearlyFound(long seed) throws ScannerException {
        Random random = new Random(seed);
        TunableAntenna antenna = TunableAntenna.random(random);
        double best = antenna.bestDecibels();
        Found found = find(new Desk(antenna, random, 0.002));
        double[] there = antenna.reflection(found.setting(), TunableAntenna.HERTZ);
        assertThat(20 * Math.log10(Math.hypot(there[0], there[1]))).isLessThan(Math.max(GOAL, best) + 1);
        assertThat(found.end()).isEqualTo(found.decibels() <= GOAL ? End.REACHED : End.NOT_REACHED);
        assertThat(found.measured()).isLessThanOrEqualTo(318);
        assertThat(antenna.setting()).isEqualTo(found.setting());
        assertThat(antenna.isSeen()).as("antenna connected to the analyser").isFalse();
    }

    @Test
    void aCancelledSearchLeavesTheBestSettingSoFarAndTheAntennaAtTheScanner() throws ScannerException {
        TunableAntenna antenna = new TunableAntenna(5e-6, 20);
        Desk desk = new Desk(antenna, new Random(1), 0);
        desk.failAfter = 40; // as an interrupted wait does
        Found found = new AntennaTuning(desk, desk, TunableAntenna.HERTZ).find(GOAL, (count, most, best) -> {
            if (count == 39) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(found.end()).isEqualTo(End.CANCELLED);
        assertThat(found.measured()).isEqualTo(39);
        assertThat(antenna.setting()).isEqualTo(found.setting());
        assertThat(antenna.isSeen()).isFalse();
        assertThat(Thread.interrupted()).as("the interrupt is handed on").isTrue();
    }

    @Test
    void anAnalyserThatFailsLeavesTheAntennaAtTheScannerAndSaysSo() {
        TunableAntenna antenna = new TunableAntenna(5e-6, 20);
        Desk desk = new Desk(antenna, new Random(1), 0);
        desk.failAfter = 40;
        assertThatThrownBy(() -> find(desk))
                .hasMessageContaining("no answer")
                .hasMessageContaining("connected to the scanner again, with the best setting so far");
        assertThat(antenna.isSeen()).isFalse();
    }

    @Test
    void anAnalyserThatCannotMeasureThereKeepsTheBoardFromBeingSwitched() throws ScannerException {
        try (Bench<EmulatedMargeBoard> board = Bench.TUNER.open();
                Bench<EmulatedNanoVna> analyzer = Bench.NANO_VNA.open()) {
            AntennaTuning tuning = new AntennaTuning(analyzer.as(NetworkAnalyzer.class), board.as(Tuner.class), 20e3);
            assertThatThrownBy(() -> tuning.find(GOAL, NOBODY)).hasMessageContaining("cannot sweep");
            assertThat(board.device().requests()).isEmpty();
        }
    }

    @Test
    void aBoardThatIsClosedInTheMiddleConnectsTheAntennaToTheScannerWithTheBestSettingSoFar() throws ScannerException {
        try (Bench<EmulatedMargeBoard> board = Bench.TUNER.open()) {
            Tuner tuner = board.as(Tuner.class);
            tuner.set(new Tuner.Setting(1, 2, 3), Tuner.Antenna.NETWORK_ANALYZER);
            tuner.keep(new Tuner.Setting(7, 8, 9));
            tuner.set(new Tuner.Setting(4, 5, 6), Tuner.Antenna.NETWORK_ANALYZER);
            tuner.close();
            assertThat(board.device().setting).isEqualTo("00111" + "01000" + "01001" + "10");
        }
    }

    @Test
    void boardAndAnalyserAtSerialPortsFindTheMatch() throws Exception {
        Assumptions.assumeTrue(Peer.isInstalled("socat"), "skipped: socat is not installed");
        TunableAntenna antenna = new TunableAntenna(5e-6, 20);
        try (PseudoTerminal boardPort = PseudoTerminal.open(folder.resolve("board"));
                PseudoTerminal analyzerPort = PseudoTerminal.open(folder.resolve("analyzer"))) {
            Bench.TUNER.at(boardPort).onSetting = antenna::set;
            Bench.NANO_VNA.at(analyzerPort).antenna = antenna::at;
            SerialSettings settings = SerialSettings.of(115_200);
            try (Instrument board =
                            Instruments.open("marge-tuner", SerialPorts.open(boardPort.name(), settings), 0.05);
                    Instrument analyzer =
                            Instruments.open("nanovna", SerialPorts.open(analyzerPort.name(), settings), 1)) {
                Found found = new AntennaTuning((NetworkAnalyzer) analyzer, (Tuner) board, TunableAntenna.HERTZ)
                        .find(GOAL, NOBODY);
                assertThat(found.end()).isEqualTo(End.REACHED);
                assertThat(antenna.setting()).isEqualTo(found.setting());
                assertThat(antenna.isSeen()).isFalse();
            }
        }
    }
}
