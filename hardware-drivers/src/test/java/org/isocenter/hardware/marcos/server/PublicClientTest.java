package org.isocenter.hardware.marcos.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The public MaRCoS client for Python, unchanged, with our console. It is looked for in the folder that the environment variable
 * {@code MARCOS_CLIENT} names: a clone of github.com/vnegnev/marcos_client.
 */
class PublicClientTest {
    private static final List<String> MODULES = List.of("numpy", "msgpack");

    /** Its settings, and something in place of the library for plots when that is missing. */
    private static final String SETTINGS = """
            import sys, types, importlib.util
            sys.path.insert(0, sys.argv[1])
            settings = types.ModuleType('local_config')
            settings.ip_address, settings.port = '127.0.0.1', int(sys.argv[2])
            settings.fpga_clk_freq_MHz, settings.grad_board = 122.88, sys.argv[3]
            settings.gpa_fhdo_current_per_volt = 2.5
            sys.modules['local_config'] = settings
            if importlib.util.find_spec('matplotlib') is None:
                plots = types.ModuleType('matplotlib.pyplot')
                sys.modules['matplotlib'] = types.ModuleType('matplotlib')
                sys.modules['matplotlib'].pyplot = sys.modules['matplotlib.pyplot'] = plots
            """;

    /** 90° and 180° by hard pulses, and a gradient that puts the echo 5.6 ms after the sequence's start. */
    private static final String SPIN_ECHO = """
            import numpy as np, experiment as ex
            amplitude = 0.25 / (5000 * 200e-6)
            board = sys.argv[3]
            e = ex.Experiment(lo_freq=42.577478518 * 0.047, rx_t=20, init_gpa=True)
            e.add_flodict({
                'tx0': (np.array([100, 300, 2600, 2800]), np.array([amplitude, 0, 2j * amplitude, 0])),
                'tx_gate': (np.array([80, 305, 2580, 2805]), np.array([1, 0, 1, 0])),
                'grad_vx': (np.array([1000, 2000, 4000, 7500]), np.array([0.1, 0, 0.0625, 0])),
                'rx0_en': (np.array([4560, 6640]), np.array([1, 0]))})
            received, messages = e.run()
            signal = np.abs(received['rx0'])
            print(len(signal), signal.argmax(), signal.max() * 100, messages)
            """;

    private static final String PROTOCOL_TESTS = """
            import unittest, test_server
            result = unittest.TextTestRunner().run(unittest.defaultTestLoader.loadTestsFromModule(test_server))
            print('ran', result.testsRun, 'failed', len(result.failures) + len(result.errors))
            """;

    private static String client() {
        String folder = System.getenv("MARCOS_CLIENT");
        Assumptions.assumeTrue(folder != null, "skipped: MARCOS_CLIENT does not name the public client's folder");
        return folder;
    }

    @Test
    void aSpinEchoOfTheBottleComesAtItsTime() throws Exception {
        String client = client();
        try (RunningServer server = new RunningServer("board=ocra1&phantom=bottle&noise=0&imperfections=none")) {
            List<String> lines = Peer.python(
                            MODULES, SETTINGS + SPIN_ECHO, client, String.valueOf(server.port()), "ocra1")
                    .lines();
            String[] result = lines.get(lines.size() - 1).split(" ", 4);
            assertThat(result[3]).isEqualTo("{}");
            assertThat(result[0]).isEqualTo("103");
            assertThat(Integer.parseInt(result[1])).isBetween(51, 53);
            // Millilitres of water, less what the hard pulses miss of it.
            assertThat(Double.parseDouble(result[2])).isBetween(500.0, 2500.0);
        }
    }

    @Test
    void itsOwnTestsOfTheProtocolPass() throws Exception {
        String client = client();
        try (RunningServer server = new RunningServer("loopback=yes")) {
            Peer.Output output =
                    Peer.python(MODULES, SETTINGS + PROTOCOL_TESTS, client, String.valueOf(server.port()), "gpa-fhdo");
            assertThat(output.text()).contains("ran 15 failed 0");
        }
    }
}
